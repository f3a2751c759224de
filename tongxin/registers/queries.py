"""One page of a register: a fixed number of queries, however many rows there are."""

import base64
import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.safestring import SafeString

from tongxin.core.quantities import Quantity
from tongxin.core.text import pieces_wanted, plain
from tongxin.divisions.choices import Level
from tongxin.divisions.models import Version
from tongxin.divisions.queries import below, names_on, reached

from .declaration import Column, Kind, Register
from .models import Piece

PAGE = 50
PARTS_SHOWN = 20
FEW = 500
"""So many records may be named one by one, and sorted without harm."""
SORTS: Mapping[str, tuple[str, bool]] = {
    "name": ("sort_key", False),
    "-name": ("sort_key", True),
    "-changed": ("changed_at", True),
    "changed": ("changed_at", False),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A division that a list is narrowed to, and its level."""

    pk: int
    level: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a list: words to find, choices made, order, and where the page begins.

    `fixed` are conditions that come with the page; `by_place` says that the rows an account may
    see are reached through their divisions.
    """

    text: str = ""
    chosen: Mapping[str, str] | None = None
    fixed: Mapping[str, Any] | None = None
    by_place: bool = False
    division: Place | None = None
    sort: str = "name"
    after: str = ""
    before: str = ""
    with_void: bool = False

    @property
    def near(self) -> bool:
        """Whether the division asked for is small enough to lead to its rows."""
        if self.division is None or self.division.level in {Level.PROVINCE, Level.CITY}:
            return False
        plainly = not self.text and not self.chosen
        return plainly or self.division.level in {Level.TOWN, Level.COMMUNITY}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list, ready to show: each cell is its text and its attributes."""

    url: str
    cells: tuple[tuple[str, str], ...]
    void: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, with the tokens of the pages beside it; empty where there is none."""

    rows: tuple[Row, ...]
    following: str
    preceding: str


def page_of(register: Register, rows: QuerySet[Any], wish: Wish, day: dt.date) -> Page:
    """Return one page of a register from the rows an account may see.

    Pages are cut by key, not by number: page 2,000 costs what page 1 does. Two queries, and
    for a text one for each piece up to the first rare one.
    """
    field, falling = SORTS.get(wish.sort, SORTS["name"])
    backwards = bool(wish.before)
    start = _read(wish.before or wish.after, field)
    rows = _chosen(register, rows, wish, day)
    if start is not None:
        rows = rows.filter(_beyond(field, start, upwards=falling == backwards))
    down = falling != backwards
    if (wish.by_place or wish.near) and not wish.text:
        rows = _first_of_places(register, rows, field, down=down)
    order = [f"-{name}" if down else name for name in (field, "id")]
    paths = [_path(column) for column in register.columns]
    found = list(rows.order_by(*order).values_list("id", "void", field, *paths)[: PAGE + 1])
    more = len(found) > PAGE
    found = found[:PAGE]
    if backwards:
        found.reverse()
    following = _token(found[-1]) if found and (more or backwards) else ""
    earlier = more if backwards else start is not None
    preceding = _token(found[0]) if found and earlier else ""
    return Page(_dress(register, found, day), following, preceding)


def place_of(key: str) -> Place | None:
    """Return the division with a key as a list is narrowed to it. One query."""
    latest_first = F("until").desc(nulls_first=True)
    versions = Version.objects.filter(division__key=key).order_by(latest_first)
    found = versions.values_list("division_id", "level").first()
    return Place(*found) if found else None


def _first_of_places(
    register: Register, rows: QuerySet[Any], field: str, *, down: bool
) -> QuerySet[Any]:
    """Return the first rows of some divisions, found in the index that begins with the division.

    They are put in order by something that no index is in: databases take names for spread over
    all places and would walk the whole list for its first page, but names begin with their place.
    """
    key = Greatest(field, field)
    order = (key.desc(), "-id") if down else (key.asc(), "id")
    first = rows.order_by(*order).values("pk")[: PAGE + 1]
    return register.model._default_manager.filter(pk__in=first)


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
    elif wish.by_place or wish.near or SORTS[wish.sort][0] != "sort_key":
        rows = _checked(rows.filter(fixed), chosen)
    else:
        rows = rows.filter(fixed & chosen)
    return found_by(register, rows, wanted)


def _checked(rows: QuerySet[Any], condition: Q) -> QuerySet[Any]:
    """Keep the rows that meet a condition, asked in a form for which no index is taken.

    Without statistics SQLite takes any index on a column that must equal something, and would
    read half of a register for a filter where a word or a town leads to a few rows.
    """
    if not condition:
        return rows
    return rows.filter(Case(When(condition, then=True), default=False, output_field=BooleanField()))


@dataclass(frozen=True, slots=True)
class Sought:
    """How a text is looked up: the few records that hold its first rare piece, the other pieces."""

    letters: str
    pieces: tuple[str, ...]
    few: tuple[int, ...] | None = None


def sought(register: Register, text: str) -> Sought:
    """Return how to look up a text. One query for each piece up to the first rare one."""
    letters, pieces = plain(text), tuple(pieces_wanted(text))
    for piece in pieces:
        held = Piece.objects.filter(register=register.key, text=piece)
        numbers = tuple(held.values_list("subject_id", flat=True)[: FEW + 1])
        if len(numbers) <= FEW:
            return Sought(letters, tuple(each for each in pieces if each != piece), numbers)
    return Sought(letters, pieces)


def found_by(register: Register, rows: QuerySet[Any], wanted: Sought) -> QuerySet[Any]:
    """Return the rows whose name or pinyin initials hold what is sought, by the index of pieces.

    The few that hold a rare piece are fetched by number. Where every piece is common, the rows
    are walked in their own order, and left when a page is full.
    """
    if wanted.few is not None:
        rows = rows.filter(pk__in=wanted.few)
    held = Piece.objects.filter(register=register.key, subject_id=OuterRef("pk"))
    for piece in wanted.pieces:
        rows = rows.filter(Exists(held.filter(text=piece)))
    if wanted.letters.isascii() and len(wanted.letters) > 2:  # noqa: PLR2004  pairs stand apart
        rows = rows.filter(initials__contains=wanted.letters)
    return rows


def _path(column: Column) -> str:
    return f"{column.path}_id" if column.kind is Kind.DIVISION else column.path


def _dress(register: Register, found: list[Any], day: dt.date) -> tuple[Row, ...]:
    """Turn values into the text of cells; the names of places in one query."""
    places = [at for at, column in enumerate(register.columns) if column.kind is Kind.DIVISION]
    ids = {row[3 + at] for row in found for at in places if row[3 + at] is not None}
    names = names_on(ids, day) if ids else {}
    writers = [_writer(column, names) for column in register.columns]
    styles = [_style(column) for column in register.columns]
    base = reverse("registers:list", args=[register.key])
    return tuple(
        Row(
            f"{base}{pk}/",
            tuple(
                (write(value), style)
                for write, style, value in zip(writers, styles, values, strict=True)
            ),
            void,
        )
        for pk, void, _sorted_by, *values in found
    )


def _style(column: Column) -> SafeString:
    """The attribute of a column's cells; one of three constants."""
    if column.fold:
        return SafeString(' class="fold wrap"')
    return SafeString(' class="num"' if column.numeric else "")


def _writer(column: Column, names: Mapping[int, str]) -> Callable[[Any], str]:
    """Return how the values of a column become text; nothing recorded stays an empty text."""
    if column.kind is Kind.DIVISION:
        return lambda value: names.get(value, "")
    if column.kind is Kind.CHOICE and column.choices is not None:
        words = {value: str(label) for value, label in column.choices.choices}
        return lambda value: words.get(value, "")
    if column.kind is Kind.MONEY:
        return lambda value: "" if value is None else str(Quantity(Decimal(value), "元"))
    return lambda value: "" if value is None else str(value)


def _beyond(field: str, start: tuple[Any, int], *, upwards: bool) -> Q:
    """Rows past a place in the order of (field, id), without an OR that would split the search."""
    value, pk = start
    op, back = ("gt", "lte") if upwards else ("lt", "gte")
    return Q(**{f"{field}__{op}e": value}) & ~Q(**{field: value, f"id__{back}": pk})


def _token(row: Any) -> str:
    value = row[2].isoformat() if isinstance(row[2], dt.datetime) else row[2]
    text = json.dumps([value, row[0]], ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(token: str, field: str) -> tuple[Any, int] | None:
    """Read a page token; one that was tampered with simply means the first page."""
    if not token or len(token) > 600:  # noqa: PLR2004
        return None
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        value, pk = json.loads(raw)
        if field == "changed_at":
            moment = dt.datetime.fromisoformat(value)
            return (moment, int(pk)) if moment.tzinfo else None
        if not isinstance(value, str) or "\0" in value:
            return None
        return value, int(pk)
    except (ValueError, TypeError, OverflowError):
        return None
