"""What a report comes to, and the report of a large workbook, kept in a file page by page.

A small workbook is looked through again for every page. A large one is not: its rows lie in a file
in the order in which they are shown, and a page reads its fifty.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

from . import uploads
from .choices import Outcome, Severity, Side, Skipped
from .queries import fingerprint
from .report import Change, Conflict, LeftOut, Message, Report, Row

ROWS = 50
WARNED, CONFLICT = "warning", "conflict"
GROUPS = (*Outcome.values, WARNED, CONFLICT)
END = 20


@dataclass(frozen=True, slots=True)
class Summary:
    """What is said of a workbook as a whole, and how many rows there are of each kind."""

    counts: Mapping[str, int]
    warned: int
    conflicts: int
    applicable: int
    asks_reason: bool
    """Whether a row that would be written is warned of."""
    has_warnings: bool
    problems: tuple[Message, ...]
    unmapped: bool
    unknown: tuple[tuple[str, str, str], ...]
    left_out: tuple[LeftOut, ...]
    seen: str
    """The fingerprint of what was seen."""


def summary_of(report: Report) -> Summary:
    """Return what a report comes to."""
    applicable = report.applicable
    return Summary(
        counts=report.counts,
        warned=len(group_of(report, WARNED)),
        applicable=len(applicable),
        conflicts=len(group_of(report, CONFLICT)),
        asks_reason=any(each.is_warning for row in applicable for each in row.messages),
        has_warnings=report.has_warnings,
        problems=report.problems,
        unmapped=bool(report.unmapped),
        unknown=report.unknown,
        left_out=report.left_out,
        seen=fingerprint(report),
    )


def group_of(report: Report, show: str) -> list[Row]:
    """Return the rows of one outcome, those that are warned of, or changed on both sides."""
    if show == WARNED:
        return [row for row in report.rows if any(each.is_warning for each in row.messages)]
    if show == CONFLICT:
        return [row for row in report.rows if row.conflicts]
    return [row for row in report.rows if row.outcome == show]


def keep(report: Report) -> str:
    """Keep a report; return the name of its file."""
    name = uploads.keep(b"")
    with uploads.path_of(name).open("wb") as out:
        pages = {show: list(_written(out, group_of(report, show))) for show in GROUPS}
        begin = out.tell()
        head = {"summary": asdict(summary_of(report)), "pages": pages}
        out.write(json.dumps(head, ensure_ascii=False).encode())
        out.write(f"\n{begin:0{END}d}".encode())
    return name


def _written(out: BinaryIO, rows: Sequence[Row]) -> Iterator[int]:
    """Write the rows of a group; yield where each of its pages begins, and where the last ends."""
    for at, row in enumerate(rows):
        if at % ROWS == 0:
            yield out.tell()
        told = {
            "sheet": row.sheet,
            "row": row.row,
            "outcome": row.outcome,
            "name": row.name,
            "texts": dict(row.texts),
            "messages": [asdict(each) for each in row.messages],
            "conflicts": [asdict(each) | {"label": str(each.label)} for each in row.conflicts],
            "side": row.side,
            "changes": [(str(each.label), each.before, each.after) for each in row.changes],
        }
        out.write(json.dumps(told, ensure_ascii=False).encode() + b"\n")
    yield out.tell()


def kept(name: str) -> Summary:
    """Return what a report that was kept comes to; raises FileNotFoundError."""
    with uploads.path_of(name).open("rb") as file:
        told = _head(file)["summary"]
    told["problems"] = tuple(map(_message, told["problems"]))
    told["unknown"] = tuple(map(tuple, told["unknown"]))
    told["left_out"] = tuple(map(_left_out, told["left_out"]))
    return Summary(**told)


def page_kept(name: str, show: str, page: int) -> list[Row]:
    """Return the rows of one page of a report that was kept; raises FileNotFoundError."""
    with uploads.path_of(name).open("rb") as file:
        begins = _head(file)["pages"].get(show, ())
        if page >= len(begins):
            return []
        file.seek(begins[page - 1])
        lines = file.read(begins[page] - begins[page - 1]).splitlines()
    return [_row(json.loads(line)) for line in lines]


def report_kept(name: str) -> Report:
    """Return a report that was kept, with the rows alone of which it says something.

    Raises FileNotFoundError.
    """
    return Report(rows=tuple(_spoken_of(name)), problems=kept(name).problems)


def _spoken_of(name: str) -> list[Row]:
    rows: dict[tuple[str, int], Row] = {}
    for show in (Outcome.ERROR.value, WARNED, CONFLICT):
        page = 1
        while found := page_kept(name, show, page):
            rows |= {(row.sheet, row.row): row for row in found}
            page += 1
    return list(rows.values())


def _head(file: BinaryIO) -> Any:
    file.seek(-END - 1, os.SEEK_END)
    end = file.tell()
    begin = int(file.read())
    file.seek(begin)
    return json.loads(file.read(end - begin))


def _row(told: Mapping[str, Any]) -> Row:
    return Row(
        told["sheet"],
        told["row"],
        Outcome(told["outcome"]),
        told["name"],
        told["texts"],
        messages=tuple(map(_message, told["messages"])),
        changes=tuple(Change(*each) for each in told["changes"]),
        conflicts=tuple(Conflict(**each) for each in told["conflicts"]),
        side=Side(told["side"]),
    )


def _message(told: Mapping[str, Any]) -> Message:
    return Message(**{**told, "severity": Severity(told["severity"])})


def _left_out(told: Mapping[str, Any]) -> LeftOut:
    reason = told["reason"]
    return LeftOut(**{**told, "reason": Skipped(reason) if reason else None})
