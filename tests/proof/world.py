"""A generated world in which every text of every record is a canary.

Each token stands in one field of one record and nowhere else. A response that holds a token which
the oracle denies to its reader is a leak, whatever the page. Records go in by the product's own
actions, so that search, journal and history hold tokens as well.
"""

import base64
import io
import random
import re
import zipfile
from dataclasses import dataclass, field
from itertools import count

from tests import factories as make
from tests.proof import land, people
from tests.proof.applying import apply_some
from tests.proof.judging import Judging
from tests.proof.lookouts import save_some
from tests.proof.notices import put_some_up
from tests.proof.oracle import STRICTNESS, Thing
from tests.proof.papers import attach_some
from tests.proof.submitting import submit_some
from tongxin.accounts.models import Account, Office, Posting
from tongxin.registers import declaration
from tongxin.registers.actions import change, set_void
from tongxin.trainings.actions import add_participant

TOKEN = re.compile(r"zq[0-9a-z]{5}")
LINK = re.compile(r"/registers/([a-z]+)/(\d+)/")
PAGE_TOKEN = re.compile(r"(?:after|before)=([\w-]+)")
LETTERS = "0123456789abcdefghijkmnpqrstuvwx"
PLACES = ["city", "east", "north", "village", "river", "moved", "old", "harbour", "parted", "far"]
MANY, FEW, PAPERS, SUBMITTED, PUT_UP = 56, 11, 50, 30, 40
LINKED = {
    "designations": (("site", "sites"),),
    "visits": (("site", "sites"),),
    "activities": (("site", "sites"),),
    "series": (("campaign", "campaigns"),),
    "participations": (("campaign", "campaigns"), ("organisation", "organisations")),
    "intakes": (("base", "bases"),),
    "tenancies": (("base", "bases"),),
    "events": (("tenancy", "tenancies"),),
    "projects": (("means", "means"),),
}
TEXTS = {
    "organisations": "name registrar work place_text",
    "sites": "name address about place_text",
    "designations": "document legal_basis plaque",
    "visits": "visitors findings",
    "activities": "name",
    "bases": "name operator services grade",
    "intakes": "document",
    "tenancies": "applicant plan",
    "events": "name provider",
    "budgets": "document",
    "trainings": "name organiser",
    "campaigns": "name themes",
    "series": "name",
    "participations": "",
    "brands": "name work",
    "recognitions": "title subject evidence",
    "means": "name about",
    "projects": "name about place_text",
    "observations": "stated_as scope_text source",
}
CHANGED = {
    "organisations": "work",
    "sites": "address",
    "designations": "document",
    "visits": "findings",
    "activities": "name",
    "bases": "operator",
    "intakes": "document",
    "tenancies": "plan",
    "campaigns": "themes",
    "brands": "work",
    "recognitions": "evidence",
    "projects": "about",
    "means": "about",
    "observations": "source",
}
WORDED_BY = {"projects": "means", "activities": "sites"}
SUBMITTABLE = {key: name for key, name in CHANGED.items() if key not in {"means", "tenancies"}} | {
    "trainings": "organiser"
}


@dataclass(frozen=True)
class Canary:
    """Where a token stands: `name` and `field` are read with the record, `past` with its history,
    `person` (a participant's name) by who sees the training and is cleared, or entered the name,
    `paper` by who may open the attachment, `account` (a display name) by who administers it,
    `view` (the name of a saved view) by its owner, and by all where it is shared; `posted` (a
    notice) with its record, `inside` (a draft, an objection) by whose posting covers the record,
    `objector` (who signed) by those of them who are cleared, or wrote it down."""

    kind: str
    key: tuple


