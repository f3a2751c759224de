"""Runs the proof in small against a planted fault, and says what saw it."""

import random

from tests.proof import cells, crawl, world
from tests.proof.channels import ADAPTERS, doors
from tests.proof.planting import ACCEPTING, CELLS, GRANTS, POWERS
from tongxin.accounts.actions import postings
from tongxin.accounts.models import Account
from tongxin.core.errors import NotYours, Refused

CAST = (
    "clerk at north",
    "coordinator at east",
    "clerk at east",
    "expert at province",
    "organisation at city",
    "auditor at new",
    "clerk at old and clerk at harbour",
    "clerk at old",
    "audit_admin at city",
    "coordinator at east, since today",
    "clerk at east, until today",
    "clerk at east, from tomorrow",
    "clerk at river",
    "expert at province and clerk at west",
    "system_admin at city",
    "security_admin at east",
    "coordinator at city",
    "coordinator at far",
)
GRANTERS = ("security_admin at city", "security_admin at east", "coordinator at city")


class Hunt:
    """A world, a cast, and the questions in small."""

    def __init__(self, seed=3):
        self.world = world.world(seed)
        self.world.share = 1
        by_label = {person.label: person for person in self.world.people}
        self.cast = [by_label[label] for label in CAST]
        self.granters = [by_label[label] for label in GRANTERS]
        self.places = {
            k: self.world.places[k]
            for k in ("city", "east", "north", "old", "river", "moved", "leaving")
        }

    def sees(self, fault, *, everywhere=False):
        """Return what saw a fault, where it is expected or everywhere; None when nothing did.

        Asking everywhere takes minutes for one fault: it is for finding where it is to be expected.
        """
        rest = (CELLS, POWERS, GRANTS, ACCEPTING, "locked", *ADAPTERS) if everywhere else ()
        with fault.planted():
            for where in (*fault.seen_in, *(each for each in rest if each not in fault.seen_in)):
                if self.asks(where):
                    return where
        return None

    def asks(self, where):
        """Whether a part of the proof finds anything wrong."""
        if where == CELLS:
            things, oracle = self.world.things, self.world.oracle
            return any(cells.compare(p, things, oracle).differences for p in self.cast)
        if where == POWERS:
            powers = cells.compare_powers(self.cast, self.places, self.world.oracle)
            entering = cells.compare_entering(self.cast, self.places, self.world.oracle)
            return bool(powers.differences or entering.differences)
        if where in {GRANTS, ACCEPTING}:
            return self.asks_about_grants() if where == GRANTS else self.asks_about_accepting()
        if where == "locked":
            persons = [p for p in self.cast if p.label == "coordinator at east"]
            return bool(doors.ask_without_a_second_factor(self.world, random.Random(1), persons)[1])
        for seed, person in enumerate(self.cast):
            only = {"persons": [person], "channels": [where], "most": 60}
            sent = crawl.crawl(self.world, seed, 1, **only)
            if sent.leaks or sent.denials:
                return True
        return False

    def asks_about_grants(self):
        """Whether somebody may grant what the oracle denies, or the other way round."""
        return bool(compare_grants(self.granters, self.world, self.places).differences)

    def asks_about_accepting(self):
        """Whether anything about what counts at once, whose turn it is, or who decides is wrong."""
        oracle, things = self.world.oracle, self.world.things
        known = {key for key, *_rest in self.world.reviews.values()}
        fresh = {k: t for k, t in things.items() if k not in known}
        waiting = {k: t._replace(stage="submitted") for k, t in fresh.items() if k[0] == "sites"}
        found = cells.compare_accepting(self.cast, self.places, oracle)
        found.add(cells.compare_turns(self.world.people, self.places, oracle))
        found.add(cells.compare_deciding(self.cast, waiting, oracle))
        return bool(found.differences)


def compare_grants(granters, made, places):
    """Whether each may post each of a few accounts, in each role, to an office of each place."""
    from tests.proof.oracle import ROLES

    found = cells.Compared()
    for person in granters:
        by = Account.objects.get(pk=person.account.pk)
        targets = [person.account.pk, *(p.account.pk for p in made.people[:2])]
        for target in targets:
            for role in ROLES:
                for division in places.values():
                    answer = made.oracle.may_grant(person.viewer, target, role, division.pk)
                    try:
                        postings._refuse_grant(by, target, division.pk, role)
                        told = True
                    except (NotYours, Refused):
                        told = False
                    found.note(told == answer, person.label, target, role, division)
    return found
