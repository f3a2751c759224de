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
from tongxin.files.choices import FileKind
from tongxin.indicators.catalogue import CATALOGUE
from tongxin.registers import declaration
from tongxin.registers.declaration import Register
from tongxin.registers.ordering import orders_of

from . import deciding, figuring, filing, joining, operations, saving, schemas, views
from .asking import filters_of
from .door import api
from .shared import shared

AT = "/api/v1/"
KEY = "{key}"
REFUSED = "Refused{}"
MODULES = (views, deciding, filing, joining, saving, figuring)
"""Where the operations are; their functions put themselves on the list of routes."""


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
        for path, given in base["paths"].items():
            for register in every if KEY in path else [None]:
                told = path.replace(KEY, register.key) if register else path
                if found := _path(given, told, register):
                    paths[told] = found
        made: dict[str, Any] = copy.deepcopy(base) | {"paths": paths}
        made["components"]["responses"] = _refusals()
        made["components"]["schemas"] = shared() | {
            name: schema for register in every for name, schema in schemas.of(register).items()
        }
        return made


def _path(given: Any, path: str, register: Register | None) -> dict[str, Any]:
    """Return the operations of a path, those that a register has."""
    return {
        method: _operation(operation, method, path, register)
        for method, operation in given.items()
        if register is None
        or register.merges
        or _name_of(operation["operationId"]) not in operations.JOINING
    }


def _operation(given: Any, method: str, path: str, register: Register | None) -> dict[str, Any]:
    made: dict[str, Any] = copy.deepcopy(dict(given))
    made["parameters"] = [each for each in made["parameters"] if each["name"] != "key"]
    for each in made["parameters"]:
        each["schema"].pop("title", None)
        if each["name"] == "indicator":
            each["schema"]["enum"] = sorted(CATALOGUE)
    name = _name_of(made["operationId"])
    made["operationId"] = _called(name, register)
    made["tags"] = ["figures" if register is None else register.key]
    if name == "listing" and register is not None:
        _order(made["parameters"], register)
        made["parameters"] += [_filter(register, path) for path in filters_of(register)]
    if name in operations.BODIES and register is not None:
        ref = schemas.ref(operations.BODIES[name].format(schemas.title(register)))
        kind = "multipart/form-data" if name in operations.FORMS else "application/json"
        made["requestBody"] = {"required": True, "content": {kind: {"schema": ref}}}
    made["parameters"] += operations.HEADERS.get(name, [])
    made["responses"] = _responses(name, method, path, register)
    return made


def _called(name: str, register: Register | None) -> str:
    """Return the name of an operation, which no other has."""
    if register is not None:
        return f"{register.key}_{name}"
    return name if name == "registers" else f"figures_{name}"


def _name_of(operation: str) -> str:
    """Return the name of the function that answers; the library puts its module before it."""
    for module in MODULES:
        operation = operation.removeprefix(f"{module.__name__.replace('.', '_')}_")
    return operation


def _order(parameters: list[dict[str, Any]], register: Register) -> None:
    """Name the orders in which a register stands."""
    (sort,) = (each for each in parameters if each["name"] == "sort")
    sort["schema"] = {"type": "string", "enum": list(orders_of(register)), "default": "name"}


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
    done = _done(name, register)
    found: dict[str, Any] = {"200": {"description": "done", "content": done}}
    if name in operations.MADE:
        found["201"] = {"description": "made", "content": done}
    if name in operations.KEPT:
        found["304"] = {"description": "as the program has it"}
    hides = register is not None or "figures" in path
    for status in operations.statuses(name, method, hides=hides):
        found[str(status)] = {"$ref": f"#/components/responses/{REFUSED.format(status)}"}
    return found


def _refusals() -> dict[str, Any]:
    """Return what is refused, once for all operations."""
    problem = {"application/problem+json": {"schema": schemas.ref("Problem")}}
    return {
        REFUSED.format(status): {"description": words, "content": problem}
        for status, words in operations.REFUSALS.items()
    }


def _done(name: str, register: Register | None) -> dict[str, Any]:
    """Return what is answered where all went well."""
    if name == "download":
        return {
            kind: {"schema": {"type": "string", "format": "binary"}} for kind in FileKind.labels
        }
    answer = operations.ANSWERS.get(name, "{}")
    ref = schemas.ref(answer.format(schemas.title(register) if register else ""))
    return {"application/json": {"schema": ref}}
