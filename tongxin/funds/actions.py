"""Rules asked of the values of a budget."""

from collections.abc import Iterator, Mapping
from typing import Any

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _

from .queries import budget_of
from .rules import budget_problems


def check_budget(values: Mapping[str, Any], budget: Any) -> Iterator[Problem]:
    """Say what stands against a budget; a division has one for each year."""

    def asked(name: str) -> Any:
        return values.get(name, getattr(budget, name, None))

    yield from budget_problems(asked("year"), asked("amount"))
    twin = budget_of(
        asked("programme"), asked("division"), asked("year"), budget.pk if budget else None
    )
    if twin is not None:
        words = _("这个地区 %(year)s 年度的额度已登记过。改原来那一条，或换一个年度")
        yield Problem("funds.twice", words % {"year": asked("year")}, "year")
