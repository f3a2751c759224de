"""Reading the forms of campaigns, series and participations."""

from tongxin.organisations.forms import NamesOrganisation
from tongxin.programmes.forms import ProgrammeForm
from tongxin.registers.forms import RecordForm

from .models import Campaign, Participation, Series


class CampaignForm(ProgrammeForm):
    """A campaign."""

    class Meta:
        model = Campaign
        fields = ("name", "themes", "began_on", "ended_on")


class SeriesForm(RecordForm):
    """A series, entered from its campaign's page."""

    asks_place = False

    class Meta:
        model = Series
        fields = ("name",)


class ParticipationForm(NamesOrganisation):
    """An organisation that takes part: typed by name or code, found in the register."""

    asks_place = False

    class Meta:
        model = Participation
        fields = ("organisation",)
