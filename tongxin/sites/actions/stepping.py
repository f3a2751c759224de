"""The steps of a naming: proposed, checked, put up, named; kept, put right, withdrawn."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils import timezone

from tongxin.core.errors import NotYours, Outdated, Problem, refuse_if
from tongxin.core.words import gettext as _
from tongxin.journal.actions import action, record
from tongxin.public_notices.queries import may_go_on, notice_for
from tongxin.registers import declaration
from tongxin.registers.actions import enter, refuse_unsealed
from tongxin.registers.choices import Stage
from tongxin.registers.moves import Said
from tongxin.registers.screening import blocked_in_text
from tongxin.sites.choices import Standing, Verb
from tongxin.sites.models import Designation, Site, Step
from tongxin.sites.permissions import may_step
from tongxin.sites.queries import last_visit
from tongxin.sites.rules.designations import basis_problems, designation_problems, review_problems
from tongxin.sites.rules.lives import (
    NEXT,
    Life,
    author_problems,
    day_problems,
    document_problems,
    due_problems,
    note_problems,
    standing_problems,
    visit_problems,
)

KEPT = ("standing", "standing_on", "due_on", "version", "changed_at")


def life_of(designation: Designation) -> Life:
    """Return what the rules ask of a naming."""
    return Life(
        designation.standing,
        designation.standing_on,
        designation.designated_on,
        designation.until,
        bool(designation.plaque) and designation.plaque_returned_on is None,
    )


@action
def propose(
    site: Site, *, by: Any, values: Mapping[str, Any], said: Said
) -> tuple[Designation, bool]:
    """Propose that a site be named; it goes up for review like any record."""
    register = declaration.of(Designation)
    problems = [*blocked_in_text(said.note, _("说明"), "note")]
    problems += day_problems(Life(Standing.PROPOSED), said.on, timezone.localdate())
    refuse_if(problems)
    made, fresh = enter(
        register,
        by=by,
        values={
            **values,
            "site": site,
            "standing": Standing.PROPOSED,
            "standing_on": said.day,
        },
    )
    Step.objects.create(
        designation=made,
        verb=Verb.PROPOSE,
        standing=Standing.PROPOSED,
        on=said.day,
        note=said.note,
        by=by,
    )
    record(by, f"{register.key}.naming_propose", made, place=site.division_id, reason=said.note)
    return made, fresh


@action
def check(designation: Designation, *, by: Any, said: Said) -> Designation:
    """Take a proposal as checked on the spot: a visit is on record that did not fail it."""

    def more(found: Designation, on: dt.date) -> Iterable[Problem]:
        visit = last_visit(found.site_id, on)
        return visit_problems(
            visit.finding if visit else None, visit.visited_on if visit else None, on
        )

    found = _begin(designation, Verb.CHECK, said, by=by, more=more)
    return _finish(found, Verb.CHECK, said, by=by)


@action
def publicise(designation: Designation, *, by: Any, said: Said) -> Designation:
    """Go on to the public notice, which has been posted for this naming."""

    def more(found: Designation, _on: dt.date) -> Iterable[Problem]:
        if notice_for(found) is None:
            words = _("还没有发布这条命名的公示。先起草并发布公示")
            yield Problem("sites.no_notice", words)

    found = _begin(designation, Verb.PUBLICISE, said, by=by, more=more)
    return _finish(found, Verb.PUBLICISE, said, by=by)


@action
def designate(  # noqa: PLR0913  what a naming says
    designation: Designation,
    *,
    by: Any,
    said: Said,
    document: str,
    legal_basis: str = "",
    until: dt.date | None = None,
    review_on: dt.date | None = None,
    plaque: str = "",
) -> Designation:
    """Name a site: its notice is over, nothing was upheld against it, a paper says so."""

    def more(found: Designation, on: dt.date) -> Iterable[Problem]:
        yield from may_go_on(notice_for(found), on)
        yield from document_problems(document)
        yield from basis_problems(found.level, on, legal_basis, said.note)
        yield from designation_problems(on, until, timezone.localdate())
        yield from review_problems(on, review_on)
        for text, name in ((document, "document"), (legal_basis, "legal_basis")):
            yield from blocked_in_text(text, _("批准文件和依据"), name)

    found = _begin(designation, Verb.DESIGNATE, said, by=by, more=more)
    facts: dict[str, Any] = {"document": document.strip(), "legal_basis": legal_basis.strip()}
    facts |= {"plaque": plaque.strip()}
    return _finish(
        found,
        Verb.DESIGNATE,
        said,
        by=by,
        designated_on=said.day,
        until=until,
        review_on=review_on,
        **facts,
    )


@action
def keep(
    designation: Designation,
    *,
    by: Any,
    said: Said,
    until: dt.date | None = None,
    review_on: dt.date | None = None,
) -> Designation:
    """Keep a naming after its review, until its next one."""

    def more(found: Designation, on: dt.date) -> Iterable[Problem]:
        visit = last_visit(found.site_id, on)
        yield from visit_problems(
            visit.finding if visit else None, visit.visited_on if visit else None, on
        )
        yield from review_problems(on, review_on)
        yield from designation_problems(on, until, timezone.localdate())

    found = _begin(designation, Verb.KEEP, said, by=by, more=more)
    until = until or found.until
    return _finish(found, Verb.KEEP, said, by=by, until=until, review_on=review_on)


@action
def rectify(
    designation: Designation, *, by: Any, said: Said, due_on: dt.date | None
) -> Designation:
    """Ask a named site to put something right by a day."""

    def more(_found: Designation, on: dt.date) -> Iterable[Problem]:
        return due_problems(Verb.RECTIFY, due_on, on)

    found = _begin(designation, Verb.RECTIFY, said, by=by, more=more)
    return _finish(found, Verb.RECTIFY, said, by=by, due_on=due_on)


@action
def put_right(designation: Designation, *, by: Any, said: Said) -> Designation:
    """Take what was asked for as put right."""
    found = _begin(designation, Verb.PUT_RIGHT, said, by=by)
    return _finish(found, Verb.PUT_RIGHT, said, by=by)


@action
def drop(designation: Designation, *, by: Any, said: Said) -> Designation:
    """End a proposal without a naming, with a reason."""
    found = _begin(designation, Verb.DROP, said, by=by)
    return _finish(found, Verb.DROP, said, by=by)


@action
def withdraw(designation: Designation, *, by: Any, said: Said) -> Designation:
    """Withdraw a naming, with a reason; it counts up to the day before."""
    found = _begin(designation, Verb.WITHDRAW, said, by=by)
    return _finish(found, Verb.WITHDRAW, said, by=by, withdrawn_on=said.day)


@action
def return_plaque(designation: Designation, *, by: Any, said: Said) -> Designation:
    """Note that the plaque of a withdrawn naming has come back."""
    found = _begin(designation, Verb.RETURN_PLAQUE, said, by=by)
    return _finish(found, Verb.RETURN_PLAQUE, said, by=by, plaque_returned_on=said.day)


def _begin(
    designation: Designation,
    verb: Verb,
    said: Said,
    *,
    by: Any,
    more: Callable[[Designation, dt.date], Iterable[Problem]] = lambda _found, _on: (),
) -> Designation:
    """Lock a naming and ask all that stands against a step; return it as it is."""
    rows = Designation.objects.select_for_update(of=("self",)).select_related("site")
    found = rows.get(pk=designation.pk)
    if found.void or not may_step(by, found):
        raise NotYours
    refuse_unsealed(declaration.of(Designation))
    life = life_of(found)
    refuse_if(standing_problems(verb, life))
    if said.version is not None and said.version != found.version:
        raise Outdated(found)
    problems = [
        *_stage_problems(found),
        *author_problems(verb, own=by is not None and found.entered_by_id == by.pk),
        *day_problems(life, said.on, timezone.localdate()),
        *note_problems(verb, said.note),
        *blocked_in_text(said.note, _("说明"), "note"),
    ]
    if said.on is not None:
        problems += more(found, said.on)
    refuse_if(problems)
    return found


def _stage_problems(found: Designation) -> Iterable[Problem]:
    """Say that what waits for its review is not taken further yet."""
    if found.stage != Stage.ACCEPTED:
        yield Problem("sites.not_accepted", _("这条还没有通过审核，审核通过以后再办"))


def _finish(
    found: Designation,
    verb: Verb,
    said: Said,
    *,
    by: Any,
    due_on: dt.date | None = None,
    **fields: Any,
) -> Designation:
    """Write a step: the naming as it is now, the step itself, and the entry in the journal."""
    names = ("standing", "standing_on", "due_on", *fields)
    before = {name: _kept(found, name) for name in names}
    found.standing = NEXT[verb][1] or Standing(found.standing)
    found.standing_on, found.due_on = said.day, due_on
    for name, value in fields.items():
        setattr(found, name, value)
    found.version += 1
    found.save(update_fields=[*KEPT, *fields])
    Step.objects.create(
        designation=found,
        verb=verb,
        standing=found.standing,
        on=said.day,
        due_on=due_on,
        note=said.note,
        by=by,
    )
    after = {name: _kept(found, name) for name in names}
    differ = [name for name in names if before[name] != after[name]]
    record(
        by,
        f"{declaration.of(Designation).key}.naming_{verb.name.lower()}",
        found,
        before={name: before[name] for name in differ},
        after={name: after[name] for name in differ},
        place=found.site.division_id,
        reason=said.note,
    )
    return found


def _kept(found: Designation, name: str) -> Any:
    value = getattr(found, name)
    return value.isoformat() if isinstance(value, dt.date) else value
