"""Alters what is hidden from somebody: changes it, voids it, brings it back, adds to it.

Everything goes through the product's own actions, so that search, journal and totals follow as
they would. What is altered is chosen by the oracle alone.
"""

from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest

from tests import factories as make
from tests.proof.oracle import STRICTNESS
from tests.proof.world import CHANGED, LINKED, TEXTS
from tongxin.divisions.models import Division
from tongxin.files import actions as files
from tongxin.files.choices import FileKind
from tongxin.files.gate import Passed
from tongxin.registers import declaration
from tongxin.registers.actions import change, set_void
from tongxin.trainings.actions import add_participant

NEW_YEAR = 2098


@dataclass
class Altered:
    """How many hidden rows were altered, by the way in which it was done."""

    ways: Counter = field(default_factory=Counter)
    keys: list = field(default_factory=list)


def hidden_from(world, person):
    """The records of which a person reads nothing, a register in turn, so that each has its part.

    Left out is what he reads of otherwise: what he entered or uploaded to, the journal of his
    territory, what something that he sees refers to, at whatever distance, and by what his totals
    count something that he sees.
    """
    told = _told_of(world, person)
    told |= _counted_by(world, person, told)
    by_register = {}
    for key in sorted(world.things):
        if (
            key not in told
            and not _is_his(world, person, key)
            and _stays_hidden(world, person, key)
        ):
            by_register.setdefault(key[0], []).append(key)
    turns = zip_longest(*by_register.values())
    return [key for turn in turns for key in turn if key is not None]


def alter(world, person, draw, most):
    """Alter up to so many of the records hidden from a person, and add hidden ones."""
    done = Altered()
    for number, key in enumerate(hidden_from(world, person)[:most]):
        _alter_one(world, draw, key, number, done)
        done.keys.append(key)
    for key in _addable(world, person):
        _add_like(world, draw, key, done)
    return done


def _told_of(world, person):
    """The records that a person sees, and all that these refer to, step by step."""
    told = {key for key in world.things if world.acts(person, key)["see"]}
    told |= {key[:2] for key in world.papers if world.opens(person, key)}
    waiting = [world.things[key] for key in told]
    while waiting:
        for link in waiting.pop().links:
            if (link.register, link.name) not in told:
                told.add((link.register, link.name))
                waiting.append(link)
    return told


def _stays_hidden(world, person, key):
    """Whether a record would be hidden in force as well: what is void is shown to fewer."""
    thing = world.things[key]._replace(void=False)
    return not world.oracle.may(person.viewer, thing)["see"]


def _counted_by(world, person, told):
    """Participations in campaigns elsewhere, by which an organisation here counts as taking part.

    A restricted one makes nobody count but where restricted records do.
    """
    cleared, found = bool(world.oracle.roots(person.viewer, "records.restricted")), set()
    for key, thing in world.things.items():
        links = {(link.register, link.name) for link in thing.links}
        counts = cleared or world.oracle.strictest(thing) != "restricted"
        if key[0] == "participations" and counts and not told.isdisjoint(links):
            found |= {key, *links}
    return found


def _is_his(world, person, key):
    thing, mine = world.things[key], person.account.pk
    return (
        thing.author == mine
        or world.oracle.over(person.viewer, "journal.read", thing.place)
        or any(paper.uploader == mine for k, paper in world.papers.items() if k[:2] == key)
    )


def _alter_one(world, draw, key, number, done):
    """Change, void or bring back one record; put somebody on its list, or a file to it."""
    register = declaration.get(key[0])
    record = register.model.objects.get(pk=key[1])
    if key in world.merged:
        return  # what was merged does not come back; the merger is undone
    if record.void:
        _void(register, record, done, void=False)
    elif key[0] in CHANGED and number % 3:
        name = CHANGED[key[0]]
        change(register, record, by=None, values={name: world.token()})
        done.ways["changed"] += 1
    elif key[0] == "trainings" and number % 2:
        add_participant(record, by=None, said=make.agreement(name=world.token()))
        done.ways["listed"] += 1
    else:
        _void(register, record, done, void=True)
    if number % 4 == 0:
        word = world.token()
        passed = Passed(f"{word}.pdf", FileKind.PDF, "application/pdf", f"%PDF-1.4 {word}".encode())
        facts = {"sensitivity": draw.choice(STRICTNESS), "place": world.things[key].place}
        files.attach(register=key[0], subject=record, passed=passed, by=None, **facts)
        done.ways["attached"] += 1


def _void(register, record, done, *, void):
    set_void(register, record, by=None, void=void, reason="改动" if void else "")
    done.ways["voided" if void else "restored"] += 1


def _addable(world, person):
    """One hidden record of each register at whose place, with whose links, another would be hidden.

    A restricted record stays hidden wherever restricted ones are; so the new one is restricted.
    """
    found = {}
    for key in hidden_from(world, person):
        thing = world.things[key]
        cleared = world.oracle.over(person.viewer, "records.restricted", thing.place)
        if not cleared and key[0] != "participations":
            found.setdefault(key[0], key)
    return list(found.values())


def _add_like(world, draw, key, done):
    """Enter a restricted record where a hidden one lies, referring to what that refers to."""
    register, values = declaration.get(key[0]), {}
    record = register.model.objects.get(pk=key[1])
    for link, _target in LINKED.get(key[0], ()):
        values[link] = getattr(record, link)
        if values[link] is None or values[link].void:
            return
    values |= {name: world.token() for name in TEXTS[key[0]].split()}
    if key[0] == "organisations":
        number = 900_000 + draw.randrange(90_000)
        values |= {"status": "filed", "credit_code": make.credit_code(number)}
    if key[0] == "recognitions":
        values["kind"] = record.kind
    if key[0] == "budgets":
        values["year"] = NEW_YEAR
    if key[0] == "observations":
        return  # one statement for one place and day: it was changed or voided above
    place = Division.objects.get(pk=world.things[key].place)
    # The words of an activity are those of its site's programme.
    of = record.site.programme if key[0] == "activities" else world.facts[key]["programme"]
    make.record(key[0], place=place, of=of, sensitivity="restricted", **values)
    done.ways["added"] += 1
