"""Reading a declared figure as people write it: 60余期, 约3400人次, 2000万元/年."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tongxin.core.quantities import parse
from tongxin.incubation.choices import BaseLevel
from tongxin.programmes.forms import ProgrammeForm

from .catalogue import CATALOGUE, PEOPLE, Indicator
from .models import Observation


class ObservationForm(ProgrammeForm):
    """A declared figure: 余 and 约 are kept as written, the unit must be the indicator's."""

    indicator = forms.ChoiceField(label=gettext_lazy("指标"))
    part = forms.ChoiceField(
        label=gettext_lazy("级别"), required=False, choices=[("", "—"), *BaseLevel.choices]
    )
    stated_as = forms.CharField(
        label=pgettext_lazy("one", "数字"),
        max_length=30,
        help_text=gettext_lazy("照原文写，带单位；约数写“3400余人”或“约60期”"),
    )

    class Meta:
        model = Observation
        fields = ("indicator", "part", "stated_as", "scope_text", "source")
        help_texts = {
            "scope_text": gettext_lazy("与所属地区不同时写明，例如“市区”"),
            "source": gettext_lazy("哪份材料、哪一页"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["indicator"]
        choices.choices = [("", "—"), *((key, _label(each)) for key, each in CATALOGUE.items())]

    def clean(self) -> dict[str, Any]:
        """Read value and qualifier out of the words; ask when the unit is not clear."""
        cleaned = super().clean()
        text, key = cleaned.get("stated_as"), cleaned.get("indicator")
        if not text or not key:
            return cleaned
        unit = CATALOGUE[key].unit
        try:
            quantity = parse(text)
        except ValueError:
            words = _("“%(text)s”里要有一个数字，例如 3400；约数写“3400余”")
            self.add_error("stated_as", words % {"text": text})
            return cleaned
        said, wanted = quantity.unit, unit.partition("/")[0]
        if said not in {unit, wanted} and not {said, wanted} <= PEOPLE:
            words = _("单位要写“%(unit)s”，例如“%(example)s%(unit)s”")
            self.add_error("stated_as", words % {"unit": wanted, "example": quantity.number})
        self.quantity = quantity
        return cleaned

    def values(self) -> dict[str, Any]:
        """Add the value and how exact it is to the fields typed."""
        return super().values() | {
            "value": self.quantity.value,
            "qualifier": self.quantity.qualifier.value,
        }


def _label(indicator: Indicator) -> str:
    return _("%(title)s（%(unit)s）") % {"title": indicator.title, "unit": indicator.unit}
