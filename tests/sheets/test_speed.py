"""The measure in small: `make sheets` takes a hundred thousand rows."""

from tests.bench.sheets import measures

ROWS = 4_000
# Well below what is measured, so that only a change of kind is seen: a busy machine is not.
WRITING, READING = 5, 2


def test_writing_and_reading_cost_a_small_part_of_the_usual_way(tmp_path):
    ratios = {measure.what: measure.ratio for measure in measures(ROWS, tmp_path)}

    assert min(ratio for what, ratio in ratios.items() if what.startswith("write")) > WRITING
    assert min(ratio for what, ratio in ratios.items() if what.startswith("read")) > READING
