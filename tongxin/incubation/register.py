"""The register of incubation bases."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxin.registers.declaration import Column, Kind, Register, choice_filter, declare

from .actions import check_base
from .choices import BaseLevel
from .forms import BaseForm
from .models import Base

BASES = declare(
    Register(
        key="bases",
        model=Base,
        title=_("孵化基地"),
        noun=pgettext_lazy("one", "孵化基地"),
        form=BaseForm,
        columns=(
            Column("name", _("名称")),
            Column("level", _("级别"), Kind.CHOICE, BaseLevel),
            Column("division", _("地区"), Kind.DIVISION),
            Column("operator", _("运营单位"), fold=True),
            Column("opened_on", _("启用日期"), Kind.DATE, fold=True),
        ),
        filters=(choice_filter("level", _("级别"), BaseLevel),),
        check=check_base,
        within="programme",
        goes_to=_("四级孵化基地数和简报第二部分从这里取数"),
        empty=_("还没有登记孵化基地。"),
        icon="home",
        order=30,
    )
)
