"""Rules asked of the values of a budget."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.registers.lookups import Once, Taken

from .models import Budget
from .rules import budget_problems

ONE_A_YEAR = Once(Budget, "programme", "division", "year")


def check_budgets(rows: Sequence[Mapping[str, Any]]) -> Callable[..., Iterator[Problem]]:
    """Return what says what stands against budgets; a division has one for each year."""
    return partial(_against, ONE_A_YEAR.taken_among(rows))


def _against(taken: Taken, values: Mapping[str, Any], budget: Any) -> Iterator[Problem]:

    def asked(name: str) -> Any:
        return values.get(name, getattr(budget, name, None))

    yield from budget_problems(asked("year"), asked("amount"))
    if taken(values, budget):
        words = _("这个地区 %(year)s 年度的额度已登记过。改原来那一条，或换一个年度")
        yield Problem("funds.twice", words % {"year": asked("year")}, "year")
