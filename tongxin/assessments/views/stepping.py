"""One clause on the screen at a time: how a sheet is filled in during a visit, on a phone.

Each press saves the whole sheet, with what was kept of the other clauses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from tongxin.assessments.models import Assessment

BACK = "previous"


@dataclass(frozen=True, slots=True)
class Step:
    """Where one is: a clause, the how manyth of how many, and those beside it."""

    code: str
    number: int
    all: int
    previous: str
    following: str


def step_of(request: HttpRequest, found: Assessment) -> Step | None:
    """Return the clause that is asked for alone, if it is one of the sheet."""
    codes = codes_of(found)
    asked = request.GET.get("at", "")
    if asked not in codes:
        return None
    at = codes.index(asked)
    before = codes[at - 1] if at else ""
    behind = codes[at + 1] if at + 1 < len(codes) else ""
    return Step(asked, at + 1, len(codes), before, behind)


def codes_of(found: Assessment) -> list[str]:
    """Return the codes of the clauses that are filled in, in the order of the sheet."""
    return [clause.code for clause in found.version.tree.leaves()]


def together(
    kept: Mapping[str, str], typed: Mapping[str, str], step: Step | None
) -> dict[str, str]:
    """Return a sheet of which only one clause was sent, with the others as they are kept."""
    return {**kept, **typed} if step else dict(typed)


def onward(request: HttpRequest, path: str, step: Step | None) -> str:
    """Return where a press leads: the clause before or behind; past the last, the whole sheet."""
    if step is None:
        return path
    code = step.previous if request.POST.get("act") == BACK else step.following
    return f"{path}?{urlencode({'at': code})}" if code else path
