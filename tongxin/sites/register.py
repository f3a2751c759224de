"""The registers of demonstration sites and of their designations."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxin.registers.choices import PlaceState
from tongxin.registers.declaration import (
    Column,
    Filter,
    Kind,
    Part,
    Register,
    choice_filter,
    declare,
)

from .actions import check_designation
from .choices import DesignationLevel
from .forms import DesignationForm, SiteForm
from .models import Designation, Site


def _groups(request: Any) -> Any:
    programme = request.programme
    return programme.occupationalgroup_words.values_list("id", "name") if programme else ()


SITES = declare(
    Register(
        key="sites",
        model=Site,
        title=_("示范点"),
        noun=pgettext_lazy("one", "示范点"),
        form=SiteForm,
        columns=(
            Column("name", _("名称")),
            Column("group__name", _("群体"), fold=True),
            Column("division", _("地区"), Kind.DIVISION),
            Column("place_state", _("地区情况"), Kind.CHOICE, PlaceState),
            Column("address", _("地址"), fold=True, extra=True),
            Column("about", _("特色"), fold=True, extra=True),
        ),
        filters=(
            Filter("group", _("群体"), _groups),
            choice_filter("place_state", _("地区情况"), PlaceState),
        ),
        within="programme",
        parts=(Part("designations", "site"),),
        merges=True,
        goes_to=_("示范点一览表、地区汇总和简报第一部分都从这里取数"),
        empty=_("还没有登记示范点。"),
        icon="pin",
        order=20,
    )
)
DESIGNATIONS = declare(
    Register(
        key="designations",
        model=Designation,
        title=_("命名"),
        noun=pgettext_lazy("one", "命名"),
        form=DesignationForm,
        columns=(
            Column("name", pgettext_lazy("one", "命名")),
            Column("site__name", pgettext_lazy("one", "示范点")),
            Column("site__division", _("地区"), Kind.DIVISION),
            Column("designated_on", _("命名日期"), Kind.DATE, fold=True),
            Column("document", _("批准文件"), fold=True),
        ),
        filters=(choice_filter("level", _("命名级别"), DesignationLevel),),
        check=check_designation,
        naming=lambda designation: f"{designation.get_level_display()}示范点",
        place="site__division",
        parent="site",
        known_by=(("site", "level", "designated_on"),),
        goes_to=_("示范点持有有效命名才计入数字"),
        empty=_("还没有登记命名。"),
        order=21,
    )
)
