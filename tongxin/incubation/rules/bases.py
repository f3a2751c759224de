"""What must hold of a base and of its calls. Values in, answers out."""

import datetime as dt
from collections.abc import Iterator

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _

MOST_DAYS, MOST_MONTHS = 250, 120


def base_problems(
    opened_on: dt.date | None,
    today: dt.date,
    contract: tuple[dt.date | None, dt.date | None] = (None, None),
) -> Iterator[Problem]:
    """Say what is wrong with the days of a base; an unknown day is allowed."""
    if opened_on and opened_on > today:
        words = _("启用日期不能晚于今天（%(today)s）") % {"today": today.isoformat()}
        yield Problem("incubation.future", words, "opened_on")
    begins, ends = contract
    if begins and ends and ends <= begins:
        words = _("运营合同到期要晚于 %(day)s") % {"day": begins.isoformat()}
        yield Problem("incubation.contract", words, "contract_until")


def capacity_problems(capacity: int | None, held: int) -> Iterator[Problem]:
    """Say that a base cannot have fewer places than are held or promised from today on."""
    if held and capacity is None:
        words = _("已有 %(held)d 个席位在用或已答应，可入驻组织数不能留空")
        yield Problem("incubation.capacity", words % {"held": held}, "capacity")
    elif capacity is not None and capacity < held:
        words = _("已有 %(held)d 个席位在用或已答应，可入驻组织数不能改成 %(capacity)d")
        yield Problem(
            "incubation.capacity", words % {"held": held, "capacity": capacity}, "capacity"
        )


def intake_problems(
    opens_on: dt.date | None, closes_on: dt.date | None, places: int | None, capacity: int | None
) -> Iterator[Problem]:
    """Say what is wrong with a call: it closes before it opens, or offers more than there is."""
    if opens_on and closes_on and closes_on < opens_on:
        words = _("截止申请要不早于 %(day)s") % {"day": opens_on.isoformat()}
        yield Problem("incubation.intake_order", words, "closes_on")
    if places is not None and capacity is not None and places > capacity:
        words = _("招募名额 %(places)d 多于基地的可入驻组织数 %(capacity)d，核对名额")
        facts = {"places": places, "capacity": capacity}
        yield Problem("incubation.intake_places", words % facts, "places")


def clock_problems(name: str, days: int | None, least: int, most: int) -> Iterator[Problem]:
    """Say what is wrong with the number of a clock."""
    if days is None or not least <= days <= most:
        words = _("填 %(least)d 到 %(most)d 之间的整数")
        yield Problem("incubation.clock", words % {"least": least, "most": most}, name)
