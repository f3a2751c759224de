"""Writing standards: found one, change its draft, publish it for good."""

from dataclasses import replace
from typing import Any

from django.utils import timezone

from tongxin.core.errors import NotYours, Outdated, Problem, Refused, refuse_if
from tongxin.core.words import gettext as _
from tongxin.journal.actions import action, record, unchanged
from tongxin.standards.choices import State
from tongxin.standards.models import Standard, Version
from tongxin.standards.permissions import kept_from, may_keep
from tongxin.standards.queries import all_supplied
from tongxin.standards.rules import tree
from tongxin.standards.rules.checking import problems_of
from tongxin.standards.rules.differing import differences
from tongxin.standards.rules.reading import KEY, standard_of
from tongxin.standards.rules.writing import canonical, fingerprint, plain

RESERVED = frozenset({"new", "assessments"})
"""Words that stand in addresses where a key may stand."""
TOLD = 40
"""So many changes of a draft are named one by one in the journal; of more, their number."""


@action
def seed() -> tuple[str, ...]:
    """Load the standards that come with the product, and newer versions of them."""
    loaded = []
    for content in all_supplied():
        standard = Standard.objects.filter(key=content.key).first()
        if standard is None:
            standard = Standard.objects.create(key=content.key, name=content.name)
        elif standard.division_id is not None:
            continue  # somebody's own has this key: it stays
        last = standard.versions.order_by("-number").first()
        number = last.number + 1 if last else 1
        # What differs only by its number is what is there already.
        if last and fingerprint(replace(content, version=str(last.number))) == last.sha256:
            continue
        version = _new(standard, number, content)
        _publish(version, None)
        loaded.append(content.key)
    if not loaded:
        unchanged()
    return tuple(loaded)


@action
def found(
    *, by: Any, division_id: int, key: str, name: str, content: tree.Standard | None = None
) -> Version:
    """Found a standard with an empty draft, or with one that begins as a copy of another."""
    if by is not None and division_id not in kept_from(by):
        raise NotYours
    problems = []
    if not KEY.fullmatch(key):
        words = _("代号“%(key)s”只能用小写字母、数字和连字符，例如 base-2027")
        problems.append(Problem("standards.key", words % {"key": key}, "key"))
    elif key in RESERVED or Standard.objects.filter(key=key).exists():
        words = _("代号“%(key)s”已经有了，换一个")
        problems.append(Problem("standards.known_key", words % {"key": key}, "key"))
    refuse_if(problems)
    standard = Standard.objects.create(key=key, name=name.strip(), division_id=division_id)
    version = _new(standard, 1, _copied(content, name.strip()))
    record(
        by,
        "standards.founded",
        version,
        after={"key": key, "name": standard.name, "from": content.key if content else ""},
        place=division_id,
    )
    return version


def _copied(content: tree.Standard | None, name: str) -> tree.Standard:
    """A first draft: empty, or the clauses of another standard, named among the sources."""
    if content is None:
        return tree.Standard("", name, "1", tree.HUNDRED, ())
    told = {"name": content.name, "version": content.version}
    source = _("底稿：%(name)s，第 %(version)s 版") % told
    return replace(content, name=name, example=False, note="", sources=(source, *content.sources))


@action
def begin_draft(standard: Standard, *, by: Any) -> Version:
    """Begin a new version as a copy of the newest one; return the one that is begun already."""
    standard = _locked(standard, by)
    last = standard.versions.order_by("-number").first()
    if last is None or last.state == State.DRAFT:
        unchanged()
        return last or _new(standard, 1, tree.Standard("", standard.name, "1", tree.HUNDRED, ()))
    version = _new(standard, last.number + 1, last.tree)
    record(by, "standards.begun", version, place=standard.division_id)
    return version


@action
def change(version: Version, content: tree.Standard, *, by: Any, seen: int) -> Version:
    """Put another content into a draft; `seen` is the revision that the change was made from."""
    version = _draft(version, by, seen)
    before = version.tree
    # Read again as it will be read: what an edit put together may not be a standard any more.
    after = standard_of(plain(_numbered(version.standard, version.number, content)))
    refuse_if(each for each in problems_of(after) if each.code == "standards.same_code")
    if after == before:
        unchanged()
        return version
    version.text, version.sha256 = canonical(after), fingerprint(after)
    version.revision += 1
    version.changed_at = timezone.now()
    version.save(update_fields=["text", "sha256", "revision", "changed_at"])
    if version.standard.name != after.name:
        version.standard.name = after.name
        version.standard.save(update_fields=["name"])
    facts = _facts(before, after)
    record(by, "standards.changed", version, place=version.standard.division_id, **facts)
    vars(version).pop("tree", None)
    return version


def _facts(before: tree.Standard, after: tree.Standard) -> dict[str, Any]:
    """What changed, as the journal keeps it: each clause with its fields, or how many there are."""
    found = differences(before, after)
    if len(found) > TOLD:
        return {"changes": len(found)}
    return {
        "before": {
            each.code or "*": {name: old for name, old, _new in each.fields} for each in found
        },
        "after": {
            each.code or "*": {"change": each.change.value, "text": each.text}
            | {name: new for name, _old, new in each.fields}
            for each in found
        },
    }


@action
def publish(version: Version, *, by: Any, seen: int) -> Version:
    """Publish a draft, after which it never changes. Raises Refused with all that is amiss."""
    version = _draft(version, by, seen)
    refuse_if(problems_of(version.tree))
    _publish(version, by)
    return version


@action
def discard(version: Version, *, by: Any, seen: int) -> None:
    """Throw a draft away. A standard of which nothing was ever published goes with it."""
    version = _draft(version, by, seen)
    standard = version.standard
    record(
        by,
        "standards.discarded",
        str(version),
        before={"sha256": version.sha256},
        place=standard.division_id,
    )
    version.delete()
    if not standard.versions.exists():
        standard.delete()


def _publish(version: Version, by: Any) -> None:
    version.state, version.published_at = State.PUBLISHED, timezone.now()
    version.published_by = by
    version.save(update_fields=["state", "published_at", "published_by"])
    place = version.standard.division_id
    record(by, "standards.published", version, after={"sha256": version.sha256}, place=place)


def _new(standard: Standard, number: int, content: tree.Standard) -> Version:
    made = _numbered(standard, number, content)
    return Version.objects.create(
        standard=standard,
        number=number,
        text=canonical(made),
        sha256=fingerprint(made),
        changed_at=timezone.now(),
    )


def _numbered(standard: Standard, number: int, content: tree.Standard) -> tree.Standard:
    return replace(content, key=standard.key, version=str(number))


def _locked(standard: Standard, by: Any) -> Standard:
    if by is not None and not may_keep(by, standard):
        raise NotYours
    return Standard.objects.select_for_update().get(pk=standard.pk)


def _draft(version: Version, by: Any, seen: int) -> Version:
    """Return a draft, locked, that is as it was seen. Raises NotYours, Refused or Outdated."""
    rows = Version.objects.select_for_update(of=("self",)).select_related("standard")
    current = rows.filter(pk=version.pk).first()
    if current is None or (by is not None and not may_keep(by, current.standard)):
        raise NotYours
    if current.state != State.DRAFT:
        words = _("%(version)s 已发布，不能再改。要改就开始新的一版")
        told = words % {"version": current}
        raise Refused(Problem("standards.frozen", told))
    if current.revision != seen:
        raise Outdated(current)
    return current
