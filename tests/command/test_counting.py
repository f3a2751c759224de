"""`tongxin due`: what it prints, what it warns of, and the exit code."""

import datetime as dt
import json

import pytest
import typer

from tests.command.test_demo import typed
from tongxin.calendars import actions
from tongxin.command import counting

pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    actions.seed()


def asked(capsys, *words, unit="working_days", format_="text"):
    counting.due(*words, unit, format_)
    return capsys.readouterr()


def test_the_last_day_stands_first_then_the_days_left_out(official, capsys):
    said = asked(capsys, "2017-09-25", "10")

    lines = said.out.splitlines()
    assert lines[0] == "2017-10-13"
    assert len([line for line in lines if line.startswith("left out")]) == 8
    assert lines[-1] == "counted  2017-09-30 Sat made_up 国庆节 国办发明电〔2016〕17号"
    assert said.err == ""


def test_as_json_it_says_the_same(official, capsys):
    told = json.loads(asked(capsys, "2026-12-28", "5", format_="json").out)

    assert told["last_day"] == "2027-01-04"
    assert [each["date"] for each in told["left_out"]] == ["2027-01-02", "2027-01-03"]
    assert told["missing_years"] == [2027]
    assert told["warnings"][0]["code"] == "calendars.missing_year"
    assert "2027" in told["warnings"][0]["text"]["en"]
    assert told["warnings"][0]["text"]["zh"] != told["warnings"][0]["text"]["en"]


def test_a_missing_year_warns_beside_the_answer(official, capsys):
    said = asked(capsys, "2026-12-28", "5")

    assert said.out.splitlines()[0] == "2027-01-04"
    assert "2027" in said.err


def test_it_reads_the_edited_days_of_the_home(official, capsys):
    day = dt.date(2026, 11, 30)
    actions.set_days(actions.Span(day, day, False, "台风停工", "通告"), by=None)  # noqa: FBT003

    assert asked(capsys, "2026-11-27", "1").out.splitlines()[0] == "2026-12-01"


@pytest.mark.usefixtures("official")
@pytest.mark.parametrize(
    ("words", "unit", "format_", "said"),
    [
        (("25.9.2017", "3"), "working_days", "text", "DATE is '25.9.2017'"),
        (("2017-02-30", "3"), "working_days", "text", "DATE is '2017-02-30'"),
        (("2017-09-25", "many"), "working_days", "text", "N is 'many'"),
        (("2017-09-25", "0"), "working_days", "text", "1 to 2500"),
        (("2017-09-25", "3"), "weeks", "text", "There is no unit 'weeks'"),
        (("2017-09-25", "3"), "days", "xml", "There is no format 'xml'"),
    ],
)
def test_what_cannot_be_counted_ends_with_2_and_says_what_to_give(
    words, unit, format_, said, capsys
):
    with pytest.raises(typer.Exit) as stop:
        counting.due(*words, unit, format_)

    told = capsys.readouterr()
    assert stop.value.exit_code == 2
    assert told.out == ""
    assert said in told.err


def run(home, *words):
    """Run the command as an operator does; return exit code, output and complaints."""
    done = typed(home, *words)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.embedded
def test_a_home_that_was_just_made_knows_the_official_days(tmp_path):
    code, _said, _err = run(tmp_path, "init")
    assert code == 0

    code, said, err = run(tmp_path, "due", "2017-09-25", "10")

    assert (code, said.splitlines()[0], err) == (0, "2017-10-13", "")


@pytest.mark.embedded
def test_a_home_without_a_database_says_that_it_counts_by_what_comes_with_the_program(tmp_path):
    code, said, err = run(tmp_path, "due", "2017-09-25", "10")

    assert (code, said.splitlines()[0]) == (0, "2017-10-13")
    assert "no database yet" in err
