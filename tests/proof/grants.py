"""A state machine of grants: anybody tries anything with anybody's posting; a model foresees it.

The model keeps every posting as plain values and asks the oracle who may do what. After each act
the product must have refused what the model refuses, done what it allows, and hold the same rows.
"""

import datetime as dt
import random
from dataclasses import dataclass, field
from itertools import combinations

from django.db import IntegrityError
from django.utils import timezone

from tests.proof.oracle import ADMINISTRATORS, ROLES, Viewer
from tongxin.accounts import permissions
from tongxin.accounts.actions import accounts as accounts_actions
from tongxin.accounts.actions import postings as actions
from tongxin.accounts.models import Account, Office, Posting
from tongxin.core.errors import NotYours, Refused

DAY = dt.timedelta(days=1)
POWERS = sorted({power for held in ROLES.values() for power in held.split()})
ACTS = ("give", "give", "give", "end", "correct", "take back", "switch")
FEW, ASKED = 24, 3
OFTEN, SELDOM = 0.75, 0.1
FIRST = (
    ("security_admin", "province"),
    ("security_admin", "city"),
    ("security_admin", "east"),
    ("system_admin", "province"),
    ("system_admin", "city"),
    ("coordinator", "city"),
    ("clerk", "east"),
)


@dataclass(frozen=True)
class Kept:
    """A posting as the model keeps it."""

    account: int
    place: int
    role: str
    since: dt.date
    until: dt.date | None

    def meets(self, other):
        """Whether two postings hold on one day."""
        far = dt.date.max
        return self.since < (other.until or far) and other.since < (self.until or far)


@dataclass
class Walked:
    """How many acts were tried, how many of them were done, and what went otherwise."""

    tried: int = 0
    done: int = 0
    wrong: list = field(default_factory=list)


