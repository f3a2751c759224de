"""What the description of the API says of each operation: what is sent, answered and refused."""

from typing import Any

DECISIONS = (
    "submit",
    "withdraw",
    "accept",
    "give_back",
    "comment",
    "hand_on",
    "ask",
    "cosign",
)
JOINING = ("duplicates", "similar", "merge", "unmerge")
"""Operations of registers in which records are merged."""
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
    "hand_on": "Colleague",
    "ask": "ColleagueOrNobody",
    "cosign": "Nothing",
    "attach": "Upload",
    "replace": "Upload",
    "label": "Label",
    "remove": "Reason",
    "put_back": "Reason",
    "merge": "{}Merger",
    "unmerge": "Nothing",
    "save": "NewView",
    "rename": "ChangedView",
    "delete": "Nothing",
}
FORMS = {"attach", "replace"}
"""Operations to which a file is sent, as a form."""
MADE = {"create", "attach", "save"}
"""Operations that answer 201 where they made something, and 200 where it was there."""
ANSWERS = {
    "review": "Review",
    **dict.fromkeys(DECISIONS, "Review"),
    "colleagues": "Colleagues",
    "registers": "Registers",
    "listing": "{}List",
    "form": "Form",
    "history": "History",
    "files": "Files",
    **dict.fromkeys(("attach", "file", "label", "replace", "remove", "put_back"), "File"),
    "duplicates": "Pairs",
    "similar": "Likes",
    "views": "Views",
    **dict.fromkeys(("save", "view", "rename", "delete"), "View"),
    "every": "Figures",
    "one": "WholeFigure",
    "records": "FigureRecords",
}
KEPT = {"record", "file", "view", "every", "one", "download"}
"""Operations that answer 304 to a program that has it already."""
ASKED = {"listing", "form", "history", "files", "duplicates", "every", "one", "records"}
"""Operations that read parameters, and refuse what they cannot read."""
REFUSALS = {
    400: "what was sent cannot be read",
    401: "no token, or one that opens nothing any more",
    403: "the token only reads",
    404: "nothing here, or nothing for this account: the same bytes",
    409: "it was decided already, or is not at this step",
    412: "it has changed since it was read; `current` is what it is now",
    413: "too much was sent",
    415: "what was sent is not of the type that is wanted",
    422: "what was sent is not accepted: `errors` has each field, value and remedy",
    428: "`If-Match` is missing",
    500: "the file on the server is not what was uploaded; it is given to nobody",
}
WRITERS = {"post", "patch"}
MATCH = "The ETag that was read."
HELD = "The ETag of what the program has already."
PATTERNS = {
    "version": '^(W/)?"[0-9]{1,9}(-[0-9a-f]{8})?"$',
    "checksum": '^(W/)?"[0-9a-f]{8}"$',
}


def _match(*, required: bool, pattern: str = "version") -> dict[str, Any]:
    example = {"version": '"1"', "checksum": '"0a1b2c3d"'}[pattern]
    schema = {"type": "string", "pattern": PATTERNS[pattern]}
    return _header("If-Match", MATCH, example, schema, required=required)


def _held(example: str) -> dict[str, Any]:
    return _header("If-None-Match", HELD, example, {"type": "string", "maxLength": 200})


def _key() -> dict[str, Any]:
    words = "The same key again gives what the first request made."
    schema = {"type": "string", "maxLength": 200}
    return _header("Idempotency-Key", words, "2017-03-report-1", schema)


def _header(
    name: str, words: str, example: str, schema: dict[str, Any], *, required: bool = False
) -> dict[str, Any]:
    return {
        "in": "header",
        "name": name,
        "required": required,
        "description": words,
        "schema": schema,
        "example": example,
    }


HEADERS = {
    "create": [_key()],
    "attach": [_key()],
    **{
        name: [_match(required=True)]
        for name in ("change", "accept", "give_back", "hand_on", "ask", "cosign")
    },
    **{name: [_match(required=True)] for name in ("label", "replace", "merge")},
    **{name: [_match(required=False)] for name in ("void", "restore", "submit")},
    **{name: [_match(required=False)] for name in ("remove", "put_back")},
    "rename": [_match(required=True, pattern="checksum")],
    **{name: [_held('"1-0a1b2c3d"')] for name in ("record", "file")},
    **{name: [_held('"0a1b2c3d"')] for name in ("view", "every", "one")},
    "download": [_held(f'"{"0a1b2c3d" * 8}"')],
}


def statuses(name: str, method: str, *, hides: bool) -> list[int]:
    """Return the refusals that an operation may answer; `hides`: it is of what may be hidden."""
    found = {400, 401}
    if hides:
        found.add(404)
    if name in ASKED:
        found.add(422)
    if method in WRITERS:
        found |= {403, 413, 415, 422}
    if any(each["name"] == "If-Match" for each in HEADERS.get(name, [])):
        found |= {412, 428}
    if name in DECISIONS:
        found.add(409)
    if name == "download":
        found.add(500)
    return sorted(found)
