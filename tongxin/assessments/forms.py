"""Reading what is typed about assessments: whom, by what decision, and the life of a grade."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tongxin.accounts.forms.house import DayField, HouseForm
from tongxin.core.words import inline
from tongxin.panels.forms import CommitteeForm
from tongxin.public_notices.forms import Versioned
from tongxin.standards.models import Version

CHOOSE = _("从列表里选")
A_DAY = _("日期按“年-月-日”填写，例如 2026-10-01")


def _line(label: Any, length: int, *, required: bool = False, **more: Any) -> forms.CharField:
    errors = {
        "required": format_lazy(_("填写“{label}”"), label=label),
        "max_length": _("最多 %(limit_value)d 字，现在 %(show_value)d 字"),
    }
    field = forms.CharField(
        label=label, required=required, max_length=length, error_messages=errors, **more
    )
    # The browser does not cut: nothing typed is lost unseen.
    field.widget.attrs.pop("maxlength", None)
    return field


def _text(label: Any, length: int, **more: Any) -> forms.CharField:
    return _line(label, length, widget=forms.Textarea(attrs={"rows": 3}), **more)


def _day(label: Any) -> DayField:
    required = format_lazy(_("填写{label}"), label=inline(label))
    return DayField(label=label, error_messages={"required": required, "invalid": A_DAY})


def _one_of(label: Any, **more: Any) -> forms.ChoiceField:
    errors = {"required": CHOOSE, "invalid_choice": CHOOSE}
    return forms.ChoiceField(label=label, error_messages=errors, **more)


class NeedingForm(HouseForm):
    """A form some of whose fields are asked for by the rules, and so marked as needed."""

    needs: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.needs:
            field: Any = self.fields[name]
            field.needed = True


class OpenForm(HouseForm):
    """What is assessed, and in which round."""

    register = _one_of(_("评估谁"), widget=forms.RadioSelect)
    name = _line(_("名称"), 120, required=True, help_text=_("台账里的名称，或者其中一段"))
    round = _line(_("轮次"), 40, required=True, help_text=_("例如 2026 年度"))

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        register: Any = self.fields["register"]
        register.choices = kinds


class BeginForm(HouseForm):
    """By which standard a record is assessed, and in which round."""

    version = _one_of(_("按哪个标准"), widget=forms.RadioSelect)
    round = _line(_("轮次"), 40, required=True, help_text=_("例如 2026 年度"))

    def __init__(self, *args: Any, versions: Mapping[str, Version], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["version"]
        words = _("%(standard)s 第 %(number)s 版")
        field.choices = [
            (key, words % {"standard": each.standard.name, "number": each.number})
            for key, each in versions.items()
        ]


class AwardForm(HouseForm):
    """What goes with a decision."""

    decided_on = _day(_("评定日期"))
    publicise = forms.BooleanField(
        label=_("先公示，期满再确认等级"),
        required=False,
        help_text=_("勾选后等级先是“拟定”，公示期内可以申请复核，编号到确认时还能改"),
    )
    certificate = _line(_("证书编号"), 40)
    plaque = _line(_("牌匾编号"), 40)


class BackForm(Versioned, NeedingForm):
    """Why an assessment goes back; `version` is the revision that was read."""

    reason = _line(_("为什么退回"), 200)
    needs = ("reason",)


class CancelForm(Versioned, NeedingForm):
    """Why an assessment is taken back; `version` is the revision that was read."""

    reason = _line(_("为什么撤销"), 200)
    needs = ("reason",)


class ConfirmForm(HouseForm):
    """The day of a confirmation, and the numbers of the papers."""

    on = _day(_("确认日期"))
    certificate = _line(_("证书编号"), 40)
    plaque = _line(_("牌匾编号"), 40)


class WithdrawForm(NeedingForm):
    """When and on what ground a grade is withdrawn."""

    on = _day(_("日期"))
    basis = _line(_("依据"), 120, help_text=_("处罚决定书、年检结论等的名称和文号"))
    reason = _text(_("原因"), 300)
    needs = ("basis", "reason")


class DowngradeForm(WithdrawForm):
    """The same, and the grade that is left."""

    to = _one_of(_("降为"))
    field_order = ("to", "on", "basis", "reason")

    def __init__(self, *args: Any, below: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.choices = [(name, name) for name in below]


class ReturnForm(HouseForm):
    """When papers came back."""

    on = _day(_("交回日期"))


class AppealForm(NeedingForm):
    """An appeal that came in."""

    received_on = _day(_("收到日期"))
    text = _text(_("复核理由"), 600, help_text=_("申请里写的理由；不写个人的姓名和证件号"))
    needs = ("text",)


class ReviewForm(CommitteeForm):
    """The committee of re-examination, and the grade on which it votes."""

    proposed = _one_of(_("提交表决的等级"), help_text=_("维持的就选原等级"))
    field_order = ("proposed", "members", "quorum", "majority")

    def __init__(self, *args: Any, grades: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["proposed"]
        field.choices = [(name, name) for name in grades]


class FindForm(NeedingForm):
    """The written decision on an appeal."""

    decided_on = _day(_("决定日期"))
    told_on = _day(_("书面告知日期"))
    reason = _text(_("决定的理由"), 600)
    needs = ("reason",)


class PapersForm(HouseForm):
    """Which papers stand for a clause."""

    papers = forms.TypedMultipleChoiceField(
        label=_("佐证材料"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": CHOOSE},
    )

    def __init__(self, *args: Any, papers: Collection[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["papers"]
        field.choices = [(each.pk, each.name) for each in papers]
