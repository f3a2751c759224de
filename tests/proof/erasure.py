"""Random histories with erasures: every total stays, and no name is left anywhere.

Each person in the history is called by tokens that stand nowhere else: participants by name,
employer and contact, account holders by user name, shown name and address. Whatever lies in the
home afterwards is searched for those of the erased, byte by byte: database file, the files beside
it, a dump, logs; and each copy of the database made on the way, brought back by the command.

    uv run python -m tests.proof.erasure --count 200 --seed 1
"""

import argparse
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOKEN = re.compile(rb"zq[0-9a-z]{9}qz")
LETTERS = "0123456789abcdefghijkmnpqrstuvwxy"
COPIES = 3
BATCH = 8
PASSWORDS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def run(count, seed, *, twin=""):
    """Live a history with so many erasures; return how many there were, and the traces found.

    A twin is a history that goes wrong on purpose: `careless` leaves deleted rows where they lie,
    `forgetful` brings copies back without the list of erasures.
    """
    with tempfile.TemporaryDirectory(prefix="tongxin-erasure-") as place:
        folder = Path(place)
        told = _child(folder, count, seed, twin)
        erased = {token.encode() for token in told["erased"]}
        traces = _traces(folder / "home", erased, {t.encode() for t in told["living"]})
        for number, copy in enumerate(sorted(folder.glob("copy-*.sqlite3"))):
            restored = _brought_back(folder, copy, twin, number)
            there = {token.encode() for token in told["copies"][copy.stem]}
            traces += _traces(restored, erased, there - erased)
    return told["erasures"], traces


def _child(folder, count, seed, twin):
    home = folder / "home"
    home.mkdir()
    command = [sys.executable, "-m", "tests.proof.erasure", "--live-in", str(folder)]
    command += ["--count", str(count), "--seed", str(seed), "--twin", twin]
    done = subprocess.run(
        command, cwd=ROOT, env=_environment(home), check=True, stdout=subprocess.PIPE
    )
    return json.loads(done.stdout)


def _environment(home):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TONGXIN_")}
    settings = {
        "TONGXIN_HOME": str(home),
        "TONGXIN_PLAIN_STATIC": "1",
        "DJANGO_SETTINGS_MODULE": "tongxin.config.settings",
        "PYTHONPATH": str(ROOT),
    }
    return kept | settings


def _brought_back(folder, copy, twin, number):
    """Bring a copy back with the command, and return its home."""
    home = folder / f"restored-{number}"
    home.mkdir()
    shutil.copy(copy, home / "tongxin.sqlite3")
    listed = folder / "home" / "erasures.jsonl"
    if listed.exists() and twin != "forgetful":
        shutil.copy(listed, home / listed.name)
    call = "from tongxin.command import app; app()"
    subprocess.run(
        [sys.executable, "-c", call, "erasures-reapply", "--home", str(home)],
        cwd=ROOT,
        env=_environment(home),
        check=True,
        capture_output=True,
    )
    return home


def _traces(home, erased, living):
    """Count the tokens of the erased in each file and in a dump; the living prove that it looks."""
    texts = [path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()]
    with closing(sqlite3.connect(home / "tongxin.sqlite3")) as connection:
        texts.append("\n".join(connection.iterdump()).encode())
    found = [set(TOKEN.findall(text)) for text in texts]
    unseen = living - set().union(*found)
    if unseen:
        message = f"{len(unseen)} tokens of the living were not found: the search sees nothing"
        raise AssertionError(message)
    return sum(len(each & erased) for each in found)


