"""From the application to the public notice."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Any

from tongxin.core.dates import Span
from tongxin.core.errors import NotYours, Problem, refuse_if
from tongxin.core.words import gettext as _
from tongxin.incubation.choices import Paper, Premises, State, Verb
from tongxin.incubation.models import Tenancy
from tongxin.incubation.permissions import keeps, may_move
from tongxin.incubation.queries import held_of, waiting_list, windows_of
from tongxin.incubation.rules.lives import (
    APPLYING,
    Life,
    notice_problems,
    queue_problems,
    sender_problems,
    state_problems,
    window_problems,
)
from tongxin.incubation.rules.occupancy import room_problems
from tongxin.incubation.rules.papers import Task, task_problems, tasks, wanted
from tongxin.journal.actions import action, record, unchanged
from tongxin.organisations.choices import Status
from tongxin.organisations.models import Organisation
from tongxin.public_notices.queries import notice_for
from tongxin.registers import declaration
from tongxin.registers.moves import Said

from .checking import twice_problems
from .clocks import due
from .moving import begin, finish


def tasks_of(tenancy: Tenancy) -> list[Task]:
    """Return what the application needs, done or not."""
    on_record, registered = _recorded(tenancy.organisation)
    return tasks(papers_of(tenancy), on_record=on_record, registered=registered, plan=tenancy.plan)


def papers_wanted(organisation: Organisation | None) -> tuple[Paper, ...]:
    """Return the papers that an organisation hands in, or a group that is none yet."""
    on_record, registered = _recorded(organisation)
    return wanted(on_record=on_record, registered=registered)


def _recorded(organisation: Organisation | None) -> tuple[bool, bool]:
    """Whether an applicant is registered or filed, and whether it is registered."""
    if organisation is None:
        return False, False
    return organisation.status != Status.PRE_APPROVED, organisation.status == Status.REGISTERED


def papers_of(tenancy: Tenancy) -> list[str]:
    """Return the papers that were handed in."""
    return [paper for paper in tenancy.papers.split(",") if paper]


@action
def note_papers(tenancy: Tenancy, *, by: Any, papers: Collection[str]) -> Tenancy:
    """Say which papers the applicant has handed in. Raises NotYours, Refused."""
    tenancy = Tenancy.objects.select_for_update(of=("self",)).get(pk=tenancy.pk)
    if tenancy.void or not may_move(by, Verb.SUBMIT, tenancy):
        raise NotYours
    if tenancy.state not in APPLYING:
        refuse_if(state_problems(Verb.SUBMIT, Life(tenancy.state)))
    before, after = tenancy.papers, ",".join(paper for paper in Paper if paper in papers)
    if before == after:
        unchanged()
        return tenancy
    tenancy.papers = after
    tenancy.version += 1
    tenancy.save(update_fields=["papers", "version", "changed_at"])
    key, place = declaration.of(Tenancy).key, tenancy.base.division_id
    was, now = {"papers": before}, {"papers": after}
    record(by, f"{key}.papers_noted", tenancy, before=was, after=now, place=place)
    return tenancy


@action
def submit(tenancy: Tenancy, *, by: Any, said: Said) -> Tenancy:
    """Hand an application in; the clock of the check begins. Raises NotYours, Outdated, Refused."""

    def more(tenancy: Tenancy, on: dt.date) -> Iterator[Problem]:
        yield from task_problems(tasks_of(tenancy))
        windows = [(each.opens_on, each.closes_on) for each in windows_of(tenancy.base)]
        came_in = tenancy.state == State.RETURNED and tenancy.intake_id is not None
        yield from window_problems(on, () if came_in else windows)
        if tenancy.organisation is not None:
            yield from twice_problems(tenancy.organisation, tenancy.pk)

    tenancy = begin(tenancy, Verb.SUBMIT, said, by=by, more=more)
    base, on = tenancy.base, said.day
    open_ = [each for each in windows_of(base) if each.opens_on <= on <= each.closes_on]
    kept = tenancy.state == State.RETURNED or tenancy.intake in open_
    intake = tenancy.intake if kept and tenancy.intake else next(iter(open_), None)
    last = due(base, "check", on)
    return finish(tenancy, Verb.SUBMIT, said, by=by, due_on=last, intake=intake)


@action
def check(tenancy: Tenancy, *, by: Any, said: Said) -> Tenancy:
    """Find an application complete. Raises NotYours, Outdated, Refused."""
    tenancy = begin(tenancy, Verb.CHECK, said, by=by)
    return finish(tenancy, Verb.CHECK, said, by=by)


@action
def give_back(tenancy: Tenancy, *, by: Any, said: Said) -> Tenancy:
    """Give an application back to be completed. Raises NotYours, Outdated, Refused."""
    tenancy = begin(tenancy, Verb.GIVE_BACK, said, by=by)
    return finish(tenancy, Verb.GIVE_BACK, said, by=by)


@action
def approve(tenancy: Tenancy, *, by: Any, said: Said) -> Tenancy:
    """Promise a place; refused where there is none, or where others wait longer.

    Raises NotYours, Outdated, Refused.
    """

    def more(tenancy: Tenancy, on: dt.date) -> Iterator[Problem]:
        if tenancy.premises == Premises.ON:
            held = held_of(tenancy.base, apart_from=tenancy.pk)
            yield from room_problems(tenancy.base.capacity, held, Span(on), tenancy.places)
        yield from queue_problems(_before(tenancy), said.note)

    tenancy = begin(tenancy, Verb.APPROVE, said, by=by, more=more)
    return finish(tenancy, Verb.APPROVE, said, by=by)


@action
def wait(tenancy: Tenancy, *, by: Any, said: Said) -> Tenancy:
    """Put an applicant on the waiting list. Raises NotYours, Outdated, Refused."""
    tenancy = begin(tenancy, Verb.WAIT, said, by=by)
    return finish(tenancy, Verb.WAIT, said, by=by)


@action
def reject(tenancy: Tenancy, *, by: Any, said: Said) -> Tenancy:
    """Decline an application, with a reason. Raises NotYours, Outdated, Refused."""
    tenancy = begin(tenancy, Verb.REJECT, said, by=by)
    return finish(tenancy, Verb.REJECT, said, by=by)


@action
def publicise(tenancy: Tenancy, *, by: Any, said: Said) -> Tenancy:
    """Go on to the public notice, which has been posted for this application.

    Raises NotYours, Outdated, Refused.
    """

    def more(tenancy: Tenancy, on: dt.date) -> Iterator[Problem]:
        notice = notice_for(tenancy)
        posted = least = None
        if notice is not None and notice.starts_on and notice.announced_until:
            posted = (notice.starts_on, notice.announced_until)
            least = due(tenancy.base, "notice", notice.starts_on)
        yield from notice_problems(on, tenancy.state_on, posted, least)

    tenancy = begin(tenancy, Verb.PUBLICISE, said, by=by, more=more)
    notice = notice_for(tenancy)
    last = notice.announced_until if notice else None
    return finish(tenancy, Verb.PUBLICISE, said, by=by, due_on=last)


def notice_begins(tenancy: Tenancy) -> dict[str, Any]:
    """Return what a draft of the notice about an application begins with: nothing typed again."""
    base = tenancy.base
    facts = {
        "name": tenancy.name,
        "base": base.name,
        "premises": tenancy.get_premises_display(),
        "level": base.get_level_display(),
    }
    words = _(
        "经核对和评审，拟同意“%(name)s”入驻“%(base)s”（%(level)s孵化基地，%(premises)s）。"
        "公示期内有不同意见的，可以向基地所在地的主管单位书面反映"
    )
    return {
        "name": _("关于“%(name)s”拟入驻的公示") % facts,
        "text": words % facts,
        "count": base.notice_days,
        "unit": base.notice_unit,
        "least_count": base.notice_days,
        "least_unit": base.notice_unit,
    }


@action
def withdraw(tenancy: Tenancy, *, by: Any, said: Said) -> Tenancy:
    """Take an application back, with a reason; once it was approved, by the base alone.

    Raises NotYours, Outdated, Refused.
    """

    def more(tenancy: Tenancy, _on: dt.date) -> Iterator[Problem]:
        if not keeps(by, tenancy):
            yield from sender_problems(Verb.WITHDRAW, tenancy.state)

    tenancy = begin(tenancy, Verb.WITHDRAW, said, by=by, more=more)
    return finish(tenancy, Verb.WITHDRAW, said, by=by)


def _before(tenancy: Tenancy) -> list[str]:
    """Return who waits longer for the base; an applicant outside the premises passes nobody."""
    if tenancy.premises != Premises.ON:
        return []
    names = []
    for each in waiting_list(tenancy.base):
        if each.pk == tenancy.pk:
            break
        if each.premises == Premises.ON:
            names.append(each.name)
    return names
