"""Reading what a security administrator types of postings."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongxin.accounts.choices import Role
from tongxin.accounts.models import Account

from .house import DayField, HouseForm, OfficeField, ReasonField

ROLE_ERRORS = {
    "required": gettext_lazy("选择角色"),
    "invalid_choice": gettext_lazy("从列表里选择角色"),
}
SINCE_ERRORS = {
    "required": gettext_lazy("填写开始日期"),
    "invalid": gettext_lazy("开始日期按“年-月-日”填写，例如 2017-03-01"),
}
UNTIL_ERRORS = {
    "required": gettext_lazy("填写结束日期"),
    "invalid": gettext_lazy("结束日期按“年-月-日”填写，例如 2017-03-01"),
}


class TermForm(HouseForm):
    """Role and days of a posting."""

    role = forms.ChoiceField(
        label=gettext_lazy("角色"), choices=[("", "—"), *Role.choices], error_messages=ROLE_ERRORS
    )
    since = DayField(label=gettext_lazy("开始日期"), error_messages=SINCE_ERRORS)
    until = DayField(
        label=gettext_lazy("结束日期"),
        required=False,
        help_text=gettext_lazy("这一天起不再任职；长期任职留空"),
        error_messages=UNTIL_ERRORS,
    )


class PostingForm(TermForm):
    """A new posting."""

    account = forms.CharField(
        label=gettext_lazy("账号"),
        max_length=60,
        help_text=gettext_lazy("写用户名"),
        error_messages={"required": gettext_lazy("填写用户名")},
    )
    office = OfficeField()
    field_order = ("account", "office", "role", "since", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office: Any = self.fields["office"]
        office.offer(self.roots)

    def clean_account(self) -> Account:
        """Find the account, wherever it is kept: its user name is all that is told of it."""
        name = self.cleaned_data["account"].strip()
        found = Account.objects.filter(username=name, is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("没有用户名“%(name)s”。核对写法") % {"name": name})
        return found


class CorrectForm(TermForm):
    """What a posting should have been, and why it is corrected."""

    reason = ReasonField()


class EndForm(HouseForm):
    """The day from which a posting no longer holds."""

    until = DayField(label=gettext_lazy("结束日期"), error_messages=UNTIL_ERRORS)