class History:
    """A home in which people agree, withdraw, come and go."""

    def __init__(self, folder, seed):
        from tests import factories as make

        self.make, self.folder, self.draw = make, folder, random.Random(seed)
        self.tree = make.tree()
        self.places = [self.tree.city, self.tree.east, self.tree.north, self.tree.river]
        self.pilot = make.programme(self.tree.city)
        self.briefing = make.briefing(self.pilot)
        self.account = make.coordinator(self.tree.city)
        self.client = make.client_of(self.account)
        self.trainings = [
            make.record("trainings", place=place, of=self.pilot, sessions=2, attendances=9999)
            for place in self.places
        ]
        self.listed, self.staff, self.erased, self.copies = [], [], [], {}
        self.erasures = 0

    def token(self):
        return "zq" + "".join(self.draw.choices(LETTERS, k=9)) + "qz"

    def somebody_agrees(self):
        from tongxin.trainings.actions import add_participant

        tokens = [self.token() for _each in range(3)]
        said = self.make.agreement(
            f"张{tokens[0]}",
            unit=f"服务社{tokens[1]}",
            contact=tokens[2],
            purposes=("listed", "contact"),
        )
        training = self.draw.choice(self.trainings)
        times = self.draw.choice((1, 2))
        by = self.draw.choice([None, self.account])
        consent = add_participant(training, by=by, said=said, times=times)
        self.listed.append((training, consent, tokens))

    def somebody_works_here(self):
        from tongxin.accounts.models import Account

        tokens = [self.token() for _each in range(3)]
        place = self.draw.choice(self.places)
        account = self.make.posted("clerk", place, username=tokens[0])
        Account.objects.filter(pk=account.pk).update(
            display_name=f"王{tokens[1]}", email=f"{tokens[2]}@example.org"
        )
        account = Account.objects.get(pk=account.pk)
        self.make.record("bases", place=place, of=self.pilot, by=account)
        self.make.client_of(account).get("/")
        self.staff.append((account, tokens))

    def pages_are_read(self):
        training = self.draw.choice(self.trainings)
        token = self.draw.choice(self.listed)[2][0] if self.listed else "x"
        for address in (
            f"/trainings/{training.pk}/list/",
            f"/search/?q={token}",
            f"/registers/trainings/{training.pk}/history/",
        ):
            self.client.get(address)

    def somebody_goes(self):
        """Erase one person, in one of the ways in which people go."""
        if self.staff and self.draw.random() < 0.3:
            self._leaves(*self.staff.pop(self.draw.randrange(len(self.staff))))
        elif self.listed:
            self._withdraws(*self.listed.pop(self.draw.randrange(len(self.listed))))

    def _leaves(self, account, tokens):
        from django.utils import timezone

        from tongxin.accounts.actions import end_posting
        from tongxin.accounts.models import Account
        from tongxin.participants.actions import erase_account

        for posting in account.postings.all():
            end_posting(posting, by=None, until=timezone.localdate())
        Account.objects.filter(pk=account.pk).update(is_active=False)
        erase_account(account, by=None)
        self._gone(tokens)

    def _withdraws(self, training, consent, tokens):
        from tongxin.participants.actions import end
        from tongxin.trainings.models import Attendance

        line = Attendance.objects.filter(consent=consent).first().position
        if self.draw.random() < 0.5:
            self.client.post(f"/trainings/{training.pk}/list/{line}/withdraw/")
        else:
            end(consent, by=None, ending=self.draw.choice(("withdrawn", "expired", "asked")))
        self._gone(tokens)

    def _gone(self, tokens):
        self.erased += tokens
        self.erasures += 1

    def living(self):
        return [token for _one, _two, tokens in self.listed for token in tokens] + [
            token for _account, tokens in self.staff for token in tokens
        ]

    def copied(self):
        """Copy the database as an operator does."""
        name = f"copy-{len(self.copies)}"
        with (
            closing(sqlite3.connect(self.folder / "home" / "tongxin.sqlite3")) as source,
            closing(sqlite3.connect(self.folder / f"{name}.sqlite3")) as copy,
        ):
            source.backup(copy)
        self.copies[name] = self.living()

    def totals(self):
        """Everything that must not change: figures, counts of lists, briefings, the chain."""
        from tongxin.briefings.queries import document_of
        from tongxin.briefings.writers import WRITERS
        from tongxin.indicators.catalogue import CATALOGUE
        from tongxin.indicators.queries import Asked, figures
        from tongxin.trainings.queries import counts_of

        day = self.make.FACTS_ON
        asked = [Asked(self.pilot, place.pk, day, day) for place in self.places]
        return (
            [repr(figures(each, CATALOGUE.values())) for each in asked],
            [counts_of(training) for training in self.trainings],
            {name: writer.write(document_of(self.briefing)) for name, writer in WRITERS.items()},
        )


def broken_links():
    """Recompute the chain of the journal from its rows, and count the links that do not hold."""
    from django.conf import settings

    from tongxin.journal import verifier
    from tongxin.journal.chain import body_of
    from tongxin.journal.models import Entry

    digest, previous, broken = verifier.hasher(settings.JOURNAL_HASH), verifier.NOTHING, 0
    for entry in Entry.objects.order_by("sequence"):
        told = verifier.entry_hash(digest, entry.sequence, entry.previous, body_of(entry))
        broken += entry.previous != previous or told != entry.hash
        previous = entry.hash
    return broken


def live(folder, count, seed, twin):
    """Live the history in a home of its own, inside a process of its own."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.PASSWORD_HASHERS = PASSWORDS
    settings.ALLOWED_HOSTS = ["testserver"]
    _write_a_log(folder / "home" / "server.log")
    call_command("migrate", verbosity=0)
    history = History(folder, seed)
    with _careless(twin):
        _unfold(history, count)
    if twin != "careless":
        _swept()
    told = {
        "erasures": history.erasures,
        "erased": history.erased,
        "living": history.living(),
        "copies": history.copies,
    }
    sys.stdout.write(json.dumps(told))


def _unfold(history, count):
    copies_at = {count * part // (COPIES + 1) for part in range(1, COPIES + 1)}
    while history.erasures < count:
        for _each in range(history.draw.randint(2, BATCH)):
            history.somebody_agrees()
        for _each in range(history.draw.randint(0, 3)):
            history.somebody_works_here()
        history.pages_are_read()
        if any(history.erasures >= at for at in copies_at):
            copies_at = {at for at in copies_at if history.erasures < at}
            history.copied()
        before = history.totals()
        for _each in range(min(history.draw.randint(1, BATCH), count - history.erasures)):
            history.somebody_goes()
        if history.totals() != before:
            raise AssertionError("a total, a briefing or a list changed with an erasure")
    if broken := broken_links():
        message = f"{broken} links of the journal do not hold"
        raise AssertionError(message)


@contextmanager
def _careless(twin):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA secure_delete={'OFF' if twin == 'careless' else 'ON'}")
        cursor.fetchall()
    yield


def _swept():
    from django.db import connections

    from tongxin.core.erasures import sweep

    if not sweep():
        raise AssertionError("somebody was in the way of the sweep")
    connections.close_all()


def _write_a_log(path):
    import logging

    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setLevel(logging.INFO)
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--twin", default="")
    asked.add_argument("--live-in", type=Path)
    given = asked.parse_args()
    if given.live_in:
        live(given.live_in, given.count, given.seed, given.twin)
        return
    erasures, traces = run(given.count, given.seed, twin=given.twin)
    sys.stdout.write(f"erasures {erasures}, traces {traces}\n")


if __name__ == "__main__":
    main()
