"""Reading what is asked of a new token."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongxin.accounts.choices import TokenScope
from tongxin.core.errors import Problem

DAYS = ((30, _("30 天")), (90, _("90 天")), (180, _("180 天")))


class TokenForm(forms.Form):
    """What a token is for, what it opens, and for how long."""

    name = forms.CharField(
        label=_("用途"),
        max_length=40,
        help_text=_("以后靠它认出是哪一个，例如“月报脚本”"),
        error_messages={
            "required": _("写一句用途，例如“月报脚本”"),
            "max_length": _("最多 %(limit_value)d 字，现在 %(show_value)d 字"),
        },
    )
    scope = forms.ChoiceField(
        label=_("能做什么"),
        choices=TokenScope.choices,
        help_text=_("只读：只能查。读写：能做你在页面上能做的登记和修改"),
        error_messages={"invalid_choice": _("从列表里选择“只读”或“读写”")},
    )
    days = forms.TypedChoiceField(
        label=_("有效期"),
        choices=DAYS,
        coerce=int,
        error_messages={"invalid_choice": _("从列表里选择有效期")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Put the reasons of a refused action beside their fields."""
        for problem in problems:
            error = forms.ValidationError(str(problem), problem.code)
            self.add_error(problem.field or None, error)
