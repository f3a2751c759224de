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
