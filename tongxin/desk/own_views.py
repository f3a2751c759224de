"""My own data: know it, copy it, correct it."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongxin.accounts.own_actions import correct_own
from tongxin.core.access import SIGNED_IN, access
from tongxin.core.errors import Refused
from tongxin.journal.actions import note_read

from . import own_data


class OwnForm(forms.Form):
    """The name shown and the address, to be corrected by whom they belong to."""

    display_name = forms.CharField(
        label=gettext_lazy("显示名"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("你做的事旁边写这个名字；不填就写用户名"),
        error_messages={
            "max_length": gettext_lazy("最多 %(limit_value)d 字，现在 %(show_value)d 字")
        },
    )
    email = forms.EmailField(
        label=gettext_lazy("邮箱"),
        required=False,
        error_messages={"invalid": gettext_lazy("邮箱按“名字@单位.cn”填写")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)


@access(SIGNED_IN)
@reauthentication_required(allow_get=True)
def mine(request: HttpRequest) -> HttpResponse:
    """What is kept about me, what for and until when; and a form to correct it.

    Who corrects shows the password again: an address is a way to a new one.
    """
    account: Any = request.user
    now = {"display_name": account.display_name, "email": account.email}
    form = OwnForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            correct_own(account, **form.cleaned_data)
        except Refused as refusal:
            for problem in refusal.problems:
                form.add_error(problem.field, forms.ValidationError(str(problem), problem.code))
        else:
            messages.success(request, _("已更正"))
            return redirect("desk:mine")
    context = {
        "form": form,
        "facts": own_data.facts_of(account),
        "postings": own_data.postings_of(account),
        "rows": own_data.rows_about(account),
    }
    return render(request, "desk/mine.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
def mine_copied(request: HttpRequest) -> HttpResponse:
    """Everything that is kept about me, as a file to take along."""
    account: Any = request.user
    note_read(account, "accounts.exported", account)
    answer = JsonResponse(
        own_data.copy_of(account), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    answer["Content-Disposition"] = 'attachment; filename="tongxin-own-data.json"'
    return answer
