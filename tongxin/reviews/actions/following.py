"""How reviews follow the registers: what waits is put in its queue when it is written."""

from collections.abc import Collection, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tongxin.registers.choices import Stage
from tongxin.registers.declaration import Register
from tongxin.registers.following import Note, Written
from tongxin.registers.history import label_of
from tongxin.reviews.choices import Kind
from tongxin.reviews.queries import review_of

from .keeping import keep


class Reviews:
    """Told of every record that is written, and asked by the page of one that is on its way."""

    def written(self, told: Sequence[Written]) -> None:
        """Keep the reviews of the records up with them."""
        if told[0].register.reviewed:
            keep(told)

    def notes(self, register: Register, record: Any) -> Collection[Note]:
        """Say how far a record has come that is not accepted yet. Two queries at most."""
        if record.stage == Stage.ACCEPTED or record.void:
            return ()
        review = review_of(register, record)
        if review is None:
            return ()
        url = review.get_absolute_url()
        if record.stage == Stage.DRAFT:
            words = _("这是草稿，还没有提交审核，不计入任何数字。")
            return (Note(words, _("提交审核"), url),)
        if record.stage == Stage.SUBMITTED:
            words = _("已提交审核，通过后计入数字。")
            return (Note(words, _("看审核"), url),)
        return (_returned(review, register, record, url),)


def _returned(review: Any, register: Register, record: Any, url: str) -> Note:
    step = review.steps.filter(kind=Kind.RETURNED).order_by("-id").first()
    reason = step.reason if step else ""
    if step is None or not step.field:
        words = _("已退回修改：%(reason)s") % {"reason": reason}
        return Note(words, _("看审核"), url, "warn", "warn")
    field = "place" if step.field == "division" else step.field
    edit = reverse("registers:edit", args=[register.key, record.pk])
    facts = {"field": label_of(register.model, step.field), "reason": reason}
    words = _("“%(field)s”退回修改：%(reason)s") % facts
    return Note(words, _("去改这一栏"), f"{edit}#id_{field}", "warn", "warn")
