"""The standards that come with the product, and the versions that somebody wrote."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from tongxin.divisions.queries import names_on

from .choices import State
from .models import Standard, Version
from .permissions import visible_to
from .rules import tree
from .rules.reading import standard_of
from .rules.texts import told_by

FACTS = Path(__file__).with_name("facts")


@cache
def supplied_keys() -> tuple[str, ...]:
    """Name the standards that come with the product."""
    return tuple(sorted(path.stem for path in FACTS.glob("*.json")))


@cache
def supplied(key: str) -> tree.Standard:
    """Return a standard that comes with the product; raises KeyError."""
    if key not in supplied_keys():
        raise KeyError(key)
    return standard_of(told_by((FACTS / f"{key}.json").read_text(encoding="utf-8")))


def all_supplied() -> Iterator[tree.Standard]:
    """Yield every standard that comes with the product."""
    return (supplied(key) for key in supplied_keys())


@dataclass(frozen=True, slots=True)
class Listed:
    """A standard in the list: who keeps it, and its versions, newest first."""

    standard: Standard
    place: str
    versions: list[Version]


def listed(account: Any) -> list[Listed]:
    """Return every standard that an account sees, with the versions it may read, newest first.

    The texts of the versions are left out: a list says that they are there.
    """
    found: dict[int, Listed] = {}
    rows = list(visible_to(account).defer("text").order_by("standard__key", "-number"))
    names = names_on(filter(None, {row.standard.division_id for row in rows}), timezone.localdate())
    for row in rows:
        place = names.get(row.standard.division_id or 0, "")
        found.setdefault(row.standard_id, Listed(row.standard, place, [])).versions.append(row)
    return list(found.values())


def starts(account: Any) -> list[Version]:
    """Return the versions that a new standard may begin from: of each standard the newest."""
    rows = visible_to(account).filter(state=State.PUBLISHED).defer("text")
    newest_first = rows.order_by("standard__key", "-number")
    return list({row.standard_id: row for row in reversed(newest_first)}.values())[::-1]


def whole(version: Version) -> Version:
    """Return a version with its text, which lists leave out."""
    return Version.objects.select_related("standard").get(pk=version.pk)


def places(roots: Iterable[int]) -> list[tuple[str, str]]:
    """Return divisions by number and by the name of today, to choose from."""
    names = names_on(roots, timezone.localdate())
    return [(str(number), name) for number, name in sorted(names.items(), key=lambda each: each[1])]


def version_for(account: Any, key: str, number: int | None = None) -> Version | None:
    """Return a version that an account may read: by its number, or the newest published one."""
    rows = visible_to(account).filter(standard__key=key)
    if number is not None:
        return rows.filter(number=number).first()
    return rows.filter(state=State.PUBLISHED).order_by("-number").first()


def versions_of(account: Any, standard: Standard) -> list[Version]:
    """Return the versions of a standard that an account may read, newest first."""
    rows = visible_to(account).filter(standard=standard).defer("text")
    return list(rows.select_related("published_by").order_by("-number"))


def draft_of(standard: Standard) -> Version | None:
    """Return the version of a standard that is being written."""
    return standard.versions.filter(state=State.DRAFT).first()


def newest(key: str) -> Version | None:
    """Return the newest published version of a standard, whoever asks."""
    rows = Version.objects.select_related("standard").filter(standard__key=key)
    return rows.filter(state=State.PUBLISHED).order_by("-number").first()


def published_keys() -> list[str]:
    """Name the standards of which something is published."""
    rows = Version.objects.filter(state=State.PUBLISHED).values_list("standard__key", flat=True)
    return sorted(set(rows))
