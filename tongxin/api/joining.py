"""Records entered twice, for programs: found, merged into one, and parted again."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query

from tongxin.accounts.choices import Power
from tongxin.accounts.queries import standing
from tongxin.core.errors import Outdated, Refused
from tongxin.core.text import number_in
from tongxin.registers.choices import Act
from tongxin.registers.declaration import Register
from tongxin.registers.doors import register_at
from tongxin.registers.merging import actions, queries
from tongxin.registers.ordering import FIRST
from tongxin.registers.permissions import acts_on

from . import entering, looking, reading
from .answering import given
from .asking import Pairs, asker_of, refuse_unknown, token_in
from .door import READS, WRITES, api
from .problems import Declined, Wrong
from .views import one, record_at

TOLD = {"other", "other_version", "taken"}


@api.get("registers/{key}/duplicates/", url_name="duplicates", auth=READS)
def duplicates(request: HttpRequest, key: str, asked: Query[Pairs]) -> HttpResponse:
    """Pairs of records that may be one, in the order of names. `next` leads further."""
    register = _merging(key)
    refuse_unknown(request, Pairs.model_fields)
    stand = standing(request.user)
    if not (stand.has(Power.VIEW) or stand.has(Power.PUBLIC)):
        raise Http404
    asker = asker_of(request, asked.programme)
    after = token_in(register, asked.after, FIRST, "after")
    found = queries.pairs(request.user, register, asker.programme, after, day=looking.day_of(asker))
    return given(
        {
            "items": [
                {
                    "one": _told(each.one),
                    "other": _told(each.other),
                    "ground": each.ground.value,
                    "why": str(each.why),
                    "may_merge": each.may_merge,
                }
                for each in found.pairs
            ],
            "next": looking.page_url(request, "after", found.following),
        }
    )


@api.get("registers/{key}/{int:pk}/similar/", url_name="similar", auth=READS)
def similar(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The records that may be the same as one."""
    register, found = record_at(request, _merging(key).key, pk, Act.SEE)
    day = looking.day_of(asker_of(request, ""))
    told = queries.told_of_record(register, found)
    likes = queries.like(request.user, register, told, found, day=day)
    return given(
        {
            "items": [
                {**_told(each), "ground": each.ground.value, "why": str(each.why)} for each in likes
            ]
        }
    )


@api.post("registers/{key}/{int:pk}/merge/", url_name="merge", auth=WRITES)
def merge(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Merge another record into this one: what pointed to the other points here from now on.

    `taken` names the fields whose value comes from the other. If-Match names the version of this
    record that was read, `other_version` that of the other.
    """
    register, survivor = record_at(request, _merging(key).key, pk, Act.VOID)
    version = reading.version_in(request, needed=True) or 0
    sent = reading.body_of(request)
    taken = _taken(register, sent.pop("taken", []))
    told = reading.texts_of(sent, TOLD)
    absorbed = _other(request, register, survivor, told.get("other", ""))
    read = number_in(told.get("other_version", ""))
    if read is None:
        words = _("在 other_version 里写读到的另一条记录的版本，例如 3")
        raise Declined(422, Wrong("api.no_version", words, "other_version"))
    try:
        actions.merge(
            register, survivor, absorbed, by=request.user, taken=taken, versions=(version, read)
        )
    except Refused as refusal:
        raise _refused(refusal) from refusal
    except Outdated as outdated:
        raise _outdated(request, register, survivor, outdated) from outdated
    return one(request, register, pk)


@api.post("registers/{key}/{int:pk}/unmerge/", url_name="unmerge", auth=WRITES)
def unmerge(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Part this record from the one into which it was merged: each is again what it was."""
    register, absorbed = record_at(request, _merging(key).key, pk, Act.RESTORE)
    reading.texts_of(reading.body_of(request), set())
    merging = queries.merging_of(register, absorbed)
    if merging is None:
        raise Http404
    record_at(request, key, merging.survivor_id, Act.VOID)
    try:
        actions.unmerge(register, absorbed, by=request.user)
    except Refused as refusal:
        raise _refused(refusal) from refusal
    return one(request, register, pk)


def _merging(key: str) -> Register:
    """Return a register in which records are merged, or answer as if there were none."""
    register = register_at(key)
    if not register.merges:
        raise Http404
    return register


def _taken(register: Register, asked: Any) -> list[str]:
    """Return the fields whose value comes from the other record. Raises Declined."""
    known = actions.mergeable_fields(register)
    names = asked if isinstance(asked, list) else [asked]
    wrong = [each for each in names if not isinstance(each, str) or each not in known]
    if wrong or not isinstance(asked, list):
        words = _("taken 里写一个列表，列出取另一条记录的值的字段。可以写：%(known)s")
        told = words % {"known": ", ".join(known)}
        raise Declined(
            422, Wrong("api.fields", told, "taken", reading.echo(next(iter(wrong), None)))
        )
    return names


def _other(request: HttpRequest, register: Register, survivor: Any, told: str) -> Any:
    """Return the record to be merged; a hidden one is as one that is not there."""
    found, acts = acts_on(request.user, register, number_in(told) or 0)
    if found is None or Act.VOID not in acts or found.pk == survivor.pk:
        words = _("other 要写另一条你能作废的记录的编号")
        raise Declined(422, Wrong("api.other", words, "other", told))
    return found


def _refused(refusal: Refused) -> Declined:
    return Declined(422, [Wrong(each.code, each.message, each.field) for each in refusal.problems])


def _outdated(request: HttpRequest, register: Register, survivor: Any, found: Outdated) -> Declined:
    """Tell which of the two has changed, and what it is now."""
    field = "If-Match" if found.current.pk == survivor.pk else "other_version"
    return entering.outdated(request, register, found, field)


def _told(like: queries.Like) -> dict[str, Any]:
    return {"id": like.pk, "name": like.name, "place": like.place}
