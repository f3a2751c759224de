"""The description of the API: OpenAPI 3.1, with the paths and the schemas of every register.

The routes are the same for all registers; the description has them once for each, with the
fields that its form asks for, so that programs that read it know what to send.
"""

import copy
from functools import cache
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import override

from tongxin.core.access import ANYONE, access
from tongxin.registers import declaration
from tongxin.registers.declaration import Register

from . import deciding, schemas, views
from .asking import filters_of
from .door import api

AT = "/api/v1/"
KEY = "{key}"
WRITERS = {"post", "patch"}
REFUSALS = {
    400: "what was sent cannot be read",
    401: "no token, or one that opens nothing any more",
    403: "the token only reads",
    404: "nothing here, or nothing for this account: the same bytes",
    409: "it was decided already, or is not at this step",
    412: "the record has changed since it was read; `current` is what it is now",
    413: "too much was sent",
    415: "what was sent is not JSON",
    422: "what was sent is not accepted: `errors` has each field, value and remedy",
    428: "`If-Match` is missing",
}


@access(ANYONE)
def described(_request: HttpRequest) -> JsonResponse:
    """The description, for anybody: it tells of no record."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


@cache
def document() -> dict[str, Any]:
    """Return the description, in English."""
    with override("en"):
        base = dict(api.get_openapi_schema(path_prefix=AT))
        every = declaration.every()
        paths: dict[str, Any] = {}
        for path, operations in base["paths"].items():
            if KEY in path:
                for register in every:
                    paths[path.replace(KEY, register.key)] = {
                        method: _operation(operation, method, path, register)
                        for method, operation in operations.items()
                    }
            else:
                paths[path] = {
                    method: _operation(operation, method, path, None)
                    for method, operation in operations.items()
                }
        made: dict[str, Any] = copy.deepcopy(base) | {"paths": paths}
        made["components"]["schemas"] = schemas.shared() | {
            name: schema for register in every for name, schema in schemas.of(register).items()
        }
        return made


def _operation(given: Any, method: str, path: str, register: Register | None) -> dict[str, Any]:
    made: dict[str, Any] = copy.deepcopy(dict(given))
    made["parameters"] = [each for each in made["parameters"] if each["name"] != "key"]
    for each in made["parameters"]:
        each["schema"].pop("title", None)
    name = _name_of(made["operationId"])
    made["operationId"] = name if register is None else f"{register.key}_{name}"
    if register is not None:
        made["tags"] = [register.key]
    if name == "listing" and register is not None:
        made["parameters"] += [_filter(register, path) for path in filters_of(register)]
    if name in BODIES and register is not None:
        ref = schemas.ref(BODIES[name].format(schemas.title(register)))
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": ref}}}
    made["parameters"] += HEADERS.get(name, [])
    made["responses"] = _responses(name, method, path, register)
    return made


def _name_of(operation: str) -> str:
    """Return the name of the function that answers; the library puts its module before it."""
    for module in (views, deciding):
        operation = operation.removeprefix(f"{module.__name__.replace('.', '_')}_")
    return operation


DECISIONS = ("submit", "withdraw", "accept", "give_back", "comment")
BODIES = {
    "create": "{}Entry",
    "change": "{}Change",
    "void": "Reason",
    "restore": "Reason",
    "submit": "Nothing",
    "withdraw": "Nothing",
    "accept": "Nothing",
    "give_back": "Return",
    "comment": "Comment",
}
ANSWERS = {
    "review": "Review",
    **dict.fromkeys(DECISIONS, "Review"),
    "registers": "Registers",
    "listing": "{}List",
    "form": "Form",
    "history": "History",
}


def _header(name: str, words: str, example: str, *, required: bool) -> dict[str, Any]:
    schema = {"type": "string", "maxLength": 200}
    if name == "If-Match":
        schema = {"type": "string", "pattern": '^(W/)?"[0-9]{1,9}(-[0-9a-f]{8})?"$'}
    return {
        "in": "header",
        "name": name,
        "required": required,
        "description": words,
        "schema": schema,
        "example": example,
    }


MATCH = "The ETag that was read."
HELD = "The ETag of what the program has already."
HEADERS = {
    "create": [
        _header(
            "Idempotency-Key",
            "The same key again gives the same record.",
            "2017-03-report-1",
            required=False,
        )
    ],
    "change": [_header("If-Match", MATCH, '"1"', required=True)],
    "void": [_header("If-Match", MATCH, '"1"', required=False)],
    "restore": [_header("If-Match", MATCH, '"1"', required=False)],
    "record": [_header("If-None-Match", HELD, '"1-0a1b2c3d"', required=False)],
    "submit": [_header("If-Match", MATCH, '"1"', required=False)],
    "accept": [_header("If-Match", MATCH, '"1"', required=True)],
    "give_back": [_header("If-Match", MATCH, '"1"', required=True)],
}


def _filter(register: Register, path: str) -> dict[str, Any]:
    kind: dict[str, Any] = {"type": "string"}
    if path == register.parent:
        kind = {"type": "integer", "minimum": 1, "maximum": 999_999_999}
    words = "Narrows the list to one choice of this field."
    return {
        "in": "query",
        "name": path,
        "required": False,
        "description": words,
        "schema": kind,
    }


def _responses(name: str, method: str, path: str, register: Register | None) -> dict[str, Any]:
    answer = ANSWERS.get(name, "{}")
    ref = schemas.ref(answer.format(schemas.title(register) if register else ""))
    done = {"application/json": {"schema": ref}}
    found: dict[str, Any] = {"200": {"description": "done", "content": done}}
    if name == "create":
        found["201"] = {"description": "entered", "content": done}
    if name == "record":
        found["304"] = {"description": "as the program has it"}
    refusals = [400, 401, *([404] if register else [])]
    if name in {"listing", "form"}:
        refusals.append(422)
    if method in WRITERS:
        refusals += [403, 413, 415, 422]
    if "pk" in path and method in WRITERS:
        refusals += [412, 428]
    if name in DECISIONS:
        refusals.append(409)
    problem = {"application/problem+json": {"schema": schemas.ref("Problem")}}
    for status in sorted(refusals):
        found[str(status)] = {"description": REFUSALS[status], "content": problem}
    return found
