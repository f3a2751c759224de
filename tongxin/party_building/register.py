"""The registers of party-building projects and of the means used."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxin.registers.declaration import Column, Kind, Register, declare

from .forms import MeansForm, ProjectForm
from .models import Means, Project
from .permissions import means_to_choose

PROJECTS = declare(
    Register(
        key="projects",
        model=Project,
        title=_("党建项目"),
        noun=pgettext_lazy("one", "党建项目"),
        form=ProjectForm,
        columns=(
            Column("name", _("名称")),
            Column("division", _("地区"), Kind.DIVISION),
            Column("place_text", _("原文地名"), fold=True),
            Column("means__name", _("方式"), fold=True),
        ),
        within="programme",
        goes_to=_("街道党建项目表和简报第四部分从这里取数"),
        empty=_("还没有登记党建项目。"),
        icon="flag",
        order=80,
    )
)
MEANS = declare(
    Register(
        key="means",
        reviewed=False,
        model=Means,
        title=_("党建方式"),
        noun=pgettext_lazy("one", "党建方式"),
        form=MeansForm,
        columns=(Column("name", _("名称")), Column("about", _("说明"))),
        place="programme__division",
        within="programme",
        shared=means_to_choose,
        known_by=(("name",),),
        goes_to=_("登记党建项目时从这里选方式"),
        empty=_("还没有登记党建方式。"),
        order=81,
    )
)
