"""Scoring from the command line: what is printed, and what is said when something does not fit."""

import io
import json

import pytest
import typer

from tongxin.command import scoring

CASE = {
    "values": {f"0.{at}": True for at in range(1, 6)} | {"1": 951},
    "conditions": {"party_unit": False},
}


@pytest.fixture
def values(tmp_path):
    """Write values to a file, as text or as what JSON makes of it."""

    def write(content):
        file = tmp_path / "values.json"
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        file.write_text(text, encoding="utf-8")
        return file

    return write


def stopped(capsys, code, name, file):
    """Return what is said, line by line, when nothing is scored."""
    with pytest.raises(typer.Exit) as stop:
        scoring.score_values(name, file)
    said = capsys.readouterr()
    assert (stop.value.exit_code, said.out) == (code, "")
    return said.err.splitlines()


def test_score_vetoes_caps_total_and_grade_come_as_json(db, values, capsys):
    scoring.score_values("organisation-grade-1000", values(CASE))

    found = json.loads(capsys.readouterr().out)
    assert (found["total"], found["grade"], found["outcome"]) == (951, "4A", "graded")
    assert [each["code"] for each in found["clauses"]][-2:] == ["1", "2"]
    assert (found["vetoes"], found["bonus"]["counted"], found["caps"][0]["lowered"]) == (
        [],
        0,
        True,
    )


def test_values_come_from_standard_input_too(db, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO('{"values": {"6": 99.9}}'))

    scoring.score_values("makerspace-incubating", scoring.Path("-"))

    assert json.loads(capsys.readouterr().out)["total"] == 9.9


def test_without_values_a_form_is_printed_that_can_be_filled_in(db, values, capsys):
    scoring.score_values("incubation-base-town-example", None)
    form = capsys.readouterr().out

    scoring.score_values("incubation-base-town-example", values(form))

    assert set(json.loads(form)["values"]["3.2"].values()) == {None}
    assert json.loads(capsys.readouterr().out)["not_reported"] == list(json.loads(form)["values"])


def test_a_standard_from_a_file_is_scored(db, tmp_path, values, capsys):
    leaf = {"code": "1", "text": "好", "maximum": 1, "rule": {"kind": "pass_fail"}}
    standard = {"key": "a", "name": "甲", "version": "1", "maximum": 1, "clauses": [leaf]}
    file = tmp_path / "standard.json"
    file.write_text(json.dumps(standard), encoding="utf-8")

    scoring.score_values(str(file), values({"values": {"1": True}}))

    assert json.loads(capsys.readouterr().out)["total"] == 1


def test_a_file_that_is_not_in_order_is_told_clause_by_clause(db, tmp_path, values, capsys):
    leaf = {"code": "1", "text": "好", "maximum": 2, "rule": {"kind": "pass_fail"}}
    standard = {"key": "a", "name": "甲", "version": "1", "maximum": 1, "clauses": [leaf]}
    file = tmp_path / "standard.json"
    file.write_text(json.dumps(standard), encoding="utf-8")

    said = stopped(capsys, 1, str(file), values(CASE))

    assert said[0] == "各条满分相加是 2，标准的总分写的是 1。改成一致"


def test_values_that_do_not_fit_are_told_with_clause_value_and_remedy(db, values, capsys):
    said = stopped(capsys, 1, "makerspace-incubating", values({"values": {"1": "many", "2": -1}}))

    assert said[:2] == [
        "条目 1（工位数）：值 “many” 不是数字，填数字，例如 12",
        "条目 2（外聘导师数）：“count”的值 -1 小于 0，填 0 或更大的数",
    ]
    assert len(said) == 4


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "not JSON"),
        ('{"values": {"1": 1, "1": 2}}', "'1' stands twice"),
        ('{"values": {"1": NaN}}', "NaN"),
        ("[" * 100_000, "nested too deep"),
        ({"1": 1}, '"values"'),
        ({"values": [1]}, "objects"),
        ({"values": {}, "condition": {}}, '"conditions"'),
    ],
)
def test_a_file_that_cannot_be_read_is_named(db, values, capsys, content, words):
    (said,) = stopped(capsys, 2, "makerspace-incubating", values(content))

    assert "values.json" in said
    assert words in said


def test_a_file_that_is_not_there_and_one_that_is_no_text_are_named(db, tmp_path, capsys):
    odd = tmp_path / "odd.json"
    odd.write_bytes(b"\xff\xfe{")

    (missing,) = stopped(capsys, 2, "makerspace-incubating", tmp_path / "none.json")
    (garbled,) = stopped(capsys, 2, "makerspace-incubating", odd)

    assert "none.json cannot be read" in missing
    assert "odd.json is not text" in garbled


def test_an_unknown_standard_names_those_there_are(db, values, capsys):
    (said,) = stopped(capsys, 2, "nothing", values(CASE))

    assert "'nothing'" in said
    assert "makerspace-incubating" in said


def test_a_standard_of_this_home_is_scored_in_its_newest_version(db, values, capsys):
    from tests import factories as make
    from tongxin.standards import actions

    city = make.tree().city
    told = {"by": None, "division_id": city.pk, "key": "own", "name": "自己的"}
    draft = actions.found(**told, content=scoring.queries.supplied("makerspace-incubating"))
    stopped(capsys, 2, "own", values({"values": {"1": 50}}))
    actions.publish(draft, by=None, seen=1)

    scoring.score_values("own", values({"values": {"1": 50}}))

    found = json.loads(capsys.readouterr().out)
    assert (found["standard"]["key"], found["total"]) == ("own", 5)


def test_a_home_without_a_database_scores_what_is_supplied(db, monkeypatch, values, capsys):
    from django.db import OperationalError

    def missing(_key):
        raise OperationalError

    monkeypatch.setattr(scoring.queries, "newest", missing)

    scoring.score_values("makerspace-incubating", values({"values": {"1": 50}}))

    assert json.loads(capsys.readouterr().out)["total"] == 5
