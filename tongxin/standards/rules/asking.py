"""Taking values out of what was told: each question finds one, or notes what is amiss."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, TypeVar

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.core.words import listed

from .amounts import LIMIT, MOST_PLACES, Bounds, decimals

Word = TypeVar("Word", bound=Enum)
Thing = TypeVar("Thing")
LONGEST = 2_000
MOST = 500
SHOWN = 40


class Asker:
    """Asks one place of a standard for its values, and notes all that is amiss in one list.

    `where` are the words by which a reader finds the place, `field` the code of its clause.
    """

    def __init__(self, told: Any, where: str, problems: list[Problem], field: str = "") -> None:
        self.where, self.problems, self.field = where, problems, field
        self.asked: set[str] = set()
        self.told: Mapping[str, Any] = told if isinstance(told, Mapping) else {}
        self.shapeless = False
        if not isinstance(told, Mapping):
            self.note("shape", _("要写成一组“名称：值”，现在是 %(value)s") % {"value": brief(told)})
            self.shapeless = True

    def note(self, code: str, words: str) -> None:
        """Say what is amiss at this place; of what has no shape, only that."""
        if self.shapeless:
            return
        message = _("%(where)s：%(words)s") % {"where": self.where, "words": words}
        self.problems.append(Problem(f"standards.{code}", message, self.field))

    def _get(self, name: str) -> Any:
        self.asked.add(name)
        return self.told.get(name)

    def text(self, name: str, *, needed: bool = True) -> str:
        """A text, without the spaces around it."""
        value = self._get(name)
        if value is None:
            value = ""
        elif isinstance(value, int | Decimal) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or len(value) > LONGEST:
            words = _("“%(name)s”要是文字，最多 %(most)s 字")
            self.note("text", words % {"name": name, "most": LONGEST})
            return ""
        if needed and not value.strip():
            self.note("text", _("没有写“%(name)s”，补上") % {"name": name})
        return value.strip()

    def number(self, name: str, default: Decimal | None = None) -> Decimal:
        """A number that must be there, unless there is a default."""
        found = self.maybe(name)
        if found is None and default is None:
            if self.told.get(name) is None:
                self.note("number", _("没有写“%(name)s”，补上数字") % {"name": name})
            return Decimal(0)
        return default if found is None and default is not None else found or Decimal(0)

    def maybe(self, name: str) -> Decimal | None:
        """A number, or None where none is told."""
        value = self._get(name)
        if value is None:
            return None
        found = number_of(value)
        if found is None:
            words = _("“%(name)s”的值 %(value)s 不是数字，写成数字，例如 0.5")
            self.note("number", words % {"name": name, "value": brief(value)})
        elif abs(found) >= LIMIT or decimals(found) > MOST_PLACES:
            words = _("“%(name)s”的值 %(value)s 太长，最多 15 位整数、6 位小数")
            self.note("number", words % {"name": name, "value": brief(value)})
            return None
        return found

    def whole(self, name: str) -> int | None:
        """A number of decimals, from 0 to 6; None where none is told."""
        value = self.maybe(name)
        if value is None:
            return None
        if value == int(value) and 0 <= value <= MOST_PLACES:
            return int(value)
        words = _("“%(name)s”是小数位数，从 0 到 %(most)s，现在是 %(value)s")
        self.note("places", words % {"name": name, "most": MOST_PLACES, "value": brief(value)})
        return None

    def flag(self, name: str) -> bool:
        """Whether something is said to be so; not told is no."""
        value = self._get(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        words = _("“%(name)s”写 true 或 false，现在是 %(value)s")
        self.note("flag", words % {"name": name, "value": brief(value)})
        return False

    def word(self, name: str, words: type[Word], default: Word) -> Word:
        """One of some words."""
        value = self._get(name)
        return default if value is None else self._known(name, words, value) or default

    def _known(self, name: str, words: type[Word], value: Any) -> Word | None:
        for each in words:
            if each.value == value:
                return each
        known = listed(each.value for each in words)
        text = _("“%(name)s”的值 %(value)s 不认识，改成 %(known)s 之一")
        self.note("word", text % {"name": name, "value": brief(value), "known": known})
        return None

    def words(self, name: str, words: type[Word]) -> tuple[Word, ...]:
        """Several of some words."""
        found = (self._known(name, words, value) for value in self.items(name))
        return tuple(each for each in found if each is not None)

    def texts(self, name: str) -> tuple[str, ...]:
        """Several texts."""
        values = self.items(name)
        if all(isinstance(value, str) and 0 < len(value) <= LONGEST for value in values):
            return tuple(value.strip() for value in values)
        self.note("text", _("“%(name)s”的每一项要是文字") % {"name": name})
        return ()

    def each(
        self, name: str, make: Callable[["Asker"], Thing], *, needed: bool = False
    ) -> tuple[Thing, ...]:
        """Several things, each asked for in the same way."""
        values = self.items(name)
        if needed and not values:
            self.note("empty", _("“%(name)s”至少要有一项") % {"name": name})
        found = []
        for at, value in enumerate(values, 1):
            where = _("%(where)s的“%(name)s”第 %(at)s 项")
            there = where % {"where": self.where, "name": name, "at": at}
            found.append(self.below(value, there, make))
        return tuple(found)

    def below(self, told: Any, where: str, make: Callable[["Asker"], Thing]) -> Thing:
        """One thing told within this one."""
        asker = Asker(told, where, self.problems, self.field)
        thing = make(asker)
        asker.end()
        return thing

    def items(self, name: str) -> list[Any]:
        """What stands in a list; an empty one where none is told."""
        value = self._get(name)
        if value is None:
            return []
        if isinstance(value, list) and len(value) <= MOST:
            return value
        words = _("“%(name)s”要写成列表，最多 %(most)s 项")
        self.note("list", words % {"name": name, "most": MOST})
        return []

    def bounds(self) -> Bounds:
        """A stretch of numbers, from its four possible ends."""
        from_, over = self.maybe("from"), self.maybe("over")
        to, below = self.maybe("to"), self.maybe("below")
        if from_ is not None and over is not None:
            self.note("bounds", _("from 和 over 只写一个：from 含本数，over 不含"))
        if to is not None and below is not None:
            self.note("bounds", _("to 和 below 只写一个：to 含本数，below 不含"))
        return Bounds(from_, over, to, below)

    def end(self) -> None:
        """Note what was told and not asked for: a name that is mistyped changes nothing unseen."""
        for name in self.told:
            if name not in self.asked:
                known = listed(sorted(self.asked))
                words = _("不认识“%(name)s”，去掉它，或改成 %(known)s 之一")
                self.note("unknown", words % {"name": str(name)[:SHOWN], "known": known})


def number_of(value: Any) -> Decimal | None:
    """A number as it was told, by a program or by hand; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    try:
        found = Decimal(value) if isinstance(value, int | Decimal) else Decimal(value.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def brief(value: Any) -> str:
    """What was told, short enough for a sentence."""
    text = str(value)
    return f"“{text[:SHOWN]}…”" if len(text) > SHOWN else f"“{text}”"
