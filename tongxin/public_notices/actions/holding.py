"""What every act on a notice does first and last: hold its rows, ask who, write what happened."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tongxin.accounts.choices import Sensitivity
from tongxin.core.errors import NotYours, Outdated, Problem
from tongxin.core.words import gettext as _
from tongxin.journal.actions import record
from tongxin.public_notices.models import PublicNotice
from tongxin.public_notices.permissions import may_decide, may_prepare
from tongxin.registers import declaration
from tongxin.registers.declaration import Register
from tongxin.registers.permissions import division_of, strictest_of
from tongxin.registers.screening import blocked_in_text

PERSONAL = ("names",)
WRITTEN = (
    "name",
    "text",
    "put_up_at",
    "basis",
    "count",
    "unit",
    "least_count",
    "least_unit",
    "names",
    "names_basis",
    "names_until",
)


def subject_of(key: str, number: int) -> tuple[Register, Any]:
    """Return the record that a notice is about."""
    register = declaration.get(key)
    return register, register.model._default_manager.get(pk=number)


def held(
    notice: PublicNotice, *, by: Any, version: int | None, deciding: bool
) -> tuple[PublicNotice, Register, Any]:
    """Hold a notice for a change, with its register and record. Raises NotYours, Outdated."""
    notice = PublicNotice.objects.select_for_update().get(pk=notice.pk)
    register, subject = subject_of(notice.register, notice.subject_id)
    ask = may_decide if deciding else may_prepare
    if by is not None and not ask(by, register, subject):
        raise NotYours
    if version is not None and notice.version != version:
        raise Outdated(notice)
    return notice, register, subject


def kept(notice: PublicNotice, names: Iterable[str]) -> dict[str, Any]:
    """Return fields of a notice as the journal keeps them."""
    return {name: getattr(notice, name) for name in names}


def write(
    notice: PublicNotice, place: int, *, by: Any, verb: str, changes: Mapping[str, Any]
) -> PublicNotice:
    """Write changes of a notice with their entry."""
    before = kept(notice, changes)
    for name, value in changes.items():
        setattr(notice, name, value)
    notice.version += 1
    notice.save(update_fields=[*changes, "version", "changed_at"])
    record(
        by,
        f"public_notices.{verb}",
        notice,
        before=before,
        after=dict(changes),
        place=place,
        personal=PERSONAL,
    )
    return notice


def place_of(register: Register, subject: Any) -> int:
    """Return the division that answers for the record of a notice."""
    return division_of(register, subject)


def publicity_problems(register: Register, subject: Any) -> Iterator[Problem]:
    """Say why a record cannot be put up for everybody to read."""
    if subject.void:
        yield Problem("public_notices.void", _("这条记录已作废，不能公示"))
    if strictest_of(register, subject) == Sensitivity.RESTRICTED:
        words = _("这条记录是受限的，或提到了受限记录，不能公示。先改公开范围")
        yield Problem("public_notices.restricted", words)


def numbers_problems(texts: Mapping[str, Any]) -> Iterator[Problem]:
    """Say which texts hold an identity or card number."""
    for name, value in texts.items():
        if isinstance(value, str):
            label = PublicNotice._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            yield from blocked_in_text(value, label, name)
