"""Every route asked by those who may not pass: strangers, and sessions without a second factor.

The paths are made from the register of routes itself, with the numbers and keys of real records in
them, so that a new route is asked from its first day.
"""

import re
from dataclasses import dataclass

from django.test import Client

from tests import factories as make
from tests.proof.oracle import SECOND_FACTOR
from tests.proof.world import LINK, TOKEN, readable
from tongxin.accounts.duties import ON_THE_WAY
from tongxin.core.access import ANYONE, DEMO
from tongxin.core.access import TOKEN as BY_TOKEN
from tools.routes import routes

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
ANY_NUMBER = "1"
ENDS_THE_SESSION = {"account_logout"}


@dataclass(frozen=True)
class Door:
    """A route with a real address in it."""

    name: str
    rule: str
    url: str


def doors(world, draw):
    """Every route, its places filled in; those with a pattern of their own are left as they are."""
    for route in routes():
        register, number = draw.choice(sorted(world.things))
        filled = {
            "key": register
            if route.name.startswith(("registers:", "exchange:", "api:"))
            else draw.choice(KEYS),
            "pk": str(number),
            "extension": "docx",
            "position": "1",
            "number": "1",
            "other": "1",
            "revision": "1",
            "batch": NO_BATCH,
            "token": "0" * 8 + "-0000-4000-8000-" + "0" * 12,
        }
        url = PARAMETER.sub(
            lambda hit, filled=filled: filled.get(hit[2], ANY_NUMBER if hit[1] == "int" else "x"),
            route.path,
        )
        yield Door(route.name, route.rule or "", url)


NO_BATCH = "00000000-0000-4000-8000-000000000000"
KEYS = ("city", "north", "pilot", "about-pilot", "incubation_bases")


def ask_as_a_stranger(world, draw):
    """Ask every route without signing in; return the number asked and what went wrong."""
    client, wrong, asked = Client(raise_request_exception=False), [], 0
    for door in doors(world, draw):
        for method in ("get", "post"):
            asked += 1
            response = getattr(client, method)(door.url)
            said = set(TOKEN.findall(readable(response))) & set(world.tokens)
            if said or LINK.search(response.content.decode()):
                wrong.append((door.name, method, "says something to a stranger"))
            if door.rule != ANYONE and not (
                response.status_code == 404
                or (door.rule == BY_TOKEN and response.status_code in {401, 405})
                or (
                    response.status_code == 302
                    and response["Location"].startswith("/account/login/")
                )
            ):
                wrong.append((door.name, method, response.status_code))
    return asked, wrong


def ask_without_a_second_factor(world, draw, persons):
    """Ask every route in sessions that owe a second factor; only the way to one is open."""
    wrong, asked = [], 0
    for person in persons:
        if not any(role in SECOND_FACTOR for _d, role in world.oracle.roles(person.viewer)):
            continue
        client = make.client_of(person.fresh(), second_factor=False)
        client.raise_request_exception = False
        for door in doors(world, draw):
            if door.rule in {ANYONE, DEMO} or door.name in ON_THE_WAY | ENDS_THE_SESSION:
                continue
            for method in ("get", "post"):
                asked += 1
                response = getattr(client, method)(door.url)
                there = response.get("Location", "").startswith("/account/second-factor/")
                if door.rule == BY_TOKEN and response.status_code in {401, 405}:
                    continue
                if response.status_code != 302 or not there:
                    wrong.append((person.label, door.name, method, response.status_code))
    return asked, wrong
