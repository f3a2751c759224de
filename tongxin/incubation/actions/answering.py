"""An organisation answers a call by itself, and corrects what it sent in."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from tongxin.core.errors import NotYours, refuse_if
from tongxin.incubation.models import Intake, Tenancy
from tongxin.incubation.permissions import applicants_to
from tongxin.incubation.rules.lives import call_problems
from tongxin.journal.actions import action, unchanged
from tongxin.organisations.models import Organisation
from tongxin.registers import declaration
from tongxin.registers.actions import change, enter
from tongxin.registers.choices import Act
from tongxin.registers.permissions import may
from tongxin.registers.writing import received

from .applying import note_papers
from .checking import twice_problems


@action
def answer(  # noqa: PLR0913  the facts of an application
    call: Intake,
    organisation: Organisation,
    *,
    by: Any,
    values: Mapping[str, Any],
    papers: Collection[str] = (),
    key: UUID | None = None,
) -> Tenancy:
    """Begin an application of an organisation to the base of a call; its own facts are on record.

    It is handed in by `submit`. The organisation is held, so that of two applications at the same
    moment one comes after the other and is told of the first. Raises NotYours, Refused.
    """
    register = declaration.of(Tenancy)
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if by is not None and not (
        may(by, Act.SEND, declaration.of(Intake), call)
        and applicants_to(by, call).filter(pk=organisation.pk).exists()
    ):
        raise NotYours
    earlier = received(register, by, key) if key is not None else None
    if earlier is not None:
        unchanged()
        return earlier
    refuse_if(
        [
            *call_problems(timezone.localdate(), call.opens_on, call.closes_on),
            *twice_problems(organisation, None),
        ]
    )
    facts = dict(values) | {
        "base": call.base,
        "intake": call,
        "organisation": organisation,
        "sample": call.base.sample or organisation.sample,
    }
    tenancy, _fresh = enter(register, by=by, values=facts, key=key, sent=True)
    made: Tenancy = note_papers(tenancy, by=by, papers=papers)
    return made


@action
def correct(
    tenancy: Tenancy,
    *,
    by: Any,
    values: Mapping[str, Any],
    papers: Collection[str],
    version: int | None = None,
) -> Tenancy:
    """Change what an organisation applied for and which papers it hands in.

    Raises NotYours, Outdated, Refused.
    """
    register = declaration.of(Tenancy)
    tenancy = change(register, tenancy, by=by, values=values, version=version, act=Act.SEND)
    return note_papers(tenancy, by=by, papers=papers)
