"""What panels judge here, and who may not sit on them."""

from tongxin.panels import queries as panels
from tongxin.panels.topics import Topic

from .actions import put_together, take_vote
from .models import Appeal, Assessment
from .permissions import APPEAL, TOPIC


def worked_on(number: int) -> set[int]:
    """Return the accounts that handed in or checked an assessment. One query."""
    found = Assessment.objects.only("handed_in_by", "checked_by").get(pk=number)
    worked = (found.handed_in_by_id, found.checked_by_id)
    return {account for account in worked if account is not None}


def judged_first(number: int) -> set[int]:
    """Return who may not sit on the committee of an appeal: whoever had to do with the first.

    The committee of re-examination is another body: 民政部令第39号.
    """
    first = Appeal.objects.values_list("grade__assessment_id", flat=True).get(pk=number)
    return worked_on(first) | panels.judged_by(TOPIC, first)


TOPICS = (
    Topic(TOPIC, "assessments:assessment", "assessments:judge", worked_on, put_together),
    Topic(APPEAL, "assessments:appeal", "assessments:appeal", judged_first, take_vote),
)
