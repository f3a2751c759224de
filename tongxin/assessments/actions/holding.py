"""What every act on an assessment or a grade does first and last: hold its row, write it."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from tongxin.assessments.choices import Stage
from tongxin.assessments.models import Assessment, Grade
from tongxin.assessments.permissions import may_keep_grade
from tongxin.core.errors import NotYours, Outdated, Problem, Refused
from tongxin.core.words import gettext as _


def locked(assessment: Assessment, seen: int) -> Assessment:
    """Hold an assessment that is not decided, as it was seen. Raises Refused, Outdated."""
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("version__standard")
    current = rows.get(pk=assessment.pk)
    if current.state == Stage.DECIDED:
        words = _("这次评估已经评定，不能再改")
        raise Refused(Problem("assessments.decided", words))
    if current.revision != seen:
        raise Outdated(current)
    return current


def write(current: Assessment, kept: Mapping[str, Any] | None, *more: str) -> None:
    """Write what is told, or only that something changed."""
    if kept is not None:
        current.told = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    current.revision += 1
    current.changed_at = timezone.now()
    current.save(update_fields=["told", "revision", "changed_at", *more])


def held(grade: Grade, seen: int, *, by: Any) -> Grade:
    """Hold a grade for whoever keeps it, as it was seen. Raises NotYours, Outdated."""
    rows = Grade.objects.select_for_update(of=("self",))
    current = rows.select_related("assessment__version__standard", "notice").get(pk=grade.pk)
    if by is not None and not may_keep_grade(by, current.assessment):
        raise NotYours
    if current.revision != seen:
        raise Outdated(current)
    return current
