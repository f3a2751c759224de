"""The whole proof, and one table of what it found: `make prove PROVE="--requests 100000"`."""

import argparse
import atexit
import os
import random
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

EACH = 2_500


def prepare():
    """Make a home and a database of its own, as the tests do."""
    for name in [name for name in os.environ if name.startswith("TONGXIN_")]:
        if name != "TONGXIN_DATABASE_URL":
            del os.environ[name]
    home = tempfile.mkdtemp(prefix="tongxin-proof-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    (Path(home) / "static").mkdir()
    os.environ |= {
        "TONGXIN_HOME": home,
        "TONGXIN_PLAIN_STATIC": "1",
        "DJANGO_SETTINGS_MODULE": "tongxin.config.settings",
    }
    import django

    django.setup()
    import logging

    from django.conf import settings
    from django.test.utils import setup_databases, setup_test_environment

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    logging.disable(logging.CRITICAL)
    setup_test_environment()
    known = setup_databases(verbosity=0, interactive=False)
    return lambda: known[0][0].creation.destroy_test_db(known[0][1], verbosity=0)


@contextmanager
def undone():
    """Take back whatever was made."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def cells_compared():
    """Compare every cell; return the lines of the table, and whether all agree."""
    from tests.proof import cells, land

    with undone():
        places = land.land()
        everybody, things, oracle = cells.scene(places)
        found = cells.Compared()
        for person in everybody:
            found.add(cells.compare(person, things, oracle))
        found.add(cells.compare_powers(everybody, places, oracle))
        found.add(cells.compare_entering(everybody, places, oracle))
        found.add(cells.compare_accepting(everybody, places, oracle))
        found.add(cells.compare_turns(everybody, places, oracle))
        found.add(cells.compare_deciding(everybody, things, oracle))
        found.add(cells.compare_one_by_one(everybody, things, oracle, 2_000, seed=1))
    yield "cells compared", found.cells, found.differences == []
    yield "cells that differ", len(found.differences), found.differences == []


def requests_sent(number, seed):
    """Send the requests, a new world for each few thousand."""
    from tests.proof import crawl, world

    sent = crawl.Sent()
    while sent.requests.total() < number:
        with undone():
            sent.add(crawl.crawl(world.world(seed), seed, min(EACH, number)))
        seed += 1
    for channel, count in sorted(sent.requests.items()):
        yield f"requests, {channel}", count, True
    yield "requests in all", sent.requests.total(), True
    for word, rows in (("leaks", sent.leaks), ("false denials", sent.denials)):
        yield word, len(rows), not rows
    yield "broken answers", len(sent.others), not sent.others
    for row in (*sent.leaks, *sent.denials, *sent.others)[:10]:
        print("  ", row, file=sys.stderr)  # noqa: T201


def bytes_compared(number, seed):
    """Alter what is hidden in so many worlds, and compare what each role reads before and after."""
    from tests.proof import metamorphic, world

    found = metamorphic.Trials()
    for each in range(seed, seed + number):
        with undone():
            made = world.world(each)
            persons = metamorphic.of_every_role(made, random.Random(each))
            found.add(metamorphic.trials(made, each, persons))
    yield "hidden rows altered", found.altered, True
    yield "pages read before and after", found.pages, True
    yield "pages that differ", len(found.differing), not found.differing
    for row in found.differing[:10]:
        print("  ", row, file=sys.stderr)  # noqa: T201


def grants_tried(steps, seed):
    """Let anybody try to grant anything."""
    from tests.proof import grants, land

    with undone():
        walked = grants.Machine(land.land(), land.oracle(), seed).walk(steps)
    yield "grants tried", walked.tried, True
    yield "grants otherwise than foreseen", len(walked.wrong), not walked.wrong


def faults_caught():
    """Plant every fault."""
    from tests.proof import hunting
    from tests.proof.faults import FAULTS

    with undone():
        hunt = hunting.Hunt()
        missed = [fault.name for fault in FAULTS if hunt.sees(fault, everywhere=True) is None]
    for name in missed:
        print("   not seen:", name, file=sys.stderr)  # noqa: T201
    share = 1 - len(missed) / len(FAULTS)
    yield "mutants killed", f"{len(FAULTS) - len(missed)} of {len(FAULTS)}", share >= 0.99


def journal_and_erasure(tamperings, erasures, seed):
    """Tamper with journals, erase people."""
    from tests.proof import erasure, tampering

    tried, located = tampering.run(tamperings, seed)
    yield "tamperings located", f"{located} of {tried}", located == tried
    done, traces = erasure.run(erasures, seed)
    count = len(traces) if hasattr(traces, "__len__") else traces
    yield f"erasure traces ({done} erasures)", count, not traces


def main():
    """Run everything; the status says whether all of it is as it should be."""
    asked = argparse.ArgumentParser(prog="python -m tests.proof", description=__doc__)
    asked.add_argument("--requests", type=int, default=30_000)
    asked.add_argument("--tamperings", type=int, default=10_000)
    asked.add_argument("--erasures", type=int, default=20)
    asked.add_argument("--worlds", type=int, default=4, help="in which hidden rows are altered")
    asked.add_argument("--grants", type=int, default=5_000)
    asked.add_argument("--seed", type=int, default=1)
    told = asked.parse_args()
    finish, began, rows = prepare(), time.monotonic(), []
    try:
        for part in (
            cells_compared(),
            requests_sent(told.requests, told.seed),
            bytes_compared(told.worlds, told.seed),
            grants_tried(told.grants, told.seed),
            faults_caught(),
            journal_and_erasure(told.tamperings, told.erasures, told.seed),
        ):
            rows += part
    finally:
        finish()
    for what, count, good in rows:
        shown = f"{count:,}" if isinstance(count, int) else count
        print(f"{what:34} {shown:>14}  {'' if good else 'FAILED'}")  # noqa: T201
    print(f"{'seconds':34} {time.monotonic() - began:14.0f}")  # noqa: T201
    sys.exit(0 if all(good for _what, _count, good in rows) else 1)


if __name__ == "__main__":
    main()
