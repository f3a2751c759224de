"""What the page of a review shows: its queue, its differences, its way so far."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongxin.divisions.queries import names_on
from tongxin.registers import declaration
from tongxin.registers.choices import Act, Stage
from tongxin.registers.declaration import Register
from tongxin.registers.history import Change, change_in_words, label_of

from . import queries
from .choices import Hit, Kind, Reason
from .models import Review, Step
from .permissions import may_decide, may_withdraw
from .rules import UNDO_WITHIN

ICONS = {
    Stage.DRAFT: "edit",
    Stage.SUBMITTED: "info",
    Stage.RETURNED: "warn",
    Stage.ACCEPTED: "tick",
}
TONES = {
    Stage.DRAFT: "neu",
    Stage.SUBMITTED: "info",
    Stage.RETURNED: "warn",
    Stage.ACCEPTED: "ok",
}


DONE = {
    Kind.COMMENTED: gettext_lazy("评论已记下"),
    Kind.WITHDRAWN: gettext_lazy("已撤回，改好后可以再提交"),
    Kind.HANDED: gettext_lazy("已转交"),
    Kind.ASKED: gettext_lazy("已改加签"),
    Kind.COSIGNED: gettext_lazy("已加签同意"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of what waits: its name, its words before and now, whether it differs."""

    name: str
    change: Change
    differs: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One review in a queue: its words, and what is noticed."""

    review: Review
    noun: str
    place: str
    notices: tuple[str, ...]
    url: str
    current: bool
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class Told:
    """One step in words."""

    step: Step
    words: str
    field: str


def lines_of(rows: tuple[Review, ...], current: Review | None, tab: str) -> list[Line]:
    """Return the lines of a queue; the names of their places in one query."""
    day = timezone.localdate()
    names = names_on({row.place_id for row in rows}, day) if rows else {}
    query = f"?{urlencode({'tab': tab})}" if tab else ""
    return [
        Line(
            row,
            str(declaration.get(row.register).noun),
            names.get(row.place_id, ""),
            tuple(notices(row)),
            row.get_absolute_url() + query,
            current is not None and row.pk == current.pk,
            TONES[Stage(row.state)],
            ICONS[Stage(row.state)],
        )
        for row in rows
    ]


def beside(lines: list[Line]) -> dict[str, Line | None]:
    """Return the lines before and after the current one; without one, the first comes next."""
    at = next((at for at, line in enumerate(lines) if line.current), None)
    if at is None:
        return {"before": None, "after": lines[0] if lines else None}
    return {
        "before": lines[at - 1] if at else None,
        "after": lines[at + 1] if at + 1 < len(lines) else None,
    }


def notices(review: Review) -> list[str]:
    """Say what a reviewer should look at, in words."""
    words = []
    if review.changed:
        facts = {"count": len(review.changed)}
        words.append(_("与上次通过的 %(count)d 处不同") % facts)
    return words + [str(Hit(each).label) for each in review.hits if each in Hit.values]


def fields_of(review: Review, register: Register, values: Mapping[str, Any]) -> list[Field]:
    """Return the fields of the version that waits beside the last accepted one, in form order."""
    before = review.accepted or {}
    asked = [*register.form._meta.fields, "division", "place_text", "sensitivity"]
    names = [name for name in dict.fromkeys(asked) if name in values]
    return [
        Field(
            name,
            change_in_words(register.model, name, before, values),
            review.accepted is not None and before.get(name) != values[name],
        )
        for name in names
    ]


def steps_in_words(review: Review, register: Register) -> list[Told]:
    """Return the steps of a review in words, the newest first."""
    return [
        Told(
            step,
            _("取消加签")
            if step.kind == Kind.ASKED and step.to is None
            else str(Kind(step.kind).label),
            label_of(register.model, step.field) if step.field else "",
        )
        for step in queries.steps_of(review)
    ]


def panel(
    request: HttpRequest, review: Review, record: Any, acts: frozenset[str]
) -> dict[str, Any]:
    """Return what the page says of one review, and what the account may do with it."""
    register = declaration.get(review.register)
    account = request.user
    values = queries.values_at(review, record.version) or {}
    fields = fields_of(review, register, values)
    waits = review.state == Stage.SUBMITTED
    decides = waits and may_decide(account, review, record)
    own = review.author_id == account.pk
    free = decides and not own
    return {
        "review": review,
        "record": record,
        "register": register,
        "version": record.version,
        "tone": TONES[Stage(review.state)],
        "icon": ICONS[Stage(review.state)],
        "differing": [each for each in fields if each.differs],
        "same": [each for each in fields if not each.differs],
        "notices": notices(review),
        "steps": steps_in_words(review, register),
        "reasons": Reason.choices,
        "own": decides and own,
        "may_accept": free and review.cosigner_id in {None, account.pk},
        "may_cosign": free and review.cosigner_id == account.pk,
        "may_hand": free,
        "colleagues": queries.colleagues(review, account) if free else [],
        "may_withdraw": waits and may_withdraw(account, review),
        "may_submit": review.state in {Stage.DRAFT, Stage.RETURNED} and Act.CHANGE in acts,
    }


def pressed(request: HttpRequest, batch: str) -> dict[str, Any] | None:
    """Return what the account has just done and may still undo; None where it is too late."""
    try:
        number = UUID(batch)
    except ValueError:
        return None
    steps = queries.pressed(request.user, number)
    if not steps:
        return None
    left = UNDO_WITHIN - (timezone.now() - steps[0].at)
    if left <= dt.timedelta(0):
        return None
    facts = {"name": steps[0].review.name, "count": len(steps)}
    words = {
        Kind.ACCEPTED: _("已同意“%(name)s”"),
        Kind.PASSED: _("本级已同意“%(name)s”，报上一级"),
        Kind.RETURNED: _("已退回“%(name)s”"),
    }
    one = words.get(Kind(steps[0].kind), "%(name)s") % facts
    many = _("已同意 %(count)d 条") % facts
    return {
        "batch": number,
        "words": one if len(steps) == 1 else many,
        "seconds": max(1, int(left.total_seconds())),
    }
