"""A second way to count a period, day by day, that shares no line with the first."""

import datetime as dt


def is_worked(day, special):
    """Whether a day is worked; `special` holds True for worked and False for off."""
    return special[day] if day in special else day.strftime("%a") not in {"Sat", "Sun"}


def last_day(start, count, unit, special, *, rolls=True):
    """Return the last day of a period, walking from one day to the next."""
    day = start
    if unit == "working_days":
        walked = []
        while len([each for each in walked if is_worked(each, special)]) < count:
            day = dt.date.fromordinal(day.toordinal() + 1)
            walked.append(day)
        return day
    if unit == "days":
        for _step in range(count):
            day = dt.date.fromordinal(day.toordinal() + 1)
    else:
        day = months_later(start, count * (12 if unit == "years" else 1))
    while rolls and not is_worked(day, special):
        day = dt.date.fromordinal(day.toordinal() + 1)
    return day


def months_later(start, months):
    """Return the same day so many months later, or the last of that month where it has none."""
    year, month = start.year, start.month
    for _step in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    wanted = start.day
    while True:
        try:
            return dt.date(year, month, wanted)
        except ValueError:
            wanted -= 1
