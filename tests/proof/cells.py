"""Engine against oracle, cell by cell: every viewer, every record, every act.

The engine is asked by sets: one query answers for all records of a register at once. The oracle
is asked one by one. A cell is one viewer, one record (its register, place, relation to the viewer,
sensitivity, links, state, author) and one act.
"""

import itertools
import random
from dataclasses import dataclass, field

from django.utils import timezone

from tests.proof import land, people
from tests.proof.oracle import ROLES, STRICTNESS, Thing
from tongxin.accounts import permissions as powers
from tongxin.accounts.queries import standing
from tongxin.campaigns.models import Participation, Series
from tongxin.incubation.models import Intake, Tenancy
from tongxin.party_building.models import Project
from tongxin.programmes.models import OccupationalGroup, Programme, RecognitionKind
from tongxin.registers import declaration, permissions
from tongxin.registers.choices import Act
from tongxin.reviews import permissions as deciding
from tongxin.reviews import queries as queues
from tongxin.reviews.models import Review
from tongxin.sites.models import Designation

PLACES = ("city", "east", "north", "village", "river", "moved", "old", "harbour", "parted", "far")
STATES = (False, True)
POWERS = sorted({power for held in ROLES.values() for power in held.split()})


@dataclass
class Compared:
    """How many cells were compared, and those in which engine and oracle differ."""

    cells: int = 0
    differences: list = field(default_factory=list)

    def note(self, agreed, *about):
        """Count a cell, and keep one in which the answers differ."""
        self.cells += 1
        if not agreed:
            self.differences.append(about)

    def add(self, other):
        """Add up two comparisons."""
        self.cells += other.cells
        self.differences += other.differences
        return self


class Rows:
    """Builds the rows of every register in memory and tells the oracle what they are."""

    def __init__(self, places, authors):
        self.places, self.authors = places, authors
        self.number = itertools.count(1)
        self.things = {}  # (register, pk) -> Thing
        self.models = {}

    def plain(self, model, **facts):
        """Facts that every record has."""
        number = next(self.number)
        return model(name=f"r{number}", sort_key=f"r{number:06}", initials=f"r{number}", **facts)

    def states(self, key):
        """Every sensitivity, state and author of a record at a place; some are not accepted."""
        authors = (None, self.authors[key], self.authors["far"])
        every = [(*each, "accepted") for each in itertools.product(STRICTNESS, STATES, authors)]
        every += [(sensitivity, False, None, "submitted") for sensitivity in STRICTNESS]
        names = ("sensitivity", "void", "entered_by_id", "stage")
        return [dict(zip(names, each, strict=True)) for each in every]

    def build(self, key, programme, words):
        """Add all the records at one place."""
        made = {}
        for register, facts in KINDS.items():
            model = declaration.get(register).model
            for state in self.states(key):
                more = facts(next(self.number), words)
                if register != "organisations":
                    more["programme"] = programme
                if register != "means":
                    more["division"] = self.places[key]
                made.setdefault(register, []).append(self.plain(model, **state, **more))
        self.save(made, key, {})
        self.save_linked(made, key, programme)
        return made

    def save_linked(self, made, key, programme):
        """Add the records that refer to others: to one of each sensitivity, each state apart."""
        one_of = {
            register: [next(r for r in made[register] if r.sensitivity == s) for s in STRICTNESS]
            for register in ("sites", "campaigns", "means", "organisations")
        }
        place = {"division": self.places[key], "programme": programme}
        linked, links = {}, {}
        for state in self.states(key):
            for model, register, link, target, more in (
                (Designation, "designations", "site", "sites", {"level": "city"}),
                (Series, "series", "campaign", "campaigns", {}),
                (Project, "projects", "means", "means", place),
            ):
                for other in [*one_of[target], *([None] if register == "projects" else [])]:
                    row = self.plain(model, **{link: other}, **state, **more)
                    linked.setdefault(register, []).append(row)
                    links[id(row)] = [(target, other)] if other else []
        self.save_applications(made, key, linked, links)
        self.save_participations(made, key, linked, links)
        self.save(linked, key, links)

    def save_applications(self, made, key, linked, links):
        """Calls of a base of each kind, and applications of organisations, some represented."""
        bases, own = made["bases"], made["organisations"]
        today = timezone.localdate()
        days = {"opens_on": today, "closes_on": today}
        one_of = [next(r for r in bases if r.sensitivity == s) for s in STRICTNESS]
        one_of += [
            next(r for r in bases if r.void),
            next(r for r in bases if r.stage != "accepted"),
        ]
        pairs = ((0, 0), (1, 0), (7, 1), (14, 0), (0, 2))
        for state in self.states(key):
            for base in one_of:
                row = self.plain(Intake, base=base, **days, **state)
                linked.setdefault("intakes", []).append(row)
                links[id(row)] = [("bases", base)]
            for organisation, base in ((own[first], one_of[second]) for first, second in pairs):
                told = {"base": base, "organisation": organisation, "admission": "early"}
                row = self.plain(Tenancy, **told, **state)
                linked.setdefault("tenancies", []).append(row)
                links[id(row)] = [("bases", base), ("organisations", organisation)]

    def save_participations(self, made, key, linked, links):
        """Each pair of a campaign and an organisation takes part once, so the states turn."""
        by = {
            register: {s: [r for r in made[register] if r.sensitivity == s] for s in STRICTNESS}
            for register in ("campaigns", "organisations")
        }
        states = self.states(key)
        for first, second in itertools.product(STRICTNESS, STRICTNESS):
            pairs = itertools.product(by["campaigns"][first], by["organisations"][second])
            for (campaign, organisation), state in zip(pairs, states, strict=False):
                row = self.plain(
                    Participation, campaign=campaign, organisation=organisation, **state
                )
                linked.setdefault("participations", []).append(row)
                links[id(row)] = [("campaigns", campaign), ("organisations", organisation)]

    def save(self, made, key, links):
        """Write rows and remember what the oracle is told of them."""
        for register, rows in made.items():
            declaration.get(register).model.objects.bulk_create(rows)
            for row in rows:
                referred = tuple(self.things[kind, r.pk] for kind, r in links.get(id(row), ()))
                self.things[register, row.pk] = Thing(
                    register,
                    row.pk,
                    self.places[key].pk,
                    row.sensitivity,
                    row.void,
                    row.entered_by_id,
                    referred,
                    row.stage,
                )


