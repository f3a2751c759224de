"""What a program asks of registers: each asks scope, reads, calls one action, and answers."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query

from tongxin.accounts.choices import Power
from tongxin.accounts.queries import standing
from tongxin.programmes.queries import programmes_for
from tongxin.registers import actions, declaration
from tongxin.registers.choices import Act
from tongxin.registers.declaration import Register
from tongxin.registers.doors import register_at
from tongxin.registers.history import acts_in
from tongxin.registers.permissions import acts_on, may_enter, visible_to
from tongxin.registers.queries import cut_of

from . import entering, looking, shown
from .answering import given, tagged
from .asking import Asked, Past, Where, asker_of, fields_in, refuse_unknown, wish_of
from .door import READS, WRITES, api


@api.get("registers/", url_name="registers", auth=READS)
def registers(request: HttpRequest) -> HttpResponse:
    """The registers of the house, and the programmes in which the account works."""
    stand = standing(request.user)
    reads = stand.has(Power.VIEW) or stand.has(Power.PUBLIC)
    known = declaration.every() if reads else []
    return given(
        {
            "programmes": [
                {"key": each.key, "name": each.name} for each in programmes_for(request.user)
            ],
            "registers": [{"key": each.key, "title": str(each.title)} for each in known],
        }
    )


@api.get("registers/{key}/", url_name="list", auth=READS)
def listing(request: HttpRequest, key: str, asked: Query[Asked]) -> HttpResponse:
    """One page of a register: found, narrowed, sorted. The next page is where `next` leads."""
    register = register_at(key)
    asker = asker_of(request, asked.programme)
    only = fields_in(register, asked.fields)
    wish = wish_of(request, register, asked, asker)
    rows = visible_to(request.user, register, by_place=wish.by_place)
    cut = cut_of(register, rows, wish, looking.day_of(asker), [])
    records = looking.fetched(register, [row[0] for row in cut.found])
    looking.note_restricted(register, records, by=request.user)
    return given(
        {
            "items": shown.told(register, records, looking.day_of(asker), only),
            "next": looking.page_url(request, "after", cut.following),
            "previous": looking.page_url(request, "before", cut.preceding),
        }
    )


@api.post("registers/{key}/", url_name="list", auth=WRITES)
def create(request: HttpRequest, key: str, asked: Query[Where]) -> HttpResponse:
    """Enter a record. With an Idempotency-Key, the same entry sent twice makes one record."""
    register = register_at(key)
    asker = asker_of(request, asked.programme)
    made, fresh = entering.enter(request, register, asker)
    return one(request, register, made.pk, status=201 if fresh else 200)


@api.get("registers/{key}/form/", url_name="form", auth=READS)
def form(request: HttpRequest, key: str, asked: Query[Where]) -> HttpResponse:
    """What is asked of a new record: names, labels, what is needed, what there is to choose."""
    register = register_at(key)
    asker = asker_of(request, asked.programme)
    if not may_enter(request.user, register):
        raise Http404
    empty = register.form(None, register=register, request=asker)
    return given({"fields": looking.asked_by(empty)})


@api.get("registers/{key}/{int:pk}/", url_name="record", auth=READS)
def record(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """One record. Its ETag is the version that a change names."""
    return one(request, register_at(key), pk)


@api.patch("registers/{key}/{int:pk}/", url_name="record", auth=WRITES)
def change(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Change the fields that are sent. If-Match names the version that was read."""
    register, found = record_at(request, key, pk, Act.CHANGE)
    entering.change(request, register, found)
    return one(request, register, pk)


@api.get("registers/{key}/{int:pk}/history/", url_name="history", auth=READS)
def history(request: HttpRequest, key: str, pk: int, asked: Query[Past]) -> HttpResponse:
    """Who changed what on a record, the newest first; what came before is where `next` leads."""
    register, found = record_at(request, key, pk, Act.HISTORY)
    refuse_unknown(request, Past.model_fields)
    actions.note_reading(register, found, by=request.user)
    entries, following = looking.past_of(found, asked.before, asked.limit)
    return given(
        {
            "acts": [looking.act(each) for each in acts_in(entries)],
            "next": looking.page_url(request, "before", following),
        }
    )


@api.post("registers/{key}/{int:pk}/void/", url_name="void", auth=WRITES)
def void(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Void a record entered by mistake: it counts nowhere, and can be brought back."""
    return _set_void(request, key, pk, void=True)


@api.post("registers/{key}/{int:pk}/restore/", url_name="restore", auth=WRITES)
def restore(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Bring a void record back."""
    return _set_void(request, key, pk, void=False)


def _set_void(request: HttpRequest, key: str, pk: int, *, void: bool) -> HttpResponse:
    register, found = record_at(request, key, pk, Act.VOID, Act.RESTORE)
    entering.set_void(request, register, found, void=void)
    return one(request, register, pk)


def record_at(request: HttpRequest, key: str, pk: int, *asked: str) -> tuple[Register, Any]:
    """Find a record with which one of some acts is allowed, or answer as if there were none."""
    register = register_at(key)
    found, acts = acts_on(request.user, register, pk)
    if found is None or acts.isdisjoint(asked):
        raise Http404
    return register, found


def one(request: HttpRequest, register: Register, pk: int, *, status: int = 200) -> HttpResponse:
    """Answer with a record as it now stands for who asks; a restricted one is noted as read."""
    body, version = looking.at(request, register, pk)
    return tagged(request, body, version, status=status)
