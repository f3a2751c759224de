"""Reading how somebody names and shares a view."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongxin.core.errors import Problem
from tongxin.registers.models import SavedView

NAME_LENGTH = 30


class ViewForm(forms.Form):
    """The name of a view, who may open it, and whether the register begins with it."""

    name = forms.CharField(
        label=_("名称"),
        max_length=NAME_LENGTH,
        error_messages={
            "required": _("给视图起个名称"),
            "max_length": _("名称最多 %(limit_value)d 个字，现在 %(show_value)d 个。缩短再提交"),
        },
    )
    shared = forms.BooleanField(
        label=_("拿到链接的人可以打开"),
        required=False,
        help_text=_("打开的人只看到他自己范围里的记录；名称和条件他看得到"),
    )
    first = forms.BooleanField(label=_("打开台账时先看这个"), required=False)
    query = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, query: str, view: SavedView | None = None) -> None:
        known = {"name": view.name, "shared": view.shared, "first": view.first} if view else {}
        super().__init__(data, initial={"query": query, **known})
        self.use_required_attribute = False

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Put the reasons of a refusal beside their fields."""
        for problem in problems:
            self.add_error(problem.field or None, str(problem))
