"""What is sent and answered, register by register, as JSON schemas made from forms and tables."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from tongxin.accounts.choices import Sensitivity
from tongxin.programmes.models import Programme
from tongxin.registers.declaration import Register
from tongxin.registers.forms import MOST
from tongxin.registers.merging.actions import mergeable_fields

from .shown import ALWAYS, fields_of

PLACE_LENGTH = 60
TEXT: dict[str, Any] = {"type": "string"}
COUNT: dict[str, Any] = {"type": "integer"}
SENTENCE: dict[str, Any] = {"type": "string", "maxLength": 300}
MAYBE: dict[str, Any] = {"type": ["string", "null"]}


def title(register: Register) -> str:
    """Return the name under which a register's schemas stand."""
    return register.key[:1].upper() + register.key[1:]


def ref(name: str) -> dict[str, Any]:
    """Return a reference to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def of(register: Register) -> dict[str, Any]:
    """Return the schemas of a register: what is answered, listed, entered and changed."""
    name = title(register)
    asked = _asked(register)
    told = {each: _told(register, each) for each in fields_of(register)}
    required = [each for each, field in register.form.base_fields.items() if _must(each, field)]
    entry = dict(asked)
    if register.parent:
        words = "Number of the record under which it is entered."
        entry[register.parent] = {"type": "integer", "minimum": 1, "description": words}
        required.append(register.parent)
    return {
        name: an_object(told, list(ALWAYS)),
        f"{name}List": an_object(
            {
                "items": {"type": "array", "items": ref(name)},
                "next": MAYBE,
                "previous": MAYBE,
            },
            ["items", "next", "previous"],
        ),
        f"{name}Entry": an_object(entry, sorted(required)),
        f"{name}Change": an_object(asked, []),
        **({f"{name}Merger": _merger(register)} if register.merges else {}),
    }


def _merger(register: Register) -> dict[str, Any]:
    """Return what is sent to merge another record into one."""
    number = {"type": "integer", "minimum": 1, "maximum": 999_999_999}
    taken = {"type": "string", "enum": sorted(mergeable_fields(register))}
    asked = {"other": number, "other_version": number, "taken": a_list(taken)}
    return an_object(asked, ["other", "other_version"])


def an_object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    """Return an object with these parts and no others."""
    made = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**made, "required": required} if required else made


def a_list(items: dict[str, Any]) -> dict[str, Any]:
    """Return a list of things of one kind."""
    return {"type": "array", "items": items}


def _must(name: str, field: forms.Field) -> bool:
    """Whether an entry has to name a field: there is none that the form would offer."""
    return bool(field.required) and field.initial is None and name not in {"version", "submission"}


def _asked(register: Register) -> dict[str, Any]:
    """Return what a form takes, by name."""
    form = register.form
    found = {
        name: _field(field)
        for name, field in form.base_fields.items()
        if name not in {"version", "submission"}
    }
    if form.asks_place:
        words = "Name, code or alias of a division in the account's scope."
        found["place"] = {"type": ["string", "null"], "maxLength": PLACE_LENGTH}
        found["place"] |= {"description": words}
        found["place_text"] = {"type": ["string", "null"], "maxLength": PLACE_LENGTH}
    found["sensitivity"] = {"type": "string", "enum": list(Sensitivity.values)}
    found["office_number"] = {
        "type": "boolean",
        "description": "That a telephone number found in the texts is an office's.",
    }
    return found


def _field(field: forms.Field) -> dict[str, Any]:
    made = _kind(field)
    if not field.required:
        made["type"] = [made["type"], "null"]
        if "enum" in made:
            made["enum"] = [*made["enum"], None]
    return {**made, "title": str(field.label)}


def _kind(field: Any) -> dict[str, Any]:  # noqa: PLR0911  one line for each kind
    if isinstance(field, forms.ModelChoiceField):
        return {"type": "integer", "minimum": 1}
    if isinstance(field, forms.ChoiceField):
        values = [value for value, _label in _flat(field.choices) if value]
        return {"type": "string", "enum": values} if values else {"type": "string"}
    if isinstance(field, forms.BooleanField):
        return {"type": "boolean"}
    if isinstance(field, forms.DateField):
        return {"type": "string", "format": "date"}
    if isinstance(field, forms.DecimalField):
        return {"type": "number", **_limits(field)}
    if isinstance(field, forms.IntegerField):
        return {"type": "integer", **_limits(field)}
    return {"type": "string", **_lengths(field)}


def _lengths(field: Any) -> dict[str, Any]:
    lengths = {"minLength": 1} if field.required else {}
    return lengths | ({"maxLength": field.max_length} if field.max_length else {})


def _limits(field: Any) -> dict[str, Any]:
    limits = {"maximum": MOST}
    for validator in field.validators:
        if isinstance(validator, MaxValueValidator):
            limits["maximum"] = validator.limit_value
        elif isinstance(validator, MinValueValidator):
            limits["minimum"] = validator.limit_value
    return limits


def _flat(choices: Any) -> list[tuple[str, Any]]:
    return [(str(value), label) for value, label in choices]


def _told(register: Register, name: str) -> dict[str, Any]:
    """Return how a value of a record is told."""
    field: Any = register.model._meta.get_field(name)
    if name == "division":
        return an_object({"key": TEXT, "name": TEXT}, ["key", "name"])
    made = _plain(field)
    if field.null and "type" in made:
        made["type"] = [made["type"], "null"]
    return {**made, "title": str(field.verbose_name)}


def _plain(field: Any) -> dict[str, Any]:
    if field.is_relation:
        linked = an_object({"id": COUNT, "name": TEXT}, ["id", "name"])
        return dict(TEXT) if field.related_model is Programme else linked
    kinds = (schema for kind, schema in TOLD.items() if isinstance(field, kind))
    return dict(next(kinds, TEXT))


TOLD: dict[Any, dict[str, Any]] = {
    models.BooleanField: {"type": "boolean"},
    models.DateTimeField: {"type": "string", "format": "date-time"},
    models.DateField: {"type": "string", "format": "date"},
    models.DecimalField: {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"},
    models.IntegerField: COUNT,
}
