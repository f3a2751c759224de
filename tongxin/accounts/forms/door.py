"""Reading what is typed at the door: signing in, and the password of somebody invited."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongxin.accounts.models import Account
from tongxin.accounts.single_sign_on import offered


class SignInForm(LoginForm):
    """Signing in, with the words of the house for what is left empty."""

    provider = property(lambda _form: offered())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].error_messages["required"] = _("填写用户名")
        self.fields["password"].error_messages["required"] = _("填写密码")


class InvitationForm(forms.Form):
    """The first password of an account, typed twice by its holder."""

    password = forms.CharField(
        label=gettext_lazy("密码"),
        strip=False,
        help_text=gettext_lazy("至少 12 个字符。一句只有你知道的话比符号好记"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": gettext_lazy("填写密码")},
    )
    again = forms.CharField(
        label=gettext_lazy("再输一次密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": gettext_lazy("再输一次密码")},
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False

    def clean_password(self) -> str:
        """Ask the rules of passwords."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password

    def clean_again(self) -> str:
        """Compare the two."""
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError(_("两次输入的密码不一样。再输一次"))
        return again
