"""Whose second factor is to be taken away, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Account
from .permissions import may_let_in


class LostForm(forms.Form):
    """An account of the territory, and how its holder was recognised."""

    granter: Any = None
    use_required_attribute = False

    account = forms.CharField(
        label=gettext_lazy("账号"),
        max_length=60,
        help_text=gettext_lazy("写用户名"),
        error_messages={"required": gettext_lazy("填写用户名")},
    )
    reason = forms.CharField(
        label=gettext_lazy("怎样核实的身份"),
        max_length=200,
        help_text=gettext_lazy("例如：本人到场，看了工作证"),
        error_messages={"required": gettext_lazy("写明怎样核实的身份")},
    )

    def clean_account(self) -> Account:
        """Find the account, among those to whom the administrator may open the door."""
        name = self.cleaned_data["account"].strip()
        found = Account.objects.filter(username=name, is_active=True).first()
        if found is None or not may_let_in(self.granter, found):
            raise forms.ValidationError(
                _("你管的范围里没有用户名“%(name)s”，或者要由上一级重设。核对写法") % {"name": name}
            )
        return found
