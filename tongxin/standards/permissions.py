"""Who writes standards, and who reads which version.

What is published is read by everybody who signs in: a standard is a rule, and whoever is judged by
it knows it. A draft is seen by those who write it.
"""

from typing import Any

from django.db.models import Q, QuerySet

from tongxin.accounts.choices import Power
from tongxin.accounts.permissions import holds, within
from tongxin.accounts.queries import standing
from tongxin.registers import declaration
from tongxin.registers.choices import Act
from tongxin.registers.permissions import may, permitted

from .choices import Stage, State
from .models import Assessment, Standard, Version


def may_keep(account: Any, standard: Standard) -> bool:
    """Whether an account writes a standard: it holds the power over the division that keeps it."""
    return standard.division_id is not None and holds(
        account, Power.STANDARDS, standard.division_id
    )


def kept_from(account: Any) -> tuple[int, ...]:
    """Return the divisions for which an account may found a standard."""
    return tuple(standing(account).roots(Power.STANDARDS))


def visible_to(account: Any) -> QuerySet[Version]:
    """Return the versions that an account may read."""
    kept = within(account, Power.STANDARDS, Standard.objects.all())
    return Version.objects.select_related("standard__division").filter(
        Q(state=State.PUBLISHED) | Q(standard__in=kept.values("pk"))
    )


ASSESSED = ("organisations", "sites", "bases")
"""The registers whose records are assessed: organisations and places, and never people."""


def may_open(account: Any, register: str, subject: Any) -> bool:
    """Whether an account may open an assessment of a subject: it may change its record."""
    return may(account, Act.CHANGE, declaration.get(register), subject)


def may_fill(account: Any, assessment: Assessment) -> bool:
    """Whether an account fills in the self-assessment: it may change the record of the subject."""
    register = declaration.get(assessment.register)
    rows = permitted(account, Act.CHANGE, register)
    return assessment.state == Stage.SELF and rows.filter(pk=assessment.subject_id).exists()


def may_check(account: Any, assessment: Assessment) -> bool:
    """Whether an account checks and decides: it accepts records there, and handed nothing in."""
    return (
        assessment.state == Stage.CHECK
        and assessment.handed_in_by_id != account.pk
        and holds(account, Power.ACCEPT, assessment.place_id)
    )


def assessments_of(account: Any) -> QuerySet[Assessment]:
    """Return the assessments that an account sees: of subjects whose history it may read."""
    seen = Q()
    for key in ASSESSED:
        rows = permitted(account, Act.HISTORY, declaration.get(key))
        seen |= Q(register=key, subject_id__in=rows.values("pk"))
    return Assessment.objects.select_related("version__standard").filter(seen)
