"""What a program asks of a list, and in which programme it works."""

from collections.abc import Iterable
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from tongxin.accounts.choices import Power
from tongxin.accounts.queries import standing
from tongxin.core.text import number_in
from tongxin.programmes.queries import programmes_for
from tongxin.registers.declaration import Register
from tongxin.registers.forms import Asker
from tongxin.registers.history import ENTRIES_SHOWN
from tongxin.registers.ordering import FIRST, orders_of
from tongxin.registers.permissions import territory
from tongxin.registers.queries import PAGE, Wish, is_token, place_of

from .problems import Declined, Wrong
from .shown import fields_of

MOST = 200
LARGEST = 999_999_999


class Where(Schema):
    """In which programme a program works."""

    programme: str = Field("", max_length=60, description="Key of a programme; else the newest.")


class Past(Schema):
    """Which acts on a record are asked for."""

    limit: int = Field(ENTRIES_SHOWN, ge=1, le=MOST)
    before: int = Field(0, ge=0, le=LARGEST, description="Where `next` leads; 0 for the newest.")


class Files(Schema):
    """Which files of a record are asked for."""

    void: bool = Field(default=False, description="Whether removed files are listed too.")
    limit: int = Field(PAGE, ge=1, le=MOST)
    after: int = Field(0, ge=0, le=LARGEST, description="Where `next` leads.")


class Figures(Where):
    """Of which division, and on which map, figures are asked for."""

    division: str = Field("", max_length=60, description="Key of a division; else one's own.")
    map: Literal["then", "today"] = Field(
        "then", description="The map of the day of the facts, or today's."
    )


class OneFigure(Figures):
    """Which part of a figure is asked for."""

    part: str = Field("", max_length=60, description="A part of a split figure; else the whole.")


class Behind(OneFigure):
    """Which of the records behind a figure are asked for."""

    fields: str = Field("", max_length=600, description="Names of fields, parted by commas.")
    limit: int = Field(PAGE, ge=1, le=MOST)
    after: str = Field("", max_length=600, description="Where the next page begins.")
    before: str = Field("", max_length=600, description="Where the page before ends.")


class Pairs(Where):
    """Where a page of like records begins."""

    after: str = Field("", max_length=600, description="Where `next` leads.")


class Asked(Where):
    """What is asked of a list, beside the filters of its register."""

    q: str = Field("", max_length=60, description="Words to find in names, or initials.")
    division: str = Field("", max_length=60, description="Key of a division, with all below.")
    sort: str = Field(FIRST, max_length=60, description="An order of the register.")
    void: bool = Field(default=False, description="Whether void records are listed too.")
    fields: str = Field("", max_length=600, description="Names of fields, parted by commas.")
    limit: int = Field(PAGE, ge=1, le=MOST)
    after: str = Field("", max_length=600, description="Where the next page begins.")
    before: str = Field("", max_length=600, description="Where the page before ends.")


def asker_of(request: HttpRequest, key: str) -> Asker:
    """Return who asks, in the programme named, or in the newest one. One query."""
    known = programmes_for(request.user)
    chosen = next((each for each in known if each.key == key), None)
    if key and chosen is None:
        words = _("没有“%(value)s”这项工作，或者你没有参加。可以写：%(known)s")
        listed = ", ".join(each.key for each in known) or "—"
        told = words % {"value": key, "known": listed}
        raise Declined(422, Wrong("api.programme", told, "programme", key))
    programme = chosen or (known[0] if known else None)
    day = programme.day if programme else timezone.localdate()
    return Asker(request.user, programme, day)


def wish_of(request: HttpRequest, register: Register, asked: Asked, asker: Asker) -> Wish:
    """Return what is wanted of a list. Raises Declined for what it cannot give."""
    refuse_unknown(request, [*Asked.model_fields, *filters_of(register)])
    _refuse_order(register, asked.sort)
    chosen = _chosen(request, register, asker)
    text = asked.q.strip()
    stand = standing(request.user)
    plainly = stand.is_partial(Power.VIEW) and not text and not chosen
    division = place_of(asked.division) if asked.division else None
    if asked.division and division is None:
        words = _("没有代号是“%(value)s”的地区") % {"value": asked.division}
        raise Declined(422, Wrong("api.division", words, "division", asked.division))
    return Wish(
        text=text,
        by_place=plainly or stand.is_local(Power.VIEW),
        places=territory(request.user, register),
        chosen=chosen,
        fixed={register.within: asker.programme} if register.within else None,
        division=division,
        sort=asked.sort,
        after=token_in(register, asked.after, asked.sort, "after"),
        before=token_in(register, asked.before, asked.sort, "before"),
        with_void=asked.void,
        size=asked.limit,
    )


def fields_in(register: Register, asked: str) -> frozenset[str]:
    """Return the fields that are asked for, none for all. Raises Declined for an unknown one."""
    names = frozenset(name.strip() for name in asked.split(",") if name.strip())
    known = fields_of(register)
    if unknown := sorted(names - set(known)):
        words = _("没有“%(name)s”这一项。可以写：%(known)s")
        told = words % {"name": unknown[0], "known": ", ".join(known)}
        raise Declined(422, Wrong("api.fields", told, "fields", asked))
    return names


def filters_of(register: Register) -> list[str]:
    """Return the names by which a list can be narrowed."""
    named = [wanted.path for wanted in register.filters]
    return [*named, register.parent] if register.parent else named


def refuse_unknown(request: HttpRequest, known: Iterable[str]) -> None:
    """Refuse a parameter that would be passed over: the answer would be more than was meant."""
    names = list(known)
    if unknown := sorted(set(request.GET) - set(names)):
        words = _("没有“%(name)s”这个参数。可以写：%(known)s")
        told = words % {"name": unknown[0], "known": ", ".join(names) or "—"}
        raise Declined(422, Wrong("api.unknown_parameter", told, unknown[0]))


def _refuse_order(register: Register, sort: str) -> None:
    """Refuse an order for which the register has no index."""
    known = orders_of(register)
    if sort not in known:
        words = _("不能按“%(value)s”排序。可以写：%(known)s")
        told = words % {"value": sort, "known": ", ".join(known)}
        raise Declined(422, Wrong("api.sort", told, "sort", sort))


def _chosen(request: HttpRequest, register: Register, asker: Asker) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for wanted in register.filters:
        if value := request.GET.get(wanted.path, ""):
            options: Any = [str(option) for option, _label in wanted.options(asker)]
            if value not in options:
                words = _("“%(name)s”没有“%(value)s”这个选项。可以写：%(known)s")
                facts = {"name": wanted.path, "value": value, "known": ", ".join(options)}
                raise Declined(422, Wrong("api.filter", words % facts, wanted.path, value))
            chosen[wanted.path] = value
    if register.parent and (value := request.GET.get(register.parent, "")):
        if number_in(value) is None:
            words = _("“%(name)s”要写记录的编号，例如 12") % {"name": register.parent}
            raise Declined(422, Wrong("api.filter", words, register.parent, value))
        chosen[register.parent] = value
    return chosen


def token_in(register: Register, text: str, sort: str, name: str) -> str:
    """Return the token of a page. Raises Declined for one that is none."""
    if text and not is_token(register, text, sort):
        words = _("这不是一页的标记。照抄上一个回答里的 next 或 previous")
        raise Declined(422, Wrong("api.page", words, name, text))
    return text
