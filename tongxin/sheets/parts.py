"""Which part of an .xlsx is which sheet, and what its markup says; only for files that passed.

Definitions of entities were refused before, so the markup can be read by patterns. Whoever writes
markup that these do not read gets fewer notes, nothing worse.
"""

import html
import posixpath
import re
from zipfile import ZipFile

from .book import Note
from .limits import MOST_NOTES

WORKBOOK = "xl/workbook.xml"
ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
# A cell with a formula and no result.
UNCOMPUTED = re.compile(
    r"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    r"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
WRONG = re.compile(r"""<(?:\w+:)?c\s([^>]*\bt=["']e["'][^>]*)>""")
PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
LETTERS = 26


def attributes(tag: str) -> dict[str, str]:
    r"""Return the attributes of a tag.

    >>> attributes('<sheet name="A&amp;B" r:id=\'rId1\'/>')
    {'name': 'A&B', 'r:id': 'rId1'}
    """
    return {name: html.unescape(one or other) for name, one, other in ATTRIBUTE.findall(tag)}


def text_of(package: ZipFile, part: str) -> str:
    """Return the markup of a part; nothing when there is none."""
    try:
        content = package.read(part)
    except KeyError:
        return ""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    return content.decode("utf-8-sig", "replace")


def relations_of(part: str) -> str:
    """Return the name of the part that says what another part leads to.

    >>> relations_of("xl/workbook.xml")
    'xl/_rels/workbook.xml.rels'
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def targets(package: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part leads to: by the name of the relation, its type and its target."""
    found = {}
    for tag in RELATION.findall(text_of(package, relations_of(part))):
        said = attributes(tag)
        if said.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(
            posixpath.join("/", posixpath.dirname(part), said.get("Target", ""))
        )
        found[said.get("Id", "")] = said.get("Type", "").rpartition("/")[2], target.lstrip("/")
    return found


def sheet_parts(package: ZipFile) -> dict[str, str]:
    """Return the part of each sheet, by the name of the sheet."""
    lead = targets(package, WORKBOOK)
    found = {}
    for tag in SHEET.findall(text_of(package, WORKBOOK)):
        said = attributes(tag)
        name = next((said[key] for key in said if key.endswith(":id")), "")
        if name in lead:
            found[said.get("name", "")] = lead[name][1]
    return found


def notes_of(markup: str) -> list[Note]:
    """Return the cells of a sheet that hold no usable value, though something stands in them."""
    if "<f" not in markup and ":f" not in markup and '"e"' not in markup:
        return []
    found = []
    for code, pattern in (("formula", UNCOMPUTED), ("error", WRONG)):
        for tag in pattern.findall(markup):
            said = attributes(tag)
            cell = place_of(said.get("r", ""))
            # A formula whose result is an empty text has a result.
            if cell and not (code == "formula" and said.get("t") == "str"):
                found.append(Note(*cell, code))
            if len(found) >= MOST_NOTES:
                return found
    return found


def place_of(name: str) -> tuple[int, int] | None:
    """Return row and column, from 0, of a cell by its name.

    >>> place_of("B7"), place_of("7B")
    ((6, 1), None)
    """
    place = PLACE.fullmatch(name)
    return (int(place[2]) - 1, column_of(place[1])) if place else None


def column_of(letters: str) -> int:
    """Return the number of a column, from 0.

    >>> column_of("A"), column_of("XFD")
    (0, 16383)
    """
    number = 0
    for letter in letters:
        number = number * LETTERS + ord(letter) - ord("A") + 1
    return number - 1
