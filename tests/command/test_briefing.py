"""Writing a briefing from the command line: to a file, to standard output, or a line of help."""

import json

import pytest
import typer
from django.db import OperationalError, ProgrammingError

from tongxin.briefings.models import Briefing
from tongxin.briefings.writers import WRITERS
from tongxin.command import steps

pytestmark = pytest.mark.django_db


def refused(capsys, *asked):
    """Return what is said when a briefing cannot be written."""
    with pytest.raises(typer.Exit) as stop:
        steps.write_briefing(*asked)
    assert stop.value.exit_code == 2
    said = capsys.readouterr()
    assert said.out in ("", b"")
    return said.err


@pytest.fixture(autouse=True)
def console(monkeypatch):
    """Speak to the standard error of this moment, which the test reads."""
    from rich.console import Console

    monkeypatch.setattr(steps, "errors", Console(stderr=True))


def test_the_tables_come_to_standard_output_as_json(nantong, capsysbinary):
    steps.write_briefing("nantong-2017", "json", None)

    said = capsysbinary.readouterr()
    assert len(json.loads(said.out)["tables"]) == 4
    assert said.err == b""


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_a_briefing_is_written_to_a_file_and_its_size_told(nantong, tmp_path, capsys, name):
    file = tmp_path / f"briefing.{name}"

    steps.write_briefing("nantong-2017", name, file)

    assert file.stat().st_size > 3000
    assert f"{file.stat().st_size:,} bytes" in " ".join(capsys.readouterr().err.split())


def test_an_unknown_format_names_those_there_are(nantong, capsys):
    assert refused(capsys, "nantong-2017", "pdf", None) == (
        "There is no format 'pdf'. Choose one of: json, md, html, docx.\n"
    )


def test_an_unknown_briefing_names_those_there_are(nantong, capsys):
    assert refused(capsys, "nantong-2018", "md", None) == (
        "There is no briefing 'nantong-2018' here. Known: nantong-2017.\n"
    )


def test_an_installation_without_briefings_says_so(db, capsys):
    Briefing.objects.all().delete()

    assert refused(capsys, "any", "md", None).endswith("Known: none.\n")


@pytest.mark.parametrize("failure", [OperationalError, ProgrammingError])
def test_a_home_without_a_database_says_how_to_make_one(monkeypatch, capsys, failure):
    def missing(*_fields):
        raise failure

    monkeypatch.setattr(Briefing.objects, "select_related", missing)

    assert "tongxin demo --no-serve" in refused(capsys, "any", "md", None)


def test_a_word_file_is_kept_from_a_terminal(nantong, monkeypatch, capsys):
    monkeypatch.setattr(steps.sys.stdout, "isatty", lambda: True)

    assert "-o briefing.docx" in refused(capsys, "nantong-2017", "docx", None)
