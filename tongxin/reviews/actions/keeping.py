"""Keeping a review up with its record: which version waits, what differs, what is noticed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from django.db import models
from django.utils import timezone

from tongxin.core.making import Make, maker, write
from tongxin.core.many import update
from tongxin.registers.choices import Stage
from tongxin.registers.declaration import Register
from tongxin.registers.following import Written
from tongxin.registers.permissions import division_of
from tongxin.reviews.choices import Hit, Kind
from tongxin.reviews.models import Review, Step
from tongxin.reviews.queries import fields_of, turn_after
from tongxin.reviews.rules import changed_fields, hits

AT_ONCE = 500
CHANGING = tuple(
    each.attname
    for each in Review._meta.concrete_fields
    if each.name not in {"id", "register", "subject_id"}
)
"""What a review that is kept up may say anew."""


@dataclass(slots=True)
class _Kept:
    """What the reviews of some records need to know that the records do not say."""

    reviews: Mapping[int, Review]
    twins: Collection[int]
    begun: Make
    step: Make
    turns: dict[int, int] = field(default_factory=dict)
    now: dt.datetime = field(default_factory=timezone.now)

    def turn_after(self, place: int) -> int:
        """Return whose turn it is with what lies in a place; asked once for each place."""
        if place not in self.turns:
            self.turns[place] = turn_after(place, timezone.localdate())
        return self.turns[place]


def keep(told: Sequence[Written]) -> None:
    """Write what follows for the reviews of records of one register that were just written.

    What is accepted and was never on its way has no review: most records never get one. The number
    of queries follows the places and the records that had a review, not the new ones.
    """
    key = told[0].register.key
    begun = maker(Review, register=key, state="")
    kept = _Kept(_reviews_of(told), _twins_among(told), begun, maker(Step))
    new: list[Review] = []
    known: list[Review] = []
    steps: list[Step] = []
    for each in told:
        review, step = _kept_up(each, kept)
        if review is None:
            continue
        if review.pk is None:
            new.append(review)
        else:
            known.append(review)
        if step is not None:
            steps.append(step)
    _write(known, new, steps)


def _write(known: Sequence[Review], new: Sequence[Review], steps: Sequence[Step]) -> None:
    """Write reviews and their steps: many of them without asking the framework about each."""
    if len(known) + len(new) == 1:
        for review in (*known, *new):
            review.save()
        Step.objects.bulk_create(steps)
        return
    update(Review, ("id",), CHANGING, map(attrgetter("id", *CHANGING), known))
    write(Review, new)
    for step in steps:
        step.review_id = step.review.pk
    write(Step, steps)


def _reviews_of(told: Sequence[Written]) -> dict[int, Review]:
    """Return the reviews of records that are not new, locked; new ones have none yet."""
    known = [each.subject.pk for each in told if each.before is not None]
    if not known:
        return {}
    rows = Review.objects.select_for_update().filter(register=told[0].register.key).order_by("id")
    found: dict[int, Review] = {}
    for at in range(0, len(known), AT_ONCE):
        chunk = rows.filter(subject_id__in=known[at : at + AT_ONCE])
        found |= {review.subject_id: review for review in chunk}
    return found


def _kept_up(told: Written, kept: _Kept) -> tuple[Review | None, Step | None]:
    """Bring the review of a record up to it; return it, and the step that led there."""
    register, subject = told.register, told.subject
    review = kept.reviews.get(subject.pk)
    if review is None:
        if subject.stage == Stage.ACCEPTED:
            return None, None
        review = kept.begun({"subject_id": subject.pk})
    if told.was == Stage.ACCEPTED:
        review.accepted = fields_of(register, told.before or {})
    now = fields_of(register, told.after)
    before, review.state = review.state, subject.stage
    moved = review.version != subject.version
    review.name, review.version = subject.name[:60], subject.version
    place = division_of(register, subject)
    elsewhere, review.place_id = review.place_id != place, place
    if subject.stage == Stage.ACCEPTED:
        review.accepted = now
    if subject.stage == Stage.SUBMITTED:
        _send(review, told, kept, fresh=before != Stage.SUBMITTED, elsewhere=elsewhere)
        _notice(review, register, subject, now, same_name=subject.pk in kept.twins)
    else:
        review.assignee_id = review.cosigner_id = None
    kind = _kind(before, subject.stage, void=subject.void)
    if kind is None or not moved:
        return review, None
    version = subject.version
    return review, kept.step(
        {"review": review, "kind": kind, "by_id": _pk(told.by), "version": version, "values": now}
    )


def _send(review: Review, told: Written, kept: _Kept, *, fresh: bool, elsewhere: bool) -> None:
    """Put a version into the queue of whoever accepts it."""
    if fresh:
        review.opened_by_id, review.submitted_at = _pk(told.by), kept.now
        review.assignee_id = review.cosigner_id = None
    if fresh or elsewhere:
        review.turn_id = kept.turn_after(review.place_id)
    review.author_id = _pk(told.by) or review.author_id


def _pk(account: Any) -> Any:
    return account.pk if account is not None else None


def _notice(
    review: Review, register: Register, subject: Any, now: Mapping[str, Any], *, same_name: bool
) -> None:
    """Write down in what a version differs from the last accepted one, and what rules notice."""
    review.changed = changed_fields(review.accepted, now)
    found = hits(
        review.accepted,
        {**now, "place_state": getattr(subject, "place_state", "")},
        numbers_of(register.model),
        same_name=same_name,
    )
    review.hits = [hit.value for hit in found]
    review.in_order = not review.changed and not review.hits


def numbers_of(model: type[models.Model]) -> Iterator[str]:
    """Return the fields of a model that hold numbers."""
    for column in model._meta.concrete_fields:
        counts = isinstance(column, models.IntegerField | models.DecimalField)
        if counts and not column.primary_key and column.editable:
            yield column.name


def _twins_among(told: Sequence[Written]) -> set[int]:
    """Return those of the submitted records beside which another has their name and their place.

    One query for 500; names that are put together are alike by nature and are not asked about.
    """
    register = told[0].register
    sent = [each.subject for each in told if each.subject.stage == Stage.SUBMITTED]
    if register.naming is not None or not sent:
        return set()
    twins: set[int] = set()
    for at in range(0, len(sent), AT_ONCE):
        twins |= _twins_in(register, sent[at : at + AT_ONCE])
    return twins


def _twins_in(register: Register, sent: Sequence[Any]) -> set[int]:
    places = {each.pk: division_of(register, each) for each in sent}
    keys = {each.sort_key for each in sent}  # indexes hold keys, not names
    rows = register.model._default_manager.filter(sort_key__in=keys, void=False)
    if len(only := set(places.values())) == 1:
        rows = rows.filter(**{register.place: only.pop()})
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for pk, name, place in rows.values_list("pk", "name", register.place):
        seen[name, place].add(pk)
    return {each.pk for each in sent if seen[each.name, places[each.pk]] - {each.pk}}


def _kind(before: str, now: str, *, void: bool) -> Kind | None:
    """Return which step led from one stage to another; None where it is none of a review's."""
    if now == Stage.SUBMITTED:
        return Kind.CORRECTED if before == Stage.SUBMITTED else Kind.SUBMITTED
    if now == Stage.DRAFT:
        return Kind.WITHDRAWN if void else Kind.DRAFTED
    return None


def hit_words(review: Review) -> list[str]:
    """Return what was noticed, in words."""
    return [str(Hit(each).label) for each in review.hits if each in Hit.values]
