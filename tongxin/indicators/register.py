"""The register of declared figures."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxin.accounts.choices import Power
from tongxin.registers.declaration import Column, Kind, Register, declare

from .actions import check_observations, name_observation
from .forms import ObservationForm
from .models import Observation

OBSERVATIONS = declare(
    Register(
        key="observations",
        model=Observation,
        title=_("声明数字"),
        noun=pgettext_lazy("one", "声明数字"),
        form=ObservationForm,
        columns=(
            Column("name", _("指标")),
            Column("stated_as", pgettext_lazy("one", "数字")),
            Column("division", _("地区"), Kind.DIVISION),
            Column("scope_text", _("范围"), fold=True),
            Column("source", _("出处"), fold=True),
        ),
        check_rows=check_observations,
        naming=name_observation,
        within="programme",
        known_by=(("indicator", "part", "division"),),
        edit_power=Power.DECLARE,
        goes_to=_("与按记录统计的数并排显示；简报引用时注明是声明数"),
        empty=_("还没有声明数字。"),
        icon="chart",
        order=90,
    )
)
