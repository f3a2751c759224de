"""What a reader asks of the tree: a day, and a part of a name."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _


class AskForm(forms.Form):
    """A search on the map of a day; both may be left out."""

    q = forms.CharField(
        label=_("名称、别称、拼音首字母或代码"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    on = forms.DateField(
        label=_("哪一天的地区"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("日期写成 2017-12-31 这样")},
    )

    def text(self) -> str:
        """The text asked for, empty when there is none that can be read."""
        return str(self.cleaned_data.get("q") or "")

    def day(self, usual: dt.date) -> dt.date:
        """The day asked for, or the usual one."""
        day = self.cleaned_data.get("on")
        return day if isinstance(day, dt.date) else usual
