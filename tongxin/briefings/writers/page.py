"""A briefing as one HTML file that needs nothing else: to read on a screen or print on A4."""

from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

from tongxin.briefings.document import Document, Paragraph, Row, Section, Source, Table
from tongxin.briefings.writers.snapshot import Names, address, row_text
from tongxin.briefings.writers.witness import drawing_of, line_of
from tongxin.briefings.writers.wording import (
    caption,
    chinese_date,
    clean_document,
    figure_columns,
    headings,
    title_lines,
)


@cache
def _style() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def write_page(document: Document) -> bytes:
    """The document as UTF-8 HTML; figures and rows carry their snapshot ids and sources."""
    document = clean_document(document)
    lines = [*_head(document), "<body>", "<article>", *_opening(document)]
    names, number = Names(), 0
    for heading, section in zip(headings(document), document.sections, strict=True):
        lines.append("<section>")
        if heading:
            lines.append(f"<h2>{_text(heading)}</h2>")
        lines.extend(_blocks(section, number, names))
        lines.append("</section>")
        number += sum(isinstance(block, Table) for block in section.blocks)
    lines += [*_witness(document), "</article>", "</body>", "</html>", ""]
    return "\n".join(lines).encode()


def _head(document: Document) -> Iterator[str]:
    yield "<!doctype html>"
    yield '<html lang="zh-CN">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    # The file is opened from disks and mail: whatever its text says, nothing is loaded or run.
    yield (
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    )
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(''.join(title_lines(document.title)))}</title>"
    yield f"<style>\n{_style()}</style>"
    yield "</head>"


def _opening(document: Document) -> Iterator[str]:
    day = document.facts_on
    yield "<header>"
    yield f'<p class="masthead">{_text(document.masthead)}</p>'
    yield (
        f'<p class="issue"><span>{_text(document.issuer)}</span>'
        f'<time datetime="{day.isoformat()}">{chinese_date(day)}</time></p>'
    )
    yield "</header>"
    yield f"<h1>{'<br>'.join(escape(line) for line in title_lines(document.title))}</h1>"


def _witness(document: Document) -> Iterator[str]:
    if document.witness is not None:
        yield f"<footer>{drawing_of(document.witness)}"
        yield f"<p>{_text(line_of(document.witness))}</p></footer>"


def _blocks(section: Section, number: int, names: Names) -> Iterator[str]:
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield f"<p>{_runs(block, names)}</p>"
            continue
        number += 1
        yield from _table(block, caption(number, block), names)


def _runs(paragraph: Paragraph, names: Names) -> str:
    return "".join(
        _text(run.text)
        if run.source is None
        else f'<span class="figure"{_marked(run.source, run.text, names)}>{_text(run.text)}</span>'
        for run in paragraph.runs
    )


def _table(table: Table, title: str, names: Names) -> Iterator[str]:
    centred = figure_columns(table)
    yield "<table>"
    yield f"<caption>{_text(title)}</caption>"
    yield f"<colgroup>{''.join(_columns(table))}</colgroup>"
    cells = (f'<th scope="col">{_text(column)}</th>' for column in table.columns)
    yield f"<thead><tr>{''.join(cells)}</tr></thead>"
    yield "<tbody>"
    yield from (_row(row, centred, names) for row in table.rows)
    yield "</tbody>"
    yield "</table>"
    if table.note:
        mark = _marked(table.note_source, table.note, names)
        yield f'<p class="note"{mark}>{_text(table.note)}</p>'


def _columns(table: Table) -> Iterator[str]:
    """Column elements; relative widths become the nearest of the style sheet's twentieths."""
    whole = sum(table.widths)
    if not whole:
        yield from ("<col>" for _ in table.columns)
    for width in table.widths if whole else ():
        yield f'<col class="w{max(1, round(20 * width / whole))}">'


def _row(row: Row, centred: frozenset[int], names: Names) -> str:
    mark = _marked(row.source, row_text(row), names)
    cells = []
    for place, cell in enumerate(row.cells):
        kind = ' class="count"' if place in centred else ""
        element, scope = ("td", "") if place else ("th", ' scope="row"')
        cells.append(f"<{element}{scope}{kind}>{_text(cell)}</{element}>")
    return f"<tr{mark}>{''.join(cells)}</tr>"


def _marked(source: Source, text: str, names: Names) -> str:
    """The attributes of a marked element: its id, and its source when it has one."""
    where = address(source)
    source_attribute = f' data-source="{escape(where)}"' if where else ""
    return f' id="{names.take(source, text)}"{source_attribute}'


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")
