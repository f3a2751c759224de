"""The columns of a register's sheet: they follow from its form, and are declared nowhere else."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tongxin.core.text import plain
from tongxin.registers.declaration import Register
from tongxin.registers.forms import PlaceField

from .choices import Kind
from .rules import bare

ALIASES = Path(__file__).parent / "facts" / "headers.csv"
NUMBER = "number"
NUMBER_LABEL = _("记录编号")
PARTED_BY = "、"
UNASKED = frozenset({"version", "submission", "office_number"})
MOST_OPTIONS = 2_000


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `name` is the field of the form, `options` the words that may stand in it."""

    name: str
    label: Any
    kind: Kind
    required: bool = False
    options: tuple[str, ...] = ()
    hint: Any = ""
    unit: str = ""
    limit: int | None = None

    @property
    def field(self) -> str:
        """The field of the record that the column fills."""
        return "division" if self.name == "place" else self.name

    @property
    def head(self) -> str:
        """The label with its unit, as it stands in a head."""
        return f"{self.label}（{self.unit}）" if self.unit else str(self.label)


def columns_of(register: Register, form: Any, *, options: bool = True) -> tuple[Column, ...]:
    """Return the columns of a register as its form asks them, with or without their choices."""
    return tuple(_columns(register, form, options=options))


def _columns(register: Register, form: Any, *, options: bool) -> Iterator[Column]:
    if register.parent:
        link: Any = register.model._meta.get_field(register.parent)
        yield Column(register.parent, link.verbose_name, Kind.RECORD, required=True)
    for name, asked in form.fields.items():
        if name in UNASKED:
            continue
        yield Column(
            name=name,
            label=asked.label,
            kind=_kind(register, name, asked),
            required=asked.required,
            options=_options(asked) if options else (),
            hint=asked.help_text,
            unit=_unit(register, name),
            limit=getattr(asked, "max_length", None),
        )


def _kind(register: Register, name: str, asked: forms.Field) -> Kind:
    if isinstance(asked, PlaceField):
        return Kind.PLACE
    if isinstance(asked, forms.ChoiceField):
        return Kind.CHOICE
    if isinstance(asked, forms.DateField):
        return Kind.DATE
    if isinstance(asked, forms.DecimalField):
        return Kind.NUMBER
    if isinstance(asked, forms.IntegerField):
        return Kind.WHOLE
    return Kind.AMOUNT if _unit(register, name) else Kind.TEXT


def _unit(register: Register, name: str) -> str:
    """Return the unit that the model states for a field; empty where it states none."""
    known = {field.name: field for field in register.model._meta.concrete_fields}
    return str(getattr(known.get(name), "unit", ""))


def _options(asked: Any) -> tuple[str, ...]:
    if not hasattr(asked, "choices"):
        return ()
    if hasattr(asked, "queryset"):
        return tuple(str(each) for each in asked.queryset[:MOST_OPTIONS])
    return tuple(str(label) for value, label in asked.choices if value)


def heads_of(register: Register, columns: Sequence[Column]) -> dict[str, str]:
    """Return for each way to write a head the field it means."""
    heads: dict[str, str] = {}
    names = {column.name for column in columns}
    also = aliases()
    for key in ("", register.key):
        for name, words in also.get(key, {}).items():
            if name in names:
                heads.update({bare(word): name for word in words})
    for column in columns:
        for label in _labels(register, column):
            heads |= {bare(label): column.name, plain(label): column.name}
    for label in _in_each_language(NUMBER_LABEL):
        heads[bare(label)] = NUMBER
    return heads


def _labels(register: Register, column: Column) -> Iterator[str]:
    known = {field.name: field for field in register.model._meta.concrete_fields}
    yield from _in_each_language(column.label)
    if column.name in known:
        yield from _in_each_language(known[column.name].verbose_name)


def _in_each_language(label: Any) -> Iterator[str]:
    for code, _name in settings.LANGUAGES:
        with override(code):
            yield str(label)


@cache
def aliases() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return what offices write over their columns: by register ("" for all) and field."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    with ALIASES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["register"], {})[row["field"]] = tuple(
                row["also"].split(PARTED_BY)
            )
    return found
