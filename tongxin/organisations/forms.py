"""Reading an organisation's form, and the name of one in the forms of other rooms."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tongxin.registers import declaration
from tongxin.registers.forms import RecordForm
from tongxin.registers.permissions import visible_to

from .models import Organisation
from .rules import tidy_code

CHUNK = 500


class OrganisationForm(RecordForm):
    """An organisation's entry in the register."""

    class Meta:
        model = Organisation
        fields = (
            "name",
            "kind",
            "status",
            "credit_code",
            "registrar",
            "registered_on",
            "demonstration",
            "work",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # People paste codes with spaces in them; the rule counts what is left.
        code: Any = self.fields["credit_code"]
        code.max_length, code.validators = 40, []

    def clean_credit_code(self) -> str:
        """Drop spaces and dashes."""
        return tidy_code(self.cleaned_data["credit_code"])


class NamesOrganisation(RecordForm):
    """A form that refers to an organisation: typed by name or code, found in the register."""

    organisation = forms.CharField(
        label=pgettext_lazy("one", "社会组织"),
        max_length=60,
        help_text=gettext_lazy("写台账里的全称，或统一社会信用代码"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.foreseen: dict[str, list[Organisation]] = {}
        held = self.instance.organisation if self.instance.pk else None
        if held is not None:
            self.initial["organisation"] = held.name

    def foresee(self, texts: Mapping[str, Collection[str]]) -> None:
        """Find in bulk the organisations that many rows name."""
        wanted = sorted({text.strip() for text in texts.get("organisation", ())})
        for at in range(0, len(wanted), CHUNK):
            names = wanted[at : at + CHUNK]
            self.foreseen |= {name: [] for name in names}
            codes = {name.upper(): name for name in names}
            for each in self._rows().filter(Q(name__in=names) | Q(credit_code__in=codes)):
                for text in {each.name, codes.get(each.credit_code, each.name)} & set(names):
                    self.foreseen[text].append(each)
        for text, found in self.foreseen.items():
            by_code = [each for each in found if each.credit_code == text.upper()]
            self.foreseen[text] = by_code or found

    def _rows(self) -> Any:
        return visible_to(self.request.user, declaration.of(Organisation)).filter(void=False)

    def _found(self, text: str) -> list[Organisation]:
        """Return the organisations that a text may mean: by code, or else by name."""
        if text in self.foreseen:
            return self.foreseen[text]
        rows = self._rows()
        return list(rows.filter(credit_code=text.upper())[:2]) or list(rows.filter(name=text)[:2])

    def clean_organisation(self) -> Organisation | None:
        """Find the organisation that the text names, among those the account may see.

        The one that takes part already stays so, though it be void or hidden by now.
        """
        text = self.cleaned_data["organisation"].strip()
        if not text:
            return None
        if self.instance.pk and text == self.initial.get("organisation"):
            held: Organisation = self.instance.organisation
            return held
        found = self._found(text)
        if len(found) == 1:
            only: Organisation = found[0]
            return only
        if found:
            raise forms.ValidationError(
                _("有两个组织叫“%(text)s”。改填统一社会信用代码") % {"text": text}
            )
        raise forms.ValidationError(
            _("台账里没有“%(text)s”。核对全称，或先到“社会组织”登记") % {"text": text}
        )
