"""Hidden rows are altered; the bytes of who may not see them stay the same. Twins that leak differ.

The twins say nothing that a canary could find: a total, a number of pages, a mark, a header.
"""

import random

import pytest
from django.db import connection

from tests.proof import metamorphic, world
from tests.proof.planting import Fault
from tongxin.registers import declaration
from tongxin.registers.models import ACCEPTED

pytestmark = pytest.mark.django_db
SEED, EACH = (8, 1) if connection.vendor == "sqlite" else (11, 2)
"""Of the roles each is one person's, or on the second database each other one."""


def counting(right):
    """A list says of how many rows it shows the first."""

    def page_of(register, rows, *more):
        page = right(register, rows, *more)
        every = register.model.objects.count()
        return type(page)(
            page.rows, page.following and f"{page.following}&of={every}", page.preceding
        )

    return page_of


def telling_of_more(right):
    """A record's page says that there are parts which are not shown."""

    def part_of(part, record, account):
        shown = right(part, record, account)
        model = declaration.get(part.register).model
        more = model.objects.filter(**{part.link: record}, void=False).count()
        return type(shown)(shown.register, shown.rows, more > len(shown.rows), shown.link)

    return part_of


def by_restricted(right):
    """What counts only by a restricted record counts for everybody."""
    return lambda *asked, with_restricted=True: right(*asked, with_restricted=bool(asked))


LEAKS = (
    (Fault("a list tells of all rows", "registers.views:page_of", counting, local=True), "list"),
    (Fault("a page tells of hidden parts", "registers.pages:_part", telling_of_more), "record"),
    (Fault("sites by restricted papers", "sites.queries:designated", by_restricted), "figures"),
    (
        Fault("taking part by restricted entries", "campaigns.queries:participants", by_restricted),
        "figures",
    ),
    (
        Fault(
            "totals of what is restricted",
            "indicators.queries:facts_of",
            lambda _right: (
                lambda asked, indicator, stages=ACCEPTED: indicator.records(
                    asked.programme, asked.on, stages
                )
            ),
        ),
        "figures",
    ),
)
CURIOUS = ("clerk at city", "clerk at east", "clerk at north")


def test_whatever_happens_to_what_is_hidden_no_byte_of_a_page_changes():
    made = world.world(SEED)
    persons = metamorphic.of_every_role(made, random.Random(SEED))[::EACH]

    found = metamorphic.trials(made, SEED, persons)

    assert found.differing[:3] == []
    assert found.pages > 1_000 / EACH
    assert found.altered > 300 / EACH
    assert set(found.ways) == {"added", "attached", "changed", "listed", "restored", "voided"}


def test_a_page_that_tells_without_a_word_is_noticed():
    made = world.world(1)
    persons = [person for person in made.people if person.label in CURIOUS]

    unnoticed = [leak.name for leak, channel in LEAKS if not _notices(made, persons, leak, channel)]

    assert unnoticed == []


def test_only_of_a_reading_is_the_minute_left_out():
    line = '<li><p class="ttl">{}：<a href="/">甲</a></p>\n<p class="note">18:47，乙（办公室），'

    read, changed = (
        metamorphic.OWN_READING.sub(r"\1", line.format(act)) for act in ("查看", "修改")
    )

    assert "18:47" not in read
    assert "18:47" in changed


def _notices(made, persons, leak, channel):
    """Whether anybody's pages of a channel differ; all that is hidden is altered."""
    asked = {"channels": (channel,), "each": 120, "most": 400}
    with leak.planted():
        return any(
            metamorphic.trial(made, person, random.Random(1), **asked).differing
            for person in persons
        )
