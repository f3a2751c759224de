"""Saved views of the generated world: their names and what they seek are canaries."""

from dataclasses import dataclass

from tongxin.registers import declaration
from tongxin.registers.saved.actions import save_view

EACH = 3
"""Views of each person among the first thirty-two."""


@dataclass(frozen=True)
class Lookout:
    """What the oracle is told of a saved view."""

    register: str
    owner: object
    shared: bool


def save_some(made, draw):
    """Save views for a number of people, some of them shared."""
    registers = [each.key for each in declaration.every()]
    for person in made.people[:32]:
        for _number in range(EACH):
            key, shared = draw.choice(registers), draw.random() < 0.4
            name, sought = made.token(), made.token()
            view = save_view(
                declaration.get(key),
                by=person.account,
                name=name,
                query=f"q={sought}&sort=-name",
                shared=shared,
            )
            made.views[str(view.key)] = Lookout(key, person.account.pk, shared)
            for token in (name, sought):
                made.note(token, "view", (str(view.key),))
