"""Opening, renaming and closing offices."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils import timezone

from tongxin.accounts.choices import Power
from tongxin.accounts.models import Office
from tongxin.accounts.permissions import holds
from tongxin.accounts.rules import office_closing_problems
from tongxin.core.errors import NotYours, Problem, refuse_if
from tongxin.core.words import gettext as _
from tongxin.divisions.models import Division
from tongxin.journal.actions import action, record, unchanged


@action
def open_office(*, by: Any, division: Division, name: str) -> Office:
    """Open an office in a division. Raises NotYours, or Refused for a name already taken there."""
    if by is not None and not holds(by, Power.OFFICES, division.pk):
        raise NotYours
    refuse_if(_taken(division.pk, name))
    office = Office.objects.create(division=division, name=name)
    record(
        by,
        "offices.opened",
        office,
        after={"name": name, "division": division.key},
        place=division.pk,
    )
    return office


@action
def rename_office(office: Office, *, by: Any, name: str) -> Office:
    """Give an office another name. Raises NotYours, or Refused for a name already taken there."""
    office = _locked(office, by)
    if office.name == name:
        unchanged()
        return office
    refuse_if(_taken(office.division_id, name))
    before = {"name": office.name}
    office.name = name
    office.save(update_fields=["name"])
    _record(office, by, "renamed", before, {"name": name})
    return office


@action
def close_office(office: Office, *, by: Any, on: dt.date) -> Office:
    """Close an office from a day on. Raises NotYours, or Refused while somebody works there."""
    office = _locked(office, by)
    if office.closed_on is not None:
        unchanged()
        return office
    refuse_if(
        office_closing_problems(
            on,
            timezone.localdate(),
            postings=office.postings.filter(Q(until=None) | Q(until__gt=on)).count(),
            accounts=office.accounts.filter(is_active=True).count(),
        )
    )
    office.closed_on = on
    office.save(update_fields=["closed_on"])
    _record(office, by, "closed", {"closed_on": None}, {"closed_on": on})
    return office


@action
def reopen_office(office: Office, *, by: Any) -> Office:
    """Open an office again that was closed. Raises NotYours."""
    office = _locked(office, by)
    if office.closed_on is None:
        unchanged()
        return office
    before = {"closed_on": office.closed_on}
    office.closed_on = None
    office.save(update_fields=["closed_on"])
    _record(office, by, "reopened", before, {"closed_on": None})
    return office


def _locked(office: Office, by: Any) -> Office:
    office = Office.objects.select_for_update().get(pk=office.pk)
    if by is not None and not holds(by, Power.OFFICES, office.division_id):
        raise NotYours
    return office


def _record(
    office: Office, by: Any, verb: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    record(by, f"offices.{verb}", office, before=before, after=after, place=office.division_id)


def _taken(division_id: int, name: str) -> list[Problem]:
    if not Office.objects.filter(division_id=division_id, name=name).exists():
        return []
    words = _("这个地区已有“%(name)s”。换一个名称") % {"name": name}
    return [Problem("offices.taken", words, "name")]
