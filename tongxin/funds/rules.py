"""What must hold of a year's budget. Amounts in yuan."""

from collections.abc import Iterator
from decimal import Decimal

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _

FIRST_YEAR, LAST_YEAR = 1990, 2100
LIMIT = Decimal(10**12)


def budget_problems(year: int | None, amount: Decimal | None) -> Iterator[Problem]:
    """Say what is wrong with a budget: its year must be one, its amount more than nothing."""
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        yield Problem("funds.year", _("年度要填四位年份，例如 2017"), "year")
    if amount is None:
        return
    if amount <= 0:
        yield Problem("funds.amount", _("额度要大于 0 元"), "amount")
    elif amount >= LIMIT:
        yield Problem("funds.amount", _("额度要小于 1 万亿元，核对单位"), "amount")
    elif amount != round(amount, 2):
        yield Problem("funds.amount", _("额度最多写到分"), "amount")
