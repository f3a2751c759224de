"""Reading codes and passkeys, in the words of the house."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext as _

from .locking import address_of, give_back, knock
from .models import Account


def _ask_for_code(form: Any, label: str, hint: str) -> None:
    form.use_required_attribute = False
    field = form.fields["code"]
    field.label, field.help_text = label, hint
    field.error_messages["required"] = _("填写验证码")
    field.widget.attrs = {"autocomplete": "one-time-code", "spellcheck": "false"}


class Counted:
    """A code counts against the lock of the name as a password does, before it is judged."""

    user: Account

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self, _("验证码"), _("验证器里的六位数字，或一个没用过的恢复码"))

    def clean_code(self) -> str:
        """Judge the code, unless the name is locked: then the answer is the same as to a guess."""
        name, address = self.user.username, address_of(context.request.META)
        if not knock(name, address):
            raise get_adapter().validation_error("incorrect_code")
        code: str = super().clean_code()  # type: ignore[misc]
        give_back(name, address)
        return code


class CodeForm(Counted, AuthenticateForm):
    """The code at the door: of the app, or a recovery code."""


class CodeAgainForm(Counted, ReauthenticateForm):
    """The same code, asked again before something weighty."""


class ActivateForm(ActivateTOTPForm):
    """The first code, which proves that the app has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self, _("验证码"), _("扫描以后，验证器里会出现六位数字"))


class PasskeyForm(AddWebAuthnForm):
    """A new passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        name, alone = self.fields["name"], self.fields["passwordless"]
        name.label, name.max_length = _("名称"), 60
        name.help_text = _("以后靠它认出是哪一把，例如“办公室电脑”")
        alone.label, alone.help_text = _("以后只用它登录，不输密码"), ""
        alone.initial = True
        self.fields["credential"].error_messages["required"] = _(
            "浏览器没有送来通行密钥。打开 JavaScript，再按“添加”"
        )


class PasskeyNameForm(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        name = self.fields["name"]
        name.label, name.max_length = _("名称"), 60
        name.error_messages["required"] = _("填写名称")