@dataclass
class World(Judging):
    """Everything that is in it, and what the oracle is told."""

    seed: int
    share: float = 0.35
    """How many of the records each person asks for, on each channel that goes record by record."""
    places: dict = field(default_factory=dict)
    programmes: dict = field(default_factory=dict)
    people: list = field(default_factory=list)
    things: dict = field(default_factory=dict)  # (register, pk) -> Thing
    names: dict = field(default_factory=dict)  # (register, pk) -> the token to search for
    facts: dict = field(default_factory=dict)  # (register, pk) -> programme, filters
    tokens: dict = field(default_factory=dict)  # token -> Canary
    referring: dict = field(default_factory=dict)  # (register, pk) -> things that refer to it
    sums: dict = field(default_factory=dict)  # trainings: pk -> sessions, a power of two
    enterers: dict = field(default_factory=dict)  # token of a participant -> who entered the name
    reviews: dict = field(default_factory=dict)  # pk -> (register, pk), author, turn, writers
    papers: dict = field(default_factory=dict)  # (register, pk, number) -> Paper
    merged: dict = field(default_factory=dict)  # (register, pk) absorbed -> (register, pk)
    notices: dict = field(default_factory=dict)  # pk -> (register, pk), posted, its tokens
    objected: set = field(default_factory=set)  # numbers of notices that met an objection
    views: dict = field(default_factory=dict)  # key of a saved view -> Lookout
    standards: dict = field(default_factory=dict)  # key of a place -> place that writes drafts
    assessments: dict = field(default_factory=dict)  # pk -> (register, pk)
    handed_in: set = field(default_factory=set)  # pk of assessments that are at their check
    panels: dict = field(default_factory=dict)  # pk of an assessment -> pk of its panel
    seats: dict = field(default_factory=dict)  # pk of an assessment -> account -> how far it is
    oracle: object = None
    _sees: dict = field(default_factory=dict)

    def token(self):
        """A word that stands nowhere else."""
        number = self._numbers[0] = self._numbers[0] + 7919 + self.seed
        word = "zq" + "".join(LETTERS[number >> 5 * at & 31] for at in range(5))
        return word if word not in self.tokens else self.token()

    def __post_init__(self):
        self._numbers = [self.seed * 31]

    def acts(self, person, key):
        """What the oracle allows a person with a record; asked once."""
        place = (person.viewer, key)
        if place not in self._sees:
            self._sees[place] = self.oracle.may(person.viewer, self.things[key])
        return self._sees[place]

    def programmes_of(self, person):
        """The programmes of divisions above, at or below a posting, the newest first."""
        roots = [d for d, _role in self.oracle.roles(person.viewer)]
        near = [
            p
            for p in self.programmes.values()
            if any(
                self.oracle.answers(p.division_id, root) or self.oracle.answers(root, p.division_id)
                for root in roots
            )
        ]
        return sorted(near, key=lambda p: p.key)

    def trainings(self, programme):
        """The trainings of a programme, as the oracle is told of them."""
        return [
            t
            for k, t in self.things.items()
            if k[0] == "trainings" and self.facts[k]["programme"] == programme
        ]

    @property
    def postings(self):
        """Number, place, account and role of every posting."""
        rows = Posting.objects.values_list("pk", "office__division_id", "account_id", "role")
        return sorted(rows)

    @property
    def offices(self):
        """Number and place of every office."""
        return sorted(Office.objects.values_list("pk", "division_id"))

    @property
    def kept_accounts(self):
        """Number of every account, and the place of the office that keeps it."""
        return list(Account.objects.order_by("pk").values_list("pk", "office__division_id"))

    def knows(self, person, number):
        """Whether a person may read the name of an account: his own, or one he administers."""
        about = next(other for other in self.people if other.account.pk == number)
        posted = [place for place, *_rest in about.viewer.postings]
        over = self.oracle.over
        return (
            number == person.account.pk
            or self.works_with(person, about)
            or self.judges_with(person, about)
            or any(over(person.viewer, "accounts.manage", place) for place in posted[:1])
            or any(
                over(person.viewer, power, place)
                for place in posted
                for power in ("postings.grant", "journal.read")
            )
        )

    def works_with(self, person, other):
        """Whether somebody wrote what a person sees the past of, or decides on the same."""
        over = self.oracle.over
        return any(
            (
                other.account.pk in writers
                and (
                    self.acts(person, key)["history"]
                    or over(person.viewer, "journal.read", self.things[key].place)
                )
            )
            or (self.decides(person, number) and over(other.viewer, "records.accept", turn))
            for number, (key, _author, turn, writers) in self.reviews.items()
        )

    def decides(self, person, number):
        """Whether a person may decide on a review."""
        key, _author, turn, _writers = self.reviews[number]
        return self.oracle.may_decide(person.viewer, self.things[key], turn)

    def names_it(self, person, key):
        """Whether a person may read the name: seen itself, or referred to by something seen."""
        return (
            self.acts(person, key)["see"]
            or any(
                self.acts(person, other)["see"] or self.acts(person, other)["follow"]
                for other in self.referring.get(key, ())
            )
            or any(self.assessments[n] == key and self.sits(person, n) for n in self.seats)
        )

    def follows(self, person, key):
        """Whether a person follows a record for its organisation, or the base of a call."""
        calls = [each for each in self.referring.get(key, ()) if each[0] == "intakes"]
        told = [key, *calls] if key[0] == "bases" else [key]
        return any(self.acts(person, each)["follow"] for each in told)

    def opens(self, person, key):
        """Whether a person may open an attachment; `key` is its record's and its own number."""
        paper, thing = self.papers[key], self.things[key[:2]]
        told = (paper.sensitivity, paper.uploader, paper.removed)
        return self.oracle.may_open(person.viewer, thing, *told)

    def shows(self, person, key):
        """Whether a saved view opens to a person: his own, or one that is shared."""
        view = self.views[key[0]]
        return view.shared or view.owner == person.account.pk

    def note(self, token, kind, key):
        """Remember where a token stands."""
        self.tokens[token] = Canary(kind, key)

    def allows(self, person, token):
        """Whether the oracle lets a person read a token."""
        canary = self.tokens[token]
        if canary.kind == "name":
            return self.names_it(person, canary.key)
        if canary.kind in {"field", "past"}:
            act = "see" if canary.kind == "field" else "history"
            return self.acts(person, canary.key)[act] or (
                act == "see" and self.follows(person, canary.key)
            )
        if canary.kind == "account":
            return self.knows(person, canary.key[0])
        if canary.kind in {"view", "paper"}:
            return (self.shows if canary.kind == "view" else self.opens)(person, canary.key)
        if canary.kind in {"posted", "inside", "person", "objector"}:
            return self.acts(person, canary.key)["see"] and self.stands_near(person, token)
        if canary.kind in {"draft", "assessed", "given"}:
            return self.judges(person, canary)
        raise ValueError(canary)

    def stands_near(self, person, token):
        """Whether somebody who sees a record may read what it holds of people and objections."""
        canary, over = self.tokens[token], self.oracle.over
        place = self.things[canary.key].place
        inside = over(person.viewer, "records.view", place)
        named = over(person.viewer, "records.restricted", place)
        named = named or self.enterers.get(token) == person.account.pk
        answers = {
            "posted": True,
            "inside": inside,
            "person": named,
            "objector": inside and named,
        }
        return answers[canary.kind]

    def leaks(self, person, response, sent=""):
        """Return what stands in a response and is denied to its reader; `sent` was his own."""
        text = readable(response)
        own = set(TOKEN.findall(sent))
        found = set(TOKEN.findall(text)) - own
        bad = [
            (t, self.tokens[t]) for t in found if t in self.tokens and not self.allows(person, t)
        ]
        for register, number in set(LINK.findall(text)) - set(LINK.findall(sent)):
            key = (register, int(number))
            if key in self.things and not self.names_it(person, key):
                bad.append((f"/{register}/{number}/", Canary("link", key)))
        return bad


