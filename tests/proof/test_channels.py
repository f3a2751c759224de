"""Real requests through every channel: what the oracle denies is read nowhere, the rest works."""

import random

import pytest
from django.db import connection
from django.http import HttpResponse

from tests.proof import crawl, world
from tests.proof.channels import ADAPTERS, doors, own
from tools.routes import Route, routes

pytestmark = pytest.mark.django_db
PLAN = {"sqlite": (range(1, 10), 2_900), "postgresql": (range(101, 103), 2_900)}
"""Worlds, and the requests sent in each; a person sends about a thousand."""
SEEDS, EACH = PLAN[connection.vendor]

OPEN_FINDINGS: set[str] = set()
"""Channels with a leak that is found and being mended; empty again before anything is published."""


@pytest.mark.parametrize("seed", SEEDS)
def test_no_channel_says_what_the_oracle_denies_and_none_denies_what_it_allows(seed):
    channels = [name for name in ADAPTERS if name not in OPEN_FINDINGS]
    sent = crawl.crawl(world.world(seed), seed, EACH, channels=channels)

    assert sent.leaks[:3] == []
    assert sent.denials[:3] == []
    assert sent.others[:3] == []
    assert sent.requests.total() >= EACH


def test_thirty_thousand_requests_are_sent_on_the_two_databases_together():
    assert sum(len(seeds) * each for seeds, each in PLAN.values()) >= 30_000


def test_a_stranger_passes_no_door_and_reads_nothing():
    asked, wrong = doors.ask_as_a_stranger(world.world(1), random.Random(1))

    assert wrong == []
    assert asked == 2 * len(list(routes()))


def test_a_session_that_owes_a_second_factor_passes_no_door():
    made = world.world(1)
    persons = [person for person in made.people if person.label.endswith(" at east")]

    asked, wrong = doors.ask_without_a_second_factor(made, random.Random(1), persons)

    assert wrong == []
    assert asked > 100


def unclaimed(every):
    """The routes that no adapter claims and nothing excuses."""
    claimed = {name for adapter in ADAPTERS.values() for name in adapter.routes}
    return sorted({route.name for route in every} - claimed - set(own.EXCUSED))


def test_every_route_is_claimed_by_a_channel_of_the_proof():
    assert unclaimed(routes()) == [], "give the route an adapter in tests/proof/channels"


def test_no_channel_claims_a_route_that_is_gone():
    known = {route.name for route in routes()}
    claimed = {name for adapter in ADAPTERS.values() for name in adapter.routes}

    assert claimed | set(own.EXCUSED) <= known


def test_a_route_that_nobody_claims_would_be_named():
    forgotten = Route("/export/everything/", "registers:export", "signed_in")

    assert unclaimed([*routes(), forgotten]) == ["registers:export"]


def test_every_channel_asks_something():
    made = world.world(1)
    coordinator = next(p for p in made.people if p.label == "coordinator at city")

    silent = [
        name
        for name, adapter in ADAPTERS.items()
        if not list(adapter.probes(made, coordinator, random.Random(1)))
    ]

    assert silent == []


@pytest.mark.parametrize("body", ["the name {token} in a cell", '{{"next": "{token}"}}'])
def test_a_token_that_is_denied_is_seen_wherever_it_stands(body):
    made = world.world(1)
    person = next(p for p in made.people if p.label == "clerk at north")
    hidden = next(t for t in made.tokens if not made.allows(person, t))
    shown = next(t for t in made.tokens if made.allows(person, t))

    assert made.leaks(person, HttpResponse(body.format(token=hidden)))
    assert not made.leaks(person, HttpResponse(body.format(token=shown)))
    assert not made.leaks(person, HttpResponse(body.format(token=hidden)), sent=hidden)
    header = HttpResponse(headers={"ETag": hidden})
    assert made.leaks(person, header)
