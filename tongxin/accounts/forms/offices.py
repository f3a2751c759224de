"""Reading what a system administrator types of offices."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongxin.divisions.models import Division
from tongxin.divisions.queries import below, find_on, problem_with

from .house import DayField, HouseForm

NAME_ERRORS = {
    "required": gettext_lazy("填写单位名称"),
    "max_length": gettext_lazy("单位名称最多 %(limit_value)d 字，现在 %(show_value)d 字"),
}


class OfficeForm(HouseForm):
    """A new office."""

    place = forms.CharField(
        label=gettext_lazy("地区"),
        max_length=60,
        error_messages={"required": gettext_lazy("选择所属地区")},
    )
    name = forms.CharField(
        label=gettext_lazy("单位名称"), max_length=60, error_messages=NAME_ERRORS
    )

    def clean_place(self) -> Division:
        """Find the division that the text names, within the administrator's territory."""
        text, today = self.cleaned_data["place"], timezone.localdate()
        scope = below(self.roots, today)
        match = find_on(text, today, within=scope)
        if match.only is None:
            problem = problem_with(text, today, within=scope)
            words = problem.message if problem else _("选择所属地区")
            raise forms.ValidationError(words)
        return Division(pk=match.only.id, key=match.only.key)


class RenameForm(HouseForm):
    """Another name for an office."""

    name = forms.CharField(
        label=gettext_lazy("单位名称"), max_length=60, error_messages=NAME_ERRORS
    )


class CloseForm(HouseForm):
    """The day from which an office is closed."""

    on = DayField(
        label=gettext_lazy("关闭日期"),
        help_text=gettext_lazy("这一天起不能再给这个单位登记任职"),
        error_messages={
            "required": gettext_lazy("填写关闭日期"),
            "invalid": gettext_lazy("关闭日期按“年-月-日”填写，例如 2017-03-01"),
        },
    )
