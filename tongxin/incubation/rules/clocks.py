"""When a clock runs out. Dates and numbers in, dates out."""

import calendar
import datetime as dt

MONTHS = 12
ONE = dt.timedelta(days=1)


def late_by(day: dt.date, due_on: dt.date | None) -> int:
    """Return by how many days a step came after its clock had run out."""
    return max(0, (day - due_on).days) if due_on else 0


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later; where a month is too short, its last day."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
