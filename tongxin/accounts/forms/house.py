"""What the forms of administrators have in common."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from tongxin.accounts.models import Office
from tongxin.accounts.queries import offices_within
from tongxin.core.errors import Problem

DAY_FORMAT = "%Y-%m-%d"


class HouseForm(forms.Form):
    """A form whose refusals stand beside their fields; `roots` are where its writer may act."""

    def __init__(self, *args: Any, roots: tuple[int, ...] = (), **kwargs: Any) -> None:
        self.roots = roots
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Put the reasons of a refused action beside their fields."""
        for problem in problems:
            error = forms.ValidationError(problem.message, problem.code)
            self.add_error(problem.field if problem.field in self.fields else None, error)


class DayField(forms.DateField):
    """A day, as browsers offer it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format=DAY_FORMAT)
        super().__init__(widget=widget, **kwargs)


class ReasonField(forms.CharField):
    """Why something is done; the journal keeps it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("原因"),
            max_length=200,
            help_text=gettext_lazy("写进操作日志，例如“退休”“登记时写错了日期”"),
            error_messages={
                "required": gettext_lazy("写一句原因"),
                "max_length": gettext_lazy("原因最多 %(limit_value)d 字，现在 %(show_value)d 字"),
            },
            **kwargs,
        )


class OfficeField(forms.ModelChoiceField):
    """One of the offices of a territory that are open."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Office.objects.none(),
            empty_label="—",
            label=pgettext_lazy("one", "单位"),
            error_messages={
                "required": gettext_lazy("选择单位"),
                "invalid_choice": gettext_lazy("从列表里选择单位"),
            },
            **kwargs,
        )

    def offer(self, roots: tuple[int, ...]) -> None:
        """Offer the open offices of some subtrees."""
        self.queryset = offices_within(roots).filter(closed_on=None)
