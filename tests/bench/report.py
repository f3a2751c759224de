"""The benchmark's numbers as tables on a terminal."""

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.table import Table

console = Console(width=130)


def show(database: str, rows: list[dict[str, Any]]) -> None:
    """Print the tables of one database."""
    console.print(f"\n[bold]{database}[/bold]", highlight=False)
    _pages("Lists: ratio to the bare page, by organisations on the register", rows, "list")
    _pages("Desk: ratio to the bare page, by records of another programme", rows, "desk")
    table = Table("briefing", "ms CPU", "against", "ratio", "kB", title="Briefing", box=None)
    for row in rows:
        if row["what"] in {"briefing", "word"}:
            against = "composing alone" if row["what"] == "briefing" else "bare python-docx"
            size = f"{row['bytes'] / 1000:.1f}" if "bytes" in row else ""
            table.add_row(
                row["page"],
                f"{row['cost']:.1f}",
                f"{against} {row['against']:.1f}",
                f"{row['ratio']:.2f}",
                size,
            )
    console.print(table)
    _search([row for row in rows if row["what"] == "search"])
    _journal(rows)


def _search(rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    title = f"Search among {rows[0]['records']:,} names, ms CPU, against LIKE"
    heads = ["text", "", "hits", "search", "its SQL", "LIKE, 20", "LIKE, all", "ratio", "of SQL"]
    table = Table(*heads, title=title, box=None)
    for row in rows:
        table.add_row(
            row["text"],
            f"{row['page']}, {row['length']}",
            f"{row['hits']:,}",
            f"{row['cost']:.3f}",
            f"{row['bare']:.3f}",
            f"{row['like_page']:.3f}",
            f"{row['like_all']:.1f}",
            f"1/{row['ratio']:,.0f}",
            f"1/{row['bare_ratio']:,.0f}",
        )
    console.print(table)


def _journal(rows: list[dict[str, Any]]) -> None:
    table = Table(
        "entries", "per second", "ms CPU", "bare rows", "ratio", title="Journal", box=None
    )
    for row in rows:
        if row["what"] == "entries":
            cells = (f"{row['per_second']:,}", f"{row['cost']:.2f}", f"{row['against']:.2f}")
            table.add_row(row["page"], *cells, f"{row['ratio']:.2f}")
    console.print(table)
    if not (checked := [row for row in rows if row["what"] == "verifying"]):
        return
    title = "Verifying an export, in a process of its own"
    heads = ["hash", "entries", "MB", "s CPU", "bare hashing", "ratio"]
    table = Table(*heads, title=title, box=None)
    for row in checked:
        table.add_row(
            row["page"],
            f"{row['entries']:,}",
            f"{row['bytes'] / 1e6:.0f}",
            f"{row['cost'] / 1_000:.1f}",
            f"{row['against'] / 1_000:.1f}",
            f"{row['ratio']:.2f}",
        )
    console.print(table)


def _pages(title: str, rows: Iterable[dict[str, Any]], what: str) -> None:
    chosen = [row for row in rows if row["what"] == what]
    counts = sorted({row["records"] for row in chosen})
    heads = ["who", "page", "queries", *(f"{count:,}" for count in counts)]
    table = Table(*heads, "ms CPU", "bare", "rows", "bytes", "gzipped", title=title, box=None)
    by_page: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in chosen:
        by_page.setdefault((row["who"], row["page"]), []).append(row)
    for (who, page), points in by_page.items():
        last = points[-1]
        queries = dict.fromkeys(str(point["queries"]) for point in points)
        table.add_row(
            who,
            page,
            "/".join(queries),
            *(f"{point['ratio']:.2f}" for point in points),
            f"{last['cost']:.1f}",
            f"{last['against']:.1f}",
            str(last["rows"]),
            f"{last['bytes']:,}",
            f"{last['sent']:,}",
        )
    console.print(table)
