"""Some records of the world are changed by people, and wait for others to accept them."""

from tests.proof.oracle import UNREVIEWED
from tongxin.registers import declaration
from tongxin.registers.actions import change
from tongxin.reviews.models import Review


def submit_some(made, draw, number, texts):
    """Let people change records whose changes do not count at once; tell the oracle."""
    for key in draw.sample(sorted(made.things), len(made.things)):
        thing = made.things[key]
        if len(made.reviews) == number or key[0] in UNREVIEWED or key[0] not in texts:
            continue
        writers = [
            person
            for person in made.people
            if person.viewer.active
            and made.oracle.may(person.viewer, thing)["change"]
            and not made.oracle.stands_at_once(person.viewer, key[0], thing.place)
        ]
        if writers:
            _submit(made, key, draw.choice(writers), texts[key[0]])


def _submit(made, key, person, name):
    """Change one text of a record: what stood there is past, and the record waits.

    Every third one is then changed once more by somebody who may decide on it, and so may no more.
    """
    _write(made, key, person, name)
    made.things[key] = made.things[key]._replace(stage="submitted")
    review = Review.objects.get(register=key[0], subject_id=key[1])
    author, writers, turn = person, {person.account.pk}, review.turn_id
    if len(made.reviews) % 3 == 0:
        thing, oracle = made.things[key], made.oracle
        author = next(
            (
                other
                for other in reversed(made.people)
                if other.plain
                and oracle.may_decide(other.viewer, thing, turn)
                and oracle.may(other.viewer, thing)["change"]
            ),
            person,
        )
    if author is not person:
        _write(made, key, author, name)
        writers.add(author.account.pk)
    made.reviews[review.pk] = (key, author.account.pk, turn, writers)


def _write(made, key, person, name):
    """Let a person write another token into a text."""
    register = declaration.get(key[0])
    record = register.model.objects.get(pk=key[1])
    old, new = getattr(record, name), made.token()
    change(register, record, by=person.fresh(), values={name: new})
    made.note(old, "past", key)
    made.note(new, "field", key)
