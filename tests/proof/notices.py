"""Notices about the records of a world: posted or not, some with an objection that is signed."""

import datetime as dt

from tongxin.public_notices import actions
from tongxin.public_notices.actions.objecting import Said
from tongxin.public_notices.models import Objection
from tongxin.registers import declaration

START = dt.date(2017, 9, 25)


def put_some_up(made, draw, number):
    """Draft notices about records that may be put up; post most, and object to some of these."""
    fit = [
        key
        for key, thing in sorted(made.things.items())
        if not thing.void and thing.stage == "accepted" and strictest(thing) != "restricted"
    ]
    for key in draw.sample(fit, min(number, len(fit))):
        register = declaration.get(key[0])
        if not register.reviewed and key[0] != "tenancies":
            continue
        record = register.model.objects.get(pk=key[1])
        tokens = {name: made.token() for name in ("name", "text", "put_up_at", "names")}
        notice = actions.draft(register, record, by=None, values=facts(tokens))
        posted = draw.random() < 0.7
        if posted:
            notice = actions.post(notice, by=None, starts_on=START)
        for token in tokens.values():
            made.note(token, "posted" if posted else "inside", key)
        made.notices[notice.pk] = (key, posted, {tokens["name"], tokens["text"]})
        if posted and draw.random() < 0.6:
            object_to(made, draw, notice, key)


def strictest(thing):
    """The strictest of a record and of what it refers to."""
    from tests.proof.oracle import Oracle

    return Oracle.strictest(thing)


def facts(tokens):
    """A draft in which each text is a token; its names come down long after the tests."""
    period = {"count": 5, "unit": "working_days", "basis": "", "least_count": None}
    named = {"names_basis": "办法第十条", "names_until": dt.date(2018, 6, 1)}
    return {**tokens, **period, **named, "least_unit": ""}


def object_to(made, draw, notice, key):
    """Let somebody object by name, and somebody else write it down."""
    said = Said(dt.date(2017, 9, 28), made.token(), signed=True, objector=made.token())
    objection = actions.object_to(notice, by=None, said=said)
    taker = draw.choice([None, *(p.account.pk for p in made.people[:32])])
    Objection.objects.filter(pk=objection.pk).update(recorded_by=taker)
    made.objected.add(notice.pk)
    made.note(said.text, "inside", key)
    made.note(said.objector, "objector", key)
    made.enterers[said.objector] = taker
