"""Agreeing, and the end of it: the name goes, the fact that somebody was there stays."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from tongxin.accounts.models import Account
from tongxin.core import erasures
from tongxin.core.errors import NotYours, refuse_if
from tongxin.divisions.models import Division
from tongxin.journal.actions import action, erase_personal, record, unchanged
from tongxin.journal.models import PersonalValue

from .choices import Ending, Subject
from .models import Consent, Erasure, Participant
from .permissions import may_end
from .queries import (
    NAMELESS,
    accounts_of,
    belongings,
    is_posted,
    key_of,
    known_keys,
    names_in_journal,
    names_of,
    participants_of,
    run_out,
)
from .rules import Agreement, agreement_problems, hash_of, leaving_problems, live_words


@action
def agree(*, by: Any, division: Division, said: Agreement) -> Consent:
    """Keep the name of somebody who agreed, together with the consent.

    Whether the actor may enter people here is asked by the room on whose list they stand. The
    journal keeps no name. Raises Refused with every problem found.
    """
    refuse_if(agreement_problems(said, timezone.localdate()))
    person = Participant.objects.create(
        name=said.name.strip(),
        unit=said.unit.strip(),
        contact=said.contact.strip(),
        division=division,
        entered_by=by,
    )
    kept = {
        "wording": said.wording,
        "wording_hash": hash_of(said.wording, said.language),
        "language": said.language,
        "channel": said.channel,
        "purposes": live_words(said.purposes),
        "given_on": said.given_on,
        "expires_on": said.expires_on,
    }
    consent = Consent.objects.create(participant=person, division=division, recorded_by=by, **kept)
    record(by, "participants.agreed", consent, after=kept, place=division.pk)
    return consent


@action
def end(consent: Consent, *, by: Any, ending: str, place: int | None = None) -> Consent:
    """End a consent: the name, the unit and the contact are erased in the same moment.

    `place` is the division that answers for its list today, where that is another than when
    somebody agreed. Raises NotYours. A consent that has ended already stays as it is.
    """
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    place = consent.division_id if place is None else place
    if by is not None and not may_end(by, place):
        raise NotYours
    if consent.ended_at is not None:
        unchanged()
        return consent
    person = Participant.objects.get(consent=consent)
    consent.participant = None
    consent.ended_at, consent.ending = timezone.now(), ending
    consent.save(update_fields=["participant", "ended_at", "ending"])
    enlist(Subject.PARTICIPANT, str(person.key))
    person.delete()
    record(
        by,
        f"participants.{ending}",
        consent,
        before={"participant": True},
        after={"participant": False},
        place=place,
    )
    return consent


def end_those_run_out(on: dt.date) -> int:
    """End every consent that has expired by a day; each is an action of its own."""
    waiting = list(run_out(on))
    for consent in waiting:
        end(consent, by=None, ending=Ending.EXPIRED)
    return len(waiting)


def enlist(subject: str, key: str) -> None:
    """Put an erasure on the list: in the database, and in the file that outlives a restored copy.

    The file is written when the change is certain; a crash in between is made good by `reapply`.
    """
    Erasure.objects.get_or_create(subject=subject, key=key, defaults={"at": timezone.now()})
    transaction.on_commit(lambda: erasures.write(subject, key))


@action
def erase_account(account: Account, *, by: Any, left: bool = True) -> Account:
    """Take the name, the address and the ways of signing in from somebody who has left.

    The number stays: what it did is in the journal under it. `left` is False where a copy was
    brought back in which he had not left yet. Raises Refused while the account is in use.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    if left:
        posted = is_posted(account, timezone.localdate())
        refuse_if(leaving_problems(active=account.is_active, posted=posted))
    names = names_of(account)
    values = PersonalValue.objects.filter(pk__in=names_in_journal(account, names))
    values.delete()
    erase_personal([account])
    for rows in belongings(account):
        rows.delete()
    enlist(Subject.ACCOUNT, key_of(account))
    account.username, account.display_name, account.email = f"{NAMELESS}{account.pk}", "", ""
    account.is_active, account.last_login = False, None
    account.set_unusable_password()
    account.rights_version += 1
    account.save()
    record(by, "accounts.erased", account, after={"erased": True})
    return account


def reapply(source: Path | None = None) -> tuple[int, int]:
    """Erase again, in a database brought back from a copy, whatever the list beside it names.

    What the database knows and the list does not is added to the list. Returns how many people were
    erased, and how many lines were added. To be run before anybody is let in.
    """
    listed = set(erasures.listed(source))
    unwritten = sorted(known_keys() - set(erasures.listed()))
    for subject, key in unwritten:
        erasures.write(subject, key)
    again = 0
    for consent in participants_of({key for kind, key in listed if kind == Subject.PARTICIPANT}):
        end(consent, by=None, ending=Ending.ASKED)
        again += 1
    for account in accounts_of({key for kind, key in listed if kind == Subject.ACCOUNT}):
        erase_account(account, by=None, left=False)
        again += 1
    return again, len(unwritten)
