"""Which papers of the assessed stand for which clause."""

from collections.abc import Collection
from typing import Any

from tongxin.assessments.choices import Stage
from tongxin.assessments.models import Assessment, Evidence
from tongxin.assessments.permissions import may_check, may_fill
from tongxin.assessments.queries import papers_of
from tongxin.core.errors import NotYours, Problem, Refused
from tongxin.core.words import gettext as _
from tongxin.journal.actions import action, record, unchanged


@action
def lay_out(assessment: Assessment, code: str, papers: Collection[int], *, by: Any) -> None:
    """Say which papers stand for a clause: those of the subject's record that one may open.

    Papers that one may not open stay as they are. Raises NotYours, Refused.
    """
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("version__standard")
    current = rows.get(pk=assessment.pk)
    if current.state == Stage.DECIDED:
        raise Refused(Problem("assessments.decided", _("这次评估已经评定，不能再改")))
    if by is not None and not (may_fill(by, current) or may_check(by, current)):
        raise NotYours
    if code not in {clause.code for clause in current.version.tree.leaves()}:
        raise NotYours
    mine = {each.pk: each.name for each in papers_of(by, current)}
    if set(papers) - mine.keys():
        raise Refused(Problem("assessments.strange_paper", _("从列表里选附件"), "papers"))
    kept = current.evidence.filter(code=code, attachment__in=mine)
    before = set(kept.values_list("attachment_id", flat=True))
    after = set(papers)
    if before == after:
        unchanged()
        return
    kept.exclude(attachment__in=after).delete()
    Evidence.objects.bulk_create(
        Evidence(assessment=current, code=code, attachment_id=number)
        for number in sorted(after - before)
    )
    record(
        by,
        "assessments.laid_out_papers",
        current,
        before={code: [mine[number] for number in sorted(before)]},
        after={code: [mine[number] for number in sorted(after)]},
        place=current.place_id,
    )
