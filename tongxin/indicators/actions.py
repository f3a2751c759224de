"""Rules asked of a declared figure, and how one is called."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.registers.lookups import Once, Taken

from .catalogue import CATALOGUE
from .models import Observation

LIMIT = Decimal(10**14)


DECLARED_ONCE = Once(Observation, "programme", "division", "indicator", "part")


def check_observations(rows: Sequence[Mapping[str, Any]]) -> Callable[..., Iterator[Problem]]:
    """Return what says what stands against declared figures: a wrong part, a second statement."""
    return partial(_against, DECLARED_ONCE.taken_among(rows))


def _against(taken: Taken, values: Mapping[str, Any], observation: Any) -> Iterator[Problem]:

    def asked(name: str) -> Any:
        return values.get(name, getattr(observation, name, ""))

    indicator = CATALOGUE.get(asked("indicator"))
    if indicator is None:
        yield Problem("indicators.unknown", _("选择指标"), "indicator")
        return
    if indicator.split and asked("part") not in indicator.parts():
        yield Problem("indicators.part", _("这个指标分级声明，选择级别；合计由各级相加"), "part")
    if not indicator.split and asked("part"):
        yield Problem("indicators.part", _("这个指标不分级，级别留空"), "part")
    value = asked("value")
    if value and (value >= LIMIT or value != round(value, 2)):
        words = _("数字最多 14 位整数、两位小数，核对单位")
        yield Problem("indicators.value", words, "stated_as")
    if taken(values, observation):
        words = _("这个地区的这个数已声明过。改原来那一条，两个数不能同时成立")
        yield Problem("indicators.twice", words, "indicator")


def name_observation(observation: Any) -> str:
    """Return the name under which a declared figure is listed."""
    indicator = CATALOGUE[observation.indicator]
    return indicator.part_title(observation.part)
