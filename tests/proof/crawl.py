"""Sends the probes as real requests, through every middleware, and judges the answers."""

import json
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest
from urllib.parse import unquote

from django.db import transaction

from tests.proof import people
from tests.proof.channels import (  # noqa: F401  the modules add their adapters as they are read
    ADAPTERS,
    HIDDEN,
    OPEN,
    administration,
    assessments,
    background,
    desk,
    exchange,
    furniture,
    incubation,
    notices,
    own,
    programs,
    registers,
    reviews,
    sites,
    standards,
)

CHANGING = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|name="next" value="[^"]*"| aria-current="page"'
    r"|\d{4}-\d\d-\d\d \d\d:\d\d|nonce[-=][\"']?[\w+/=-]+"
)
KEPT_COOKIES = {"sessionid", "csrftoken"}
NEVER = "/registers/organisations/99999999/"
NEVER_TO_PROGRAMS = "/api/v1/registers/organisations/99999999/"


@dataclass
class Sent:
    """What was sent through each channel, and what was wrong with the answers."""

    requests: Counter = field(default_factory=Counter)
    leaks: list = field(default_factory=list)
    denials: list = field(default_factory=list)
    others: list = field(default_factory=list)

    @property
    def clean(self):
        return not (self.leaks or self.denials or self.others)

    def add(self, other):
        self.requests += other.requests
        for name in ("leaks", "denials", "others"):
            getattr(self, name).extend(getattr(other, name))
        return self


class Crawler:
    """One person at work: signed in once, every answer scanned."""

    def __init__(self, world, person, sent):
        self.world, self.person, self.sent = world, person, sent
        self.client = people.client_of(person)
        self.client.person, self.client.raise_request_exception = person, False
        near = world.programmes_of(person)
        self.client.working_in = near[0] if near else None
        self.plain_get = self.client.get
        self.client.get = self._counted_get
        self.channel = "errors"
        self.nothing = self._masked(self.plain_get(NEVER))
        self.program = self.client.program
        self.program.person, self.program.working_in = person, self.client.working_in
        self.nothing_to_programs = self._masked(self.program.get(NEVER_TO_PROGRAMS))

    def _counted_get(self, *args, **kwargs):
        self.sent.requests[self.channel] += 1
        return self.plain_get(*args, **kwargs)

    def run(self, name, draw, most=None):
        """Send the probes of one channel."""
        self.channel = name
        probes = ADAPTERS[name].probes(self.world, self.person, draw)
        for number, probe in enumerate(probes):
            if most is not None and number >= most:
                break
            self.send(probe)

    def send(self, probe):
        """Send one probe and judge its answer; whatever it changed is undone."""
        self.sent.requests[self.channel] += 1
        heads = {"HX-Request": "true"} if probe.fragment else {}
        with transaction.atomic():
            if probe.by_program:
                response = self._ask_by_program(probe)
            elif probe.method == "get":
                response = self.plain_get(probe.url, headers=heads)
            else:
                response = self.client.post(probe.url, probe.data, headers=heads)
            transaction.set_rollback(True)
        for name in set(self.client.cookies) - KEPT_COOKIES:
            del self.client.cookies[name]
        self.judge(probe, response)

    def _ask_by_program(self, probe):
        """Send a probe as a program does: a token, JSON, and the version that was read."""
        if probe.method == "get":
            return self.program.get(probe.url)
        heads = {} if probe.version is None else {"If-Match": f'"{probe.version}"'}
        kind = {"content_type": "application/json", "headers": heads}
        return getattr(self.program, probe.method)(probe.url, json.dumps(probe.data), **kind)

    def judge(self, probe, response):
        """Compare an answer with what the oracle says of it."""
        about = (self.channel, self.person.label, probe.method, probe.url, response.status_code)
        sent = " ".join([unquote(probe.url), *(str(v) for v in (probe.data or {}).values())])
        if leaks := self.world.leaks(self.person, response, sent):
            self.sent.leaks.append((*about, leaks[:3]))
        if response.status_code >= 500:
            self.sent.others.append(
                (*about, f"broken: {getattr(response, 'exc_info', '')!r}"[:300])
            )
            return
        if probe.expect == HIDDEN:
            nothing = self.nothing_to_programs if probe.by_program else self.nothing
            if response.status_code != 404:
                self.sent.leaks.append((*about, "not hidden"))
            elif self._masked(response) != nothing:
                differing = first_difference(nothing, self._masked(response))
                self.sent.leaks.append((*about, f"not the page that never was: {differing}"))
        elif probe.expect == OPEN:
            self._judge_open(probe, response, about)
        asks = self.program if probe.by_program else self.client
        if probe.only and (wrong := probe.only(response, asks)):
            where = self.sent.leaks if "page" in wrong else self.sent.denials
            where.append((*about, wrong))

    def _judge_open(self, probe, response, about):
        if response.status_code not in probe.status:
            self.sent.denials.append((*about, "not open"))
        elif probe.must:
            text = response.content.decode()
            if missing := [token for token in probe.must if token not in text]:
                self.sent.denials.append((*about, f"missing {missing[:3]}"))

    @staticmethod
    def _masked(response):
        """An answer without what differs at every one: tokens, and the address that was asked."""
        heads = [f"{k}: {v}" for k, v in sorted(response.items()) if k != "Content-Length"]
        return CHANGING.sub("", "\n".join(heads) + response.content.decode("utf-8", "replace"))


def first_difference(left, right):
    """The first line in which two pages differ."""
    pairs = zip_longest(left.splitlines(), right.splitlines())
    return next((f"{a!r} | {b!r}"[:400] for a, b in pairs if a != b), "nothing")


def crawl(world, seed, requests, *, persons=None, channels=None, most=None):
    """Send about so many requests: people take turns, and each works through every channel."""
    draw, sent = random.Random(seed), Sent()
    waiting = list(persons or world.people)
    if persons is None:
        draw.shuffle(waiting)
    for person in waiting:
        if not person.viewer.active:
            continue
        crawler = Crawler(world, person, sent)
        for name in channels or ADAPTERS:
            crawler.run(name, draw, most)
        if sent.requests.total() >= requests:
            break
    return sent
