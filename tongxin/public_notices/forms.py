"""Reading what is typed about a notice and about an objection."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tongxin.accounts.forms.house import DayField, HouseForm
from tongxin.core.words import inline

from .choices import Outcome, PeriodUnit
from .models import TEXT_LENGTH
from .rules import USUAL_ANSWER

NOTHING_CHOSEN = "—"


def _text(label: Any, length: int, *, long: bool = False, **more: Any) -> forms.CharField:
    errors = {
        "required": format_lazy(_("填写{label}"), label=inline(label)),
        "max_length": format_lazy(
            _("{label}最多 %(limit_value)d 字，现在 %(show_value)d 字"), label=label
        ),
    }
    widget = forms.Textarea(attrs={"rows": 4}) if long else forms.TextInput()
    field = forms.CharField(
        label=label, max_length=length, error_messages=errors, widget=widget, **more
    )
    # The browser does not cut: nothing typed is lost unseen.
    field.widget.attrs.pop("maxlength", None)
    return field


def _number(label: Any, **more: Any) -> forms.IntegerField:
    errors = {
        "required": format_lazy(_("填写{label}"), label=inline(label)),
        "invalid": format_lazy(_("{label}填整数，例如 7"), label=label),
        "max_value": format_lazy(_("{label}不能大于 %(limit_value)s，核对位数"), label=label),
        "min_value": format_lazy(_("{label}不能小于 %(limit_value)s"), label=label),
    }
    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, error_messages=errors, widget=widget, min_value=1, max_value=2_500, **more
    )


def _unit(label: Any, **more: Any) -> forms.ChoiceField:
    errors = {"required": _("选择单位"), "invalid_choice": _("从列表里选择单位")}
    return forms.ChoiceField(label=label, error_messages=errors, **more)


def _day(label: Any, **more: Any) -> DayField:
    errors = {
        "required": format_lazy(_("填写{label}"), label=inline(label)),
        "invalid": format_lazy(_("{label}按“年-月-日”填写，例如 2026-10-09"), label=label),
    }
    return DayField(label=label, error_messages=errors, **more)


class Versioned(HouseForm):
    """A form that knows which version of the notice its writer has read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    outdated = False

    def read_again(self, version: int) -> None:
        """Show the form as one whose writer has seen the newest version."""
        data: Any = self.data
        data = data.copy()
        data["version"] = version
        self.data, self.outdated = data, True


class NoticeForm(Versioned):
    """A draft of a notice."""

    name = _text(_("标题"), 60)
    text = _text(
        _("公示内容"),
        TEXT_LENGTH,
        long=True,
        help_text=_("公示什么、准备怎么办、对谁反映异议。个人姓名写到下面那一栏，到期自动撤下"),
    )
    put_up_at = _text(_("公示地点或网址"), 200, help_text=_("例如“市政府网站、社区公告栏”"))
    basis = _text(_("依据"), 120, required=False, help_text=_("要求公示的文件和条款"))
    count = _number(_("公示期"), help_text=_("发布当日不算，从第二天数起"))
    unit = _unit(_("单位"), choices=PeriodUnit.choices)
    least_count = _number(
        _("规定的最短期限"), required=False, help_text=_("依据里写了最短几天的才填")
    )
    least_unit = _unit(
        _("最短期限的单位"), required=False, choices=[("", NOTHING_CHOSEN), *PeriodUnit.choices]
    )
    names = _text(
        _("公示的个人姓名"),
        300,
        required=False,
        help_text=_("没有就空着。只写姓名，不写证件号和电话"),
    )
    names_basis = _text(_("公示姓名的依据"), 120, required=False)
    names_until = _day(_("撤下姓名的日期"), required=False)

    def clean(self) -> dict[str, Any]:
        """Let the shortest period have the unit of the period where none is chosen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("least_count") is None:
            cleaned["least_unit"] = ""
        elif not cleaned.get("least_unit"):
            cleaned["least_unit"] = cleaned.get("unit", PeriodUnit.WORKING_DAYS)
        return cleaned

    def values(self) -> dict[str, Any]:
        """The fields of the notice as the action wants them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class PostForm(Versioned):
    """The day on which a notice is posted."""

    starts_on = _day(_("发布日期"), help_text=_("贴出或上网的那一天"))


class CloseForm(Versioned):
    """The day on which a notice is closed: today, or an earlier one written down later."""

    ended_on = _day(_("结束日期"), required=False)


class ReasonForm(Versioned):
    """Why a notice is withdrawn."""

    reason = _text(_("撤回的原因"), 300, required=False)


class ObjectionForm(Versioned):
    """An objection as it came in."""

    received_on = _day(_("收到日期"))
    text = _text(_("异议内容"), 600, long=True)
    signed = forms.BooleanField(label=_("署名"), required=False)
    objector = _text(
        _("署的姓名或单位"),
        60,
        required=False,
        help_text=_("只给能看受限记录的人和登记人看，公示结束一年后删除"),
    )
    answer_count = _number(_("几天内答复"), initial=USUAL_ANSWER[0])
    answer_unit = _unit(_("单位"), choices=PeriodUnit.choices, initial=USUAL_ANSWER[1].value)

    def facts(self) -> dict[str, Any]:
        """What the action wants to know."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class AnswerForm(Versioned):
    """The answer to an objection."""

    outcome = forms.ChoiceField(
        label=_("处理结果"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("选择处理结果"), "invalid_choice": _("选择处理结果")},
    )
    reason = _text(_("核实情况和理由"), 600, long=True)
    answered_on = _day(_("答复日期"))
