"""Reading the forms of sites and designations."""

from typing import Any

from tongxin.programmes.forms import ProgrammeForm
from tongxin.registers.forms import RecordForm

from .models import Designation, Site


class SiteForm(ProgrammeForm):
    """A site; an office above the town may leave its place open until it is known."""

    place_optional = True

    class Meta:
        model = Site
        fields = ("name", "group", "address", "about")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: Any = self.fields["group"]
        groups.queryset = groups.queryset.filter(programme=self.programme)


class DesignationForm(RecordForm):
    """A designation, entered from its site's page."""

    asks_place = False

    class Meta:
        model = Designation
        fields = ("level", "document", "legal_basis", "designated_on", "until")
