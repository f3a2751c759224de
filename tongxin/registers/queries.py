"""One page of a register: a fixed number of queries, however many rows there are."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, F, Q, QuerySet, When
from django.urls import reverse

from tongxin.divisions.choices import Level
from tongxin.divisions.models import Version
from tongxin.divisions.queries import below, names_on, reached

from .choices import Stage
from .columns import Total, columns_shown, path_of, plain_of, style_of, totals_of, writer_of
from .declaration import Column, Kind, Register
from .leading import first_of_places, leading_rows, stands_by_place
from .ordering import FIRST, PLAIN, beyond, order_of, start_of, token_of
from .seeking import found_by, sought

PAGE = 50
PARTS_SHOWN = 20
FIRST_FIELDS = PLAIN[FIRST].fields
FIXED = 3
"""What is read of every row before the fields of its order: number, void, stage."""
BATCH = 1_000
"""So many rows are read at a time where all of them are wanted."""


@dataclass(frozen=True, slots=True)
class Place:
    """A division that a list is narrowed to, and its level."""

    pk: int
    level: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a list: words to find, choices made, order, and where the page begins.

    `fixed` are conditions that come with the page; `by_place` says that the rows an account may
    see are reached through their divisions, and `places` in which divisions all of them lie, where
    that is known. No columns chosen means those shown to everybody.
    """

    text: str = ""
    chosen: Mapping[str, str] | None = None
    fixed: Mapping[str, Any] | None = None
    by_place: bool = False
    places: QuerySet[Any, Any] | None = None
    division: Place | None = None
    sort: str = "name"
    after: str = ""
    before: str = ""
    with_void: bool = False
    columns: tuple[str, ...] = ()
    size: int = 0
    """How many rows a page has; 0 for as many as a list shows."""

    @property
    def near(self) -> bool:
        """Whether the division asked for is small enough to lead to its rows."""
        if self.division is None or self.division.level in {Level.PROVINCE, Level.CITY}:
            return False
        plainly = not self.text and not self.chosen
        return plainly or self.division.level in {Level.TOWN, Level.COMMUNITY}

    def leading(self, day: dt.date) -> QuerySet[Any, Any] | None:
        """Return the divisions in which all rows asked for lie, where they lead to them."""
        seen = self.places if self.by_place else None
        if not self.near or self.division is None:
            return seen
        asked = below([self.division.pk], day)
        # Where nothing is seen, each place would be walked in vain.
        return asked if seen is None else asked.filter(descendant_id__in=seen)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list, ready to show: each cell is its text and its attributes."""

    url: str
    cells: tuple[tuple[str, str], ...]
    void: bool
    stage: str
    """In words, where it is not simply accepted."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, with the tokens of the pages beside it; empty where there is none.

    `totals` are of the rows on it that are in force, one for each column, none without numbers.
    """

    rows: tuple[Row, ...]
    following: str
    preceding: str
    columns: tuple[Column, ...] = ()
    totals: tuple[Total | None, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether the page is all there is: then its rows may be counted and added up as such."""
        return not self.following and not self.preceding


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One line of a list as plain values, in the order of its columns."""

    pk: int
    void: bool
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """The rows of one page as values: number, whether void, what they are sorted by, then paths."""

    found: list[Any]
    following: str
    preceding: str


def page_of(register: Register, rows: QuerySet[Any], wish: Wish, day: dt.date) -> Page:
    """Return one page of a register from the rows an account may see.

    Pages are cut by key, not by number: page 2,000 costs what page 1 does. Two queries, and
    for a text one for each piece up to the first rare one.
    """
    columns = columns_shown(register, wish.columns)
    cut = cut_of(register, rows, wish, day, [path_of(column) for column in columns])
    kept = FIXED + len(order_of(register, wish.sort).fields)
    totals = totals_of(columns, (row[kept:] for row in cut.found if not row[1]))
    shown = _dress(register, columns, cut.found, day)
    return Page(shown, cut.following, cut.preceding, columns, totals)


def cut_of(
    register: Register, rows: QuerySet[Any], wish: Wish, day: dt.date, paths: Sequence[str]
) -> Cut:
    """Return the rows of one page as values; `paths` lead to those wanted of each."""
    order = order_of(register, wish.sort)
    backwards = bool(wish.before)
    start = start_of(register, order, wish.before or wish.after)
    rows = _chosen(register, rows, wish, day)
    size = wish.size or PAGE
    found = _cut(register, rows, wish, day, start, size + 1, paths)
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    kept = FIXED + len(order.fields)
    following = _token(found[-1], kept) if found and (more or backwards) else ""
    earlier = more if backwards else start is not None
    preceding = _token(found[0], kept) if found and earlier else ""
    return Cut(found, following, preceding)


def is_token(register: Register, text: str, sort: str) -> bool:
    """Whether a text is the token of a page in an order; a page takes any other for the first."""
    return start_of(register, order_of(register, sort), text) is not None


def rows_as_shown(
    register: Register, rows: QuerySet[Any], wish: Wish, day: dt.date
) -> Iterator[ShownRow]:
    """Yield all the rows of a list as it is shown: its conditions, its order, its columns.

    For whoever takes a list away. Values are plain: text, date, Decimal, int, None; words for
    places and choices. `wish.after` and `wish.before` are not asked. Two queries for each thousand.
    """
    order, columns = order_of(register, wish.sort), columns_shown(register, wish.columns)
    rows = _chosen(register, rows, wish, day)
    kept, start = FIXED + len(order.fields), None
    paths = [path_of(column) for column in columns]
    while True:
        found = _cut(register, rows, wish, day, start, BATCH, paths)
        readers = [plain_of(column, names) for column, names in _named(columns, found, day)]
        for row in found:
            pairs = zip(readers, row[kept:], strict=True)
            yield ShownRow(row[0], row[1], tuple(read(value) for read, value in pairs))
        if len(found) < BATCH:
            return
        start = _place_in(found[-1], kept)


def _cut(  # noqa: PLR0913, PLR0917  where a page begins, how long it is, and what is read
    register: Register,
    rows: QuerySet[Any],
    wish: Wish,
    day: dt.date,
    start: tuple[Any, ...] | None,
    number: int,
    paths: Sequence[str],
) -> list[tuple[Any, ...]]:
    """Read so many rows past a place: number, void, stage, fields of the order, then `paths`.

    One query.
    """
    order = order_of(register, wish.sort)
    down = order.falling != bool(wish.before)
    if start is not None:
        rows = rows.filter(beyond(order, start, upwards=not down, rows=rows))
    by: list[Any] = [f"-{name}" if down else name for name in (*order.fields, "id")]
    if (wish.by_place or wish.near) and not wish.text:
        places = wish.leading(day)
        if places is not None and stands_by_place(register, order):
            rows = leading_rows(register, places, rows.order_by(*by), number)
        rows, by = first_of_places(register, rows, order, number, down=down)
    fixed = ("id", "void", "stage")
    return list(rows.order_by(*by).values_list(*fixed, *order.fields, *paths)[:number])


def place_of(key: str) -> Place | None:
    """Return the division with a key as a list is narrowed to it. One query."""
    latest_first = F("until").desc(nulls_first=True)
    versions = Version.objects.filter(division__key=key).order_by(latest_first)
    found = versions.values_list("division_id", "level").first()
    return Place(*found) if found else None


def _chosen(register: Register, rows: QuerySet[Any], wish: Wish, day: dt.date) -> QuerySet[Any]:
    """Apply what was asked; a text or places lead to the rows, else the list's own order."""
    if not wish.with_void:
        rows = rows.filter(void=False)
    here = wish.division
    if here is not None and wish.near:
        rows = rows.filter(**{f"{register.place}_id__in": below([here.pk], day)})
    elif here is not None:
        rows = rows.filter(reached(register.place, [here.pk], day))
    fixed, chosen = Q(**(wish.fixed or {})), Q(**(wish.chosen or {}))
    wanted = sought(register, wish.text)
    if wanted.few is not None:
        rows = _checked(rows, fixed & chosen)
    elif wish.by_place or wish.near or order_of(register, wish.sort).fields != FIRST_FIELDS:
        rows = rows.filter(fixed)
        rows = (
            rows.filter(chosen) if _chosen_by_place(register, wish, day) else _checked(rows, chosen)
        )
    else:
        rows = rows.filter(fixed & chosen)
    return found_by(register, rows, wanted)


