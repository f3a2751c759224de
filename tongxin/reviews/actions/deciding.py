"""What reviewers and authors do: accept, give back, hand on, ask for a signature, undo."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from tongxin.accounts.choices import Power
from tongxin.accounts.queries import standing
from tongxin.core.errors import NotYours, Outdated, Problem, Refused, refuse_if
from tongxin.core.words import gettext as _
from tongxin.divisions.queries import reaches
from tongxin.journal.actions import action, unchanged
from tongxin.journal.queries import sealing_problems
from tongxin.registers import declaration
from tongxin.registers.choices import Act, Stage
from tongxin.registers.permissions import may
from tongxin.registers.rules import reaches_up_to
from tongxin.registers.screening import blocked_in_text
from tongxin.registers.writing import set_stages
from tongxin.reviews.choices import Kind
from tongxin.reviews.models import Review, Step
from tongxin.reviews.permissions import decides, may_decide, may_withdraw
from tongxin.reviews.queries import colleagues, turn_after, values_at, waiting_for
from tongxin.reviews.rules import turn_problems, undo_problems

VERBS = {
    Kind.ACCEPTED: "approved",
    Kind.PASSED: "passed_up",
    Kind.RETURNED: "sent_back",
    Kind.WITHDRAWN: "recalled",
    Kind.HANDED: "handed_on",
    Kind.ASKED: "cosign_asked",
    Kind.COSIGNED: "cosigned",
    Kind.COMMENTED: "commented",
    Kind.UNDONE: "decision_undone",
}
UNDONE_FIELDS = ("state", "turn_id", "assignee_id", "cosigner_id", "accepted")


@dataclass(frozen=True, slots=True)
class Pressed:
    """What one press of a button did: its number, the steps, and what it left as it was."""

    batch: UUID
    done: tuple[Review, ...]
    left: tuple[Review, ...]


@action
def accept(review: Review, *, by: Any, version: int) -> Step:
    """Accept the version that was read; where the register asks for more, it climbs a level.

    Raises NotYours, Refused, and Outdated when the record was changed since it was read.
    """
    subject, review = _taken(review, by, version)
    refuse_if(sealing_problems())
    step = _accepted(review, by, uuid4(), values_at(review, version))
    _write(review, subject, step)
    return step


@action
def accept_all(read: Mapping[int, int], *, by: Any) -> Pressed:
    """Accept those of the clean ones that still stand as they were read: review and version.

    One query for each register and four for the reviews, and an entry for each record.
    """
    refuse_if(sealing_problems())
    batch = uuid4()
    rows = list(Review.objects.filter(decides(by), pk__in=read).order_by("pk"))
    subjects = _locked_together(rows)
    wanted = waiting_for(by).filter(pk__in=read, in_order=True).values("pk")
    held = Review.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    ready = [each for each in held if each.version == read[each.pk]]
    values = _values_of(ready)
    done: dict[Kind, list[tuple[Review, Any]]] = {Kind.ACCEPTED: [], Kind.PASSED: []}
    steps = []
    for each in ready:
        subject = subjects[each.register, each.subject_id]
        step = _accepted(each, by, batch, values.get(each.pk))
        steps.append(step)
        done[Kind(step.kind)].append((each, subject))
    if not steps:
        unchanged()
    for kind, pairs in done.items():
        _move_together(pairs, kind, by)
    Review.objects.bulk_update(ready, ["state", "turn", "assignee", "cosigner", "accepted"])
    Step.objects.bulk_create(steps)
    taken = {each.pk for each in ready}
    left = tuple(each for each in rows if each.pk not in taken)
    return Pressed(batch, tuple(ready), left)


@action
def give_back(review: Review, *, by: Any, version: int, reason: str, field: str = "") -> Step:
    """Give a record back to be corrected: why, and in which field.

    Raises NotYours, Refused, and Outdated when the record was changed since it was read.
    """
    subject, review = _taken(review, by, version)
    reason = reason.strip()
    if not reason:
        raise Refused(Problem("reviews.no_reason", _("写一句退回的原因，或点一个常用的"), "reason"))
    refuse_if(blocked_in_text(reason, _("原因"), "reason"))
    register = declaration.get(review.register)
    known = {each.name for each in register.model._meta.concrete_fields}
    step = _step(review, Kind.RETURNED, by, reason=reason, batch=uuid4())
    step.field = field if field in known else ""
    review.state = Stage.RETURNED
    review.assignee = review.cosigner = None
    _write(review, subject, step)
    return step


@action
def withdraw(review: Review, *, by: Any) -> Step:
    """Take back what waits, to go on writing it. Raises NotYours, Refused when it was decided."""
    subject, review = _locked(review)
    if not may_withdraw(by, review) or not _may_see(by, review, subject):
        raise NotYours
    refuse_if(turn_problems(review.state, author=False, cosigner=True, waits_for=""))
    step = _step(review, Kind.WITHDRAWN, by)
    review.state = Stage.DRAFT
    review.assignee = review.cosigner = None
    _write(review, subject, step)
    return step


@action
def hand_on(review: Review, *, by: Any, version: int, to: int) -> Step:
    """Hand a decision on to a colleague who may take it as well."""
    subject, review = _taken(review, by, version)
    step = _step(review, Kind.HANDED, by)
    step.to_id = review.assignee_id = _colleague(review, by, to)
    _write(review, subject, step)
    return step


@action
def ask(review: Review, *, by: Any, version: int, to: int | None) -> Step:
    """Ask a colleague to sign as well, before anybody decides; with nobody, ask no longer."""
    subject, review = _taken(review, by, version, though_asked=True)
    step = _step(review, Kind.ASKED, by)
    step.to_id = review.cosigner_id = None if to is None else _colleague(review, by, to)
    _write(review, subject, step)
    return step


@action
def cosign(review: Review, *, by: Any, version: int) -> Step:
    """Sign as the colleague who was asked; the decision goes on where it was."""
    subject, review = _taken(review, by, version)
    if review.cosigner_id != by.pk:
        raise Refused(Problem("reviews.not_asked", _("这一条没有让你加签，看下面的经过")))
    step = _step(review, Kind.COSIGNED, by)
    review.cosigner = None
    _write(review, subject, step)
    return step


@action
def comment(review: Review, *, by: Any, text: str) -> Step:
    """Write a remark beside a record; it changes nothing else."""
    subject, review = _locked(review)
    if not may(by, Act.HISTORY, declaration.get(review.register), subject):
        raise NotYours
    text = text.strip()
    if not text:
        raise Refused(Problem("reviews.no_comment", _("写一句评论"), "text"))
    refuse_if(blocked_in_text(text, _("评论"), "text"))
    step = _step(review, Kind.COMMENTED, by, reason=text)
    _write(review, subject, step)
    return step


@action
def undo(batch: UUID, *, by: Any, now: dt.datetime) -> Pressed:
    """Take one's own press of a button back, within ten seconds, where nobody went on since.

    Raises NotYours for somebody else's, Refused when it is too late for all of it.
    """
    steps = list(Step.objects.filter(batch=batch, by=by, before__isnull=False).order_by("id"))
    if not steps:
        raise NotYours
    done, left, problems = [], [], []
    for step in steps:
        subject, review = _locked(step.review)
        newest = review.steps.order_by("-id").first()
        moved_on = newest != step or subject.version != step.version
        against = list(undo_problems(step.at, now, moved_on=moved_on))
        if against:
            left.append(review)
            problems += against
            continue
        back = _step(review, Kind.UNDONE, by)
        for name, value in (step.before or {}).items():
            setattr(review, name, value)
        _write(review, subject, back)
        done.append(review)
    if not done:
        raise Refused(problems[:1])
    return Pressed(batch, tuple(done), tuple(left))


def _locked(review: Review) -> tuple[Any, Review]:
    """Lock a record and its review, in the order in which writing a record locks them."""
    register = declaration.get(review.register)
    subject = register.model._default_manager.select_for_update().get(pk=review.subject_id)
    return subject, Review.objects.select_for_update().get(pk=review.pk)


def _locked_together(reviews: list[Review]) -> dict[tuple[str, int], Any]:
    """Lock the records of some reviews, register by register."""
    numbers: dict[str, list[int]] = {}
    for each in reviews:
        numbers.setdefault(each.register, []).append(each.subject_id)
    return {
        (key, subject.pk): subject
        for key, held in numbers.items()
        for subject in declaration.get(key)
        .model._default_manager.select_for_update()
        .filter(pk__in=held)
        .order_by("pk")
    }


def _taken(
    review: Review, by: Any, version: int, *, though_asked: bool = False
) -> tuple[Any, Review]:
    """Lock what somebody decides on, and ask whether he may, now, on the version he read."""
    subject, review = _locked(review)
    if not may_decide(by, review, subject):
        raise NotYours
    if review.state == Stage.SUBMITTED and subject.version != version:
        raise Outdated(subject)
    asked = "" if though_asked or review.cosigner is None else str(review.cosigner)
    mine = review.cosigner_id == by.pk
    own = review.author_id == by.pk
    refuse_if(turn_problems(review.state, author=own, cosigner=mine, waits_for=asked))
    return subject, review


def _may_see(by: Any, review: Review, subject: Any) -> bool:
    return may(by, Act.SEE, declaration.get(review.register), subject)


def _colleague(review: Review, by: Any, to: int) -> int:
    if to not in {number for number, _name, _office in colleagues(review, by)}:
        words = _("从列表里选一位能审这一条的同事")
        raise Refused(Problem("reviews.no_colleague", words, "to"))
    return to


def _step(
    review: Review, kind: Kind, by: Any, *, reason: str = "", batch: UUID | None = None
) -> Step:
    """Return a step that is about to be taken; one of a batch remembers what was before it."""
    before = None
    if batch is not None:
        before = {name: getattr(review, name) for name in UNDONE_FIELDS}
    return Step(
        review=review,
        kind=kind,
        by=by,
        version=review.version,
        reason=reason,
        batch=batch,
        before=before,
    )


def _accepted(review: Review, by: Any, batch: UUID, values: Mapping[str, Any] | None) -> Step:
    """Let a review take the step of an acceptance: to its end, or one level up."""
    last = _is_last(declaration.get(review.register), review, by)
    step = _step(review, Kind.ACCEPTED if last else Kind.PASSED, by, batch=batch)
    review.assignee = review.cosigner = None
    if last:
        review.state = Stage.ACCEPTED
        review.accepted = dict(values or {})
    else:
        review.turn_id = turn_after(review.turn_id or review.place_id, timezone.localdate())
    return step


def _is_last(register: declaration.Register, review: Review, by: Any) -> bool:
    """Whether an acceptance by this account is the last that the register asks for."""
    if not register.accepted_at:
        return True
    stand = standing(by)
    high = [
        held.division_id
        for held in stand.postings
        if held.allows(Power.ACCEPT) and reaches_up_to(held.level, register.accepted_at)
    ]
    return bool(high) and reaches(high, review.place_id, stand.on)


def _values_of(reviews: list[Review]) -> dict[int, Mapping[str, Any]]:
    """Return the fields of the version that waits in each of some reviews. One query."""
    rows = Step.objects.filter(review__in=reviews, values__isnull=False).order_by("id")
    return {step.review_id: step.values or {} for step in rows}


def _write(review: Review, subject: Any, step: Step) -> None:
    """Write a step, the review as it is now, and the record's own stage, with its entry."""
    with transaction.atomic():
        review.save()
        step.save()
        set_stages(
            declaration.get(review.register),
            [(subject, review.place_id)],
            Stage(review.state),
            by=step.by,
            verb=VERBS[Kind(step.kind)],
            reason="" if step.kind == Kind.COMMENTED else step.reason,
        )


def _move_together(pairs: list[tuple[Review, Any]], kind: Kind, by: Any) -> None:
    """Write the stages of some records, register by register."""
    placed: dict[str, list[tuple[Any, int]]] = {}
    for review, subject in pairs:
        placed.setdefault(review.register, []).append((subject, review.place_id))
    stage = Stage.ACCEPTED if kind == Kind.ACCEPTED else Stage.SUBMITTED
    for key, rows in placed.items():
        set_stages(declaration.get(key), rows, stage, by=by, verb=VERBS[kind])
