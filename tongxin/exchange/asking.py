"""One form of a register, asked about many rows: the same fields and rules as on its page.

What a field says depends on its text alone, so each text is asked once. A `clean_<field>` that
looks at other fields, or at the record, would not do here; such a question belongs into `clean`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from tongxin.accounts.choices import Role
from tongxin.accounts.queries import Held, Standing
from tongxin.core.errors import Problem
from tongxin.core.text import plain
from tongxin.core.words import listed
from tongxin.divisions.models import Division, Version
from tongxin.divisions.queries import on_day
from tongxin.registers.choices import PlaceState
from tongxin.registers.declaration import Register
from tongxin.registers.forms import OFFICE_NUMBER, Asker

from .rules import bare

MOST_LISTED = 12
CHUNK = 500
OTHER_NAME = re.compile(r"（([^）]{4,})）")


class House:
    """The system itself, as one who fills in forms: it stands over the whole tree."""

    is_authenticated = is_active = True
    pk = None

    def __init__(self) -> None:
        today = timezone.localdate()
        tops = Version.objects.filter(on_day(today), parent=None).order_by("division_id")
        held = tuple(
            Held(Role.COORDINATOR, "", number, level, today)
            for number, level in tops.values_list("division_id", "level")
        )
        self._standing = Standing(today, held)


@dataclass(frozen=True, slots=True)
class Said:
    """What one text says in one field."""

    value: Any = None
    state: PlaceState | None = None
    problems: tuple[Problem, ...] = ()


class ManyRows:
    """Mixed into the form class of a register: `read` is asked about each row."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]
    instance: Any

    def begin(self) -> None:
        """Start with nothing said."""
        self._said: dict[tuple[str, str], Said] = {}
        self._refused: dict[tuple[str | None, str, str], Said] = {}
        self._named: dict[str, bool] = {}
        self._options: dict[str, dict[str, Any]] = {}
        self.blank = self.instance
        self._standing = dict(self._values_that_stand())

    def standing_values(self) -> dict[str, Any]:
        """Return what a new record has where a row says nothing."""
        return self._standing

    def _values_that_stand(self) -> Iterator[tuple[str, Any]]:
        """The defaults of the register, and the place where there is only one to choose."""
        form = cast("Any", self)
        known = {field.name: field for field in type(self.blank)._meta.concrete_fields}
        for name in self.fields:
            if name in known and known[name].has_default():
                yield name, getattr(self.blank, name)
        if form.asks_place and form.is_small():
            yield "place", Division(pk=form.roots[0])

    def said(self, name: str, text: str) -> Said:
        """Return what a text says in a field."""
        known = self._said.get((name, text))
        if known is None:
            known = self._said[name, text] = self._ask(name, text)
        if not known.problems:
            return known
        # Words are said in the language of the moment.
        key = (get_language(), name, text)
        if key not in self._refused:
            self._refused[key] = self._ask(name, text)
        return self._refused[key]

    def _ask(self, name: str, text: str) -> Said:
        field = self.fields[name]
        if text and isinstance(field, forms.ChoiceField):
            return self._chosen(name, field, text)
        self._place_state = PlaceState.STATED
        try:
            self.cleaned_data = {name: field.clean(text)}
            if hasattr(self, f"clean_{name}"):
                self.cleaned_data[name] = getattr(self, f"clean_{name}")()
        except ValidationError as error:
            return Said(problems=tuple(_problems(name, error)))
        state = self._place_state if name == "place" else None
        return Said(self.cleaned_data[name], state)

    def _chosen(self, name: str, field: Any, text: str) -> Said:
        """Find what a word stands for among the choices of a field."""
        if name not in self._options:
            self._options[name] = _options_of(field)
        found = self._options[name].get(text, self._options[name].get(plain(text)))
        if found is not None:
            return Said(found)
        words = _("“%(text)s”不是“%(label)s”里的一项。改成：%(options)s")
        labels = [str(label) for value, label in field.choices if value != ""]
        if len(labels) > MOST_LISTED:
            words = _("“%(text)s”不是“%(label)s”里的一项。从模板的列表里选")
        facts = {"text": text, "label": field.label, "options": listed(labels)}
        return Said(problems=(Problem("exchange.not_a_choice", words % facts, name),))

    def read(
        self, typed: Mapping[str, str], given: Mapping[str, Any], instance: Any, *, whole: bool
    ) -> tuple[dict[str, Any], list[Problem]]:
        """Return the values of a row and what stands against them.

        `typed` are its texts; `given` the values that stand where nothing was typed. Where a row
        is not `whole`, or something stands against it, only what could be read is returned.
        """
        self.instance = instance
        self._errors = ErrorDict()
        problems: list[Problem] = []
        cleaned: dict[str, Any] = {**given, OFFICE_NUMBER: True}
        state = _kept_state(instance)
        for name, text in typed.items():
            said = self.said(name, text)
            problems += said.problems
            if not said.problems:
                cleaned[name] = said.value
            state = said.state or state
        self.cleaned_data, self._place_state = cleaned, state
        try:
            self.cleaned_data = cast("Any", self).clean() or self.cleaned_data
        except ValidationError as error:
            problems += _problems("", error)
        for name, errors in self._errors.items():
            for each in errors.as_data():
                problems += _problems("" if name == "__all__" else name, each)
        self._errors = ErrorDict()
        whole = whole and not problems
        return (cast("Any", self).values() if whole else self._partly()), problems

    def _partly(self) -> dict[str, Any]:
        """Return what could be read of a row, so that the rules can be asked about the rest."""
        names = (*cast("Any", self)._meta.fields, "place")
        read = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        if "place" in read:
            read["division"] = read.pop("place")
        return read

    def names_a_place(self, text: str) -> bool:
        """Whether a document's words name a unit; each is looked up once."""
        if text not in self._named:
            self._named[text] = cast("Any", super()).names_a_place(text)
        return self._named[text]

    def foresee_places(self, texts: Iterable[str]) -> None:
        """Look up in bulk the names that stand for one place of the scope.

        All others are asked one by one, once for each text: codes, aliases, names with their way.
        """
        wanted = {plain(text): text for text in texts if text}
        found: dict[str, list[tuple[int, str]]] = {}
        form = cast("Any", self)
        names = sorted(name for name in wanted if not name.isdecimal())
        for at in range(0, len(names), CHUNK):
            rows = Version.objects.filter(
                on_day(form.day),
                plain_name__in=names[at : at + CHUNK],
                division_id__in=form.scope,
            )
            for name, number, key in rows.values_list("plain_name", "division_id", "division__key"):
                found.setdefault(name, []).append((number, key))
        for text in texts:
            hits = found.get(plain(text), ())
            if len(hits) == 1:
                ((number, key),) = hits
                place = Division(pk=number, key=key)
                self._said["place", text] = Said(place, PlaceState.STATED)