KINDS = {
    "organisations": lambda _n, _w: {"kind": "52", "status": "filed"},
    "sites": lambda _n, w: {"group": w["group"]},
    "bases": lambda _n, _w: {"level": "county"},
    "budgets": lambda n, _w: {"year": n, "amount": 1, "document": "d"},
    "trainings": lambda _n, _w: {"held_on": timezone.localdate()},
    "campaigns": lambda _n, _w: {},
    "brands": lambda _n, _w: {"work": "w"},
    "recognitions": lambda _n, w: {"kind": w["kind"]},
    "means": lambda _n, _w: {},
    "observations": lambda n, _w: {"indicator": f"i{n}", "value": 1, "source": "s"},
}


def world(places, authors, *, keys=PLACES):
    """Fill every register at some places; `authors` gives for each place an account's number."""
    rows = Rows(places, authors)
    for key in keys:
        programme = Programme.objects.create(
            key=f"p-{key}", name=key, division=places[key], begins="2017-03"
        )
        words = {
            "group": OccupationalGroup.objects.create(programme=programme, key="g", name="g"),
            "kind": RecognitionKind.objects.create(programme=programme, key="k", name="k"),
        }
        rows.build(key, programme, words)
    return rows.things


def scene(places, keys=PLACES):
    """The people, the records at some places, and the oracle of today."""
    everybody = people.people(places)
    clerks = {
        person.label.removeprefix("clerk at "): person.account.pk
        for person in everybody
        if person.plain and person.label.startswith("clerk")
    }
    clerks["parted"] = clerks["river"]
    things = world(places, clerks, keys=keys)
    mine = [thing.name for thing in things.values() if thing.register == "organisations"][::7]
    everybody = [
        people.representing(person, mine) if person.may_represent else person
        for person in everybody
    ]
    return everybody, things, land.oracle()


