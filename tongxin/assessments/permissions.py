"""Who assesses whom, who checks, who is asked to judge, and who reads what came of it."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tongxin.accounts.choices import Power
from tongxin.accounts.permissions import holds
from tongxin.panels.permissions import judges
from tongxin.registers import declaration
from tongxin.registers.choices import Act
from tongxin.registers.permissions import may, permitted

from .choices import Stage
from .models import Appeal, Assessment

TOPIC, APPEAL = "assessment", "appeal"
"""What panels judge here."""
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


def may_steer(account: Any, assessment: Assessment) -> bool:
    """Whether an account leads an assessment on from its check, and decides.

    It accepts records there, and handed nothing in.
    """
    return (
        assessment.state not in {Stage.SELF, Stage.DECIDED}
        and assessment.handed_in_by_id != account.pk
        and holds(account, Power.ACCEPT, assessment.place_id)
    )


def may_check(account: Any, assessment: Assessment) -> bool:
    """Whether an account fills in the check."""
    return assessment.state == Stage.CHECK and may_steer(account, assessment)


def may_keep_grade(account: Any, assessment: Assessment) -> bool:
    """Whether an account confirms, lowers and withdraws a grade, and answers appeals."""
    return assessment.state == Stage.DECIDED and holds(account, Power.ACCEPT, assessment.place_id)


def may_write_down(account: Any, assessment: Assessment) -> bool:
    """Whether an account writes down appeals and drafts the notice: it edits records there."""
    return assessment.state == Stage.DECIDED and holds(account, Power.EDIT, assessment.place_id)


def assessments_of(account: Any) -> QuerySet[Assessment]:
    """Return the assessments that an account sees.

    Those of subjects whose history it may read, and those that it is asked to judge and has not
    stood aside from. Each is asked by itself, so that one costs the same however many subjects
    there are.
    """
    about_it = {"topic_id": OuterRef("pk")}
    appeals = Appeal.objects.filter(Exists(judges(account, APPEAL).filter(**about_it)))
    seen = Q(Exists(judges(account, TOPIC).filter(**about_it)))
    seen |= Q(Exists(appeals.filter(grade__assessment=OuterRef("pk"))))
    for key in ASSESSED:
        subject = permitted(account, Act.HISTORY, declaration.get(key))
        seen |= Q(Exists(subject.filter(pk=OuterRef("subject_id"))), register=key)
    return Assessment.objects.select_related("version__standard").filter(seen)
