"""The form of a step in the life of a record."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from tongxin.core.errors import Problem

from .moves import Said

A_DAY = gettext_lazy("按“年-月-日”填写，例如 2017-03-01")
TOO_LONG = gettext_lazy("最多 %(limit_value)d 字，现在 %(show_value)d 字")
COMMON = frozenset({"on", "note", "version"})


def refuse(form: forms.Form, problems: Iterable[Problem]) -> None:
    """Show in a form why something was not done, at the fields concerned."""
    for problem in problems:
        field = problem.field if problem.field in form.fields else None
        form.add_error(field, forms.ValidationError(problem.message, problem.code))


class MoveForm(forms.Form):
    """What is said with every step. What is missing is said by the rules, not by the fields.

    `read` is the record as its page showed it; none for a step with which one begins. `reasoned`
    says that the step is refused without a note.
    """

    asked: ClassVar[tuple[str, ...]] = ()
    """Fields that the rules want filled in, though an empty one is read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    on = forms.DateField(
        label=gettext_lazy("办理日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("填写办理日期"), "invalid": A_DAY},
    )
    note = forms.CharField(
        label=gettext_lazy("说明"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, read: Any = None, reasoned: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.initial["on"] = timezone.localdate()
        if read is not None:
            self.initial["version"] = read.version
        self.fields["note"].widget.attrs.pop("maxlength", None)
        for name in (*self.asked, *(("note",) if reasoned else ())):
            self.fields[name].needed = True  # type: ignore[attr-defined]
        last = [name for name in ("note", "version") if name in self.fields]
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def said(self) -> Said:
        """What the form says, as the actions want it."""
        facts = self.cleaned_data
        return Said(facts["on"], facts["note"].strip(), facts.get("version"))

    def more(self) -> dict[str, Any]:
        """What this step asks beyond that."""
        return {name: value for name, value in self.cleaned_data.items() if name not in COMMON}

    def read_again(self, record: Any) -> None:
        """Take a record that was changed in between as read: it is shown with the form."""
        typed: Any = self.data.copy()  # type: ignore[attr-defined]
        typed["version"] = record.version
        self.data = typed

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Show why it was not done, at the fields concerned."""
        refuse(self, problems)
