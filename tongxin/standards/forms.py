"""Reading what is typed about a standard: the texts of a clause, of the whole, and a new one."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tongxin.accounts.forms.house import HouseForm
from tongxin.files.gate import too_large

from .choices import Kind
from .rules.notation import HINTS
from .rules.typed import CAP_EXAMPLE, NO, YES, clause_from, general_from

LONG = 2_000
NUMBER = {"inputmode": "decimal", "autocomplete": "off"}


def _line(label: Any, *, required: bool = False, **more: Any) -> forms.CharField:
    errors: dict[str, Any] = {
        "required": format_lazy(_("填写“{label}”"), label=label),
        "max_length": _("最多 %(limit_value)d 字，现在 %(show_value)d 字"),
    }
    more.setdefault("max_length", LONG)
    return forms.CharField(label=label, required=required, error_messages=errors, **more)


def _number(label: Any, **more: Any) -> forms.CharField:
    return _line(label, widget=forms.TextInput(attrs=NUMBER), max_length=30, **more)


def _lines(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    return _line(label, widget=forms.Textarea(attrs={"rows": rows}), **more)


def _tick(label: Any, help_text: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, help_text=help_text)


class TypedForm(HouseForm):
    """Texts that are read by the rules of `typed`, which the sheet uses too."""

    def texts(self) -> dict[str, str]:
        """What was typed, as texts."""
        told = self.cleaned_data
        return {name: _as_text(told.get(name)) for name in self.fields}


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return "" if value is None else str(value).replace("\r\n", "\n")


class ClauseForm(TypedForm):
    """A clause: a heading over others, or a leaf with its rule."""

    code = _line(_("编号"), required=True, max_length=20, help_text=_("例如 2.3"))
    text = _line(_("内容"), required=True, max_length=300)
    maximum = _number(_("满分"), required=True)
    kind = forms.ChoiceField(
        label=_("评分办法"),
        required=False,
        choices=[("", _("没有：由下面的条目相加")), *Kind.choices],
        error_messages={"invalid_choice": _("从列表里选评分办法")},
    )
    rule = _lines(_("怎么计分"), rows=4)
    unit = _line(_("值的单位"), max_length=20, help_text=_("例如 平方米、家、%"))
    veto = _tick(_("一票否决"), _("没有达到，整个评估不通过。只能用“是或否”"))
    capped = _tick(_("封顶"), _("下面的条目可以多得，到这一条的满分为止"))
    methods = _line(_("核查方式"), max_length=60, help_text=_("查材料、看现场、访谈"))
    evidence = _lines(_("佐证材料"), rows=2, help_text=_("一行一样"))
    rounding = _line(_("得分保留"), max_length=20, help_text=_("不写就照总则，例如 2 四舍五入"))
    note = _lines(_("说明"), rows=2)

    def clean(self) -> dict[str, Any]:
        """Read the texts; what was read stands in `told`."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            self.told, problems = clause_from(self.texts())
            self.refuse(tuple(problems))
        return cleaned

    @property
    def hints(self) -> list[tuple[str, str]]:
        """How the lines of each kind are written."""
        return [(str(Kind(kind).label), hint) for kind, hint in HINTS.items() if hint]


class GeneralForm(TypedForm):
    """What a standard says as a whole."""

    name = _line(_("名称"), required=True, max_length=120)
    maximum = _number(_("总分"), required=True)
    bonus_cap = _number(_("加分上限"))
    final_cap = _number(_("最后得分上限"), help_text=_("例如总分 100、加分 5，最后不超过 100"))
    rounding = _line(_("各条得分保留"), max_length=20, help_text=_("例如 2 四舍五入"))
    total_rounding = _line(_("总分保留"), max_length=20, help_text=_("例如 0 四舍五入"))
    conditions = _lines(_("条件"), help_text=_("一行一个，例如 party_unit：建立了党组织"))
    grades = _lines(_("等级"), rows=5, help_text=_("从高到低一行一个，例如 5A: >=90"))
    caps = _lines(_("等级限制"), help_text=CAP_EXAMPLE)
    sources = _lines(_("来源"), help_text=_("一行一个"))
    note = _lines(_("说明"))

    def clean(self) -> dict[str, Any]:
        """Read the texts; what was read stands in `told`."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            self.told, problems = general_from(self.texts())
            self.refuse(tuple(problems))
        return cleaned


class FoundForm(HouseForm):
    """A new standard: its name, its key, who keeps it, and what it begins from."""

    name = _line(_("名称"), required=True, max_length=120)
    key = _line(
        _("代号"),
        required=True,
        max_length=60,
        help_text=_("小写字母、数字和连字符，例如 base-2027。命令行和文件用它"),
    )
    division = forms.ChoiceField(
        label=_("编写地区"),
        error_messages={"required": _("选择地区"), "invalid_choice": _("从列表里选择地区")},
    )
    start = forms.ChoiceField(
        label=_("从哪里开始"),
        required=False,
        error_messages={"invalid_choice": _("从列表里选")},
    )

    def __init__(
        self,
        *args: Any,
        starts: list[tuple[str, str]],
        places: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        division: Any = self.fields["division"]
        division.choices = places
        start: Any = self.fields["start"]
        start.choices = [("", _("空白")), *starts]


class SheetForm(HouseForm):
    """A workbook with the clauses of a standard."""

    file = forms.FileField(
        label=_("工作簿"),
        required=False,
        allow_empty_file=True,
        help_text=_("xlsx 或 xls，用下载的工作簿改"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls"}),
    )

    def __init__(self, *args: Any, request: Any, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)
        file: Any = self.fields["file"]
        file.needed = True  # asked for in our words, by `clean_file`

    def clean_file(self) -> Any:
        """See that there is a file, and not too large a one."""
        sent = self.cleaned_data["file"]
        name = getattr(self.request, "too_large", None)
        if name is not None:
            raise forms.ValidationError(too_large(name), "size")
        if sent is None:
            raise forms.ValidationError(_("选一个工作簿"), "required")
        return sent
