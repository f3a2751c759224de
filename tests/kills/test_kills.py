"""Whatever kills a worker in the middle of an import, nothing is half, and nothing is double."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RANDOM, TWINS = 6, 3


@pytest.fixture(scope="module")
def found():
    """The loop in small, in processes of its own, on the database of this run."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith("TONGXIN_")}
    if url := os.environ.get("TONGXIN_DATABASE_URL"):
        kept["TONGXIN_DATABASE_URL"] = url
    asked = ["--json", "--random", str(RANDOM), "--twins", str(TWINS)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.kills", *asked],
        cwd=ROOT,
        env=kept,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_killed_at_any_named_point_nothing_is_half_and_done_again_it_is_whole(found):
    assert len(found["named"]) >= 20
    assert [each for each in found["named"] if each[2]] == []


def test_until_the_commit_nothing_is_there_and_after_it_everything(found):
    left = [left for _name, left, _wrong in found["named"]]

    assert left == ["nothing"] * left.count("nothing") + ["all"] * left.count("all")
    assert left.count("all") >= 4


def test_killed_anywhere_at_all_it_is_the_same(found):
    assert len(found["random"]) == RANDOM
    assert [each for each in found["random"] if each[2]] == []


def test_an_import_without_a_transaction_is_caught(found):
    assert [left for _name, left, _wrong in found["twin"]] == ["half"] * TWINS
    assert all(wrong for _name, _left, wrong in found["twin"])
