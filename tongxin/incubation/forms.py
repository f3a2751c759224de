"""Reading the form of a base."""

from tongxin.programmes.forms import ProgrammeForm

from .models import Base


class BaseForm(ProgrammeForm):
    """An incubation base."""

    class Meta:
        model = Base
        fields = ("name", "level", "operator", "opened_on", "capacity")
