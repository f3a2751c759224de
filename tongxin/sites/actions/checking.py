"""Rules asked of the values of sites, namings, visits and activities."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone

from tongxin.core.errors import Problem
from tongxin.sites.rules.designations import (
    designation_problems,
    early_problems,
    function_problems,
    group_problems,
    happened_problems,
    point_problems,
    review_problems,
)


def check_site(values: Mapping[str, Any], site: Any) -> Iterator[Problem]:
    """Say what stands against a site with these values."""
    yield from point_problems(_of(values, site, "latitude"), _of(values, site, "longitude"))


def check_designation(values: Mapping[str, Any], designation: Any) -> Iterator[Problem]:
    """Say what stands against a designation with these values."""
    begins = _of(values, designation, "designated_on")
    ends = _of(values, designation, "until")
    yield from designation_problems(begins, ends, timezone.localdate())
    yield from early_problems(_of(values, designation, "standing") or "", begins)
    group, site = _of(values, designation, "group"), _of(values, designation, "site")
    yield from group_problems(
        getattr(group, "programme_id", None), getattr(site, "programme_id", None)
    )
    yield from review_problems(begins, _of(values, designation, "review_on"))


def check_visit(values: Mapping[str, Any], visit: Any) -> Iterator[Problem]:
    """Say what stands against a visit with these values."""
    on = _of(values, visit, "visited_on")
    yield from happened_problems(on, timezone.localdate(), "visited_on")


def check_activity(values: Mapping[str, Any], activity: Any) -> Iterator[Problem]:
    """Say what stands against an activity with these values."""
    on = _of(values, activity, "held_on")
    function, site = _of(values, activity, "function"), _of(values, activity, "site")
    yield from function_problems(
        getattr(function, "programme_id", None), getattr(site, "programme_id", None)
    )
    yield from happened_problems(on, timezone.localdate(), "held_on")


def _of(values: Mapping[str, Any], record: Any, name: str) -> Any:
    return values.get(name, getattr(record, name, None))
