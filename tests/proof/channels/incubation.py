"""The pages of bases and tenancies: their places, their life, what is done with them."""

from tests.proof.channels import HIDDEN, OPEN, Probe, adapter
from tests.proof.channels.registers import tokens_of

DECIDED = ("approve", "graduate", "remove")
KEPT = ("submit", "check", "admit", "hand-back")


@adapter("places", "incubation:base", "incubation:clocks")
def places(world, person, draw):
    """The places of a base: tenants that are seen, and no others; its clocks for who decides."""
    for key in [k for k in sorted(world.things) if k[0] == "bases"]:
        acts, base = world.acts(person, key), f"/incubation/bases/{key[1]}/"
        must = tokens_of(world, person, key, "name") if acts["see"] else frozenset()
        yield Probe(base, OPEN if acts["see"] else HIDDEN, must=must)
        yield Probe(f"{base}?year={draw.choice(('2017', '99999', 'x', '0'))}", expect(acts["see"]))
        sets = acts["change"] and accepts(world, person, key)
        yield Probe(f"{base}clocks/", expect(sets))
        yield Probe(f"{base}clocks/", expect(sets), {"check_days": "0"}, "post", status=(422,))


@adapter("lives", "incubation:tenancy", "incubation:papers", "incubation:move")
def lives(world, person, draw):
    """The life of a tenancy, and every step, sent with nothing in it: refused in words."""
    for key in [k for k in sorted(world.things) if k[0] == "tenancies"]:
        acts, base = world.acts(person, key), f"/incubation/tenancies/{key[1]}/"
        must = tokens_of(world, person, key, "name") if acts["see"] else frozenset()
        yield Probe(base, OPEN if acts["see"] else HIDDEN, must=must)
        yield Probe(f"{base}papers/", expect(acts["change"]))
        yield Probe(
            f"{base}papers/", expect(acts["change"]), {"papers": "x"}, "post", status=(422,)
        )
        for verb in (draw.choice(KEPT), draw.choice(DECIDED)):
            may = acts["change"] and (verb in KEPT or accepts(world, person, key))
            yield Probe(f"{base}{verb}/", expect(may))
            yield Probe(f"{base}{verb}/", expect(may), {}, "post", status=(422,))
        yield Probe(f"{base}celebrate/", HIDDEN)


@adapter(
    "applying",
    "incubation:calls",
    "incubation:call",
    "incubation:application",
    "incubation:application_edit",
    "incubation:application_step",
)
def applying(world, person, draw):
    """What an organisation does itself: its calls, its application; nobody else's is there."""
    serves = any(role == "organisation" for _d, role in world.oracle.roles(person.viewer))
    yield Probe("/incubation/calls/", expect(serves))
    for key in [k for k in sorted(world.things) if k[0] == "intakes"]:
        acts, page = world.acts(person, key), f"/incubation/calls/{key[1]}/"
        yield Probe(page, expect(acts["follow"]))
        yield Probe(page, expect(acts["send"]), {}, "post", status=(422,))
    for key in [k for k in sorted(world.things) if k[0] == "tenancies"]:
        acts, page = world.acts(person, key), f"/incubation/calls/applications/{key[1]}/"
        must = tokens_of(world, person, key, "field") if acts["follow"] else frozenset()
        yield Probe(page, expect(acts["follow"]), must=must)
        yield Probe(
            f"{page}edit/", expect(acts["send"]), must=must if acts["send"] else frozenset()
        )
        verb = draw.choice(("submit", "withdraw"))
        for asked in ("edit", verb):
            yield Probe(f"{page}{asked}/", expect(acts["send"]), {}, "post", status=(422,))
        yield Probe(f"{page}{draw.choice((*DECIDED, 'check', 'celebrate'))}/", HIDDEN)


def expect(may):
    """What is expected where something is allowed, and where it is not."""
    return OPEN if may else HIDDEN


def accepts(world, person, key):
    """Whether a person accepts at the place of a record."""
    return world.oracle.over(person.viewer, "records.accept", world.things[key].place)
