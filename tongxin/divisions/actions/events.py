"""The changes of the tree, each with its event, its successions and its entry in the journal."""

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tongxin.core.dates import Span
from tongxin.core.errors import Problem, Refused, refuse_if
from tongxin.core.words import inline
from tongxin.divisions.choices import ChangeKind
from tongxin.divisions.models import Alias, Code, Division, Succession, Version
from tongxin.divisions.queries import names_on, on_day
from tongxin.divisions.rules import shares_add_up, stands_above
from tongxin.journal.actions import action, record

from . import drafts
from .decrees import Decree
from .tree import lock_tree, rebuild_reach

Codes = Mapping[str, str]
ONE = Decimal(1)


@action
def found(  # noqa: PLR0913  the facts of a first version
    key: str,
    name: str,
    level: str,
    parent: Division | None,
    since: dt.date | None,
    *,
    by: Any,
    codes: Codes | None = None,
    is_zone: bool = False,
    position: int | None = None,
) -> Division:
    """Enter a new division with its first name, level, parent and codes."""
    lock_tree()
    if Division.objects.filter(key=key).exists():
        raise Refused(Problem("divisions.key_taken", _("标识“%s”已用。换一个") % key, "key"))
    if position is None:
        last = Division.objects.order_by("position").last()
        position = last.position + 1 if last else 0
    division = Division.objects.create(key=key, position=position)
    version = drafts.version(
        division=division, name=name, level=level, parent=parent, is_zone=is_zone, since=since
    )
    _check_parent(version, since or dt.date.min)
    version.save()
    _recode(division, codes or {}, since)
    rebuild_reach()
    record(by, "divisions.founded", division, after=_facts(version) | {"codes": dict(codes or {})})
    return division


@action
def rename(division: Division, name: str, decree: Decree, *, by: Any) -> Version:
    """Give a division another name; it stays the same division."""
    return _succeed_itself(ChangeKind.RENAME, division, decree, by=by, name=name)


@action
def upgrade(  # noqa: PLR0913  what an upgrade may change
    division: Division,
    decree: Decree,
    *,
    by: Any,
    name: str | None = None,
    level: str | None = None,
    codes: Codes | None = None,
) -> Version:
    """Change what kind of division it is (a county becomes a city): name, level, codes."""
    changed = {"name": name, "level": level}
    stated = {field: value for field, value in changed.items() if value is not None}
    return _succeed_itself(ChangeKind.UPGRADE, division, decree, by=by, codes=codes, **stated)


@action
def transfer(
    division: Division, parent: Division, decree: Decree, *, by: Any, codes: Codes | None = None
) -> Version:
    """Put a division under another parent; its own subtree goes with it."""
    return _succeed_itself(ChangeKind.TRANSFER, division, decree, by=by, codes=codes, parent=parent)


@action
def merge(
    predecessors: Collection[Division], into: Division, decree: Decree, *, by: Any
) -> Division:
    """Close divisions that become part of another, which must stand on that day.

    What stood below them is transferred first: where each goes is a decision of its own.
    """
    lock_tree()
    _standing(into, decree.effective_on)
    change = decree.change(ChangeKind.MERGE)
    ended = [one for one in predecessors if one != into]
    for predecessor in ended:
        _close(predecessor, decree.effective_on)
        Succession.objects.create(change=change, predecessor=predecessor, successor=into)
    rebuild_reach()
    for predecessor in ended:
        after = {"successors": {into.key: "1"}, "effective_on": decree.effective_on}
        record(by, "divisions.merged", predecessor, after=after, document=decree.document)
    return into


@action
def split(
    division: Division, shares: Mapping[Division, Decimal], decree: Decree, *, by: Any
) -> Division:
    """Divide a division among others that stand on that day, by shares that make one whole.

    The division lives on when it is itself among those that receive a share.
    """
    lock_tree()
    if not shares_add_up(shares.values()):
        raise Refused(
            Problem("divisions.shares", _("各部分的比例相加要等于 1，每一部分都要大于 0"), "shares")
        )
    if division not in shares:
        _close(division, decree.effective_on)
    change = decree.change(ChangeKind.SPLIT)
    for successor, share in shares.items():
        _standing(successor, decree.effective_on)
        Succession.objects.create(
            change=change, predecessor=division, successor=successor, share=share
        )
    rebuild_reach()
    after = {
        "successors": {successor.key: str(share) for successor, share in shares.items()},
        "effective_on": decree.effective_on,
    }
    record(by, "divisions.split", division, after=after, document=decree.document)
    return division


@action
def add_alias(
    division: Division, name: str, *, by: Any, source: str = "", span: Span | None = None
) -> Alias:
    """Note another name by which people write of a division."""
    held = span or Span()
    alias = drafts.alias(
        division=division, name=name, source=source, since=held.since, until=held.until
    )
    if Alias.objects.filter(division=division, plain_name=alias.plain_name).exists():
        problem = Problem("divisions.alias_known", _("已有别称“%s”，不用再加") % name, "name")
        raise Refused(problem)
    alias.save()
    record(by, "divisions.alias_added", division, after={"name": name, "source": source})
    return alias


