"""Drafts of standards in the generated world: their names and notes are canaries."""

from dataclasses import replace

from tongxin.standards.actions import begin_draft, change, found, publish, seed
from tongxin.standards.queries import supplied

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
