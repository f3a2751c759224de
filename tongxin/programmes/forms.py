"""Forms of records that belong to a programme."""

from typing import Any

from tongxin.registers.forms import RecordForm


class ProgrammeForm(RecordForm):
    """A form whose choices are the words of one programme."""

    @property
    def programme(self) -> Any:
        """The record's programme, or the one the request works in."""
        if self.instance.programme_id:
            return self.instance.programme
        return self.request.programme