def _succeed_itself(
    kind: ChangeKind,
    division: Division,
    decree: Decree,
    *,
    by: Any,
    codes: Codes | None = None,
    **changed: Any,
) -> Version:
    """Close the open version, begin the next with some fields changed, and write the event."""
    lock_tree()
    old = _standing(division, decree.effective_on)
    before = _facts(old)
    new = _next_version(old, decree.effective_on, changed)
    _check_parent(new, decree.effective_on)
    if _facts(new) == before and not codes:
        raise Refused(Problem("divisions.nothing_changes", _("与现在一样，没有要改的")))
    old_codes = _recode(division, codes or {}, decree.effective_on)
    if old.pk != new.pk:
        old.until = decree.effective_on
        old.save(update_fields=["until"])
    new.save()
    Succession.objects.create(
        change=decree.change(kind), predecessor=division, successor=division, share=ONE
    )
    rebuild_reach()
    record(
        by,
        f"divisions.{kind.value}",
        division,
        before=before | {"codes": old_codes},
        after=_facts(new) | {"codes": dict(codes or {}), "effective_on": decree.effective_on},
        document=decree.document,
    )
    return new


def _next_version(old: Version, day: dt.date, changed: Mapping[str, Any]) -> Version:
    """The version that follows; the same row when an earlier event of the day already began it."""
    facts = {
        "name": old.name,
        "level": old.level,
        "parent": old.parent,
        "is_zone": old.is_zone,
        **changed,
    }
    new = drafts.version(division=old.division, since=day, **facts)
    if old.since == day:
        new.pk, new.precision = old.pk, old.precision
        new._state.adding = False  # noqa: SLF001  Django's own mark of a row that exists
    return new


def _standing(division: Division, day: dt.date) -> Version:
    """The open version of a division, locked; refused when it has ended or begins later."""
    version = (
        Version.objects.select_for_update(of=("self",))
        .select_related("division", "parent")
        .filter(division=division, until__isnull=True)
        .first()
    )
    name = names_on([division.pk], day).get(division.pk, division.key)
    if version is None:
        raise Refused(Problem("divisions.ended", _("“%s”已经撤销，不能再改") % name, "division"))
    if version.since is not None and version.since > day:
        facts = {"name": version.name, "day": version.since}
        message = _("“%(name)s”上次变更从 %(day)s 起实施，实施日期不能早于那天") % facts
        raise Refused(Problem("divisions.too_early", message, "effective_on"))
    return version


def _check_parent(version: Version, day: dt.date) -> None:
    """Refuse a parent that does not stand on the day, or not above."""
    if version.parent is None:
        return
    above = Version.objects.filter(on_day(day), division=version.parent).first()
    if above is None:
        name = names_on([version.parent.pk], day).get(version.parent.pk, version.parent.key)
        message = _("上级“%(name)s”在 %(day)s 不存在。换一个上级或日期")
        facts = {"name": name, "day": day}
        raise Refused(Problem("divisions.parent_absent", message % facts, "parent"))
    if not stands_above(above.level, version.level):
        facts = {
            "upper": inline(above.get_level_display()),
            "lower": inline(version.get_level_display()),
        }
        message = _("%(lower)s地区不能归%(upper)s地区管。换一个上级")
        raise Refused(Problem("divisions.not_above", message % facts, "parent"))


def _recode(division: Division, codes: Codes, day: dt.date | None) -> dict[str, str]:
    """Begin new codes on a day and end those they replace, which are returned."""
    replaced = {}
    for system, code in codes.items():
        refuse_if(_code_taken(division, system, code, day))
        for old in division.codes.filter(system=system, until__isnull=True):
            replaced[system] = old.code
            if old.since == day:
                old.delete()
            else:
                old.until = day
                old.save(update_fields=["until"])
        Code.objects.create(division=division, system=system, code=code, since=day)
    return replaced


def _code_taken(division: Division, system: str, code: str, day: dt.date | None) -> list[Problem]:
    """Whether another division has the code on the day, in the same system."""
    others = Code.objects.filter(on_day(day or dt.date.min), system=system, code=code)
    holder = others.exclude(division=division).first()
    if holder is None:
        return []
    name = names_on([holder.division_id], day or dt.date.min)[holder.division_id]
    message = _("代码 %(code)s 那天归“%(name)s”用。换一个代码") % {"code": code, "name": name}
    return [Problem("divisions.code_taken", message, "codes")]


def _close(division: Division, day: dt.date) -> None:
    """End a division on a day; refused while others still stand below it from that day on."""
    version = _standing(division, day)
    if version.since == day:
        message = _("“%s”当天才设立，不能当天撤销") % version.name
        raise Refused(Problem("divisions.too_early", message, "effective_on"))
    below = Version.objects.filter(on_day(day), parent=division)
    if count := below.count():
        facts = {"name": version.name, "count": count}
        message = _("“%(name)s”还有 %(count)d 个下级，先把它们划转") % facts
        raise Refused(Problem("divisions.has_children", message, "predecessors"))
    version.until = day
    version.save(update_fields=["until"])
    division.codes.filter(until__isnull=True).update(until=day)


def _facts(version: Version) -> dict[str, Any]:
    """What the journal keeps of a version."""
    return {
        "name": version.name,
        "level": str(version.level),
        "parent": version.parent.key if version.parent else None,
        "is_zone": version.is_zone,
    }
