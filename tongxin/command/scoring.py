"""Scoring a standard from the command line."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import typer
from django.conf import settings
from django.db import OperationalError, ProgrammingError
from django.utils.translation import override
from rich.console import Console

from tongxin.core.errors import Problem, Refused
from tongxin.standards import queries
from tongxin.standards.rules import tree
from tongxin.standards.rules.checking import problems_of
from tongxin.standards.rules.kinds import skeleton
from tongxin.standards.rules.reading import standard_of
from tongxin.standards.rules.scoring import score
from tongxin.standards.rules.texts import Doubled, told_by
from tongxin.standards.rules.writing import told

Found = TypeVar("Found")
WITH_ERRORS, NOT_OPENED = 1, 2
STANDARD_INPUT = "-"
SHAPE = '{"values": {"1": 49}, "conditions": {"party_unit": false}}'


def score_values(name: str, file: Path | None) -> None:
    """Print what a standard gives for the values of a file; without a file, one to fill in."""
    standard = _standard(name)
    if file is None:
        content = {
            "values": {each.code: skeleton(each.rule) for each in standard.leaves() if each.rule},
            "conditions": {each.name: None for each in standard.conditions},
        }
        print(json.dumps(content, ensure_ascii=False, indent=1))  # noqa: T201
        return
    values, conditions = _values(file)
    result = _in_words(lambda: score(standard, values, conditions))
    print(json.dumps(told(result), ensure_ascii=False, indent=1))  # noqa: T201


def _standard(name: str) -> tree.Standard:
    """Find a standard: a file, one published in this home, or one that comes with the product."""
    if name.endswith(".json"):
        path = Path(name)
        told_in_file = _read(path, path)
        standard = _in_words(lambda: standard_of(told_in_file))
        _in_words(lambda: _in_order(standard))
        return standard
    try:
        version = queries.newest(name)
        published = queries.published_keys()
    except (OperationalError, ProgrammingError):
        version, published = None, []  # a home without a database yet has what is supplied
    if version is not None:
        return version.tree
    try:
        return queries.supplied(name)
    except KeyError:
        known = ", ".join(sorted({*published, *queries.supplied_keys()}))
        _stop(f"There is no standard {name!r}. Choose one of: {known}; or give a .json file.")


def _in_order(standard: tree.Standard) -> None:
    if found := problems_of(standard):
        raise Refused(found)


def _values(file: Path) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    content = _read(file, file if str(file) != STANDARD_INPUT else None)
    if (
        not isinstance(content, dict)
        or "values" not in content
        or set(content)
        - {
            "values",
            "conditions",
        }
    ):
        _stop(f"{file} holds “values” by clause code and “conditions” by name: {SHAPE}")
    values, conditions = content["values"], content.get("conditions") or {}
    if not isinstance(values, dict) or not isinstance(conditions, dict):
        _stop(f"In {file}, “values” and “conditions” are objects: {SHAPE}")
    return values, conditions


def _read(named: Path, path: Path | None) -> Any:
    try:
        text = sys.stdin.read() if path is None else path.read_text(encoding="utf-8-sig")
        return told_by(text)
    except Doubled as twice:
        _stop(f"In {named}, {str(twice)!r} stands twice in one object. Keep one of them.")
    except UnicodeDecodeError:
        _stop(f"{named} is not text in UTF-8.")
    except json.JSONDecodeError as broken:
        _stop(f"{named} is not JSON: {broken.msg} in line {broken.lineno}.")
    except ValueError as odd:
        _stop(f"{named} holds {odd}, which is no number.")
    except RecursionError:
        _stop(f"{named} is nested too deep.")
    except OSError as failure:
        _stop(f"{named} cannot be read: {failure.strerror}.")


def _in_words(work: Callable[[], Found]) -> Found:
    """Do something; if it is refused, say why in every language of the house, and end."""
    try:
        return work()
    except Refused as refusal:
        _print_problems(refusal.problems)
        for code, _name in settings.LANGUAGES[1:]:
            with override(code):
                try:
                    work()
                except Refused as again:
                    _print_problems(again.problems)
        raise typer.Exit(WITH_ERRORS) from None


def _print_problems(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        Console(stderr=True).print(str(problem), highlight=False, soft_wrap=True, markup=False)


def _stop(words: str) -> NoReturn:
    Console(stderr=True).print(words, highlight=False, soft_wrap=True, markup=False)
    raise typer.Exit(NOT_OPENED)
