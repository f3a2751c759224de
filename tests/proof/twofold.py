"""Records of the generated world that were entered twice, and some that were merged since.

A twin's name differs from another's in its last letter, so that wherever like names are told, the
one is told to who sees the other: if he sees it too.
"""

from tests.proof.world import LETTERS
from tongxin.registers import declaration
from tongxin.registers.merging.actions import merge

EVERY = 4
"""One organisation in so many is a twin of the one before."""
MERGED = 4


def near(made, token):
    """A new word like another; it stands nowhere else."""
    for letter in LETTERS:
        word = token[:-1] + letter
        if word not in made.tokens:
            return word
    return made.token()


def merge_some(made, draw):
    """Merge some organisations that nothing refers to; the oracle is told that the one is void."""
    free = [
        key
        for key, thing in sorted(made.things.items())
        if key[0] == "organisations"
        and not thing.void
        and key not in made.referring
        and not any(paper[:2] == key for paper in made.papers)
    ]
    chosen = draw.sample(free, 2 * MERGED)
    register = declaration.get("organisations")
    for survivor, absorbed in zip(chosen[:MERGED], chosen[MERGED:], strict=True):
        one, two = (register.model.objects.get(pk=key[1]) for key in (survivor, absorbed))
        merge(register, one, two, by=None)
        made.merged[absorbed] = survivor
        made.things[absorbed] = made.things[absorbed]._replace(void=True)
