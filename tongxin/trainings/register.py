"""The register of trainings."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxin.registers.declaration import Column, Kind, Register, declare

from .actions import check_trainings
from .forms import TrainingForm
from .models import Training

TRAININGS = declare(
    Register(
        key="trainings",
        model=Training,
        title=_("培训"),
        noun=pgettext_lazy("one", "培训"),
        form=TrainingForm,
        columns=(
            Column("name", _("名称")),
            Column("division", _("地区"), Kind.DIVISION),
            Column("held_on", _("举办日期"), Kind.DATE),
            Column("sessions", _("期数"), Kind.NUMBER),
            Column("attendances", _("人次"), Kind.NUMBER),
            Column("persons", _("人数"), Kind.NUMBER, fold=True),
            Column("organiser", _("主办单位"), fold=True, extra=True),
        ),
        check_rows=check_trainings,
        within="programme",
        known_by=(("name", "division", "held_on"),),
        goes_to=_("培训期数和人次从这里取数；人次和人数分开算"),
        empty=_("还没有登记培训。"),
        icon="people",
        beside=((_("参加人员"), "trainings:list"),),
        order=50,
    )
)
