"""What is said with a step in the life of a record: rooms whose records have one share this."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """What whoever takes a step says with it: the day, a note, and which version was read."""

    on: dt.date | None
    note: str = ""
    version: int | None = None

    @property
    def day(self) -> dt.date:
        """The day, once it has been asked for; RuntimeError where no rule asked."""
        if self.on is None:
            message = "a step without its day was not refused"
            raise RuntimeError(message)
        return self.on
