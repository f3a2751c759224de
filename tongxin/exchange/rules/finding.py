"""Where the table lies in a sheet as offices make them.

Title rows stand above it, cells are merged, the head has one row or two, totals and repeated heads
stand in between, notes below. What is not a record is left out and said so; nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tongxin.core.text import plain
from tongxin.exchange.choices import Skipped
from tongxin.sheets.book import Sheet, Value

LOOKED_AT = 40
"""The head of a table stands in the first so many rows."""
IN_BRACKETS = re.compile(r"[（(\[【〔]([^）)\]】〕]*)[）)\]】〕]")
UNIT = re.compile(r"(?:单位[:：]?)?\s*(亿元|万元|元|万人次|万人|万|人次|人|期|个|家)\s*")
TOTALS = frozenset(
    ["合计", "总计", "小计", "共计", "累计", "总数", "合计数", "总计数", "total", "subtotal", "sum"]
)
NOTES = re.compile(
    r"(?:注|备注|说明|填表|填报|制表|审核|复核|单位负责人|负责人|联系人|报送|来源|"
    r"资料来源|数据来源|note|source)[一二三0-9]*(?:说明|人|日期|时间|单位|人员|签字|签章)*"
    r"\s*(?:[:：]|$)",
    re.IGNORECASE,
)
NUMBERED_NOTE = re.compile(r"[（(]?[0-9一二三四五六七八九十]{1,2}[）)、.．]\s*\D{6,}")
EXAMPLE = re.compile(r"[（(【\[]?(?:示例|例|填写示例|example)[）)】\]：:]", re.IGNORECASE)
DITTO = frozenset({"同上", "〃", "″", '"', "''", "“"})


@dataclass(frozen=True, slots=True)
class Table:
    """Where a table's head is, and in which column of the sheet each field stands."""

    first: int
    last: int
    places: Mapping[str, int]
    units: Mapping[str, str] = field(default_factory=dict)
    twice: tuple[tuple[int, int, str], ...] = ()
    """Two columns whose heads mean the same field."""
    unknown: tuple[tuple[int, str], ...] = ()

    @property
    def begins(self) -> int:
        """The first row below the head."""
        return self.last + 1


@dataclass(frozen=True, slots=True)
class Line:
    """One row below the head: its values by field, or why it is no record."""

    row: int
    values: Mapping[str, Value]
    skipped: Skipped | None = None


def bare(text: str) -> str:
    """Return a head as it is compared: without what stands in brackets, marks and spaces.

    >>> bare("*额 度（万元）"), bare("（名称）")
    ('额度', '名称')
    """
    return plain(IN_BRACKETS.sub("", text)) or plain(text)


def unit_in(text: str) -> str:
    """Return the unit that a head names in brackets; empty when it names none.

    >>> unit_in("额度（单位：万元）"), unit_in("名称（全称）")
    ('万元', '')
    """
    for inner in IN_BRACKETS.findall(text):
        if match := UNIT.fullmatch(unicodedata.normalize("NFKC", inner)):
            return match[1]
    return ""


def find_table(sheet: Sheet, heads: Mapping[str, str]) -> Table | None:
    """Find the head of the table in a sheet; `heads` gives for each bare head the field it means.

    None when fewer than two fields are recognised, or than all there are.
    """
    best: Table | None = None
    for row in range(min(LOOKED_AT, len(sheet.rows))):
        for table in _readings(sheet, row, heads):
            if best is None or _told_by(table) > _told_by(best):
                best = table
    fewest = min(2, len(set(heads.values())))
    return best if best is not None and len(best.places) >= fewest else None


def _told_by(table: Table) -> tuple[int, int]:
    """How well a head tells its table: by many fields, and in one row rather than in two."""
    return len(table.places), table.first - table.last


def _readings(sheet: Sheet, row: int, heads: Mapping[str, str]) -> Iterator[Table]:
    """Read a row as a head of one row, and together with the next as a head of two."""
    single = [[text] for text in _texts(sheet.rows[row])]
    yield _table(row, row, single, heads)
    if row + 1 < len(sheet.rows):
        yield _table(row, row + 1, _joined(sheet, row), heads)


