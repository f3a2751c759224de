"""A real installation from nothing: its divisions, and the administrators at its top."""

from typing import NoReturn

import typer
from django.conf import settings
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from rich.console import Console

from tongxin.accounts.actions import invite, open_account, open_office, post
from tongxin.accounts.choices import PostingState
from tongxin.accounts.letters import send_invitation
from tongxin.accounts.models import Account, Office
from tongxin.accounts.queries import holding
from tongxin.accounts.rules import ADMINISTRATORS
from tongxin.core.errors import Refused
from tongxin.divisions.actions import load_divisions
from tongxin.divisions.models import Division

errors = Console(stderr=True)
console = Console()


def found() -> None:
    """Load the divisions that come with the product; what is there already stays as it is."""
    added = load_divisions()
    console.print(f"区划 Divisions: {Division.objects.count()} (+{added})", highlight=False)


def appoint(division: str, username: str, role: str, office: str, site: str) -> None:
    """Make somebody an administrator, and print the link by which he sets his password.

    Asked again of the same person it makes another link, and posts nobody twice.
    """
    if role not in ADMINISTRATORS:
        _stop(f"There is no administrator {role!r}. Choose one of: {', '.join(_roles())}.")
    try:
        place = Division.objects.filter(key=division).first()
        any_place = Division.objects.exists()
    except DatabaseError:
        place, any_place = None, False
    if not any_place:
        _stop("This home has no divisions yet. Run: tongxin init, or give --home.")
    if place is None:
        _stop(f"There is no division {division!r} here. Its key stands in the address of its page.")
    try:
        with transaction.atomic():
            account = _posted(place, username, role, office)
            token = invite(account, by=None)
    except Refused as refusal:
        _stop("; ".join(str(problem) for problem in refusal.problems))
    link = site.rstrip("/") + reverse("accounts:accept", args=[token])
    console.print(f"{account.username} {role} {division}", highlight=False)
    console.print(link, highlight=False, soft_wrap=True)
    errors.print("链接 7 天内有效，用一次。 The link works once, within 7 days.", highlight=False)
    if send_invitation(account, link):
        errors.print(f"{account.email}", highlight=False)


def _posted(place: Division, username: str, role: str, name: str) -> Account:
    """Return the account, posted; office and account are opened when they are not there."""
    office = Office.objects.filter(division=place, name=name).first()
    office = office or open_office(by=None, division=place, name=name)
    account = Account.objects.filter(username=username).first()
    if account is None:
        account = open_account(by=None, username=username, display_name="", office=office)
    today = timezone.localdate()
    own = account.postings.filter(office__division=place, role=role)
    if not holding(own, PostingState.STANDING, today).exists():
        post(by=None, account=account, office=office, role=role, since=today)
    return account


def site_of_settings() -> str:
    """Return the address under which others reach this installation, as far as it is set."""
    origins: list[str] = settings.CSRF_TRUSTED_ORIGINS
    return origins[0] if origins else "http://127.0.0.1:8000"


def _roles() -> list[str]:
    return sorted(str(role) for role in ADMINISTRATORS)


def _stop(words: str) -> NoReturn:
    errors.print(words, highlight=False, soft_wrap=True)
    raise typer.Exit(2)
