"""Reading what is sent on the pages of an import: a file, a head pointed out, cells mended."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongxin.files.gate import too_large
from tongxin.sheets.book import Unreadable

from .choices import Side
from .columns import Column

MOST_CELLS = 500
TEXT_LIMIT = 2_000
ROW_DIGITS = 7


class UploadForm(forms.Form):
    """A workbook."""

    file = forms.FileField(
        label=gettext_lazy("表格文件"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("xlsx、xls 或 csv。不用模板也行：表头在前几行，列名认得出就能导入"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )

    def __init__(self, *args: Any, request: Any, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        file: Any = self.fields["file"]
        file.needed = True  # asked for in our words, by `clean_file`

    def clean_file(self) -> Any:
        """See that there is a file, and not too large a one."""
        sent = self.cleaned_data["file"]
        name = getattr(self.request, "too_large", None)
        if name is not None:
            raise forms.ValidationError(too_large(name), "size")
        if sent is None:
            raise forms.ValidationError(_("选择要导入的表格文件"), "required")
        return sent

    def refuse(self, refusal: Unreadable) -> None:
        """Say why a file is not read."""
        self.add_error("file", forms.ValidationError(str(refusal.words), refusal.code))


class ApplyForm(forms.Form):
    """What an import is called, and why its warnings are in order."""

    name = forms.CharField(max_length=60, required=False)
    reason = forms.CharField(max_length=300, required=False)
    without_errors = forms.BooleanField(required=False)
    seen = forms.CharField(max_length=16, required=False)


def mended_cells(data: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return by sheet and address the cells that were typed into differently."""
    mended: dict[str, dict[str, str]] = {}
    for number in range(MOST_CELLS):
        place = data.get(f"at-{number}")
        if place is None:
            break
        text = data.get(f"cell-{number}", "").replace("\0", "").strip()[:TEXT_LIMIT]
        sheet, _mark, cell = place.rpartition("!")
        if cell and text != data.get(f"was-{number}", ""):
            mended.setdefault(sheet, {})[cell[:12]] = text
    return mended


def side_chosen(data: Mapping[str, str], known: Mapping[str, Any]) -> dict[str, Any]:
    """Return whose values stay where both were changed: in a row, or in the whole workbook."""
    side = data.get("side", "")
    if side not in Side.values:
        return {}
    sheet, mark, row = data.get("row", "").rpartition("!")
    if not mark:
        return {"side": side, "sides": {}}
    sides = {name: dict(rows) for name, rows in known.get("sides", {}).items()}
    if row.isdecimal() and len(row) <= ROW_DIGITS:
        sides.setdefault(sheet[:TEXT_LIMIT], {})[str(int(row))] = side
    return {"sides": sides}


def head_pointed_out(
    data: Mapping[str, str], columns: Sequence[Column], width: int
) -> tuple[dict[str, Any], str]:
    """Return the head that somebody pointed out, and what is wrong with it ("" for nothing)."""
    known = {column.name: column.label for column in columns}
    row = data.get("row", "")
    places: dict[str, int] = {}
    for at in range(width):
        name = data.get(f"column-{at}", "")
        if name in known and name in places:
            return {}, _("“%(label)s”选了两列。留一列，另一列选“不用”") % {"label": known[name]}
        if name in known:
            places[name] = at
    if not row.isdecimal() or len(row) > 4:  # noqa: PLR2004  far beyond the rows shown
        return {}, _("选表头在第几行")
    if not places:
        return {}, _("至少指定一列是什么")
    return {"row": int(row), "columns": places}, ""
