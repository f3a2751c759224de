"""Keeping a review up with its record: which version waits, what differs, what is noticed."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.utils import timezone

from tongxin.registers.choices import Stage
from tongxin.registers.declaration import Register
from tongxin.registers.following import Written
from tongxin.registers.permissions import division_of
from tongxin.reviews.choices import Hit, Kind
from tongxin.reviews.models import Review, Step
from tongxin.reviews.queries import fields_of, turn_after
from tongxin.reviews.rules import changed_fields, hits


def keep(told: Written) -> None:
    """Write what follows for the review of a record that was just written.

    What is accepted and was never on its way has no review: most records never get one.
    """
    register, subject = told.register, told.subject
    review = None
    if told.before is not None:  # what is new has none yet, however many are entered at once
        rows = Review.objects.select_for_update().filter(register=register.key)
        review = rows.filter(subject_id=subject.pk).first()
    if review is None:
        if subject.stage == Stage.ACCEPTED:
            return
        review = Review(register=register.key, subject_id=subject.pk, state="")
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
        _send(review, told, fresh=before != Stage.SUBMITTED, elsewhere=elsewhere)
        notice(review, register, subject, now)
    else:
        review.assignee = review.cosigner = None
    review.save()
    kind = _kind(before, subject.stage, void=subject.void)
    if kind is not None and moved:
        Step.objects.create(
            review=review, kind=kind, by=told.by, version=subject.version, values=now
        )


def _send(review: Review, told: Written, *, fresh: bool, elsewhere: bool) -> None:
    """Put a version into the queue of whoever accepts it."""
    today = timezone.localdate()
    if fresh:
        review.opened_by, review.submitted_at = told.by, timezone.now()
        review.assignee = review.cosigner = None
    if fresh or elsewhere:
        review.turn_id = turn_after(review.place_id, today)
    review.author = told.by or review.author


def notice(review: Review, register: Register, subject: Any, now: Mapping[str, Any]) -> None:
    """Write down in what a version differs from the last accepted one, and what rules notice."""
    review.changed = changed_fields(review.accepted, now)
    found = hits(
        review.accepted,
        {**now, "place_state": getattr(subject, "place_state", "")},
        numbers_of(register.model),
        same_name=_has_twin(register, subject),
    )
    review.hits = [hit.value for hit in found]
    review.in_order = not review.changed and not review.hits


def numbers_of(model: type[models.Model]) -> Iterator[str]:
    """Return the fields of a model that hold numbers."""
    for field in model._meta.concrete_fields:
        counts = isinstance(field, models.IntegerField | models.DecimalField)
        if counts and not field.primary_key and field.editable:
            yield field.name


def _has_twin(register: Register, subject: Any) -> bool:
    """Whether another record in force has the same name in the same place."""
    if register.naming is not None:
        return False  # names that are put together are alike by nature
    rows = register.model._default_manager.filter(name=subject.name, void=False)
    rows = rows.filter(**{register.place: division_of(register, subject)})
    return rows.exclude(pk=subject.pk).exists()


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
