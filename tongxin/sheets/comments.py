"""Comments put into a workbook that somebody sent; everything else of it stays as it was.

Only the parts that hold comments are written anew, so pictures, formats and formulas survive.
What an earlier round wrote is taken out first; what people wrote stays, below ours.
"""

import html
import posixpath
import re
from collections import defaultdict
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from .book import address
from .boxes import SHAPE, SHAPE_KIND, VML
from .cells import escaped
from .parts import attributes, place_of, relations_of, sheet_parts, targets, text_of
from .refusing import Declined

Asked = tuple[str, int, int, str]
Cell = tuple[int, int]

AUTHOR = "Tongxin"
BELOW = "\n————\n"
EFFORT = 1
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "[Content_Types].xml"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
DECLARED = re.compile(r"\A\s*<\?xml[^>]*\?>\s*")
NO_COMMENTS = f'<comments xmlns="{MAIN}"><authors></authors><commentList></commentList></comments>'
AUTHORS = re.compile(r"<(\w+:)?authors\s*(?:/>|>(.*?)</(?:\w+:)?authors>)", re.DOTALL)
ONE_AUTHOR = re.compile(r"<(?:\w+:)?author(?:\s[^>]*?)?(?:/>|>([^<]*)</(?:\w+:)?author>)")
COMMENT = re.compile(r"<((?:\w+:)?comment)\s([^>]*)>(.*?)</\1>", re.DOTALL)
TEXT = re.compile(r"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</")
LIST_END = re.compile(r"</(?:\w+:)?commentList>|<((?:\w+:)?commentList)\s*/>")
DRAWING = re.compile(r"<(?:\w+:)?legacyDrawing\s([^>]*)/>")
# A drawing of comments comes before these, in this order, at the end of a sheet.
AFTER_DRAWING = re.compile(
    r"<(?:\w+:)?(?:legacyDrawingHF|drawingHF|picture|oleObjects|controls|webPublishItems|tableParts"
    r"|extLst)\b|</(?:\w+:)?worksheet>"
)
DATA_END = re.compile(r"</(?:\w+:)?sheetData>|<(?:\w+:)?sheetData\s*/>")
ONE_SHAPE = re.compile(r"<v:shape\s.*?</v:shape>", re.DOTALL)
ROW = re.compile(r"<x:Row>\s*(\d+)\s*</x:Row>")
COLUMN = re.compile(r"<x:Column>\s*(\d+)\s*</x:Column>")


