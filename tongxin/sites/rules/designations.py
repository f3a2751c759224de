"""When a site may be named, on what basis, and where it lies. Values in, answers out."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.sites.choices import DesignationLevel

from .lives import NOT_NAMED

SINCE = dt.date(2022, 4, 20)
"""创建示范活动管理办法（试行）is of this day: from then on a naming rests on an approval."""


def designation_problems(
    designated_on: dt.date | None, until: dt.date | None, today: dt.date
) -> Iterator[Problem]:
    """Say what is wrong with the days of a designation; a day may be unknown, never future."""
    if designated_on and designated_on > today:
        words = _("命名日期不能晚于今天（%(today)s）") % {"today": today.isoformat()}
        yield Problem("sites.future", words, "designated_on")
    if designated_on and until and until <= designated_on:
        words = _("到期日期要晚于 %(day)s") % {"day": designated_on.isoformat()}
        yield Problem("sites.order", words, "until")


def early_problems(standing: str, designated_on: dt.date | None) -> Iterator[Problem]:
    """Say that the day of a naming is not typed in before it is named."""
    if designated_on and standing in NOT_NAMED:
        words = _("这条还没有命名，不填命名日期；办“命名”时一起填")
        yield Problem("sites.not_named", words, "designated_on")


def review_problems(designated_on: dt.date | None, review_on: dt.date | None) -> Iterator[Problem]:
    """Say that a site is looked at again after it was named, not before."""
    if designated_on and review_on and review_on <= designated_on:
        words = _("复核日期要晚于 %(day)s") % {"day": designated_on.isoformat()}
        yield Problem("sites.review_order", words, "review_on")


def doubts(level: str, named_on: dt.date, basis: str) -> Iterator[str]:
    """Say what the rule of 2022 on such activities holds against a naming; it warns, with reasons.

    创建示范活动管理办法（试行）, 2022-04-20: apart from central and provincial bodies only the
    party committees and governments of cities and counties run such activities, with approval;
    their departments, towns and streets do not.
    """
    if named_on < SINCE or basis.strip():
        return
    names: dict[str, Any] = {"level": DesignationLevel(level).label}
    yield (
        _(
            "2022 年 4 月 20 日起，创建示范活动要经批准，由市、县党委和政府开展，"
            "部门和镇（街道）不能自行开展。这次%(level)s命名没有写依据"
        )
        % names
    )


def basis_problems(level: str, named_on: dt.date, basis: str, note: str) -> Iterator[Problem]:
    """Ask for the basis of a naming, or for a reason why it is made without one."""
    for doubt in doubts(level, named_on, basis):
        if not note.strip():
            words = _("%(doubt)s。填写依据，或在说明里写明理由") % {"doubt": doubt}
            yield Problem("sites.no_basis", words, "legal_basis")


def point_problems(latitude: Any, longitude: Any) -> Iterator[Problem]:
    """Say that a point needs both of its numbers."""
    if (latitude is None) != (longitude is None):
        name, words = (
            ("latitude", _("填了经度，也要填纬度"))
            if latitude is None
            else ("longitude", _("填了纬度，也要填经度"))
        )
        yield Problem("sites.half_a_point", words, name)


def function_problems(function_of: int | None, site_of: int | None) -> Iterator[Problem]:
    """Say that the functions of a site are those of its own programme."""
    if function_of is not None and site_of is not None and function_of != site_of:
        yield Problem("sites.other_function", _("从这项工作的功能里选一个"), "function")


def group_problems(group_of: int | None, site_of: int | None) -> Iterator[Problem]:
    """Say that a naming is for an occupational group of the site's own programme."""
    if group_of is not None and site_of is not None and group_of != site_of:
        yield Problem("sites.other_group", _("从这项工作的群体里选一个"), "group")


def happened_problems(on: dt.date | None, today: dt.date, field: str) -> Iterator[Problem]:
    """Say that what has not happened yet is not recorded."""
    if on and on > today:
        words = _("日期不能晚于今天（%(today)s）") % {"today": today.isoformat()}
        yield Problem("sites.not_yet", words, field)
