"""Reading an organisation's form."""

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

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        # People paste codes with spaces in them; the rule counts what is left.
        self.fields["credit_code"].max_length = 40
        self.fields["credit_code"].validators = []

    def clean_credit_code(self) -> str:
        """Drop spaces and dashes."""
        return tidy_code(self.cleaned_data["credit_code"])
