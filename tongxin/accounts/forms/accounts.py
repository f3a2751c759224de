"""Reading what a system administrator types of accounts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from .house import HouseForm, OfficeField, ReasonField


class AccountForm(HouseForm):
    """What is known of an account, and the office that keeps it."""

    display_name = forms.CharField(
        label=gettext_lazy("显示名"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("同事看到的名字；不填就显示用户名"),
        error_messages={
            "max_length": gettext_lazy("显示名最多 %(limit_value)d 字，现在 %(show_value)d 字")
        },
    )
    email = forms.EmailField(
        label=gettext_lazy("邮箱"),
        required=False,
        help_text=gettext_lazy("系统能寄信时，邀请也寄到这里"),
        error_messages={"invalid": gettext_lazy("邮箱写成 name@example.cn 的样子")},
    )
    office = OfficeField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office: Any = self.fields["office"]
        office.offer(self.roots)


class OpenForm(AccountForm):
    """A new account, opened by invitation."""

    username = forms.CharField(
        label=gettext_lazy("用户名"),
        max_length=60,
        help_text=gettext_lazy("登录时输入，以后不改。小写字母开头，例如 wenfeng"),
        error_messages={
            "required": gettext_lazy("填写用户名"),
            "max_length": gettext_lazy("用户名最多 %(limit_value)d 个字符，现在 %(show_value)d 个"),
        },
    )
    field_order = ("office", "username", "display_name", "email")


class ReasonForm(HouseForm):
    """Why an account is taken out of use, or brought back."""

    reason = ReasonField()