def _joined(sheet: Sheet, row: int) -> list[list[str]]:
    """Return for each column what its two heads may mean, the most exact first."""
    upper, lower = _texts(sheet.rows[row]), _texts(sheet.rows[row + 1])
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    spread, carried = [], ""
    for column in range(width):
        carried = upper[column] or (carried if lower[column] else "")
        spread.append(carried)
    return [
        [f"{above}{below}", below, *([above] if not below else [])]
        for above, below in zip(spread, lower, strict=True)
    ]


def _table(
    first: int, last: int, choices: Sequence[Sequence[str]], heads: Mapping[str, str]
) -> Table:
    places: dict[str, int] = {}
    units: dict[str, str] = {}
    twice, unknown = [], []
    for column, texts in enumerate(choices):
        name, text = _meant(texts, heads)
        if not name:
            if text:
                unknown.append((column, text))
        elif name in places:
            twice.append((places[name], column, name))
        else:
            places[name] = column
            units[name] = unit_in(text)
    return Table(first, last, places, units, tuple(twice), tuple(unknown))


def _meant(texts: Sequence[str], heads: Mapping[str, str]) -> tuple[str, str]:
    for text in texts:
        if text and (name := heads.get(plain(text)) or heads.get(bare(text))):
            return name, text
    return "", next((text for text in texts if text), "")


def _texts(row: Sequence[Value]) -> list[str]:
    return ["" if value is None else str(value).strip() for value in row]


def lines_of(sheet: Sheet, table: Table) -> Iterator[Line]:
    """Return the rows below a head, in their order; empty ones are passed over in silence."""
    merged = _merged_down(sheet, table)
    head = _texts(sheet.rows[table.last]) if table.last < len(sheet.rows) else []
    before: Mapping[str, Value] = {}
    for row in range(table.begins, len(sheet.rows)):
        cells = sheet.rows[row]
        texts = _texts(cells)
        if not any(texts):
            continue
        values = {
            name: merged.get((row, column), cells[column] if column < len(cells) else None)
            for name, column in table.places.items()
        }
        skipped = _reason(sheet, row, texts, head)
        if skipped is None:
            values = {name: _as_above(name, value, before) for name, value in values.items()}
            if not any(value is not None and value != "" for value in values.values()):
                continue
            before = values
        yield Line(row, values, skipped)


def _as_above(name: str, value: Value, before: Mapping[str, Value]) -> Value:
    """Read 同上 as the value of the row above."""
    if isinstance(value, str) and value.strip() in DITTO:
        return before.get(name)
    return value


def _merged_down(sheet: Sheet, table: Table) -> dict[tuple[int, int], Value]:
    """Return what cells merged downwards say to each of their rows, for the fields of the table."""
    columns = set(table.places.values())
    found: dict[tuple[int, int], Value] = {}
    for first, left, last, right in sheet.merged:
        if first < table.begins or left != right or left not in columns or first == last:
            continue
        cells = sheet.rows[first] if first < len(sheet.rows) else ()
        value = cells[left] if left < len(cells) else None
        for row in range(first, last + 1):
            found[row, left] = value
    return found


def _reason(sheet: Sheet, row: int, texts: Sequence[str], head: Sequence[str]) -> Skipped | None:
    """Say why a row below the head is no record; None when it is one."""
    said = [text for text in texts if text]
    if texts[: len(head)] == list(head):
        return Skipped.HEADER
    if EXAMPLE.match(said[0]) or (len(said) > 1 and EXAMPLE.match(said[1])):
        return Skipped.EXAMPLE
    if any(plain(text) in TOTALS for text in said[:2]):
        return Skipped.TOTAL
    wide = any(first <= row <= last and right > left for first, left, last, right in sheet.merged)
    return Skipped.NOTE if _is_note(said, wide=wide) else None


def _is_note(said: Sequence[str], *, wide: bool) -> bool:
    """Whether a row is words under the table; `wide` is one of merged cells."""
    if NOTES.match(said[0]) and (len(said) <= 2 or wide):  # noqa: PLR2004  a label and its value
        return True
    if len(said) == 1 and (wide or NUMBERED_NOTE.match(said[0])):
        return True
    return all(NOTES.match(text) for text in said)
