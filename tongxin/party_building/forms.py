"""Reading the forms of projects and means."""

from typing import Any

from tongxin.programmes.forms import ProgrammeForm
from tongxin.registers import declaration
from tongxin.registers.forms import choices_of

from .models import Means, Project


class MeansForm(ProgrammeForm):
    """A means."""

    asks_place = False

    class Meta:
        model = Means
        fields = ("name", "about")


class ProjectForm(ProgrammeForm):
    """A project."""

    class Meta:
        model = Project
        fields = ("name", "means", "about")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        means: Any = self.fields["means"]
        rows = means.queryset.filter(programme=self.programme, void=False)
        register, held = declaration.of(Means), self.instance.means_id
        means.queryset = choices_of(self.request.user, register, rows, held)
