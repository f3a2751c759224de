"""The pages of a site and of its namings: how they stand, and every step of them."""

from tests.proof.channels import HIDDEN, OPEN, Probe, adapter
from tests.proof.channels.registers import tokens_of

TOPS = ("province", "city")
STEPS = ("check", "publicise", "designate", "keep", "rectify", "drop", "withdraw", "return-plaque")


@adapter("sites", "sites:site", "sites:propose")
def sites(world, person, draw):
    """A site with its namings and visits, those that are seen; and what is proposed there."""
    for key in [k for k in sorted(world.things) if k[0] == "sites"]:
        acts, base = world.acts(person, key), f"/sites/{key[1]}/"
        must = tokens_of(world, person, key, "name") if acts["see"] else frozenset()
        yield Probe(base, OPEN if acts["see"] else HIDDEN, must=must)
        may = OPEN if acts["change"] else HIDDEN
        yield Probe(f"{base}propose/", may)
        yield Probe(f"{base}propose/", may, {"level": "x"}, "post", status=(422,))


@adapter("namings", "sites:designation", "sites:step")
def namings(world, person, draw):
    """How a naming stands, and steps sent with nothing in them: refused in words."""
    for key in [k for k in sorted(world.things) if k[0] == "designations"]:
        acts, base = world.acts(person, key), f"/sites/designations/{key[1]}/"
        yield Probe(base, OPEN if acts["see"] else HIDDEN)
        may = OPEN if acts["see"] and decides(world, person, key) else HIDDEN
        verb = draw.choice(STEPS)
        yield Probe(f"{base}{verb}/", may)
        yield Probe(f"{base}{verb}/", may, {}, "post", status=(422,))
        yield Probe(f"{base}celebrate/", HIDDEN)


def decides(world, person, key):
    """Whether a person accepts at the place of a naming, from the level that names or above."""
    from tongxin.divisions.models import Version
    from tongxin.sites.models import Designation

    level = Designation.objects.values_list("level", flat=True).get(pk=key[1])
    high = TOPS if level == "city" else (*TOPS, "county")
    rows = Version.objects.filter(until=None, level__in=high)
    wide = set(rows.values_list("division_id", flat=True))
    roots = wide & set(world.oracle.roots(person.viewer, "records.accept"))
    return any(world.oracle.answers(root, world.things[key].place) for root in roots)
