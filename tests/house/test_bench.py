"""The benchmark in small: it runs, it counts queries, and lists ask the same at every size."""

import json
import subprocess
from itertools import islice

import pytest
from django.db import connection, transaction
from django.test import override_settings

# Both below the 2,000 records of a piece at which a search changes its way, and asks once more.
FEW, MORE = 60, 400


@pytest.fixture(scope="module")
def measured(django_db_setup, django_db_blocker):
    """Every list of one account at two sizes, its desk, and the briefing, a few requests each."""
    from tests.bench import journal, measures, searching
    from tongxin.demo.actions import load

    if connection.vendor != "sqlite":
        pytest.skip("in small on SQLite only; make bench measures PostgreSQL")
    bench = override_settings(ROOT_URLCONF="tests.bench.bare", ALLOWED_HOSTS=["127.0.0.1"])
    with django_db_blocker.unblock(), transaction.atomic(), bench:
        load("a password that nobody types")
        yield [
            *measures.briefing(2),
            *measures.lists((FEW, MORE), 2, ["city"]),
            *measures.dashboards((FEW,), 2, ["county"]),
            *journal.writing(2),
            *searching.names(3_000, 1),
        ]
        transaction.set_rollback(True)


def test_every_page_is_measured_and_asks_the_same_at_every_size(measured):
    from tests.bench import measures, pages

    lists = [row for row in measured if row["what"] == "list"]
    of_the_city = {row["page"]: row for row in lists if row["who"] == pages.WHO["city"]}

    assert measures.uneven(measured) == []
    assert {row["records"] for row in lists} == {FEW, MORE}
    assert of_the_city["first page"]["rows"] == 50
    assert of_the_city["search by initials"]["rows"] > 0
    assert of_the_city["search, no such name"]["rows"] == 0
    assert all(row["cost"] > 0 and row["ratio"] > 0 and row["sent"] < row["bytes"] for row in lists)
    assert json.dumps(measured)


def test_a_list_asks_for_its_rows_the_names_of_their_places_and_saved_views_and_no_more(measured):
    first_pages = [row for row in measured if row["page"] == "first page"]

    assert {row["queries"] - row["bare_queries"] for row in first_pages} == {3}


def test_the_briefing_is_measured_in_every_format(measured):
    from tongxin.briefings.writers import WRITERS

    rows = [row for row in measured if row["what"] == "briefing"]

    assert {row["page"] for row in rows} == set(WRITERS)
    assert all(row["cost"] > 0 and row["bytes"] > 0 for row in rows)


def test_the_search_is_measured_for_each_length_and_finds_what_like_finds(measured):
    rows = [row for row in measured if row["what"] == "search"]

    assert {(row["page"], row["length"]) for row in rows} == {
        (kind, length) for kind in ("hit", "rare hit", "miss", "initials") for length in range(1, 7)
    }
    assert all(row["hits"] > 0 for row in rows if row["page"] in {"hit", "initials"})
    assert all(row["hits"] == 0 for row in rows if row["page"] == "miss")
    assert all(row["cost"] > row["bare"] > 0 < row["like_all"] for row in rows)


def test_the_search_reads_no_more_of_the_index_than_it_finds(measured, db):
    """What the database says it would do: ranges of an index, for every length, hit or miss."""
    from tests.bench import searching

    for texts in searching.TEXTS.values():
        for text in texts:
            steps = [plan for said in searching._statements(text) for plan in explained(said)]
            looked_up = [step for step in steps if "registers_piece" in step]
            assert looked_up
            assert all("SEARCH" in step and "text>" in step for step in looked_up), steps


def explained(said):
    sql, params = said
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        return [row[3] for row in cursor.fetchall()]


def test_the_writing_of_entries_is_measured_beside_bare_rows(measured):
    rows = [row for row in measured if row["what"] == "entries"]

    assert len(rows) == 2
    assert all(row["per_second"] > 0 and row["ratio"] > 0 for row in rows)


def test_the_verifier_is_measured_with_either_hash_and_finds_the_export_whole():
    from tests.bench import journal

    rows = list(journal.checking(2_500))

    assert {row["page"].partition(",")[0] for row in rows} == {"sha256", "sm3"}
    assert all(row["cost"] > row["against"] > 0 for row in rows)


def test_an_export_that_is_not_whole_ends_the_benchmark(tmp_path):
    from tests.bench import journal
    from tongxin.journal import verifier

    file = tmp_path / "journal.jsonl"
    public, head = journal.write_export(file, 30, "sha256")
    file.write_bytes(file.read_bytes().replace("旧名7".encode(), "旧名8".encode()))

    with pytest.raises(subprocess.CalledProcessError):
        journal.cpu_of(verifier.__file__, str(file), "--key", public, "--head", head)


def test_a_page_whose_queries_grow_would_be_named():
    from tests.bench import measures

    page = {"what": "desk", "who": "somebody", "page": "dashboard", "rows": 1, "looked_up": 0}
    few = page | {"records": 10, "queries": 12}
    many = page | {"records": 100, "queries": 13}

    assert measures.uneven([few, few | {"records": 100}]) == []
    assert len(measures.uneven([few, many])) == 1


def test_the_benchmark_makes_the_same_organisations_every_time(measured, db):
    from tests.bench import organisations

    first, again = (
        [(each.name, each.division_id, each.credit_code) for each in islice(stream, 500)]
        for stream in (organisations._stream(), organisations._stream())
    )

    assert first == again
    assert len({name for name, _place, _code in first}) > 490


def test_an_import_is_measured_against_the_usual_way_and_both_do_it(db):
    from tests.bench import importing
    from tongxin.demo.actions import load

    load("a password that nobody types")

    parts = importing.measured(40)

    assert [part.what for part in parts] == [
        "openpyxl, pydantic, bulk_create",
        "received",
        "read and looked through, every row reported",
        "looked through again and applied",
        "taken out by openpyxl",
        "taken out with scope and head",
    ]
    assert parts[importing.TAKEN_OUT].what == "taken out by openpyxl"
    assert all(part.seconds > 0 and part.wall > 0 for part in parts)
