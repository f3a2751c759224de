"""What is typed into a record is looked through for numbers of people before it is kept."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from django.db import models

from tongxin.core.errors import Problem
from tongxin.core.numbers_of_people import NAMES, numbers_in
from tongxin.core.numbers_of_people import Found as Number
from tongxin.core.words import gettext as _

from .declaration import Register

Standing = tuple[str, Any, Number]
"""A number that stands in a field: its name and label, and what was found."""


def texts_of(register: Register, values: Mapping[str, Any]) -> Iterator[tuple[str, Any, str]]:
    """Return name, label and text of the values that somebody typed in his own words."""
    own = _own_words(register.model)
    for name, value in values.items():
        if value and name in own and isinstance(value, str):
            yield name, own[name], value


@cache
def _own_words(model: type[models.Model]) -> Mapping[str, Any]:
    """Return the fields into which people type their own words, with their labels."""
    return {
        field.name: field.verbose_name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    }


def blocked_in(register: Register, values: Mapping[str, Any]) -> Iterator[Problem]:
    """Say which values hold an identity or card number: no register keeps one."""
    yield from blocked_among(numbers_found(register, values))


def numbers_found(register: Register, values: Mapping[str, Any]) -> list[Standing]:
    """Return the numbers of people in values, with name and label of the field of each."""
    return [
        (name, label, each)
        for name, label, text in texts_of(register, values)
        for each in numbers_in(text)
    ]


def blocked_among(numbers: Iterable[Standing]) -> Iterator[Problem]:
    """Say which numbers that were found no register keeps."""
    for name, label, each in numbers:
        if each.blocked:
            yield _blocked(each, label, name)


def blocked_in_text(text: str, label: Any, field: str) -> Iterator[Problem]:
    """Say which identity and card numbers a text holds, masked."""
    for each in numbers_in(text):
        if each.blocked:
            yield _blocked(each, label, field)


def _blocked(each: Number, label: Any, field: str) -> Problem:
    words = _("%(label)s里有%(kind)s（%(shown)s）。这里不存个人的证件号和卡号，删去再提交")
    facts = {"label": label, "kind": NAMES[each.kind], "shown": each.masked}
    return Problem(f"registers.{each.kind.value}", words % facts, field)


def asked_about(register: Register, values: Mapping[str, Any]) -> Iterator[Problem]:
    """Say which values hold a telephone number: it may be an office's, or somebody's own."""
    yield from asked_among(numbers_found(register, values))


def asked_among(numbers: Iterable[Standing]) -> Iterator[Problem]:
    """Say which numbers that were found may be an office's, or somebody's own."""
    words = _(
        "%(label)s里有电话号码（%(shown)s）。个人的号码，删去再提交；"
        "单位公开的电话，勾选“是单位公开的电话”再提交"
    )
    for name, label, each in numbers:
        if not each.blocked:
            facts = {"label": label, "shown": each.masked}
            yield Problem("registers.telephone", words % facts, name)
