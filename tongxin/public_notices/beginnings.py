"""What a new draft begins with: rooms above say it for their records, so that nobody types it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from tongxin.calendars.choices import Unit
from tongxin.core.words import in_source_language
from tongxin.registers.declaration import Register

Begin = Callable[[Any], Mapping[str, Any]]
NAME_LENGTH = 60
USUAL = {"count": 5, "unit": Unit.WORKING_DAYS.value}
_BEGINNINGS: dict[str, Begin] = {}


def begin_with(key: str, begin: Begin) -> None:
    """Let drafts about the records of a register begin with these values; called by its room."""
    _BEGINNINGS[key] = begin


def beginning_of(register: Register, record: Any) -> dict[str, Any]:
    """Return the fields of a new draft about a record that are known already."""
    with in_source_language():  # the words are kept, whoever drafts them
        title = _("关于“%(name)s”的公示") % {"name": record.name}
        begin = _BEGINNINGS.get(register.key)
        more = dict(begin(record)) if begin else {}
    usual: dict[str, Any] = {"name": title, "count": 5, "unit": Unit.WORKING_DAYS.value} | more
    return usual | {"name": usual["name"][:NAME_LENGTH]}
