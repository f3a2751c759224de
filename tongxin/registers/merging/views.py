"""The pages on which like records are found, merged, and parted again."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tongxin.accounts.choices import Power
from tongxin.accounts.queries import standing
from tongxin.core.access import SIGNED_IN, access
from tongxin.core.errors import NotYours, Outdated, Problem, Refused
from tongxin.divisions.queries import names_on
from tongxin.registers.actions import note_reading
from tongxin.registers.choices import Act
from tongxin.registers.declaration import Register
from tongxin.registers.doors import crumbs, record_at, register_at
from tongxin.registers.pages import text_of
from tongxin.registers.wishes import programme_of

from . import actions, queries

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Choice:
    """A field in which two records differ: both values in words, and which is offered first."""

    name: str
    label: str
    one: str
    other: str
    takes_other: bool


@access(SIGNED_IN)
def duplicates(request: HttpRequest, key: str) -> HttpResponse:
    """Pairs of records that may be one, in the order of their names."""
    register = _merging_register(key)
    stand = standing(request.user)
    if not (stand.has(Power.VIEW) or stand.has(Power.PUBLIC)):
        raise Http404
    after = request.GET.get("after", "")
    found = queries.pairs(request.user, register, programme_of(request), after, day=_day(request))
    context = {
        "register": register,
        "found": found,
        "crumbs": crumbs(register, None, _("查重")),
    }
    return render(request, "registers/duplicates.html", context)


@access(SIGNED_IN)
def similar(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The records that may be the same as one."""
    register = _merging_register(key)
    register, record, acts = record_at(request, key, pk)
    told = queries.told_of_record(register, record)
    context = {
        "register": register,
        "record": record,
        "acts": acts,
        "likes": queries.like(request.user, register, told, record, day=_day(request)),
        "crumbs": crumbs(register, record, _("查相近的")),
    }
    return render(request, "registers/similar.html", context)


@access(SIGNED_IN)
def merge(request: HttpRequest, key: str, pk: int, other: int) -> HttpResponse:
    """Choose field by field what stays of two records, see what will move, and merge them."""
    register = _merging_register(key)
    one, two = (record_at(request, key, number, Act.VOID)[1] for number in (pk, other))
    if one.pk == two.pk:
        raise Http404
    problems: tuple[Problem, ...] = tuple(actions.apart_problems(register, one, two))
    status = 200
    if request.method == "POST":
        answer = _merge(request, register, one, two)
        if isinstance(answer, HttpResponse):
            return answer
        problems, status = answer
        one, two = (record_at(request, key, number, Act.VOID)[1] for number in (pk, other))
    else:
        for each in (one, two):
            note_reading(register, each, by=request.user)
    context = {
        "register": register,
        "one": one,
        "two": two,
        "choices": choices_of(register, one, two, request),
        "moving": queries.moving(request.user, register, two),
        "problems": problems,
        "crumbs": crumbs(register, one, _("合并")),
    }
    return render(request, "registers/merge.html", context, status=status)


@access(SIGNED_IN)
def unmerge(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Part two records that were merged, once asked again."""
    register = _merging_register(key)
    register, absorbed, _acts = record_at(request, key, pk, Act.RESTORE)
    merging = queries.merging_of(register, absorbed)
    if merging is None:
        raise Http404
    survivor = record_at(request, key, merging.survivor_id, Act.VOID)[1]
    problems: tuple[Problem, ...] = tuple(actions.changed_problems(merging, survivor))
    if request.method == "POST":
        try:
            actions.unmerge(register, absorbed, by=request.user)
        except Refused as refusal:
            problems = refusal.problems
        except NotYours as stranger:
            raise Http404 from stranger
        else:
            messages.success(
                request, _("已撤销合并，“%(name)s”是单独的记录了") % {"name": absorbed}
            )
            return redirect(absorbed)
    context = {
        "register": register,
        "record": absorbed,
        "survivor": survivor,
        "problems": problems,
        "crumbs": crumbs(register, survivor, _("撤销合并")),
    }
    status = 422 if problems and request.method == "POST" else 200
    return render(request, "registers/unmerge.html", context, status=status)


def choices_of(register: Register, one: Any, two: Any, request: HttpRequest) -> list[Choice]:
    """Return the fields in which two records differ; what only one has is offered first."""
    found = []
    typed = request.POST if request.method == "POST" else {}
    for name in actions.mergeable_fields(register):
        field: Any = register.model._meta.get_field(name)
        texts = _texts(field, (one, two), _day(request))
        if texts[0] == texts[1]:
            continue
        takes_other = typed.get(f"f-{name}") == OTHER if typed else not texts[0]
        found.append(Choice(name, str(field.verbose_name), *texts, takes_other))
    return found


def _texts(field: Any, records: tuple[Any, Any], day: dt.date) -> tuple[str, str]:
    """Return a field of two records in words; a place with the words of its document."""
    if field.name != "division":
        one, other = (text_of(field, getattr(each, field.name)) for each in records)
        return one, other
    names = names_on([each.division_id for each in records], day)
    one, other = (
        f"{names[each.division_id]}（{each.place_text}）"
        if each.place_text
        else names[each.division_id]
        for each in records
    )
    return one, other


def _merge(
    request: HttpRequest, register: Register, one: Any, two: Any
) -> HttpResponse | tuple[tuple[Problem, ...], int]:
    """Merge as chosen and go to the record that stays; else say what stands against it, how."""
    fields = actions.mergeable_fields(register)
    taken = [name for name in fields if request.POST.get(f"f-{name}") == OTHER]
    try:
        versions = (int(request.POST.get("one", "")), int(request.POST.get("two", "")))
        actions.merge(register, one, two, by=request.user, taken=taken, versions=versions)
    except ValueError:
        return (_read_again(),), 422
    except Outdated:
        return (_read_again(),), 409
    except Refused as refusal:
        return refusal.problems, 422
    except NotYours as stranger:
        raise Http404 from stranger
    messages.success(request, _("已合并，“%(name)s”是保留的那一条") % {"name": one})
    return redirect(one)


def _read_again() -> Problem:
    words = _("你看的时候，两条记录中有一条被改过。核对现在的内容，再合并")
    return Problem("registers.read_again", words)


def _merging_register(key: str) -> Register:
    """Return a register in which records are merged, or answer as if there were nothing."""
    register = register_at(key)
    if not register.merges:
        raise Http404
    return register


def _day(request: HttpRequest) -> dt.date:
    """The day whose map gives places their names."""
    return getattr(request, "day_of_map", None) or timezone.localdate()
