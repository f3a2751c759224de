"""Reading an uploaded file: it goes through the gate, and the form says what the gate said."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tongxin.accounts.choices import Sensitivity
from tongxin.core.errors import Problem, Refused
from tongxin.core.words import listed
from tongxin.files.choices import FileKind
from tongxin.files.gate import Passed, inspect, too_large
from tongxin.files.rules import MOST_BYTES, size_words


class AttachForm(forms.Form):
    """A file, and who may know of it."""

    file = forms.FileField(
        label=_("文件"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{kind}" for kind in FileKind.values)}),
    )
    sensitivity = forms.ChoiceField(
        label=_("公开范围"),
        choices=Sensitivity.choices,
        required=False,
        help_text=_(
            "公开：社会组织和专家也能看。内部：辖区经办人员能看。受限：协调员、审计员和上传人能看"
        ),
        error_messages={"invalid_choice": _("从列表里选择公开范围")},
    )
    read = forms.IntegerField(widget=forms.HiddenInput, required=False)
    must_hold_a_file = True

    def __init__(self, *args: Any, request: Any, asks: bool, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.passed: Passed | None = None
        file: Any = self.fields["file"]
        file.needed = self.must_hold_a_file  # asked for in our words, by `clean_file`
        file.help_text = _("%(kinds)s，最大 %(most)s。照片里的拍摄地点会去掉") % {
            "kinds": listed(FileKind.values),
            "most": size_words(MOST_BYTES),
        }
        if not asks:
            del self.fields["sensitivity"]

    def clean_file(self) -> Any:
        """Send the file through the gate."""
        sent = self.cleaned_data["file"]
        name = getattr(self.request, "too_large", None)
        if name is not None:
            raise forms.ValidationError(too_large(name), "size")
        if sent is None:
            if self.must_hold_a_file:
                raise forms.ValidationError(_("选择要上传的文件"), "required")
            return None
        try:
            self.passed = inspect(
                sent.name, sent.content_type or "", sent.read(), scanner=settings.VIRUS_SCANNER
            )
        except Refused as refusal:
            self.refuse(refusal.problems)
        return sent

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Put the reasons of a refusal beside their fields."""
        for problem in problems:
            error = forms.ValidationError(problem.message, problem.code)
            self.add_error(problem.field if problem.field in self.fields else None, error)

    @property
    def taken(self) -> Passed:
        """The file of a valid form that must hold one."""
        if self.passed is None:
            raise LookupError
        return self.passed

    def wanted(self, otherwise: str) -> str:
        """Return the sensitivity asked for, or the one that holds where none is asked."""
        return self.cleaned_data.get("sensitivity") or otherwise


class ReplaceForm(AttachForm):
    """A newer file for an attachment, or another sensitivity, or both."""

    must_hold_a_file = False

    def read_again(self, newest: int) -> None:
        """Show the form as one that knows of the newest file."""
        data: Any = self.data
        data = data.copy()
        data["read"] = newest
        self.data = data