class Machine:
    """The accounts and offices of a land, and the model of who is posted where."""

    def __init__(self, places, oracle, seed):
        self.oracle, self.draw, self.today = oracle, random.Random(seed), timezone.localdate()
        self.offices = {
            place.pk: Office.objects.create(division=place, name="办公室")
            for place in places.values()
        }
        self.accounts = [self._opened(number, places) for number in range(FEW)]
        self.active = set(self.accounts)
        self.postings, self.walked = {}, Walked()
        for (role, key), account in zip(FIRST, self.accounts, strict=False):
            kept = Kept(account, places[key].pk, role, self.today - 30 * DAY, None)
            self.postings[self._give(None, kept).pk] = kept

    def _opened(self, number, places):
        office = self.offices[self.draw.choice(sorted(p.pk for p in places.values()))]
        return Account.objects.create(username=f"walker{number}", office=office).pk

    def viewer(self, account):
        """What the oracle is told of an account."""
        held = [
            (k.place, k.role, k.since, k.until)
            for k in self.postings.values()
            if k.account == account
        ]
        return Viewer(account, tuple(held), account in self.active)

    def walk(self, steps):
        """Take so many steps; stop at the first that goes wrong."""
        for _ in range(steps):
            self.step()
            if self.walked.wrong:
                break
        return self.walked

    def step(self):
        """Try one act, and compare what came of it."""
        name, by = self.draw.choice(ACTS), self._actor()
        act = getattr(self, "_try_" + name.replace(" ", "_"))
        foreseen, about, run, after = act(by)
        if about is None:
            return
        versions = dict(Account.objects.values_list("pk", "rights_version"))
        try:
            result = run()
        except (NotYours, Refused) as refused:
            told, result = False, refused
        except IntegrityError as broken:  # the rule is held by the table, which has no words for it
            self.walked.wrong.append((name, by, about, f"{broken!r}"))
            return
        else:
            told = True
        self.walked.tried += 1
        self.walked.done += told
        if told != foreseen:
            self.walked.wrong.append((name, by, about, f"foreseen {foreseen}, came {result!r}"))
            return
        if told:
            touched = after(result)
            self._expect(touched is None or self._sessions_ended(versions, touched), name, about)
        self._compare(name, about)

    def _actor(self):
        """Mostly somebody who may grant something, else anybody."""
        granting = [k.account for k in self.postings.values() if k.role in ADMINISTRATORS]
        return self.draw.choice(granting if self.draw.random() < OFTEN else self.accounts)

    def _target(self, by):
        """Anybody, and often enough oneself."""
        return by if self.draw.random() < SELDOM else self.draw.choice(self.accounts)

    def _span(self):
        since = self.today + self.draw.choice((-20, -5, 0, 1, 9)) * DAY
        until = self.draw.choice((None, None, since + 4 * DAY, since + 30 * DAY, since))
        return since, until

    def _try_give(self, by):
        since, until = self._span()
        account, place = self._target(by), self.draw.choice(sorted(self.offices))
        if self.draw.random() > OFTEN:  # beside a posting in the same office
            like = self._some_posting()[1]
            account, place = like.account, like.place
        kept = Kept(account, place, self.draw.choice(sorted(ROLES)), since, until)
        may = self._may(by, kept) and kept.account in self.active and self._fits(kept)

        def after(posting):
            self.postings[posting.pk] = kept
            return kept.account

        return may, kept, lambda: self._give(by, kept), after

    def _try_end(self, by):
        number, kept = self._some_posting()
        until = self.today + self.draw.choice((-40, -1, 0, 3, 60)) * DAY
        new = Kept(kept.account, kept.place, kept.role, kept.since, until)
        may = self._may(by, kept) and self._fits(new, number)

        def after(_posting):
            self.postings[number] = new
            return kept.account

        run = self._act(actions.end_posting, number, by, until=until)
        return may, new, run, after

    def _try_correct(self, by):
        number, kept = self._some_posting()
        since, until = self._span()
        new = Kept(kept.account, kept.place, self.draw.choice(sorted(ROLES)), since, until)
        may = self._may(by, kept) and self._may(by, new) and self._fits(new, number)

        def after(_posting):
            self.postings[number] = new
            return kept.account if new != kept else None

        facts = {"role": new.role, "since": since, "until": until, "reason": "写错了"}
        return may, new, self._act(actions.correct_posting, number, by, **facts), after

    def _try_take_back(self, by):
        number, kept = self._some_posting()
        may = self._may(by, kept) and kept.since > self.today

        def after(_nothing):
            del self.postings[number]
            return kept.account

        return may, kept, self._act(actions.withdraw_posting, number, by), after

    def _try_switch(self, by):
        """Take an account out of use, or bring it back."""
        account = self._target(by)
        row = Account.objects.select_related("office").get(pk=account)
        over = self.oracle.over(self.viewer(by), "accounts.manage", row.office.division_id)
        switching_off = account in self.active
        may = over and account != by
        verb = accounts_actions.deactivate if switching_off else accounts_actions.reactivate

        def after(_account):
            (self.active.discard if switching_off else self.active.add)(account)
            return account

        actor = self._account(by)
        return may, (account, switching_off), lambda: verb(row, by=actor, reason="试"), after

    def _some_posting(self):
        number = self.draw.choice(sorted(self.postings))
        return number, self.postings[number]

    def _may(self, by, kept):
        return self.oracle.may_grant(self.viewer(by), kept.account, kept.role, kept.place)

    def _fits(self, kept, apart_from=None):
        """Whether a posting goes with the account's others: in its days, and in what it holds."""
        if kept.until is not None and kept.until <= kept.since:
            return False
        others = [
            k
            for number, k in self.postings.items()
            if number != apart_from and k.account == kept.account and k.meets(kept)
        ]
        apart = ADMINISTRATORS.intersection([kept.role, *(k.role for k in others)])
        return not any(k.place == kept.place for k in others) and not (others and apart)

    def _account(self, number):
        """The account as its next request reads it."""
        return Account.objects.get(pk=number)

    def _give(self, by, kept):
        return actions.post(
            by=None if by is None else self._account(by),
            account=self._account(kept.account),
            office=self.offices[kept.place],
            role=kept.role,
            since=kept.since,
            until=kept.until,
        )

    def _act(self, verb, number, by, **facts):
        return lambda: verb(Posting.objects.get(pk=number), by=self._account(by), **facts)

    def _sessions_ended(self, versions, account):
        return self._account(account).rights_version > versions[account]

    def _expect(self, good, *about):
        if not good:
            self.walked.wrong.append((*about, "sessions go on"))

    def _compare(self, name, about):
        """The rows are the model's; nobody holds what does not go together; powers agree."""
        rows = Posting.objects.values_list(
            "pk", "account_id", "office__division_id", "role", "since", "until"
        )
        if {row[0]: Kept(*row[1:]) for row in rows} != self.postings:
            self.walked.wrong.append((name, about, "the rows are not the model's"))
        for one, other in combinations(self.postings.values(), 2):
            together = one.account == other.account and one.meets(other)
            if together and ADMINISTRATORS & {one.role, other.role}:
                self.walked.wrong.append((name, one, other, "not apart"))
        for _ in range(ASKED):
            account, power = self.draw.choice(self.accounts), self.draw.choice(POWERS)
            place = self.draw.choice(sorted(self.offices))
            told = permissions.holds(self._account(account), power, place)
            if told != self.oracle.over(self.viewer(account), power, place):
                self.walked.wrong.append((name, account, power, place, f"holds: {told}"))
