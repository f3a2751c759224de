"""Standards of the generated world, what is assessed by them, and who judges: all canaries."""

import json
from dataclasses import replace

from tongxin.assessments.actions import Sheet, open_assessment, save
from tongxin.assessments.choices import Stage
from tongxin.assessments.models import Assessment
from tongxin.assessments.permissions import TOPIC
from tongxin.panels import actions as panels
from tongxin.panels.actions import Matter, Terms
from tongxin.panels.choices import Conflict, Kind
from tongxin.panels.queries import candidates
from tongxin.registers import declaration
from tongxin.standards.actions import (
    begin_draft,
    change,
    found,
    publish,
    seed,
)
from tongxin.standards.queries import newest, supplied

KEPT_AT = ("city", "east", "north", "other")
TURNS = ("in", "cleared", "in", "aside", "asked")
"""How far the first experts of a panel have come."""


def write_some(made):
    """Let some divisions write standards: one that is a draft, one with a draft after the first."""
    seed()
    content = supplied("makerspace-incubating")
    for at in KEPT_AT:
        place = made.places[at].pk
        told = {"by": None, "division_id": place}
        name, note = made.token(), made.token()
        draft = found(key=f"draft-{at}", name=name, **told)
        version = found(key=f"kept-{at}", name="办法", content=content, **told)
        publish(version, by=None, seen=1)
        second = begin_draft(version.standard, by=None)
        change(second, replace(second.tree, note=note), by=None, seen=1)
        made.standards[at] = place
        for token in (name, note):
            made.note(token, "draft", (place,))
        assert draft.state == "draft"


def assess_some(made):
    """Assess some records of each kind; a reason on each sheet is a canary."""
    version = newest("makerspace-incubating")
    for register in ("organisations", "sites", "bases"):
        keys = sorted(key for key in made.things if key[0] == register)[:6]
        for key in keys:
            subject = declaration.get(register).model.objects.get(pk=key[1])
            opened = open_assessment(version, register, subject, by=None, round_="2026")
            token = made.token()
            sheet = Sheet({"1": "50"}, {}, {"1": token})
            save(opened, sheet, by=None, seen=1, hand_in=key in keys[::2])
            made.assessments[opened.pk] = key
            if key in keys[::2]:
                made.handed_in.add(opened.pk)
            made.note(token, "assessed", (*key, opened.pk))


def seat_some(made):
    """Ask experts about what was handed in: some have given, one has begun, one stands aside."""
    by_number = {person.account.pk: person.account for person in made.people}
    for each in Assessment.objects.filter(pk__in=made.assessments).exclude(state=Stage.SELF):
        fit = [one.number for one in candidates(each.place_id) if one.number in by_number]
        if not fit:
            continue
        seated = fit[: len(TURNS)]
        matter = Matter(TOPIC, each.pk, str(each), each.place_id)
        panel = panels.convene(matter, Terms(Kind.EXPERTS), seated, by=None)
        made.panels[each.pk], made.seats[each.pk] = panel.pk, {}
        for number, turn in zip(seated, TURNS, strict=False):
            sit(made, panel, by_number[number], turn)
            made.seats[each.pk][number] = turn


def sit(made, panel, account, turn):
    """Let somebody come as far as this; the reason that he gives is a canary."""
    if turn == "asked":
        return
    conflict = Conflict.MONEY if turn == "aside" else Conflict.NONE
    panels.declare(panel, conflict, by=account)
    if turn == "aside":
        return
    token = made.token()
    told = json.dumps({"values": {"1": "50"}, "conditions": {}, "reasons": {"1": token}})
    panels.fill(panel, told, by=account, seen=1, hand_in=turn == "in")
    made.note(token, "given", (panel.topic_id, account.pk))
