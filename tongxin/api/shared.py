"""The schemas that are the same for all registers: reviews, files, views, figures, problems."""

from typing import Any

from tongxin.accounts.choices import Sensitivity
from tongxin.core.figures import Flow, State
from tongxin.core.quantities import Qualifier
from tongxin.files.choices import FileKind
from tongxin.indicators.catalogue import CATALOGUE
from tongxin.registers import declaration
from tongxin.registers.likeness import Ground
from tongxin.registers.models import QUERY_LENGTH
from tongxin.registers.saved.forms import NAME_LENGTH

from .schemas import COUNT, MAYBE, SENTENCE, TEXT, a_list, an_object, ref, title

YES: dict[str, Any] = {"type": "boolean"}
DAY: dict[str, Any] = {"type": "string", "format": "date"}
MOMENT: dict[str, Any] = {"type": "string", "format": "date-time"}
NUMBER: dict[str, Any] = {"type": "integer", "minimum": 1, "maximum": 999_999_999}
WHO: dict[str, Any] = {"type": "string", "enum": list(Sensitivity.values)}


def shared() -> dict[str, Any]:
    """Return all of them by name."""
    return _registers() | _reviews() | _files() | _likes() | _views() | _figures() | _problem()


def _all(properties: dict[str, Any]) -> dict[str, Any]:
    """Return an object of which every part is always there."""
    return an_object(properties, list(properties))


def _page(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return _all({"items": a_list(items), "next": MAYBE, **more})


def _registers() -> dict[str, Any]:
    named, titled = _all({"key": TEXT, "name": TEXT}), _all({"key": TEXT, "title": TEXT})
    choice = _all({"value": TEXT, "label": TEXT})
    line = {"name": TEXT, "label": TEXT, "required": YES, "help": TEXT}
    line |= {"choices": {"type": ["array", "null"], "items": choice}}
    changed = _all({"label": TEXT, "before": TEXT, "after": TEXT})
    act = dict.fromkeys(("verb", "done", "by", "office", "reason"), TEXT)
    act |= {"at": MOMENT, "sealed": YES, "changes": a_list(changed)}
    return {
        "Registers": _all({"programmes": a_list(named), "registers": a_list(titled)}),
        "Form": _all({"fields": a_list(_all(line))}),
        "History": _all({"acts": a_list(_all(act)), "next": MAYBE}),
        "Reason": an_object({"reason": SENTENCE}, []),
        "Nothing": an_object({}, []),
    }


def _reviews() -> dict[str, Any]:
    step = dict.fromkeys(("at", "kind", "done", "by", "to", "field", "reason"), TEXT)
    step |= {"version": COUNT}
    review = {"stage": TEXT, "version": COUNT}
    review |= dict.fromkeys(("turn", "assignee", "cosigner"), MAYBE)
    review |= {"changed": a_list(TEXT), "noticed": a_list(TEXT), "steps": a_list(_all(step))}
    colleague = _all({"id": COUNT, "name": TEXT, "office": TEXT})
    nobody = {**NUMBER, "type": ["integer", "null"]}
    return {
        "Review": _all(review),
        "Return": an_object({"reason": SENTENCE, "field": SENTENCE}, ["reason"]),
        "Comment": _all({"text": SENTENCE}),
        "Colleagues": _all({"items": a_list(colleague)}),
        "Colleague": _all({"to": NUMBER}),
        "ColleagueOrNobody": _all({"to": nobody}),
    }


def _files() -> dict[str, Any]:
    kind = {"type": "string", "enum": list(FileKind.values)}
    version = {"number": COUNT, "name": TEXT, "kind": kind, "size": COUNT, "sha256": TEXT}
    version |= {"cleaned": YES, "received_at": MOMENT}
    told = {"id": COUNT, "version": COUNT, "name": TEXT, "sensitivity": WHO, "void": YES}
    told |= {"entered_at": MOMENT, "changed_at": MOMENT, "revisions": a_list(_all(version))}
    content = {"type": "string", "format": "binary"}
    return {
        "File": _all(told),
        "Files": _page(ref("File")),
        "Upload": an_object({"file": content, "sensitivity": WHO}, ["file"]),
        "Label": _all({"sensitivity": WHO}),
    }


def _likes() -> dict[str, Any]:
    like = {"id": COUNT, "name": TEXT, "place": TEXT}
    why = {"ground": {"enum": [each.value for each in Ground]}, "why": TEXT}
    pair = {"one": _all(like), "other": _all(like), **why, "may_merge": YES}
    return {"Likes": _all({"items": a_list(_all(like | why))}), "Pairs": _page(_all(pair))}


def _views() -> dict[str, Any]:
    name = {"type": "string", "minLength": 1, "maxLength": NAME_LENGTH}
    asked = {"type": "string", "maxLength": QUERY_LENGTH}
    typed = {"name": name, "query": asked, "shared": YES, "first": YES}
    told = {"key": {"type": "string", "format": "uuid"}, "name": TEXT, "query": TEXT}
    told |= {"shared": YES, "first": YES, "own": YES, "saved_at": MOMENT, "list": TEXT}
    return {
        "View": _all(told),
        "Views": _all({"items": a_list(ref("View"))}),
        "NewView": an_object(typed, ["name"]),
        "ChangedView": an_object(typed, []),
    }


def _figures() -> dict[str, Any]:
    qualifier = {"type": "string", "enum": [each.value for each in Qualifier]}
    value = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
    counted = {"value": value, "unit": TEXT, "qualifier": qualifier, "text": TEXT}
    number = {"type": ["integer", "null"]}
    stated = counted | {"stated_as": TEXT, "source": TEXT, "observation": number}
    words = ("key", "part", "title", "definition", "flow_words", "unit", "basis", "programme")
    told = dict.fromkeys((*words, "division", "scope", "state_words", "remark", "text"), TEXT)
    told |= {"flow": {"enum": [each.value for each in Flow]}}
    told |= {"state": {"enum": [each.value for each in State]}, "on": DAY, "map_on": DAY}
    told |= {"counted": _or_null(_all(counted)), "declared": _or_null(_all(stated))}
    told |= {"records": COUNT, "waiting": COUNT, "absent": a_list(TEXT)}
    told |= {"register": TEXT, "records_at": TEXT}
    held = sorted({title(declaration.get(each.register)) for each in CATALOGUE.values()})
    record = {"anyOf": [ref(name) for name in held]}
    return {
        "Figure": _all(told),
        "Figures": _all({"items": a_list(ref("Figure"))}),
        "WholeFigure": _all(told | {"parts": a_list(ref("Figure"))}),
        "FigureRecords": _page(record, register=TEXT, previous=MAYBE),
    }


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


def _problem() -> dict[str, Any]:
    wrong = {"code": TEXT, "detail": TEXT, "field": MAYBE, "value": {}}
    problem = {"type": TEXT, "title": TEXT, "status": COUNT, **wrong}
    problem |= {"errors": a_list(_all(wrong)), "current": {"type": "object"}}
    return {"Problem": an_object(problem, [name for name in problem if name != "current"])}