def _chosen_by_place(register: Register, wish: Wish, day: dt.date) -> bool:
    """Whether an index holds in each division the rows of the one choice made, in their order."""
    alike = tuple(wish.chosen or ())
    return (
        len(alike) == 1
        and wish.leading(day) is not None
        and stands_by_place(register, order_of(register, wish.sort), *alike)
    )


def _checked(rows: QuerySet[Any], condition: Q) -> QuerySet[Any]:
    """Keep the rows that meet a condition, asked in a form for which no index is taken.

    Without statistics SQLite takes any index on a column that must equal something, and would
    read half of a register for a filter where a word or a town leads to a few rows.
    """
    if not condition:
        return rows
    return rows.filter(Case(When(condition, then=True), default=False, output_field=BooleanField()))


def _dress(
    register: Register, columns: tuple[Column, ...], found: list[Any], day: dt.date
) -> tuple[Row, ...]:
    """Turn values into the text of cells; the names of places in one query."""
    kept = len(found[0]) - len(columns) if found else 0
    writers = [writer_of(column, names) for column, names in _named(columns, found, day)]
    styles = [style_of(column) for column in columns]
    stages = {value: str(label) for value, label in Stage.choices if value != Stage.ACCEPTED}
    base = reverse("registers:list", args=[register.key])
    return tuple(
        Row(
            f"{base}{row[0]}/",
            tuple(
                (write(value), style)
                for write, style, value in zip(writers, styles, row[kept:], strict=True)
            ),
            row[1],
            stages.get(row[2], ""),
        )
        for row in found
    )


def _named(
    columns: tuple[Column, ...], found: list[Any], day: dt.date
) -> list[tuple[Column, Mapping[int, str]]]:
    """Return each column with the names of the places that stand in the rows. At most one query."""
    last = -len(columns)
    places = [at for at, column in enumerate(columns, last) if column.kind is Kind.DIVISION]
    ids = {row[at] for row in found for at in places if row[at] is not None}
    names = names_on(ids, day) if ids else {}
    return [(column, names) for column in columns]


def _place_in(row: tuple[Any, ...], kept: int) -> tuple[Any, ...]:
    """Return where in its order a row stands, its number last."""
    return (*row[FIXED:kept], row[0])


def _token(row: tuple[Any, ...], kept: int) -> str:
    return token_of(_place_in(row, kept))


def all_of(register: Register, rows: QuerySet[Any], wish: Wish, day: dt.date) -> QuerySet[Any]:
    """Return every row of a list in its order, as it is taken out: not one page of it."""
    order = order_of(register, wish.sort)
    by = [f"-{name}" if order.falling else name for name in (*order.fields, "id")]
    return _chosen(register, rows, wish, day).order_by(*by)
