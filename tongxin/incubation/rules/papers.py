"""What an applicant still has to hand in. Values in, answers out."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.core.words import listed
from tongxin.incubation.choices import Paper

ALWAYS = (Paper.FORM, Paper.PLAN)
ON_RECORD = (*ALWAYS, Paper.PROOF, Paper.RULES)
REGISTERED = (*ON_RECORD, Paper.RECORD)
NOT_YET = (*ALWAYS, Paper.TEAM)
"""Registered, filed and not yet registered applicants hand in different things."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that an application needs, and whether it is there."""

    label: Any
    done: bool
    paper: str = ""


def wanted(*, on_record: bool, registered: bool) -> tuple[Paper, ...]:
    """Return the papers that an applicant of this standing hands in."""
    if not on_record:
        return NOT_YET
    return REGISTERED if registered else ON_RECORD


def tasks(papers: Collection[str], *, on_record: bool, registered: bool, plan: str) -> list[Task]:
    """Return all that an application needs, done or not."""
    return [
        Task(_("写明孵化目标"), bool(plan.strip())),
        *(
            Task(paper.label, paper in papers, paper)
            for paper in wanted(on_record=on_record, registered=registered)
        ),
    ]


def task_problems(found: Collection[Task]) -> Iterator[Problem]:
    """Say what is missing, all at once."""
    if missing := [each.label for each in found if not each.done]:
        words = _("还缺：%(missing)s。补齐再提交") % {"missing": listed(missing)}
        yield Problem("incubation.missing", words)