def rows_form(register: Register, asker: Asker) -> Any:
    """Return the form of a register, ready to be asked about rows."""
    kind: Any = type("Rows", (ManyRows, register.form), {"__doc__": ManyRows.__doc__})
    form = kind({}, register=register, request=asker)
    form.begin()
    return form


def _kept_state(instance: Any) -> PlaceState:
    """The state of a place that stays; whether words name a unit is asked anew."""
    kept = getattr(instance, "place_state", PlaceState.STATED)
    return PlaceState.NOT_STATED if kept == PlaceState.NOT_STATED else PlaceState.STATED


def _options_of(field: Any) -> dict[str, Any]:
    """Return what the words of a choice stand for: its labels, and its values themselves."""
    if hasattr(field, "queryset"):
        rows = list(field.queryset)
        found = {plain(str(each)): each for each in rows}
        # Two with one name say nothing.
        names = [plain(str(each)) for each in rows]
        return {name: each for name, each in found.items() if names.count(name) == 1}
    options: dict[str, Any] = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            for value, label in field.choices:
                if value != "":
                    options |= dict.fromkeys(_ways_to_write(value, str(label)), value)
    return options


def _ways_to_write(value: Any, label: str) -> Iterator[str]:
    """A value, its label, the label without what stands in brackets, and the other name in them."""
    yield str(value)
    yield from (plain(str(value)), plain(label), bare(label))
    yield from (plain(other) for other in OTHER_NAME.findall(label))


def _problems(name: str, error: ValidationError) -> Iterable[Problem]:
    for each in error.error_list:
        words = each.message
        if each.params:
            words = str(words) % each.params
        yield Problem(each.code or "invalid", str(words), name)
