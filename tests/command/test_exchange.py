"""Bringing in and taking out from the command line: what is printed, and the exit code."""

import datetime as dt
import json

import pytest
import typer

from tests import factories as make
from tongxin.command import exchange
from tongxin.divisions.actions import rename
from tongxin.divisions.actions.decrees import Decree
from tongxin.divisions.models import Division
from tongxin.journal.models import Entry
from tongxin.organisations.models import Organisation

pytestmark = pytest.mark.django_db
HEAD = "名称,所属地区,种类,登记状态,统一社会信用代码"


@pytest.fixture
def pilot():
    return make.programme(make.tree().city)


@pytest.fixture
def file(tmp_path):
    def write(*rows, name="名册.csv", encoding="gb18030"):
        path = tmp_path / name
        path.write_bytes("\n".join((HEAD, *rows)).encode(encoding))
        return path

    return write


def row(name, number, place="北镇"):
    return f"{name},{place},民办非企业单位,已登记,{make.credit_code(number)}"


def bring(capsys, path, key="organisations", **asked):
    """Bring a file in; return the exit code and what was printed, as JSON."""
    facts = {
        "dry_run": False,
        "format_": "json",
        "username": "",
        "programme": "",
        "name": "",
        "reason": "",
        "blanks_erase": False,
        "side": "database",
        "without_errors": False,
    }
    with pytest.raises(typer.Exit) as stop:
        exchange.bring_in(key, path, **(facts | asked))
    said = capsys.readouterr().out
    return stop.value.exit_code, json.loads(said) if said.startswith("{") else said


def test_a_clean_workbook_is_applied_and_ends_with_0(pilot, file, capsys):
    code, said = bring(capsys, file(row("一社", 1), row("二社", 2, "河镇")))

    assert code == 0
    assert said["applied"]
    assert said["counts"] == {"new": 2, "changed": 0, "unchanged": 0, "error": 0}
    assert Organisation.objects.count() == 2
    assert Entry.objects.latest("sequence").verb == "exchange.applied"


def test_a_dry_run_writes_nothing(pilot, file, capsys):
    known = Entry.objects.count()

    code, said = bring(capsys, file(row("一社", 1)), dry_run=True)

    assert (code, said["applied"], said["counts"]["new"]) == (0, False, 1)
    assert (Organisation.objects.count(), Entry.objects.count()) == (0, known)


def test_every_error_is_printed_with_its_cell_and_ends_with_1(pilot, file, capsys):
    code, said = bring(capsys, file(row("一社", 1, "远方"), row("", 2)))

    assert (code, said["applied"]) == (1, False)
    assert [(m["cell"], m["severity"], m["code"]) for m in said["messages"]] == [
        ("B2", "error", "unknown_division"),
        ("A3", "error", "required"),
    ]
    assert said["messages"][1]["text"] == {"zh": "填写名称", "en": "Enter the name"}
    assert Organisation.objects.count() == 0


def test_rows_in_order_are_applied_where_that_is_asked(pilot, file, capsys):
    code, said = bring(capsys, file(row("一社", 1, "远方"), row("二社", 2)), without_errors=True)

    assert (code, said["applied"]) == (1, True)
    assert [each.name for each in Organisation.objects.all()] == ["二社"]


def test_a_warning_without_a_reason_is_not_applied(pilot, file, capsys):
    path = file(f"{row('一社', 1)},0513-85123456")
    path.write_bytes(
        path.read_bytes().replace(HEAD.encode("gb18030"), f"{HEAD},业务范围".encode("gb18030"))
    )

    code, said = bring(capsys, path)
    assert (code, said["applied"], len(said["not_applied_because"])) == (1, False, 1)

    code, said = bring(capsys, path, reason="单位公布的热线")
    assert (code, said["applied"]) == (0, True)


def test_a_file_that_is_no_table_ends_with_2(pilot, tmp_path, capsys):
    path = tmp_path / "picture.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))

    code, said = bring(capsys, path)

    assert code == 2
    assert said["error"].keys() == {"code", "text"}
    assert said["error"]["text"].keys() == {"zh", "en"}


@pytest.mark.parametrize(
    "asked",
    [
        {"key": "nowhere"},
        {"username": "nobody"},
        {"programme": "nothing", "key": "sites"},
        {"format_": "xml"},
    ],
)
def test_what_there_is_not_ends_with_2(pilot, file, capsys, asked):
    assert bring(capsys, file(row("一社", 1)), **asked)[0] == 2


def test_an_account_brings_in_within_its_scope(pilot, file, capsys):
    clerk = make.clerk(pilot.division)
    place = make.office(clerk.office.division)
    assert place
    east = make.coordinator(Division.objects.get(key="east"))

    code, said = bring(capsys, file(row("一社", 1, "河镇")), username=east.username)

    assert (code, said["messages"][0]["code"]) == (1, "out_of_scope")


def test_places_are_named_on_the_day_of_the_programme_when_looked_at_and_when_applied(
    pilot, file, capsys
):
    decree = Decree(dt.date(2019, 1, 1))
    rename(Division.objects.get(key="north"), "北新镇", decree, by=None)

    code, said = bring(capsys, file(row("一社", 1, "北镇"), row("二社", 2, "北新镇")))

    assert (code, [m["cell"] for m in said["messages"]]) == (1, ["B3"])
    code, said = bring(capsys, file(row("一社", 1, "北镇")))
    assert (code, said["applied"]) == (0, True)
    assert Organisation.objects.get().division.key == "north"


@pytest.mark.parametrize("extension", ["xlsx", "csv", "json"])
def test_a_register_is_taken_out_and_comes_back_unchanged(pilot, tmp_path, capsys, extension):
    make.organisation(Division.objects.get(key="north"), "一社")
    path = tmp_path / f"list.{extension}"

    exchange.take(
        "organisations", format_=extension, output=path, username="", programme="", with_void=False
    )

    assert Entry.objects.latest("sequence").verb == "organisations.exported"
    if extension == "json":
        assert [each["name"] for each in json.loads(path.read_bytes())["rows"]] == ["一社"]
    else:
        code, said = bring(capsys, path)
        assert (code, said["counts"]["unchanged"]) == (0, 1)


def test_text_is_printed_in_both_languages(pilot, file, capsys):
    _code, said = bring(capsys, file(row("", 2)), format_="text")

    assert "A2 error required" in said
    assert "填写名称" in said
    assert "Enter the name" in said
