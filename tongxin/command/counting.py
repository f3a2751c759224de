"""What `tongxin due` does: count a period by the calendar of a home."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

import typer
from django.conf import settings
from django.db import OperationalError, ProgrammingError
from django.utils.translation import override
from rich.console import Console

from tongxin.calendars.choices import DayKind, Unit
from tongxin.calendars.queries import calendar, supplied
from tongxin.calendars.rules import Calendar, Clock, Due, Told, clock_problems
from tongxin.calendars.rules import due as last_day_of
from tongxin.core.errors import Problem
from tongxin.core.text import number_in

errors = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
FORMATS = ("text", "json")
SHORT = {"zh-hans": "zh"}
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
NO_DATABASE = (
    "This home has no database yet: counted by the official days that come with the program. "
    "Run: tongxin init, or give --home."
)


def due(date: str, count: str, unit: str, format_: str) -> None:
    """Print the last day of a period; what is uncertain about it goes to standard error."""
    if format_ not in FORMATS:
        _stop(f"There is no format {format_!r}. Choose one of: {', '.join(FORMATS)}.")
    if unit not in Unit.values:
        _stop(f"There is no unit {unit!r}. Choose one of: {', '.join(Unit.values)}.")
    start, number = _day(date), number_in(count)
    if number is None:
        _stop(f"N is {count!r}. Give a whole number from 1 up.")
    problems = list(clock_problems(start, number, unit))
    if problems:
        with override("en"):
            _stop("; ".join(str(each) for each in clock_problems(start, number, unit)))
    known, lacks = _calendar()
    if lacks:
        errors.print(NO_DATABASE)
    found = last_day_of(Clock(start, number, Unit(unit)), known)
    if format_ == "json":
        print(json.dumps(_content(found), ensure_ascii=False, indent=1))  # noqa: T201
        return
    for line in _lines(found):
        print(line)  # noqa: T201
    with override("en"):
        for warning in found.warnings:
            errors.print(f"warning: {warning}")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text if ISO.fullmatch(text) else "")
    except ValueError:
        return _stop(f"DATE is {text!r}. Give year-month-day, such as 2026-09-25.")


def _calendar() -> tuple[Calendar, bool]:
    """Return the calendar of this home, and whether there is none yet."""
    try:
        return calendar(), False
    except (OperationalError, ProgrammingError):
        return supplied(), True


def _lines(found: Due) -> Iterator[str]:
    yield found.last_day.isoformat()
    for told in found.left_out:
        yield f"left out {_told(told)}"
    for told in found.made_up:
        yield f"counted  {_told(told)}"


def _told(told: Told) -> str:
    why = f"{told.kind.value} {told.name} {told.document}".rstrip()
    return f"{told.day.isoformat()} {told.day:%a} {why}"


def _content(found: Due) -> dict[str, Any]:
    clock = found.clock
    return {
        "from": clock.start.isoformat(),
        "count": clock.count,
        "unit": clock.unit.value,
        "last_day": found.last_day.isoformat(),
        "left_out": [_entry(told) for told in found.left_out],
        "made_up": [_entry(told) for told in found.made_up],
        "missing_years": list(found.lacking),
        "warnings": [_texts(found, number) for number in range(len(found.warnings))],
    }


def _entry(told: Told) -> dict[str, str]:
    kind: DayKind = told.kind
    return {
        "date": told.day.isoformat(),
        "kind": kind.value,
        "name": told.name,
        "document": told.document,
    }


def _texts(found: Due, number: int) -> dict[str, Any]:
    text = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            problem: Problem = found.warnings[number]
            text[SHORT.get(code, code)] = str(problem)
    return {"code": found.warnings[number].code, "text": text}


def _stop(words: str) -> NoReturn:
    errors.print(words)
    raise typer.Exit(2)