def readable(response):
    """Return all that a response says: body, headers, cookies, page tokens, files in files."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"".join(packed.read(name) for name in packed.namelist())
    heads = "\n".join(f"{name}: {value}" for name, value in response.items())
    heads += "\n".join(morsel.OutputString() for morsel in response.cookies.values())
    text = body.decode("utf-8", "replace") + heads
    return text + "".join(unpacked(token) for token in PAGE_TOKEN.findall(text))


def unpacked(token):
    """Return what a page token holds, which is encoded but not secret."""
    try:
        return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
    except ValueError:
        return ""


def world(seed, *, everybody=None):
    """Generate a world; the same seed gives the same one."""
    from tests.proof import rulebooks, twofold

    draw = random.Random(seed)
    made = World(seed)
    made.places = land.land()
    made.people = people.people(made.places)
    for person in made.people:
        token = made.token()
        Account.objects.filter(pk=person.account.pk).update(display_name=token)
        made.note(token, "account", (person.account.pk,))
    for key, at in (("pilot", "city"), ("second", "other")):
        made.programmes[key] = make.programme(made.places[at], key)
    numbers = count(1)
    for key in TEXTS:
        for _ in range(MANY if key == "organisations" else FEW):
            _enter(made, draw, key, next(numbers))
    attach_some(made, draw, PAPERS)
    save_some(made, draw)
    twofold.merge_some(made, draw)
    rulebooks.write_some(made)
    rulebooks.assess_some(made)
    for programme in made.programmes.values():
        make.briefing(programme, f"about-{programme.key}")
    represented = [k[1] for k in made.things if k[0] == "organisations"]
    made.people = [
        people.representing(p, draw.sample(represented, 9)) if p.may_represent else p
        for p in made.people
    ]
    made.oracle = land.oracle()
    submit_some(made, draw, SUBMITTED, SUBMITTABLE)
    put_some_up(made, draw, PUT_UP)
    rulebooks.seat_some(made)
    apply_some(made)
    return made


def _enter(made, draw, key, number):
    """Enter a record with a token in each of its texts; some are changed, some voided."""
    from tests.proof import twofold

    register = declaration.get(key)
    place = made.places["far" if number % 8 == 0 else draw.choice(PLACES)]
    values, links = _links(made, draw, key)
    # Half of what lies in the other city belongs to the programme of this one all the same.
    away = place == made.places["far"] and number % 2
    programme = made.programmes["second" if away else "pilot"]
    if key in WORDED_BY:  # its words are those of the programme of what it belongs to
        programme = made.facts[WORDED_BY[key], links[0].name]["programme"]
    tokens = {name: made.token() for name in TEXTS[key].split()}
    if key == "organisations" and number % twofold.EVERY == 0 and made.names:
        tokens["name"] = twofold.near(made, made.names[max(made.names)])
    values |= tokens | _needed(made, draw, key, number, programme)
    values["sensitivity"] = draw.choice(STRICTNESS)
    if "place_text" in tokens and number % 2:
        values["place_state"] = "unmatched"  # somebody is asked what place is meant
    record = make.record(key, place=place, of=programme, **values)
    if key in CHANGED and draw.random() < 0.5:
        name = CHANGED[key]
        made.tokens[tokens[name]] = Canary("past", (key, record.pk))
        tokens[name] = made.token()
        record = change(register, record, by=None, values={name: tokens[name]})
    # What lies in the other city stays in force, so that a table which names it is noticed.
    if draw.random() < 0.25 and place != made.places["far"]:
        reason = made.token()
        record = set_void(register, record, by=None, void=True, reason=reason)
        made.tokens[reason] = Canary("past", (key, record.pk))
    author = _author(made, draw, place)
    # What happens to a tenant is told from the day on which it came.
    came = {"admitted_on": make.EARLY} if key == "tenancies" else {}
    type(record).objects.filter(pk=record.pk).update(entered_by=author, **came)
    thing = _told(register, record, author, links)
    made.things[key, record.pk] = thing
    if key == "trainings":
        made.sums[record.pk] = record.sessions
        _list_somebody(made, draw, record)
    for link in links:
        made.referring.setdefault((link.register, link.name), []).append((key, record.pk))
    for token in tokens.values():
        kind = "name" if token in record.name else "field"
        made.tokens[token] = Canary(kind, (key, record.pk))
        if kind == "name":
            made.names[key, record.pk] = token
    made.facts[key, record.pk] = {"programme": programme if register.within else None}


def _author(made, draw, place):
    """Nobody, the clerk of the place, or anybody of the first thirty, wherever he is posted."""
    near = [
        p.account.pk
        for p in made.people[:32]
        if p.label.startswith("clerk") and p.viewer.postings[0][0] == place.pk
    ]
    return draw.choice([None, *near * 3, draw.choice(made.people[:32]).account.pk])


def _list_somebody(made, draw, training):
    """Put somebody by name on a training's list, entered by an account that may lie anywhere."""
    if training.void:
        return
    said = {"name": made.token(), "unit": made.token()}
    consent = add_participant(training, by=None, said=make.agreement(**said))
    author = draw.choice([None, *(p.account.pk for p in made.people[:32])])
    type(consent.participant).objects.filter(pk=consent.participant.pk).update(entered_by=author)
    for token in said.values():
        made.tokens[token] = Canary("person", ("trainings", training.pk))
        made.enterers[token] = author


