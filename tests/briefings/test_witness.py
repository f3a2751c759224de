"""A briefing that is taken away carries the head of the journal, and the journal knows of it."""

import io
import json
import re
import struct
import zipfile
from dataclasses import replace

import pytest

from tests.briefings.sample_document import BRIEFING
from tongxin.briefings.document import Witness
from tongxin.briefings.writers import WRITERS
from tongxin.briefings.writers.witness import drawing_of, picture_of
from tongxin.command import steps
from tongxin.journal import export, verifier
from tongxin.journal.models import Entry

HEAD = Witness(111, "66736 41944 61096 44736 68754 51704 02280 22350")
OTHER = Witness(112, HEAD.digits)
CARRIED = replace(BRIEFING, witness=HEAD)
SIDE = 29 + 2 * 4
"""Modules of a square of version 3, with its quiet zone."""


def words_of(name, body):
    """The text of a file in some format."""
    if name == "docx":
        body = zipfile.ZipFile(io.BytesIO(body)).read("word/document.xml")
    return body.decode()


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_carries_the_head_and_is_the_same_each_time(name):
    write = WRITERS[name].write

    assert HEAD.digits in words_of(name, write(CARRIED))
    assert write(CARRIED) == write(CARRIED) != write(BRIEFING)
    assert HEAD.digits not in words_of(name, write(BRIEFING))


def test_word_and_html_carry_a_square_to_scan():
    word = zipfile.ZipFile(io.BytesIO(WRITERS["docx"].write(CARRIED)))
    (picture,) = (name for name in word.namelist() if name.startswith("word/media/"))

    assert word.read(picture) == picture_of(HEAD)
    assert f'descr="{HEAD.text}"' in words_of("docx", WRITERS["docx"].write(CARRIED))
    page = WRITERS["html"].write(CARRIED).decode()
    assert page.count(drawing_of(HEAD)) == 1
    assert "style=" not in drawing_of(HEAD)


def test_the_square_holds_the_head_and_nothing_else():
    width, height = struct.unpack(">II", picture_of(HEAD)[16:24])

    assert width == height == SIDE * 8
    assert picture_of(HEAD) == picture_of(HEAD) != picture_of(OTHER)
    assert drawing_of(HEAD) != drawing_of(OTHER)


@pytest.mark.django_db
def test_taking_a_briefing_away_leaves_an_entry_and_the_file_is_a_witness_of_it(nantong):
    answer = nantong.client().get("/briefings/nantong-2017/download/json/")

    entry = Entry.objects.order_by("-sequence").first()
    assert (entry.verb, entry.actor.username) == ("briefings.exported", "city")
    assert entry.facts == {"format": "json"}
    carried = json.loads(answer.content)["journal"]
    assert carried["number"] == entry.sequence
    head = f"{carried['number']} {carried['digits']}"
    assert verifier.check(export.export(), head=head)[0]
    assert not verifier.check(export.export(), head=head.replace("1", "2"))[0]


@pytest.mark.django_db
def test_what_is_refused_leaves_no_entry(nantong):
    before = Entry.objects.count()

    nantong.client("county").get("/briefings/nantong-2017/download/json/")
    nantong.client().get("/briefings/nantong-2017/download/pdf/")
    nantong.client().get("/briefings/nantong-2017/")

    assert Entry.objects.count() == before


@pytest.mark.django_db
def test_the_command_leaves_an_entry_of_the_system(nantong, tmp_path):
    steps.write_briefing("nantong-2017", "md", tmp_path / "briefing.md")

    entry = Entry.objects.order_by("-sequence").first()
    assert (entry.verb, entry.actor) == ("briefings.exported", None)
    text = (tmp_path / "briefing.md").read_text(encoding="utf-8")
    assert re.search(rf"第 {entry.sequence} 号，{verifier.digits_of(entry.hash)}", text)
