"""Reading what is typed about a panel: whom it asks and how it judges, a declaration, a vote."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongxin.accounts.forms.house import HouseForm

from .choices import Averaging, Conflict, Kind, Majority, Quorum, Vote
from .queries import Candidate
from .rules.sitting import REASON_LENGTH

CHOOSE = _("从列表里选")


def _radio(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    errors = {"required": CHOOSE, "invalid_choice": CHOOSE}
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, error_messages=errors, **more
    )


def _reason(label: Any, help_text: Any = "") -> forms.CharField:
    field = forms.CharField(
        label=label,
        required=False,
        max_length=REASON_LENGTH,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("最多 %(limit_value)d 字，现在 %(show_value)d 字")},
    )
    field.widget.attrs.pop("maxlength", None)
    return field


class MembersForm(HouseForm):
    """Whom a panel asks."""

    members = forms.TypedMultipleChoiceField(
        label=_("邀请谁评"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": CHOOSE},
    )

    def __init__(self, *args: Any, candidates: Collection[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["members"]
        field.choices = [(each.number, f"{each.name}（{each.office}）") for each in candidates]
        field.needed = True


class ExpertsForm(MembersForm):
    """A panel of experts: whom it asks, and how what they give is put together."""

    averaging = _radio(_("怎么合成"), Averaging.choices, initial=Averaging.MEAN)
    kind = Kind.EXPERTS


class CommitteeForm(MembersForm):
    """A committee: whom it asks, how many must vote, and what carries."""

    quorum = _radio(_("到会要求"), Quorum.choices, initial=Quorum.TWO_THIRDS)
    majority = _radio(_("通过要求"), Majority.choices, initial=Majority.OF_ALL)
    kind = Kind.COMMITTEE


class DeclarationForm(HouseForm):
    """Whether a member has an interest in what is judged."""

    conflict = _radio(_("你和被评对象"), Conflict.choices, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["conflict"]
        field.needed = True


class VoteForm(HouseForm):
    """A vote, and its reason."""

    vote = _radio(_("表决"), Vote.choices, required=False)
    reason = _reason(_("理由"), _("不同意的写明理由"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["vote"]
        field.needed = True


class ReasonForm(HouseForm):
    """Why a panel is called off, or a member let go."""

    reason = _reason(_("原因"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["reason"]
        field.needed = True
