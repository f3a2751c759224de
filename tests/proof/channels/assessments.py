"""Assessments, their grades and appeals, and the panels that judge them."""

from tests.proof.channels import ANY, HIDDEN, OPEN, Probe, adapter

READING = ("records.view", "records.public")


def door_of(world, person):
    """Whether somebody may come to the pages of assessments at all."""
    return any(world.oracle.roots(person.viewer, power) for power in READING)


@adapter(
    "assessments",
    "assessments:index",
    "assessments:new",
    "assessments:begin",
    "assessments:cancel",
    "assessments:assessment",
    "assessments:decide",
    "assessments:what_if",
    "assessments:of_record",
    "assessments:papers",
    "assessments:paper",
)
def assessing(world, person, draw):
    """An assessment is seen by who may read the history of its subject, or is asked to judge it."""
    reads = door_of(world, person)
    door = OPEN if reads else HIDDEN
    yield Probe("/assessments/", door)
    yield Probe("/assessments/by/makerspace-incubating/1/new/", door)
    yield Probe("/assessments/by/kept-city/1/what-if/", door)
    yield Probe("/assessments/99999999/", HIDDEN)
    for number, key in world.assessments.items():
        sees = reads and world.sees_assessment(person, number)
        url = f"/assessments/{number}/"
        yield Probe(url, OPEN if sees else HIDDEN)
        # Nothing is saved: each says that it saw another revision.
        told = {"seen": "0", "act": "save", "v:1": "60"}
        yield Probe(url, ANY if sees else HIDDEN, told, "post")
        yield Probe(f"{url}decide/", ANY if sees else HIDDEN, {"seen": "0"}, "post")
        yield Probe(f"{url}clauses/1/papers/", ANY if sees else HIDDEN)
        yield Probe(f"{url}papers/99999999/", HIDDEN)
        acts = world.acts(person, key)
        of_record = f"/assessments/of/{key[0]}/{key[1]}/"
        yield Probe(of_record, OPEN if reads and acts["see"] else HIDDEN)
        begins = reads and acts["change"]
        yield Probe(f"{of_record}new/", OPEN if begins else HIDDEN)
        fills = sees and acts["change"] and number not in world.handed_in
        yield Probe(f"{url}cancel/", OPEN if fills else HIDDEN)


@adapter(
    "grades and appeals",
    "assessments:put_up",
    "assessments:confirm",
    "assessments:downgrade",
    "assessments:withdraw",
    "assessments:take_back",
    "assessments:appeal_new",
    "assessments:appeal",
    "assessments:appeal_call",
    "assessments:appeal_decide",
)
def keeping(world, person, draw):
    """No assessment of the world is decided: nobody finds a grade, nor an appeal."""
    acts = ("notice/", "confirm/", "downgrade/", "withdraw/", "changes/1/")
    for number in world.assessments:
        url = f"/assessments/{number}/"
        for act in acts:
            yield Probe(f"{url}grade/{act}", HIDDEN)
        yield Probe(f"{url}appeals/new/", HIDDEN)
    for page in ("", "call/", "decide/"):
        yield Probe(f"/assessments/appeals/99999999/{page}", HIDDEN)


@adapter("judging", "assessments:call", "assessments:judge", "assessments:back")
def judging(world, person, draw):
    """Experts are called by who accepts at the place; each opens a sheet of his own, if any."""
    reads = door_of(world, person)
    for number in world.assessments:
        url = f"/assessments/{number}/"
        steers = reads and world.steers(person, number)
        yield Probe(f"{url}call/experts/", OPEN if steers else HIDDEN)
        yield Probe(f"{url}call/nobody/", HIDDEN)
        yield Probe(f"{url}back/", OPEN if steers else HIDDEN)
        seat = world.seats.get(number, {}).get(person.account.pk) if reads else None
        found = {None: HIDDEN, "cleared": OPEN}.get(seat, ANY)
        yield Probe(f"{url}judge/", found)


@adapter(
    "panels",
    "panels:index",
    "panels:panel",
    "panels:declare",
    "panels:vote",
    "panels:ask",
    "panels:release",
    "panels:close",
    "panels:call_off",
)
def panels(world, person, draw):
    """A panel is seen by its members and by who could call it; none reads ahead of his own."""
    reads = door_of(world, person)
    yield Probe("/panels/", OPEN if reads else HIDDEN)
    yield Probe("/panels/99999999/", HIDDEN)
    for number, panel in world.panels.items():
        url = f"/panels/{panel}/"
        seated = person.account.pk in world.seats[number]
        convenes = world.convenes(person, number)
        sees = reads and (seated or convenes)
        yield Probe(url, OPEN if sees else HIDDEN)
        yield Probe(f"{url}declare/", OPEN if reads and seated else HIDDEN)
        yield Probe(f"{url}vote/", HIDDEN)  # they are experts, and no committee
        may = OPEN if reads and convenes else HIDDEN
        yield Probe(f"{url}ask/", may)
        yield Probe(f"{url}call-off/", may)
        yield Probe(f"{url}members/99999999/release/", HIDDEN)
        closed = ANY if reads and convenes else HIDDEN
        yield Probe(f"{url}close/", closed, {}, "post")
