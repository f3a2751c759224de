"""What is sent and answered, register by register, as JSON schemas made from forms and tables."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from tongxin.accounts.choices import Sensitivity
from tongxin.programmes.models import Programme
from tongxin.registers.declaration import Register
from tongxin.registers.forms import MOST

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
    required = [each for each, field in register.form.base_fields.items() if _must(each, field)]
    entry = dict(asked)
    if register.parent:
        words = "Number of the record under which it is entered."
        entry[register.parent] = {"type": "integer", "minimum": 1, "description": words}
        required.append(register.parent)
    return {
        name: _object({each: _told(register, each) for each in fields_of(register)}, list(ALWAYS)),
        f"{name}List": _object(
            {
                "items": {"type": "array", "items": ref(name)},
                "next": MAYBE,
                "previous": MAYBE,
            },
            ["items", "next", "previous"],
        ),
        f"{name}Entry": _object(entry, sorted(required)),
        f"{name}Change": _object(asked, []),
    }


def shared() -> dict[str, Any]:
    """Return the schemas that are the same for all registers."""
    named = _object({"key": TEXT, "name": TEXT}, ["key", "name"])
    titled = _object({"key": TEXT, "title": TEXT}, ["key", "title"])
    choice = _object({"value": TEXT, "label": TEXT}, ["value", "label"])
    changed = {"label": TEXT, "before": TEXT, "after": TEXT}
    act = dict.fromkeys(("at", "verb", "done", "by", "office", "reason"), TEXT)
    act |= {"sealed": {"type": "boolean"}, "changes": _list(_object(changed, list(changed)))}
    line = {"name": TEXT, "label": TEXT, "required": {"type": "boolean"}, "help": TEXT}
    line |= {"choices": {"type": ["array", "null"], "items": choice}}
    wrong = {"code": TEXT, "detail": TEXT, "field": MAYBE, "value": {}}
    problem = {"type": TEXT, "title": TEXT, "status": COUNT, **wrong}
    problem |= {"errors": _list(_object(wrong, list(wrong))), "current": {"type": "object"}}
    step = dict.fromkeys(("at", "kind", "done", "by", "field", "reason"), TEXT) | {"version": COUNT}
    review = {"stage": TEXT, "version": COUNT, "turn": MAYBE}
    review |= {"changed": _list(TEXT), "noticed": _list(TEXT)}
    review |= {"steps": _list(_object(step, list(step)))}
    return {
        "Review": _object(review, list(review)),
        "Nothing": _object({}, []),
        "Return": _object({"reason": SENTENCE, "field": SENTENCE}, ["reason"]),
        "Comment": _object({"text": SENTENCE}, ["text"]),
        "Registers": _object(
            {"programmes": _list(named), "registers": _list(titled)}, ["programmes", "registers"]
        ),
        "Form": _object({"fields": _list(_object(line, list(line)))}, ["fields"]),
        "History": _object({"acts": _list(_object(act, list(act)))}, ["acts"]),
        "Reason": _object({"reason": {"type": "string", "maxLength": 300}}, []),
        "Problem": _object(problem, [name for name in problem if name != "current"]),
    }


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    made = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**made, "required": required} if required else made


def _list(items: dict[str, Any]) -> dict[str, Any]:
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
        return _object({"key": TEXT, "name": TEXT}, ["key", "name"])
    made = _plain(field)
    if field.null and "type" in made:
        made["type"] = [made["type"], "null"]
    return {**made, "title": str(field.verbose_name)}


def _plain(field: Any) -> dict[str, Any]:
    if field.is_relation:
        linked = _object({"id": COUNT, "name": TEXT}, ["id", "name"])
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
