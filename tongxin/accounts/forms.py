"""Reading what administrators type: offices and postings."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tongxin.core.errors import Problem
from tongxin.divisions.models import Division
from tongxin.divisions.queries import below, find_on, problem_with

from .choices import Role
from .models import Account, Office
from .queries import offices_within


class HouseForm(forms.Form):
    """A form whose refusals stand beside their fields."""

    def __init__(self, *args: Any, roots: tuple[int, ...], **kwargs: Any) -> None:
        self.roots = roots
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Put the reasons of a refused action beside their fields."""
        for problem in problems:
            error = forms.ValidationError(problem.message, problem.code)
            self.add_error(problem.field if problem.field in self.fields else None, error)


class SignInForm(LoginForm):
    """Signing in, with the words of the house for what is left empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].error_messages["required"] = _("填写用户名")
        self.fields["password"].error_messages["required"] = _("填写密码")


class OfficeForm(HouseForm):
    """A new office."""

    place = forms.CharField(
        label=gettext_lazy("地区"),
        max_length=60,
        error_messages={"required": gettext_lazy("选择所属地区")},
    )
    name = forms.CharField(
        label=gettext_lazy("单位名称"),
        max_length=60,
        error_messages={
            "required": gettext_lazy("填写单位名称"),
            "max_length": gettext_lazy("单位名称最多 %(limit_value)d 字，现在 %(show_value)d 字"),
        },
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


class PostingForm(HouseForm):
    """A new posting."""

    account = forms.CharField(
        label=gettext_lazy("账号"),
        max_length=60,
        help_text=gettext_lazy("写用户名"),
        error_messages={"required": gettext_lazy("填写用户名")},
    )
    office = forms.ModelChoiceField(
        queryset=Office.objects.none(),
        empty_label="—",
        label=pgettext_lazy("one", "单位"),
        error_messages={
            "required": gettext_lazy("选择单位"),
            "invalid_choice": gettext_lazy("从列表里选择单位"),
        },
    )
    role = forms.ChoiceField(
        label=gettext_lazy("角色"),
        choices=[("", "—"), *Role.choices],
        error_messages={
            "required": gettext_lazy("选择角色"),
            "invalid_choice": gettext_lazy("从列表里选择角色"),
        },
    )
    since = forms.DateField(
        label=gettext_lazy("开始日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("填写开始日期"),
            "invalid": gettext_lazy("开始日期按“年-月-日”填写，例如 2017-03-01"),
        },
    )
    until = forms.DateField(
        label=gettext_lazy("结束日期"),
        required=False,
        help_text=gettext_lazy("这一天起不再任职；长期任职留空"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("结束日期按“年-月-日”填写，例如 2017-03-01")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices: Any = self.fields["office"]
        offices.queryset = offices_within(self.roots)

    def clean_account(self) -> Account:
        """Find the account."""
        name = self.cleaned_data["account"].strip()
        found = Account.objects.filter(username=name, is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("没有用户名“%(name)s”。核对写法") % {"name": name})
        return found


class EndForm(HouseForm):
    """The last day of a posting."""

    until = forms.DateField(
        label=gettext_lazy("结束日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("填写结束日期"),
            "invalid": gettext_lazy("结束日期按“年-月-日”填写，例如 2017-03-01"),
        },
    )
