"""How far a record has come, and the verbs of its review, for programs: the same actions."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tongxin.core.errors import Outdated, Refused
from tongxin.core.text import number_in
from tongxin.registers import actions as records
from tongxin.registers.choices import Act, Stage
from tongxin.registers.declaration import Register
from tongxin.reviews import actions, queries
from tongxin.reviews.models import Review
from tongxin.reviews.permissions import may_decide
from tongxin.reviews.queries import review_of, steps_of

from . import entering, reading
from .answering import given
from .door import READS, WRITES, api
from .problems import Declined, Wrong
from .views import record_at

AT = "registers/{key}/{int:pk}/review/"
LONGEST = 300
DECIDED = "reviews.not_waiting"


@api.get(AT, url_name="review", auth=READS)
def review(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """How far a record has come: whose turn it is, what is noticed, what was done so far."""
    register, found = record_at(request, key, pk, Act.HISTORY)
    records.note_reading(register, found, by=request.user)
    return given(_told(register, found))


@api.post(f"{AT}submit/", url_name="submit", auth=WRITES)
def submit(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Send a draft, or what came back, to whoever accepts it."""
    register, found = record_at(request, key, pk, Act.CHANGE)
    _sent(request, set())
    version = reading.version_in(request, needed=False)
    if found.stage not in {Stage.DRAFT, Stage.RETURNED}:
        words = _("只有草稿和退回的记录要提交，这一条现在是“%(stage)s”")
        told = words % {"stage": found.get_stage_display()}
        raise Declined(409, Wrong("reviews.not_open", told))
    return _done(
        request,
        register,
        found,
        lambda: records.change(register, found, by=request.user, values={}, version=version),
    )


@api.post(f"{AT}withdraw/", url_name="withdraw", auth=WRITES)
def withdraw(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take back what waits, to go on writing it."""
    register, found, kept = _waiting(request, key, pk)
    _sent(request, set())
    return _done(request, register, found, lambda: actions.withdraw(kept, by=request.user))


@api.post(f"{AT}accept/", url_name="accept", auth=WRITES)
def accept(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Accept the version that was read, which If-Match names."""
    register, found, kept = _waiting(request, key, pk)
    _sent(request, set())
    version = reading.version_in(request, needed=True) or 0
    return _done(
        request,
        register,
        found,
        lambda: actions.accept(kept, by=request.user, version=version),
    )


@api.post(f"{AT}return/", url_name="give_back", auth=WRITES)
def give_back(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Give the version that was read back, with a reason, and the field it speaks of."""
    register, found, kept = _waiting(request, key, pk)
    sent = _sent(request, {"reason", "field"})
    version = reading.version_in(request, needed=True) or 0
    return _done(
        request,
        register,
        found,
        lambda: actions.give_back(
            kept,
            by=request.user,
            version=version,
            reason=sent.get("reason", ""),
            field=sent.get("field", ""),
        ),
    )


@api.post(f"{AT}comment/", url_name="comment", auth=WRITES)
def comment(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Write a remark beside a record; it changes nothing else."""
    register, found, kept = _waiting(request, key, pk)
    text = _sent(request, {"text"}).get("text", "")
    return _done(
        request, register, found, lambda: actions.comment(kept, by=request.user, text=text)
    )


@api.get(f"{AT}colleagues/", url_name="colleagues", auth=READS)
def colleagues(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The others who may decide on what waits: to hand it on, or to ask for a signature."""
    _register, found, kept = _waiting(request, key, pk)
    if kept.state != Stage.SUBMITTED or not may_decide(request.user, kept, found):
        raise Http404
    names = ("id", "name", "office")
    rows = queries.colleagues(kept, request.user)
    return given({"items": [dict(zip(names, row, strict=True)) for row in rows]})


@api.post(f"{AT}hand-on/", url_name="hand_on", auth=WRITES)
def hand_on(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Hand the version that was read on to a colleague, who decides in one's place."""
    register, found, kept = _waiting(request, key, pk)
    to = number_in(_sent(request, {"to"}).get("to", "")) or 0
    version = reading.version_in(request, needed=True) or 0
    return _done(
        request,
        register,
        found,
        lambda: actions.hand_on(kept, by=request.user, version=version, to=to),
    )


@api.post(f"{AT}ask/", url_name="ask", auth=WRITES)
def ask(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Ask a colleague to sign the version that was read as well; with null, ask no longer."""
    register, found, kept = _waiting(request, key, pk)
    told = _sent(request, {"to"}).get("to")
    to = None if told == "" else number_in(told or "") or 0
    version = reading.version_in(request, needed=True) or 0
    return _done(
        request,
        register,
        found,
        lambda: actions.ask(kept, by=request.user, version=version, to=to),
    )


@api.post(f"{AT}cosign/", url_name="cosign", auth=WRITES)
def cosign(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Sign the version that was read, as the colleague who was asked."""
    register, found, kept = _waiting(request, key, pk)
    _sent(request, set())
    version = reading.version_in(request, needed=True) or 0
    return _done(
        request,
        register,
        found,
        lambda: actions.cosign(kept, by=request.user, version=version),
    )


def _waiting(request: HttpRequest, key: str, pk: int) -> tuple[Register, Any, Review]:
    """Find a record that is or was on its way; one that never was answers as if not there."""
    register, found = record_at(request, key, pk, Act.HISTORY)
    kept = review_of(register, found)
    if kept is None:
        raise Http404
    return register, found, kept


def _sent(request: HttpRequest, known: set[str]) -> dict[str, str]:
    """Return the words that were sent, none longer than a step keeps."""
    sent = reading.texts_of(reading.body_of(request), known)
    for name, text in sent.items():
        if len(text) > LONGEST:
            words = _("“%(name)s”最多 %(most)d 字，现在 %(now)d 字")
            told = words % {"name": name, "most": LONGEST, "now": len(text)}
            raise Declined(422, Wrong("api.too_long", told, name, text))
    return sent


def _done(
    request: HttpRequest, register: Register, found: Any, act: Callable[[], Any]
) -> HttpResponse:
    """Do one thing with a review, and answer with how far the record has come."""
    try:
        act()
    except Refused as refusal:
        wrongs = [Wrong(each.code, each.message, each.field) for each in refusal.problems]
        decided = any(wrong.code == DECIDED for wrong in wrongs)
        raise Declined(409 if decided else 422, wrongs) from refusal
    except Outdated as outdated:
        raise entering.outdated(request, register, outdated) from outdated
    found.refresh_from_db()
    return given(_told(register, found))


def _told(register: Register, record: Any) -> dict[str, Any]:
    """Return how far a record has come, as it is told."""
    kept = review_of(register, record)
    return {
        "stage": record.stage,
        "version": record.version,
        "turn": kept.turn.key if kept and kept.turn and record.stage == Stage.SUBMITTED else None,
        "assignee": str(kept.assignee) if kept and kept.assignee else None,
        "cosigner": str(kept.cosigner) if kept and kept.cosigner else None,
        "changed": kept.changed if kept else [],
        "noticed": kept.hits if kept else [],
        "steps": [_step(each) for each in steps_of(kept)] if kept else [],
    }


def _step(step: Any) -> dict[str, Any]:
    return {
        "at": step.at.isoformat(),
        "kind": step.kind,
        "done": step.get_kind_display(),
        "by": str(step.by or ""),
        "to": str(step.to or ""),
        "version": step.version,
        "field": step.field,
        "reason": step.reason,
    }
