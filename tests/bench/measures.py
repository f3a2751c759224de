"""What the benchmark measures, as plain numbers that can be kept and compared."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from . import bare, briefings, elsewhere, meter, organisations, pages

LOOK_UP = 'SELECT "registers_piece"'
DASHBOARDS = {"home": "/", "dashboard": "/dashboards/nantong/", "figures": "/figures/"}


def lists(
    sizes: Iterable[int], pairs: int, people: Iterable[str] = pages.WHO
) -> Iterator[dict[str, Any]]:
    """Yield one row for each list page, account and number of organisations on the register."""
    for size in sizes:
        organisations.grow(size)
        for person in pages.people(people):
            visitor = meter.Visitor(person.account)
            for case in pages.cases(person.account):
                yield {
                    "what": "list",
                    "records": size,
                    "who": person.name,
                    "page": case.name,
                    **page(visitor, case.address, pairs),
                }


def dashboards(
    sizes: Iterable[int], pairs: int, people: Iterable[str] = ("city", "county")
) -> Iterator[dict[str, Any]]:
    """Yield one row for each desk page, account and number of records in another programme."""
    programme = elsewhere.open_programme()
    for size in (0, *sizes):
        held = elsewhere.fill(programme, size)
        for person in pages.people(people):
            visitor = meter.Visitor(person.account)
            for name, address in DASHBOARDS.items():
                at = address.replace("nantong", person.division)
                yield {
                    "what": "desk",
                    "records": held,
                    "who": person.name,
                    "page": name,
                    **page(visitor, at, pairs),
                }


def page(visitor: meter.Visitor, address: str, pairs: int) -> dict[str, Any]:
    """Return what a page costs: queries, CPU beside the bare page, bytes."""
    visitor.ask(address)
    with meter.queries() as said:
        answer = visitor.ask(address)
    with meter.queries() as without:
        empty = visitor.ask(bare.ADDRESS)
    for asked, given in ((address, answer), (bare.ADDRESS, empty)):
        if given.status != 200:
            message = f"{asked} answered {given.status}"
            raise RuntimeError(message)
    taken = meter.compare(visitor.cost(address), visitor.cost(bare.ADDRESS), pairs)
    return {
        "queries": len(said),
        "looked_up": sum(sql.startswith(LOOK_UP) for sql in said),
        "bare_queries": len(without),
        "rows": answer.body.count(b'<th scope="row">'),
        "bytes": len(answer.body),
        "sent": answer.sent,
        **asdict(taken),
    }


def briefing(times: int) -> Iterator[dict[str, Any]]:
    """Yield one row for each format of the briefing, and one for Word against its bare words."""
    sizes = briefings.sizes()
    for name, taken in briefings.costs(times).items():
        yield {"what": "briefing", "page": name, "bytes": sizes[name], **asdict(taken)}
    taken = briefings.word_against_bare(times)
    yield {"what": "word", "page": "docx, written only", **asdict(taken)}


def uneven(rows: Iterable[dict[str, Any]]) -> list[str]:
    """Name the pages whose number of queries depends on the number of records.

    A page that shows no row at all needs no names of places: one query less. A search asks once
    for each of its pieces up to the first that few records hold; where no record holds one, not
    even the list is asked, so searches that find nothing are left out.
    """
    counts: dict[tuple[str, str, str], set[int]] = {}
    for row in rows:
        if row["what"] in {"list", "desk"} and not row["page"].startswith("search, no such"):
            place = (row["what"], row["who"], row["page"])
            spared = 1 if row["what"] == "list" and not row["rows"] else 0
            counts.setdefault(place, set()).add(row["queries"] + spared - row["looked_up"])
    return [f"{place}: {sorted(seen)}" for place, seen in counts.items() if len(seen) > 1]
