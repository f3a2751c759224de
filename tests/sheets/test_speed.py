"""The measure in small, so that it does not rot: `make sheets` takes a hundred thousand rows.

How much quicker we are is said by the measure on a quiet machine, and not asserted here: while
other tests run beside it, the same code takes twice as long.
"""

from tests.bench.sheets import measures

ROWS = 400


def test_every_way_is_measured_on_the_same_rows(tmp_path):
    ways = [measure.what.split(" ")[0] for measure in measures(ROWS, tmp_path)]

    assert ways == ["write"] * 2 + ["read"] * 4 + ["write"]
