"""The accounts of the proof: every role at every relation, every validity, and mixtures."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from tests import factories as make
from tests.proof.oracle import ROLES, Viewer
from tongxin.accounts.choices import Role, TokenScope
from tongxin.accounts.models import Account, Office, Posting, Token
from tongxin.accounts.token_actions import digest_of

DAY = dt.timedelta(days=1)
WHERE = (
    *("province", "city", "east", "north", "village", "river", "moved", "leaving", "ended"),
    *("new", "harbour", "old", "first", "other", "far"),
)
VALIDITIES = {  # first day and end, in days from today
    "since today": (0, None),
    "from tomorrow": (1, None),
    "until today": (-9, 0),
    "until tomorrow": (-9, 1),
    "long over": (-9, -3),
}
MIXTURES = (
    (("clerk", "north"), ("coordinator", "river")),
    (("clerk", "north"), ("expert", "far")),
    (("clerk", "east"), ("auditor", "north")),
    (("organisation", "north"), ("clerk", "village")),
    (("organisation", "city"), ("coordinator", "far")),
    (("expert", "province"), ("clerk", "west")),
    (("clerk", "old"), ("clerk", "harbour")),
)


@dataclass(frozen=True)
class Person:
    """An account, and the facts about it that the oracle is told."""

    label: str
    account: Account
    viewer: Viewer

    @property
    def plain(self):
        """Whether this is one posting, given long ago and open."""
        return "," not in self.label and " and " not in self.label and " at " in self.label

    @property
    def may_represent(self):
        """Whether the account represents organisations here: with the role, and twice without."""
        return "organisation at" in self.label or self.label in {"clerk at north", "expert at city"}

    def fresh(self):
        """The account as the next request reads it: nothing of an earlier answer clings to it."""
        return Account.objects.get(pk=self.account.pk)


def people(places):
    """Make every account of the proof; the first of each role are posted in the plain way."""
    offices = {key: Office.objects.create(division=d, name="办公室") for key, d in places.items()}
    rows = [(f"{role} at {key}", ((role, key, -99, None),)) for role in ROLES for key in WHERE]
    rows += [
        (f"{role} at east, {words}", ((role, "east", *span),))
        for role in ROLES
        for words, span in VALIDITIES.items()
    ]
    rows += [
        (
            " and ".join(f"{role} at {key}" for role, key in posts),
            tuple((*p, -99, None) for p in posts),
        )
        for posts in MIXTURES
    ]
    rows.append(("posted nowhere", ()))
    rows.append(("deactivated coordinator at city", (("coordinator", "city", -99, None),)))
    return [_person(offices, number, label, posts) for number, (label, posts) in enumerate(rows)]


def _person(offices, number, label, posts):
    today = timezone.localdate()
    account = Account.objects.create(
        username=f"person{number}",
        is_active=not label.startswith("deactivated"),
        password=make_password("a password that nobody types", hasher="md5"),
        office=offices[posts[0][1]] if posts else None,
    )
    told = []
    for role, key, first, last in posts:
        since = today + first * DAY
        until = None if last is None else today + last * DAY
        office = offices[key]
        Posting.objects.create(
            account=account, office=office, role=Role(role), since=since, until=until
        )
        told.append((office.division_id, role, since, until))
    return Person(label, account, Viewer(account.pk, tuple(told), account.is_active))


def representing(person, organisations):
    """Let an account represent organisations, and tell the oracle."""
    from tongxin.organisations.models import Organisation, Representative

    Representative.objects.bulk_create(
        Representative(account=person.account, organisation_id=number) for number in organisations
    )
    standing = Organisation.objects.filter(pk__in=organisations, void=False)
    homes = standing.exclude(sensitivity="restricted").values_list("division_id", flat=True)
    viewer = person.viewer._replace(represents=frozenset(organisations), homes=frozenset(homes))
    return Person(person.label, person.account, viewer)


def client_of(person):
    """Return a client signed in as a person, with a second factor where one is asked for.

    Beside it, as `program`, one that holds a token of the same account and no session.
    """
    client = make.client_of(person.fresh())
    client.program = program_of(person)
    return client


def program_of(person):
    """Return a client that shows a token; the row is made here, not by a request undone later."""
    account, secret = person.fresh(), f"a token of {person.label}"
    now = timezone.now()
    kept = {
        "account": account,
        "name": "proof",
        "scope": TokenScope.WRITE,
        "second_factor": True,
        "bound": account.get_session_auth_hash(),
        "made_at": now,
        "expires_at": now + DAY,
        "last_used_on": timezone.localdate(),
    }
    Token.objects.update_or_create(digest=digest_of(secret), defaults=kept)
    return Client(HTTP_AUTHORIZATION=f"Bearer {secret}", raise_request_exception=False)
