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

from .actions.checking import check_activity, check_designation, check_site, check_visit
from .choices import DesignationLevel, Finding, Standing
from .forms import ActivityForm, DesignationForm, SiteForm, VisitForm
from .models import Activity, Designation, Site, Visit


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
        check=check_site,
        parts=(
            Part("designations", "site"),
            Part("visits", "site"),
            Part("activities", "site"),
        ),
        beside=((_("命名和活动"), "sites:site"),),
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
            Column("group__name", _("命名的群体"), fold=True, extra=True),
            Column("standing", _("命名情况"), Kind.CHOICE, Standing),
            Column("designated_on", _("命名日期"), Kind.DATE, fold=True),
            Column("review_on", _("复核日期"), Kind.DATE, fold=True, extra=True),
            Column("document", _("批准文件"), fold=True),
        ),
        filters=(
            choice_filter("level", _("命名级别"), DesignationLevel),
            choice_filter("standing", _("命名情况"), Standing),
        ),
        check=check_designation,
        naming=lambda designation: (
            f"{designation.get_level_display()}{designation.get_kind_display()}"
        ),
        place="site__division",
        parent="site",
        known_by=(("site", "level", "designated_on", "kind"), ("site", "level", "designated_on")),
        beside=((_("办理"), "sites:designation"),),
        goes_to=_("示范点持有有效命名才计入数字"),
        empty=_("还没有登记命名。"),
        order=21,
    )
)
VISITS = declare(
    Register(
        key="visits",
        model=Visit,
        title=_("实地核查"),
        noun=pgettext_lazy("one", "实地核查"),
        form=VisitForm,
        columns=(
            Column("name", pgettext_lazy("one", "实地核查")),
            Column("site__name", pgettext_lazy("one", "示范点")),
            Column("visited_on", _("核查日期"), Kind.DATE),
            Column("visitors", _("核查单位"), fold=True),
            Column("finding", _("核查结论"), Kind.CHOICE, Finding),
        ),
        check=check_visit,
        naming=lambda visit: f"{visit.visited_on.isoformat()}实地核查",
        place="site__division",
        parent="site",
        known_by=(("site", "visited_on", "visitors"),),
        goes_to=_("命名和复核以实地核查为准"),
        empty=_("还没有实地核查记录。"),
        order=22,
    )
)
ACTIVITIES = declare(
    Register(
        key="activities",
        model=Activity,
        title=_("示范点活动"),
        noun=pgettext_lazy("one", "示范点活动"),
        form=ActivityForm,
        columns=(
            Column("name", _("名称")),
            Column("site__name", pgettext_lazy("one", "示范点")),
            Column("function__name", _("功能"), fold=True),
            Column("held_on", _("活动日期"), Kind.DATE),
            Column("attendances", _("参加人次"), Kind.NUMBER, fold=True),
        ),
        check=check_activity,
        place="site__division",
        parent="site",
        known_by=(("name", "site", "held_on"),),
        goes_to=_("示范点活动场次和参加人次从这里取数"),
        empty=_("还没有登记活动。"),
        order=23,
    )
)
