"""What is known of a decision about the tree, whatever it decides."""

import datetime as dt
from dataclasses import dataclass

from tongxin.divisions.choices import ChangeKind
from tongxin.divisions.models import Change


@dataclass(frozen=True, slots=True)
class Decree:
    """When a change takes effect, when it was decided and published, and by which document."""

    effective_on: dt.date
    decided_on: dt.date | None = None
    published_on: dt.date | None = None
    document: str = ""
    note: str = ""

    def change(self, kind: ChangeKind) -> Change:
        """Write the event itself."""
        return Change.objects.create(
            kind=kind,
            effective_on=self.effective_on,
            decided_on=self.decided_on,
            published_on=self.published_on,
            document=self.document,
            note=self.note,
        )