def commented(content: bytes, asked: list[Asked]) -> bytes:
    """Return the workbook with comments in its cells; raise Declined when they cannot be put in."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as package:
        changed = _changed(package, asked)
        with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=EFFORT) as written:
            for part in package.infolist():
                if part.filename not in changed:
                    written.writestr(part.filename, package.read(part))
            for name, text in changed.items():
                written.writestr(name, text.encode())
    return out.getvalue()


def _changed(package: ZipFile, asked: list[Asked]) -> dict[str, str]:
    """Return the parts that change, as they will be."""
    of_sheet: dict[str, dict[Cell, str]] = defaultdict(dict)
    for sheet, row, column, text in asked:
        of_sheet[sheet][row, column] = text
    parts = sheet_parts(package)
    # Sheets without news lose what an earlier round wrote.
    changed: dict[str, str] = {}
    for number, (sheet, part) in enumerate(parts.items(), 1):
        changed |= _sheet(package, part, of_sheet.pop(sheet, {}), number)
    if of_sheet:
        raise Declined("comments")
    return changed | ({TYPES: _types(text_of(package, TYPES), list(changed))} if changed else {})


def _sheet(package: ZipFile, part: str, news: dict[Cell, str], number: int) -> dict[str, str]:
    """Return the parts of one sheet that change."""
    lead = targets(package, part)
    at = next((target for kind, target in lead.values() if kind == "comments"), "")
    before = text_of(package, at) if at else NO_COMMENTS
    threaded = any(kind == "threadedComment" for kind, _target in lead.values())
    after, gone, added = _comments(before, news, keep=threaded)
    if after == before:
        return {}
    markup = text_of(package, part)
    drawing = DRAWING.search(markup)
    said = attributes(drawing[1]) if drawing else {}
    name = next((said[key] for key in said if key.endswith(":id")), "")
    drawn = lead.get(name, ("", ""))[1]
    changed: dict[str, str] = {}
    links = []
    if not at:
        at = f"xl/comments_tongxin{number}.xml"
        links.append(("rIdTongxinComments", "comments", at))
    if not drawn:
        drawn = f"xl/drawings/vmlDrawing_tongxin{number}.vml"
        links.append(("rIdTongxinDrawing", "vmlDrawing", drawn))
        changed[part] = _with_drawing(DRAWING.sub("", markup))
    shapes = text_of(package, drawn) or VML.format(number=number)
    changed[at] = DECLARATION + DECLARED.sub("", after)
    changed[drawn] = _shapes(shapes, gone, added, number)
    if links:
        relations = relations_of(part)
        changed[relations] = _related(text_of(package, relations), posixpath.dirname(part), links)
    return changed


def _comments(
    before: str, news: dict[Cell, str], *, keep: bool
) -> tuple[str, set[Cell], list[Cell]]:
    """Return the comments of a sheet as they will be, the cells that lost one, those that got one.

    With `keep`, cells in which people wrote are left alone: their comments are kept elsewhere too.
    """
    authors = AUTHORS.search(before)
    end = LIST_END.search(before)
    if not (authors and end):
        raise Declined("comments")
    names = [html.unescape(name).strip() for name in ONE_AUTHOR.findall(authors[2] or "")]
    own = {str(at) for at, name in enumerate(names) if name == AUTHOR}
    put = dict(news)
    theirs_again: set[Cell] = set()
    gone: set[Cell] = set()

    def judged(found: re.Match[str]) -> str:
        said = attributes(found[2])
        cell = place_of(said.get("ref", ""))
        is_ours = said.get("authorId") in own
        if cell is None or not (is_ours or cell in news):
            return found[0]
        if keep and not is_ours:
            put.pop(cell, None)
            return found[0]
        gone.add(cell)
        theirs = "".join(map(html.unescape, TEXT.findall(found[3])))
        if is_ours:
            theirs = theirs.partition(BELOW)[2]
        if theirs and cell in put:
            put[cell] += BELOW + theirs
        elif theirs:
            put[cell] = theirs
            theirs_again.add(cell)
        return ""

    text = COMMENT.sub(judged, before)
    if not put and not gone:
        return before, gone, []
    text = AUTHORS.sub(_with_authors, text, count=1)
    # Two authors are added each time: ours, and somebody for what people wrote.
    written = "".join(
        f'<comment xmlns="{MAIN}" ref="{address(*cell)}" '
        f'authorId="{len(names) + (cell in theirs_again)}"><text><r>'
        f'<t xml:space="preserve">{escaped(said)}</t></r></text></comment>'
        for cell, said in sorted(put.items())
    )
    return _with_comments(text, written), gone, sorted(put)


def _with_authors(found: re.Match[str]) -> str:
    prefix = found[1] or ""
    added = f'<author xmlns="{MAIN}">{AUTHOR}</author><author xmlns="{MAIN}"></author>'
    return f"<{prefix}authors>{found[2] or ''}{added}</{prefix}authors>"


def _with_comments(text: str, written: str) -> str:
    return LIST_END.sub(
        lambda found: f"<{found[1]}>{written}</{found[1]}>" if found[1] else written + found[0],
        text,
        count=1,
    )


def _with_drawing(markup: str) -> str:
    """Return a sheet that leads to the drawing of its comments."""
    data = DATA_END.search(markup)
    place = AFTER_DRAWING.search(markup, data.end() if data else 0)
    if place is None:
        raise Declined("comments")
    link = f'<legacyDrawing xmlns="{MAIN}" xmlns:r="{OFFICE}" r:id="rIdTongxinDrawing"/>'
    text = markup[: place.start()] + link + markup[place.start() :]
    return DECLARATION + DECLARED.sub("", text)


def _shapes(text: str, gone: set[Cell], added: list[Cell], number: int) -> str:
    """Return the drawing of the comments of a sheet: a box for each."""

    def judged(found: re.Match[str]) -> str:
        row, column = ROW.search(found[0]), COLUMN.search(found[0])
        is_gone = row and column and (int(row[1]), int(column[1])) in gone
        return "" if is_gone else found[0]

    text = ONE_SHAPE.sub(judged, text)
    end = text.rfind("</xml>")
    if end < 0:
        raise Declined("comments")
    boxes = "" if 'id="_x0000_t202"' in text else SHAPE_KIND
    boxes += "".join(
        SHAPE.format(
            # Numbers of shapes are told apart by sheet; people's own are far below.
            id=number * 1_000_000 + at,
            row=row,
            column=column,
            left=column + 1,
            right=column + 3,
            top=max(row - 1, 0),
            bottom=row + 4,
        )
        for at, (row, column) in enumerate(added, 1)
    )
    return text[:end] + boxes + text[end:]


def _related(text: str, folder: str, links: list[tuple[str, str, str]]) -> str:
    space = f"{PACKAGE}/relationships"
    text = text or f'<Relationships xmlns="{space}"></Relationships>'
    text = re.sub(r"<((?:\w+:)?Relationships)\b([^>]*)/>", r"<\1\2></\1>", text)
    written = "".join(
        f'<Relationship xmlns="{space}" Id="{name}" Type="{OFFICE}/{kind}" '
        f'Target="{posixpath.relpath(target, folder)}"/>'
        for name, kind, target in links
    )
    return _before_end(text, "Relationships", written)


def _types(text: str, changed: list[str]) -> str:
    space = f"{PACKAGE}/content-types"
    written = ""
    if not re.search(r"""Extension=["']vml["']""", text, re.IGNORECASE):
        written += f'<Default xmlns="{space}" Extension="vml" ContentType="{DRAWING_TYPE}"/>'
    for part in changed:
        if part.startswith("xl/comments_tongxin") and f"/{part}" not in text:
            written += (
                f'<Override xmlns="{space}" PartName="/{part}" ContentType="{COMMENTS_TYPE}"/>'
            )
    return _before_end(text, "Types", written)


def _before_end(text: str, root: str, written: str) -> str:
    end = text.rfind("</")
    if end < 0 or root not in text[end:]:
        raise Declined("comments")
    return DECLARATION + DECLARED.sub("", text[:end] + written + text[end:])
