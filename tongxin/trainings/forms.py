"""Reading the form of a training."""

from tongxin.programmes.forms import ProgrammeForm

from .models import Training


class TrainingForm(ProgrammeForm):
    """A training held."""

    class Meta:
        model = Training
        fields = ("name", "held_on", "sessions", "attendances", "persons", "organiser")
