"""Those who enter and those who accept, and what they have before them."""

from dataclasses import dataclass
from typing import Any

from tests import factories as make
from tongxin.registers import declaration
from tongxin.registers.actions import change
from tongxin.reviews.models import Review


@dataclass(frozen=True, slots=True)
class Desk:
    """A clerk of 北镇, the coordinators of its county and city, and what they have before them."""

    tree: Any
    pilot: Any
    clerk: Any
    county: Any
    city: Any

    def enters(self, key="sites", *, by=None, place=None, **values):
        """Let the clerk enter a record, and return it with its review."""
        place = place or self.tree.north
        record = make.record(key, place=place, of=self.pilot, by=by or self.clerk, **values)
        return record, review_of(record)

    def corrects(self, record, *, by=None, **values):
        """Let the clerk change a record, and return its review."""
        change(declaration.of(type(record)), record, by=by or self.clerk, values=values)
        return review_of(record)


def review_of(record):
    """The review of a record, read anew."""
    return Review.objects.get(register=record.register_key, subject_id=record.pk)
