"""Reading what is typed about the calendar, and what somebody wants counted."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongxin.accounts.forms.house import DayField, HouseForm

from .choices import Unit
from .models import DOCUMENT_LENGTH, NAME_LENGTH
from .rules import Clock, clock_problems


def _day(label: Any, **more: Any) -> DayField:
    errors = {
        "required": _("填写日期"),
        "invalid": _("日期按“年-月-日”填写，例如 2026-10-01"),
    }
    return DayField(label=label, error_messages=errors, **more)


def _document() -> forms.CharField:
    errors = {
        "required": _("填写依据的文号"),
        "max_length": _("文号最多 %(limit_value)d 字，现在 %(show_value)d 字"),
    }
    return forms.CharField(
        label=_("依据文号"),
        max_length=DOCUMENT_LENGTH,
        error_messages=errors,
        help_text=_("照通知抄，例如“国办发明电〔2025〕7号”"),
    )


class YearForm(HouseForm):
    """A year whose arrangement has been announced."""

    year = forms.IntegerField(
        label=_("年份"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("填写年份"), "invalid": _("年份填四位数字，例如 2027")},
    )
    document = _document()
    issued_on = _day(_("发文日期"), required=False)
    address = forms.URLField(
        label=_("原文网址"),
        max_length=200,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("网址以 https:// 开头，照浏览器地址栏复制")},
    )


class DaysForm(HouseForm):
    """Days on end that are off, or worked."""

    WORKED, OFF = "working", "off"
    first = _day(_("第一天"))
    last = _day(_("最后一天"), required=False, help_text=_("只有一天就不填"))
    kind = forms.ChoiceField(
        label=_("这几天"),
        choices=((OFF, _("放假")), (WORKED, _("调休上班"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("选择放假还是上班"), "invalid_choice": _("选择放假还是上班")},
    )
    name = forms.CharField(
        label=_("名称"),
        max_length=NAME_LENGTH,
        help_text=_("节日的名称，调休上班也填它"),
        error_messages={
            "required": _("填写名称，例如“国庆节”"),
            "max_length": _("名称最多 %(limit_value)d 字，现在 %(show_value)d 字"),
        },
    )
    document = _document()


class CountForm(HouseForm):
    """A period to be counted."""

    start = _day(_("从哪天起"), help_text=_("这一天不算，从第二天数起"))
    count = forms.IntegerField(
        label=_("期限"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("填写期限"), "invalid": _("期限填整数，例如 20")},
    )
    unit = forms.ChoiceField(
        label=_("单位"),
        choices=Unit.choices,
        error_messages={"required": _("选择单位"), "invalid_choice": _("从列表里选择单位")},
    )

    def clean(self) -> dict[str, Any]:
        """See whether the period can be counted at all."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if {"start", "count", "unit"} <= cleaned.keys():
            self.refuse(tuple(clock_problems(cleaned["start"], cleaned["count"], cleaned["unit"])))
        return cleaned

    def clock(self) -> Clock:
        """The period as a clock."""
        asked = self.cleaned_data
        start: dt.date = asked["start"]
        return Clock(start, asked["count"], Unit(asked["unit"]))
