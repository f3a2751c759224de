"""Drafts of standards in the generated world: their names and notes are canaries."""

from dataclasses import replace

from tongxin.assessments.actions import Sheet, open_assessment, save
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
            save(opened, Sheet({"1": "50"}, {}, {"1": token}), by=None, seen=1)
            made.assessments[opened.pk] = key
            made.note(token, "assessed", key)
