"""What the page of a record shows: its fields in words, and its parts."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from tongxin.core.quantities import Quantity
from tongxin.divisions.queries import names_on

from . import declaration, permissions
from .declaration import Part, Register
from .queries import PARTS_SHOWN


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of a record as its page shows it."""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """Some of the records that belong to a record."""

    register: Register
    rows: tuple[Any, ...]
    more: bool
    link: str


def facts_of(register: Register, record: Any, day: dt.date) -> list[Fact]:
    """Return the fields of a record in the order of its form."""
    return list(_facts(register, record, day))


def _facts(register: Register, record: Any, day: dt.date) -> Iterator[Fact]:
    names = [field for field in register.form._meta.fields if field != "name"]
    if hasattr(record, "division_id"):
        place = names_on([record.division_id], day)[record.division_id]
        url = record.division.get_absolute_url()
        if record.place_state == "not_stated":
            place = _("未写明（暂由%(place)s管理）") % {"place": place}
        yield Fact(_("所属地区"), place, url)
        if record.place_text:
            yield Fact(_("原文地名"), _written(record))
    for name in [*names, "sensitivity"]:
        field = _field(register, name)
        value = getattr(record, name)
        url = ""
        if isinstance(value, models.Model) and hasattr(value, "get_absolute_url"):
            url = value.get_absolute_url()
        yield Fact(str(field.verbose_name), text_of(field, value), url)


def _written(record: Any) -> str:
    if record.place_state == "unmatched":
        return _("%(text)s（与区划名称对不上）") % {"text": record.place_text}
    return str(record.place_text)


def parts_of(register: Register, record: Any, account: Any) -> list[Shown]:
    """Return the first records of every part, for those who may see them. One query each."""
    return [shown for part in register.parts if (shown := _part(part, record, account))]


def _part(part: Part, record: Any, account: Any) -> Shown | None:
    other = declaration.get(part.register)
    rows = permissions.visible_to(account, other).filter(**{part.link: record}, void=False)
    found = tuple(rows.order_by("id")[: PARTS_SHOWN + 1])
    return Shown(other, found[:PARTS_SHOWN], len(found) > PARTS_SHOWN, part.link)


def _field(register: Register, name: str) -> Any:
    """Return a field of a register's model; raises FieldDoesNotExist."""
    return register.model._meta.get_field(name)


def text_of(field: Any, value: Any) -> str:
    """Show a value of a field in words; empty where nothing is recorded."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if shown := getattr(field, "shown", None):
        return str(shown(value))
    if getattr(field, "choices", None):
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DecimalField):
        return _amount(field, value)
    return str(value)


def _amount(field: Any, value: Any) -> str:
    unit = getattr(field, "unit", "")
    return str(Quantity(field.to_python(value), unit)) if unit else f"{field.to_python(value):f}"


def differences(
    register: Register, current: Any, typed: dict[str, Any], day: dt.date
) -> list[tuple[str, str, str]]:
    """Return field, value now and value typed, for the fields in which two edits differ."""
    rows = []
    for name, value in typed.items():
        now = getattr(current, name)
        if now == value or name == "place_state":
            continue
        field = _field(register, name)
        if name == "division":
            names = names_on([now.pk, value.pk], day)
            rows.append((str(field.verbose_name), names[now.pk], names[value.pk]))
        else:
            rows.append((str(field.verbose_name), text_of(field, now), text_of(field, value)))
    return rows
