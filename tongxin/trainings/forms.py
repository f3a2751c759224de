"""Reading the form of a training, and of somebody who agreed to stand on its list."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tongxin.core.errors import Problem
from tongxin.participants.choices import Channel, Purpose
from tongxin.participants.rules import Agreement, usual_end
from tongxin.programmes.forms import ProgrammeForm

from .models import Training

TOO_LONG = _("最多 %(limit_value)d 字，现在 %(show_value)d 字")
A_DAY = _("按“年-月-日”填写，例如 2017-03-01")


class TrainingForm(ProgrammeForm):
    """A training held."""

    class Meta:
        model = Training
        fields = ("name", "held_on", "sessions", "attendances", "persons", "organiser")


class ParticipantForm(forms.Form):
    """Somebody who agreed. What is missing is said by the rules, not by the fields."""

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("姓名"),
        max_length=30,
        error_messages={"required": _("填写姓名"), "max_length": TOO_LONG},
    )
    unit = forms.CharField(
        label=_("所在单位"), max_length=60, required=False, error_messages={"max_length": TOO_LONG}
    )
    purposes = forms.MultipleChoiceField(
        label=_("本人同意的用途"),
        choices=Purpose.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("没有同意列入名单的，不登记姓名，只填人数和人次"),
            "invalid_choice": _("从列表里选择用途"),
        },
    )
    contact = forms.CharField(
        label=_("联系方式"),
        max_length=60,
        required=False,
        help_text=_("只在本人同意接收通知时填写"),
        error_messages={"max_length": TOO_LONG},
    )
    times = forms.IntegerField(
        label=_("参加次数"),
        initial=1,
        help_text=_("每期算一次；参加两期，人次记 2，人数记 1"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("填写参加次数"),
            "invalid": _("参加次数要填数字，例如 1"),
        },
    )
    channel = forms.ChoiceField(
        label=_("同意的方式"),
        choices=[("", "—"), *Channel.choices],
        error_messages={
            "required": _("选择同意的方式"),
            "invalid_choice": _("从列表里选择同意的方式"),
        },
    )
    language = forms.ChoiceField(
        label=_("本人读的告知书"),
        choices=settings.LANGUAGES,
        error_messages={
            "required": _("选择告知书的语言"),
            "invalid_choice": _("从列表里选择告知书的语言"),
        },
    )
    given_on = forms.DateField(
        label=_("同意的日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("填写同意的日期"), "invalid": A_DAY},
    )
    expires_on = forms.DateField(
        label=_("到期日"),
        help_text=_("这一天起姓名自动删除；最长两年"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("填写到期日"), "invalid": A_DAY},
    )

    def __init__(self, *args: Any, training: Training, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        today = timezone.localdate()
        self.initial = {
            "submission": uuid.uuid4(),
            "language": get_language() or settings.LANGUAGE_CODE,
            "given_on": today,
            "expires_on": usual_end(today),
            "times": 1,
        }
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)
        self.several = training.sessions > 1
        if not self.several:
            self.fields["times"].widget = forms.HiddenInput()

    def said(self) -> Agreement:
        """What the form says, as the action wants it."""
        facts = self.cleaned_data
        return Agreement(
            name=facts["name"],
            unit=facts["unit"],
            contact=facts["contact"],
            purposes=tuple(facts["purposes"]),
            channel=facts["channel"],
            language=facts["language"],
            given_on=facts["given_on"],
            expires_on=facts["expires_on"],
        )

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Put the reasons of a refused action beside their fields."""
        for problem in problems:
            error = forms.ValidationError(problem.message, problem.code)
            self.add_error(problem.field if problem.field in self.fields else None, error)
