"""Reading what people type into a record: words of the house, places by name, nothing lost."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongxin.accounts.choices import Sensitivity
from tongxin.accounts.queries import standing
from tongxin.core.errors import Problem
from tongxin.core.words import inline, listed
from tongxin.divisions.models import Division
from tongxin.divisions.queries import below, find_on, names_on, problem_with

from .choices import PlaceState
from .declaration import Register
from .permissions import visible_to
from .screening import asked_about

PLACE_OPTIONS = 200
MOST = 999_999_999
NOTHING_CHOSEN = "—"
OFFICE_NUMBER = "office_number"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who fills in a form where there is no page: it stands where the form expects a request."""

    user: Any
    programme: Any = None
    day_of_map: dt.date | None = None


class RecordForm(forms.ModelForm):
    """The form of a register's record. It reads and checks; the action writes.

    A room's form names the model and the fields; `place` is asked first where records have one.
    `place_optional` lets an office above the town leave the place open.
    """

    place_optional: ClassVar[bool] = False
    asks_place: bool = True
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, register: Register, request: Any, **kwargs: Any) -> None:
        self.register, self.request = register, request
        self.day: dt.date = getattr(request, "day_of_map", None) or timezone.localdate()
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        # Who changes the record of its own organisation has no territory to choose from.
        self.roots = standing(request.user).roots(register.edit_power)
        self.asks_place = self.asks_place and bool(self.roots)
        if self.asks_place:
            self._ask_place()
        if self.roots:
            self._ask_sensitivity()
        if OFFICE_NUMBER in self.data:
            self._ask_number()
        for name, field in self.fields.items():
            _speak(name, field)
        self.fields["version"].initial = self.instance.version if self.instance.pk else None
        self.fields["submission"].initial = uuid.uuid4()

    def _ask_place(self) -> None:
        self.scope = below(self.roots, timezone.localdate())
        self.fields["place"] = PlaceField(
            label=gettext_lazy("所属地区"), required=not self.place_optional
        )
        self.fields["place_text"] = forms.CharField(
            label=gettext_lazy("原文地名"),
            max_length=60,
            required=False,
            help_text=gettext_lazy("文件里写的地名与区划名称不同时照抄，例如“观音山新城”"),
        )
        self.initial["place_text"] = getattr(self.instance, "place_text", "")
        self.initial["place"] = self._place_now(self.roots)
        order = [name for name in self.fields if name not in {"place", "place_text"}]
        at = order.index("name") + 1 if "name" in order else 0
        self.order_fields([*order[:at], "place", "place_text", *order[at:]])

    def _ask_sensitivity(self) -> None:
        """Ask who may know of the record; whoever keeps only his own entry is not asked."""
        self.fields["sensitivity"] = forms.ChoiceField(
            label=gettext_lazy("公开范围"),
            choices=Sensitivity.choices,
            help_text=gettext_lazy(
                "公开：社会组织和专家也能看。内部：辖区经办人员能看。受限：协调员、审计员和登记人能看"
            ),
        )
        self.initial["sensitivity"] = self.instance.sensitivity

    def _ask_number(self) -> None:
        """Offer to say that the telephone numbers found are an office's."""
        self.fields[OFFICE_NUMBER] = forms.BooleanField(
            label=gettext_lazy("是单位公开的电话"), required=False
        )

    def _place_now(self, roots: tuple[int, ...]) -> str:
        """The name to begin with: the record's own place, or the only place the asker has."""
        if self.instance.pk and self.instance.place_state == PlaceState.NOT_STATED:
            return ""
        division = self.instance.division_id or (roots[0] if len(roots) == 1 else None)
        if division is None or (
            self.place_optional and not self.instance.pk and not self.is_small()
        ):
            return ""
        return names_on([division], self.day)[division]

    def is_small(self) -> bool:
        """Whether there is only one place to choose."""
        return len(self.scope[:2]) == 1

    def place_options(self) -> list[str]:
        """Names to choose from, when they are few enough to send."""
        if not self.asks_place:
            return []
        ids = list(self.scope.values_list("descendant_id", flat=True)[: PLACE_OPTIONS + 1])
        if len(ids) > PLACE_OPTIONS:
            return []
        return sorted(set(names_on(ids, self.day).values()))

    def clean_place(self) -> Division | None:
        """Find the one division in the asker's scope that the text names."""
        text: str = self.cleaned_data["place"].strip()
        if not text:
            self._place_state = PlaceState.NOT_STATED
            return self._own_division()
        self._place_state = PlaceState.STATED
        match = find_on(text, self.day, within=self.scope)
        if match.only is not None:
            return Division(pk=match.only.id, key=match.only.key)
        elsewhere = find_on(text, self.day)
        if elsewhere.nodes:
            raise forms.ValidationError(
                _("“%(place)s”不在你负责的范围里。填%(own)s，或它下面的地区"),
                "out_of_scope",
                {"place": text, "own": self._own_names()},
            )
        problem = problem_with(text, self.day, within=self.scope)
        words = problem.message if isinstance(problem, Problem) else _("选择所属地区")
        raise forms.ValidationError(words, "unknown_division")

    def clean(self) -> dict[str, Any]:
        """See whether the words of the document name the same place."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.asks_place and cleaned.get("place"):
            self._match_text(cleaned)
        if not cleaned.get(OFFICE_NUMBER):
            self._ask_about_numbers(cleaned)
        return cleaned

    def _ask_about_numbers(self, cleaned: dict[str, Any]) -> None:
        """Ask about telephone numbers in what is new; what was kept before was answered then."""
        kept = [*(self._meta.fields or ()), "place_text"]
        typed = {name: cleaned[name] for name in kept if isinstance(cleaned.get(name), str)}
        new = {
            name: text for name, text in typed.items() if text != getattr(self.instance, name, "")
        }
        if found := tuple(asked_about(self.register, new)):
            self._ask_number()
            self.refuse(found)

    def _match_text(self, cleaned: dict[str, Any]) -> None:
        """Keep the document's words; say so when they name no unit."""
        text = (cleaned.get("place_text") or "").strip()
        if text and not self.names_a_place(text):
            self._place_state = PlaceState.UNMATCHED

    def names_a_place(self, text: str) -> bool:
        """Whether a document's words name a unit of the day's map."""
        return bool(find_on(text, self.day).nodes)

    def foresee(self, texts: Mapping[str, Collection[str]]) -> None:
        """Look up in bulk what many rows will name, by field: a form with look-ups does so."""

    def values(self) -> dict[str, Any]:
        """The fields of the record as the action wants them."""
        own = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        if self.asks_place:
            own |= {
                "division": self.cleaned_data["place"],
                "place_text": self.cleaned_data["place_text"],
                "place_state": self._place_state,
            }
        if "sensitivity" in self.fields:
            own["sensitivity"] = self.cleaned_data["sensitivity"]
        return own

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Put the reasons of a refused action beside their fields."""
        for problem in problems:
            name = "place" if problem.field == "division" else problem.field
            error = forms.ValidationError(problem.message, problem.code)
            self.add_error(name if name in self.fields else None, error)

    def _post_clean(self) -> None:
        """Leave the instance alone: rules and constraints are asked by the action."""

    def _own_division(self) -> Division:
        if self.instance.pk:
            own: Division = self.instance.division
            return own
        return Division.objects.get(pk=self.roots[0])

    def _own_names(self) -> str:
        names = names_on(self.roots, self.day).values()
        return listed(_("“%s”") % name for name in names)


class PlaceField(forms.CharField):
    """A place typed by name, code or alias; the page offers the names."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"list": "places", "autocomplete": "off"})
        super().__init__(max_length=60, widget=widget, **kwargs)


