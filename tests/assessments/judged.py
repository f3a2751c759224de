"""An assessment on its way through experts and committee, in few words."""

import datetime as dt

from tests.assessments.conftest import MUSTS
from tongxin.assessments import actions
from tongxin.assessments.actions import Award, Sheet
from tongxin.assessments.models import Assessment, Grade
from tongxin.panels import actions as panels
from tongxin.panels.actions import Terms
from tongxin.panels.choices import Conflict, Kind, Vote
from tongxin.panels.models import Member

DAY = dt.date(2026, 3, 2)


def now(assessment):
    """The assessment as it is."""
    return Assessment.objects.select_related("version__standard").get(pk=assessment.pk)


def called(assessment, kind, members, by, **terms):
    """Call a panel, whose members declare that they have no interest in it."""
    current = now(assessment)
    seats = [each.pk for each in members]
    panel = actions.call_panel(current, Terms(kind, **terms), seats, by=by, seen=current.revision)
    for each in members:
        panels.declare(panel, Conflict.NONE, by=each)
    return panel


def scores(assessment, panel, who, points, reason="按现场", **more):
    """Hand in the sheet of an expert, with so many points."""
    seen = Member.objects.get(panel=panel, account=who).revision
    sheet = Sheet(MUSTS | {"1": str(points)} | more, {}, {"1": reason})
    current = now(assessment)
    return actions.score_as_expert(current, panel, sheet, by=who, seen=seen, hand_in=True)


def averaged(assessment, members, points, by, **terms):
    """Let experts score, and put together what they gave."""
    panel = called(assessment, Kind.EXPERTS, members, by, **terms)
    for who, each in zip(members, points, strict=True):
        scores(assessment, panel, who, each)
    return actions.put_together(panel, by)


def voted(assessment, members, votes, by):
    """Let a committee vote, and count."""
    panel = called(assessment, Kind.COMMITTEE, members, by)
    for who, vote in zip(members, votes, strict=True):
        panels.vote(panel, vote, by=who, reason="" if vote == Vote.FOR else "依据不足")
    return actions.put_together(panel, by)


def decided(assessment, by, **award):
    """Decide what holds now."""
    current = now(assessment)
    actions.decide(current, Award(DAY, **award), by=by, seen=current.revision)
    return Grade.objects.get(assessment=assessment)
