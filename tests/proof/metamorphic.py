"""Whatever happens to what is hidden, the pages of who may not see it stay the same to the byte.

The canaries find a word that should not be read; this finds what has no word: a count, an order,
a page break, a button that is there or not.
"""

import io
import random
import re
import zipfile
from dataclasses import dataclass, field

from django.db import transaction

from tests.proof import crawl, people
from tests.proof.altering import alter, hidden_from
from tests.proof.channels import ADAPTERS

RANDOM = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"'
    r"|nonce[-=][\"']?[\w+/=-]+"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?"
)
"""What differs at every request: tokens, numbers of forms, the minute."""
HEAD_OF_THE_JOURNAL = re.compile(
    r"日志头：第 \d+ 号，[\d ]+。?"
    r"|第 \d+ 号，(待封存|已封存)"
    r'|"journal":\s*\{[^}]*\}'
    r'|<footer><svg.*?</svg>|descr="[^"]*"',
    re.DOTALL,
)
"""What is taken away, and the journal, say how far it has come: acts of anybody. So does the number
of one's own reading, which the reading before this one has left."""
OWN_READING = re.compile(
    r'(<p class="ttl">(?:查看|导出|下载)：[^\n]*</p>\n<p class="note">)\d\d:\d\d'
)
"""The minute of a reading: a reading of one's own came another minute. Of other acts it stays."""
SQUARE = "word/media/"
OTHER_HEADS = {"Content-Length", "ETag", "X-Journal-Head"}
"""Of the length and the sum of what is left out; and the head of the journal beside a list."""
A_CHANNEL, HIDDEN_PROBED, MOST = 6, 12, 28
NEVER_ASKED = {
    "errors": "names no record",
    "frame": "changes the session",
    "own account": "one's own password",
    "second factor": "one's own keys",
    "single sign-on": "nothing there",
}


@dataclass
class Trials:
    """How many pages were read twice, what was altered in between, and which pages differ."""

    pages: int = 0
    altered: int = 0
    ways: dict = field(default_factory=dict)
    differing: list = field(default_factory=list)

    def add(self, other):
        """Add up the trials of several persons."""
        self.pages += other.pages
        self.altered += other.altered
        for way, count in other.ways.items():
            self.ways[way] = self.ways.get(way, 0) + count
        self.differing += other.differing
        return self


def pages_of(world, person, draw, channels=(), each=A_CHANNEL):
    """Addresses of every channel, or of some, on the map of today, and those of hidden records.

    On the map of then a total counts what has moved away since: published figures, not live ones.
    """
    found = {}
    for name, adapter in ADAPTERS.items():
        if name in NEVER_ASKED or (channels and name not in channels):
            continue
        asked = [
            (probe.url, probe.fragment)
            for probe in adapter.probes(world, person, draw)
            if probe.method == "get" and of_today(probe.url)
        ]
        for page in draw.sample(asked, min(each, len(asked))):
            found.setdefault(page, name)
    for register, number in hidden_from(world, person)[:HIDDEN_PROBED]:
        for more in ("", "history/", "files/"):
            found.setdefault((f"/registers/{register}/{number}/{more}", False), "hidden")
    return [(url, fragment, name) for (url, fragment), name in found.items()]


def of_today(url):
    """Whether an address asks for today's map, where it asks for figures at all."""
    figures = url.startswith(("/dashboards/", "/figures/", "/api/v1/figures/")) and "?" in url
    return not figures or "map=today" in url


def said(client, url, fragment):
    """All that an answer says, without what differs at every request."""
    asks = client.program if url.startswith("/api/") else client
    response = asks.get(url, headers={"HX-Request": "true"} if fragment else {})
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            names = [each for each in packed.namelist() if not each.startswith(SQUARE)]
            body = b"\n".join(packed.read(each) for each in names)
    heads = [f"{k}: {v}" for k, v in sorted(response.items()) if k not in OTHER_HEADS]
    text = body.decode("utf-8", "replace")
    if "/download/" in url or "/export/" in url or url.startswith("/journal/"):
        text = OWN_READING.sub(r"\1", HEAD_OF_THE_JOURNAL.sub("", text))
    return RANDOM.sub("", "\n".join([str(response.status_code), *heads, text]))


def trial(world, person, draw, most=MOST, **asked):
    """Read pages as a person, alter what is hidden from him, read them again; undo it all.

    `asked` as in `pages_of`.
    """
    pages, result = pages_of(world, person, draw, **asked), Trials()
    with transaction.atomic():
        client = people.client_of(person)
        client.raise_request_exception = False
        client.get("/")  # the first page of a session chooses its programme
        before = _read(client, pages)
        done = alter(world, person, draw, most)
        after = _read(client, pages)
        transaction.set_rollback(True)
    result.pages, result.altered, result.ways = len(pages), done.ways.total(), dict(done.ways)
    for (url, fragment, channel), left, right in zip(pages, before, after, strict=True):
        if left != right:
            difference = crawl.first_difference(left, right)
            result.differing.append((channel, person.label, url, fragment, difference))
    return result


def _read(client, pages):
    """Read all pages; what the journal notes of the reading is undone, for it tells of it."""
    with transaction.atomic():
        found = [said(client, url, fragment) for url, fragment, _channel in pages]
        transaction.set_rollback(True)
    return found


def trials(world, seed, persons):
    """The trials of several persons in one world."""
    draw, found = random.Random(seed), Trials()
    for person in persons:
        found.add(trial(world, person, draw))
    return found


def of_every_role(world, draw, each=1):
    """So many active persons of every role, and of the mixtures."""
    by_role = {}
    for person in world.people:
        if person.viewer.active and person.viewer.postings:
            role = " and " if " and " in person.label else person.label.split(" at ")[0]
            by_role.setdefault(role, []).append(person)
    return [p for rows in by_role.values() for p in draw.sample(rows, min(each, len(rows)))]