def choices_of(
    account: Any, register: Register, rows: QuerySet[Any], held: int | None
) -> QuerySet[Any]:
    """Return the records to choose from, and the one held already, though it be void or hidden.

    Whoever sees a record reads the name of what it refers to; a form that left that out could not
    be sent again without losing it.
    """
    seen = visible_to(account, register, rows)
    if held is None:
        return seen
    return register.model._default_manager.filter(Q(pk__in=seen.values("pk")) | Q(pk=held))


def _speak(name: str, field: forms.Field) -> None:
    """Give a field the messages of the house: what is wrong, and what to do."""
    chosen = isinstance(field, (forms.ChoiceField, PlaceField))
    ask = gettext_lazy("选择{label}") if chosen else gettext_lazy("填写{label}")
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = NOTHING_CHOSEN
    elif isinstance(field, forms.ChoiceField):
        field.choices = [
            (value, label if value else NOTHING_CHOSEN) for value, label in _options(field)
        ]
    field.error_messages["required"] = format_lazy(ask, label=inline(field.label or name))
    field.error_messages["invalid_choice"] = format_lazy(
        gettext_lazy("从列表里选择{label}"), label=inline(field.label or name)
    )
    if isinstance(field, forms.CharField):
        _limit(field)
    if isinstance(field, forms.DateField):
        field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        field.error_messages["invalid"] = format_lazy(
            gettext_lazy("{label}按“年-月-日”填写，例如 2017-03-01"), label=field.label or name
        )
    if isinstance(field, (forms.IntegerField, forms.DecimalField)):
        field.error_messages["invalid"] = format_lazy(
            gettext_lazy("{label}要填数字，例如 3400"), label=field.label or name
        )
        _bound(field)
        # A number box swallows what it cannot read; the form must give it back as typed.
        if not isinstance(field.widget, forms.HiddenInput):
            field.widget = forms.TextInput(attrs={"inputmode": "decimal"})


def _options(field: Any) -> list[tuple[Any, Any]]:
    return list(field.choices)


def _limit(field: forms.CharField) -> None:
    """Word the length limit; the browser does not cut, so that nothing typed is lost unseen."""
    field.widget.attrs.pop("maxlength", None)
    for validator in cast("list[Any]", field.validators):
        if getattr(validator, "code", "") == "max_length":
            validator.message = format_lazy(
                gettext_lazy("{label}最多 %(limit_value)d 字，现在 %(show_value)d 字"),
                label=field.label or "",
            )


def _bound(field: forms.IntegerField | forms.DecimalField) -> None:
    """Word the limits of a number; one that no column could hold is refused here, in words."""
    validators = cast("list[Any]", field.validators)
    if not any(getattr(validator, "code", "") == "max_value" for validator in validators):
        validators.append(MaxValueValidator(MOST))
    words = {
        "min_value": gettext_lazy("{label}不能小于 %(limit_value)s"),
        "max_value": gettext_lazy("{label}不能大于 %(limit_value)s，核对位数"),
    }
    for validator in validators:
        if message := words.get(getattr(validator, "code", "")):
            validator.message = format_lazy(message, label=field.label or "")