def compare(person, things, oracle, registers=None):
    """Compare all acts of one person on all records: one query for each register and act."""
    account, found = person.fresh(), Compared()
    by_register = {}
    for thing in things.values():
        by_register.setdefault(thing.register, []).append(thing)
    for key in registers or by_register:
        register = declaration.get(key)
        allowed = {
            str(act): set(
                permissions.permitted(account, act, register).values_list("pk", flat=True)
            )
            for act in Act
        }
        for thing in by_register[key]:
            told = oracle.may(person.viewer, thing)
            found.cells += len(told)
            for act, answer in told.items():
                if (thing.name in allowed[act]) != answer:
                    found.differences.append((person.label, act, answer, thing))
    return found


def compare_one_by_one(everybody, things, oracle, number, seed):
    """Ask for one record, as pages and actions do: `may` for an act, `acts_on` for all of them."""
    draw, found = random.Random(seed), Compared()
    every = list(things.values())
    for _ in range(number):
        person, thing = draw.choice(everybody), draw.choice(every)
        act = draw.choice(list(Act))
        register = declaration.get(thing.register)
        record = register.model(pk=thing.name)
        right = oracle.may(person.viewer, thing)
        answer = permissions.may(person.fresh(), act, register, record)
        found.note(answer == right[str(act)], person, act, thing)
        _record, acts = permissions.acts_on(person.fresh(), register, thing.name)
        expected = {each for each in Act if right[str(each)]} if right[str(Act.SEE)] else set()
        found.note(acts == expected, person, "all acts", thing)
    return found


def compare_powers(everybody, places, oracle):
    """Whether each holds each power over each division, and anywhere at all."""
    found = Compared()
    for person in everybody:
        account = person.fresh()
        for power in POWERS:
            for division in places.values():
                answer = oracle.over(person.viewer, power, division.pk)
                found.note(
                    powers.holds(account, power, division.pk) == answer, person, power, division
                )
            answer = bool(oracle.roots(person.viewer, power))
            found.note(standing(account).has(power) == answer, person, power, "anywhere")
    return found


def compare_entering(everybody, places, oracle):
    """Whether each may enter a record of each register at each division."""
    found = Compared()
    for person in everybody:
        account = person.fresh()
        for register in declaration.every():
            if register.place != "division":
                continue
            for division in places.values():
                answer = oracle.may_enter(person.viewer, register.key, division.pk)
                told = permissions.may_enter_under(account, register, division)
                found.note(told == answer, person, register.key, division)
    return found


def compare_accepting(everybody, places, oracle):
    """Whether what each enters of each register at each division counts at once."""
    found = Compared()
    for person in everybody:
        account = person.fresh()
        for key in ("sites", "budgets", "means"):
            for division in places.values():
                answer = oracle.stands_at_once(person.viewer, key, division.pk)
                told = permissions.stands_at_once(account, declaration.get(key), division.pk)
                found.note(told == answer, person, key, division)
    return found


def compare_deciding(everybody, things, oracle):
    """Whether each decides on each record that waits, whoever's turn it is."""
    waiting = [thing for thing in things.values() if thing.stage == "submitted"]
    somebody = everybody[0].account
    reviews = Review.objects.bulk_create(
        Review(
            register=thing.register,
            subject_id=thing.name,
            name="r",
            place_id=thing.place,
            turn_id=turn,
            state="submitted",
            version=1,
            author=somebody,
            submitted_at=timezone.now(),
        )
        for thing, turn in zip(waiting, itertools.cycle(turns_of(waiting)), strict=False)
    )
    found = Compared()
    for person in everybody:
        told = set(
            Review.objects.filter(deciding.decides(person.fresh())).values_list("pk", flat=True)
        )
        for review, thing in zip(reviews, waiting, strict=True):
            answer = oracle.may_decide(person.viewer, thing, review.turn_id)
            found.note((review.pk in told) == answer, person.label, thing, review.turn_id)
    Review.objects.filter(pk__in=[review.pk for review in reviews]).delete()
    return found


def turns_of(waiting):
    """The places of what waits, shifted: each register's records lie under every one's turn."""
    return [thing.place for thing in waiting[1:]]


def compare_turns(everybody, places, oracle):
    """Whose turn it is with what lies in each division."""
    found = Compared()
    accepting = {
        root for person in everybody for root in oracle.roots(person.viewer, "records.accept")
    }
    for division in places.values():
        told = queues.turn_after(division.pk, timezone.localdate())
        found.note(told in oracle.turns(division.pk, accepting), division, told)
    return found
