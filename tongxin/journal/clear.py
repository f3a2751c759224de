"""An entry as it may be read: personal values put back, or said to be erased."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .chain import COMMITTED
from .choices import Side
from .models import Entry

ERASED = _("（个人信息已删除）")


@dataclass(frozen=True, slots=True)
class Clear:
    """What an entry says."""

    name: str | Promise
    before: dict[str, Any]
    after: dict[str, Any]
    facts: dict[str, Any]


def clear(entry: Entry) -> Clear:
    """Return an entry's words; one query, or none where `personal` was fetched with it."""
    committed = entry.name_commitment or COMMITTED in str((entry.before, entry.after, entry.facts))
    kept = (
        {(each.side, each.field): each.value for each in entry.personal.all()} if committed else {}
    )

    def side(which: Side, values: dict[str, Any]) -> dict[str, Any]:
        return {
            name: kept.get((which.value, name), ERASED)
            if isinstance(value, dict) and COMMITTED in value
            else value
            for name, value in values.items()
        }

    name: str | Promise = entry.subject_name
    if entry.name_commitment:
        name = kept.get((Side.NAME.value, "subject_name"), ERASED)
    return Clear(
        name,
        side(Side.BEFORE, entry.before),
        side(Side.AFTER, entry.after),
        side(Side.FACTS, entry.facts),
    )
