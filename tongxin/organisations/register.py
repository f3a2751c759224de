"""The register of social organisations."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxin.registers.declaration import Column, Kind, Register, choice_filter, declare

from .actions import check_organisations
from .choices import DemonstrationLevel, OrganisationKind, Status
from .forms import OrganisationForm
from .models import Organisation
from .permissions import own_organisations

ORGANISATIONS = declare(
    Register(
        key="organisations",
        model=Organisation,
        title=_("社会组织"),
        noun=pgettext_lazy("one", "社会组织"),
        form=OrganisationForm,
        columns=(
            Column("name", _("名称")),
            Column("division", _("地区"), Kind.DIVISION),
            Column("kind", _("种类"), Kind.CHOICE, OrganisationKind, fold=True),
            Column("status", _("登记状态"), Kind.CHOICE, Status),
            Column("credit_code", _("统一社会信用代码"), fold=True),
            Column("demonstration", _("示范"), Kind.CHOICE, DemonstrationLevel, fold=True),
            Column("registered_on", _("成立日期"), Kind.DATE, fold=True, extra=True),
            Column("registrar", _("登记或备案机关"), fold=True, extra=True),
            Column("work", _("业务范围"), fold=True, extra=True),
        ),
        filters=(
            choice_filter("kind", _("种类"), OrganisationKind),
            choice_filter("status", _("登记状态"), Status),
            choice_filter("demonstration", _("示范"), DemonstrationLevel),
        ),
        check_rows=check_organisations,
        own=own_organisations,
        known_by=(("credit_code",), ("name", "division")),
        merges=True,
        codes=("credit_code",),
        goes_to=_("孵化、培训、活动和示范评定都从这里取名称和代码"),
        empty=_("还没有登记社会组织。"),
        icon="building",
        order=10,
    )
)