def _links(made, draw, key):
    """Choose what a record refers to: in force or not, whatever its sensitivity."""
    values, links = {}, []
    for name, target in LINKED.get(key, ()):
        known = [t for k, t in made.things.items() if k[0] == target]
        if key == "participations":
            taken = {other for other in made.referring if other[0] == target}
            known = [t for t in known if (target, t.name) not in taken] or known
        chosen = draw.choice(known)
        values[name] = declaration.get(target).model.objects.get(pk=chosen.name)
        links.append(chosen)
    return values, links


def _needed(made, draw, key, number, programme):
    """Facts that are no texts: powers of two where a sum will tell which records are in it."""
    if key == "trainings":
        return {"sessions": 2 ** len(made.sums)}
    if key == "observations":
        from tongxin.indicators.catalogue import CATALOGUE

        parts = [(each.key, part) for each in CATALOGUE.values() for part in each.parts()]
        indicator, part = parts[number % len(parts)]
        return {"indicator": indicator, "part": part}
    if key == "budgets":
        return {"year": 1990 + number % 100}
    if key == "organisations":
        return {"status": "filed", "credit_code": make.credit_code(700_000 + number)}
    if key == "recognitions":
        return {"kind": make.kind_of(programme)}
    return {}


def _told(register, record, author, links):
    """What the oracle is told of a record."""
    place = record
    for step in register.place.split("__")[:-1]:
        place = getattr(place, step)
    return Thing(
        register.key,
        record.pk,
        getattr(place, register.place.split("__")[-1] + "_id"),
        record.sensitivity,
        record.void,
        author,
        tuple(links),
    )
