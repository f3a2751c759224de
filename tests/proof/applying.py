"""Applications of organisations in the generated world, and calls that they may answer."""

import random

from tests import factories as make
from tests.proof.oracle import Thing
from tongxin.incubation.models import Base
from tongxin.organisations.models import Organisation
from tongxin.registers import declaration
from tongxin.registers.actions import set_void

APPLIED = 6


def apply_some(made):
    """Let some organisations that are represented have applied to some base, wherever it lies."""
    draw = random.Random(made.seed)
    own = sorted({number for person in made.people for number in person.viewer.represents})
    bases = sorted(key for key in made.things if key[0] == "bases")
    for at, number in enumerate(draw.sample(own, APPLIED)):
        base = draw.choice(bases)
        token = made.token()
        record = make.record(
            "tenancies",
            base=Base.objects.get(pk=base[1]),
            organisation=Organisation.objects.get(pk=number),
            applicant="",
            plan=token,
            sensitivity="restricted" if at == 0 else "internal",
        )
        if at == 1:
            record = set_void(declaration.of(type(record)), record, by=None, void=True, reason="x")
        links = (made.things[base], made.things["organisations", number])
        made.things["tenancies", record.pk] = Thing(
            "tenancies",
            record.pk,
            links[0].place,
            record.sensitivity,
            record.void,
            None,
            links,
        )
        made.facts["tenancies", record.pk] = {"programme": None}
        for link in links:
            made.referring.setdefault((link.register, link.name), []).append(
                ("tenancies", record.pk)
            )
        made.note(token, "field", ("tenancies", record.pk))
