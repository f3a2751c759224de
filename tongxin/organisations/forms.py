"""Reading an organisation's form."""

from typing import Any

from tongxin.registers.forms import RecordForm

from .models import Organisation
from .rules import tidy_code


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
