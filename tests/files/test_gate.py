"""The gate: what offices send passes and is kept as it is; what would do harm is told apart."""

import io
import random
import struct
import zipfile
import zlib
from datetime import UTC, datetime, timedelta
from itertools import permutations

import docx
import pytest

from tests.files import samples
from tongxin.core.errors import Refused
from tongxin.core.sniffing import sniff
from tongxin.files.gate import inspect

QUICK = timedelta(seconds=2)


def refusal(name, content, declared=""):
    """The code and the words with which the gate refuses a file; None when it passes."""
    try:
        inspect(name, declared, content)
    except Refused as refused:
        (problem,) = refused.problems
        return problem.code, str(problem)
    return None


def code(name, content, declared=""):
    said = refusal(name, content, declared)
    return said[0] if said else None


@pytest.mark.parametrize("kind", samples.WHOLE)
def test_a_whole_file_of_every_kind_passes(kind):
    passed = inspect(f"文件.{kind}", "", samples.WHOLE[kind])

    assert (passed.name, passed.kind) == (f"文件.{kind}", kind)
    assert passed.cleaned is (kind in {"jpg", "webp"})
    if not passed.cleaned:
        assert passed.content == samples.WHOLE[kind]


def test_a_document_of_a_real_program_passes():
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("关于命名示范点的通知")
    document.save(out)

    assert inspect("通知.docx", "", out.getvalue()).content == out.getvalue()


@pytest.mark.parametrize(
    ("sent", "called"),
    [pair for pair in permutations(samples.WHOLE, 2) if set(pair) != {"txt", "csv"}],
)
def test_a_file_under_the_name_of_another_kind_is_refused(sent, called):
    assert code(f"a.{called}", samples.WHOLE[sent]) == "files.disagrees"


@pytest.mark.parametrize(
    ("name", "content", "wrong"),
    [
        ("a.html", b"<html>", "kind"),
        ("a.svg", b"<svg/>", "kind"),
        ("a.docm", samples.WHOLE["docx"], "kind"),
        ("a.zip", samples.WHOLE["docx"], "kind"),
        ("a.exe", b"MZ", "kind"),
        ("a", samples.PDF, "kind"),
        ("a.pdf", b"", "empty"),
        ("a.pdf", bytes(20_000_001), "size"),
        ("a.pdf", b"MZ" + samples.PDF, "disagrees"),
        ("a.txt", b"<!DOCTYPE html><script>alert(1)</script>", "disagrees"),
        ("a.txt", b"\xef\xbb\xbf \n<svg onload=alert(1)>", "disagrees"),
        ("a.csv", b"\0\1\2\3", "disagrees"),
        ("a.txt", b"#!/bin/sh\n", "disagrees"),
        ("a.txt", "文".encode("utf-16"), "disagrees"),
        ("a.jpg", b"GIF89a" + bytes(20), "disagrees"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "locked"),
        ("a.pdf", b"%PDF-1.4\n1 0 obj", "damaged"),
        ("a.pdf", samples.PDF + b"/S /JavaScript /JS (app.alert(1))\n%%EOF", "running"),
        ("a.pdf", samples.PDF + b"/S/Launch/F(cmd.exe)\n%%EOF", "running"),
    ],
)
def test_a_file_is_refused_for_what_it_is(name, content, wrong):
    assert code(name, content) == f"files.{wrong}"


def test_a_file_that_came_as_something_else_is_refused():
    assert code("a.pdf", samples.PDF, "text/html") == "files.disagrees"


RELATION = (
    b'<Relationships><Relationship Id="1" TargetMode="External" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" '
    b'Target="http://canary.example/x"/></Relationships>'
)
BOMB = bytes(30_000_000)
UTF_16_DOCTYPE = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a>'.encode("utf-16")


@pytest.mark.parametrize(
    ("parts", "wrong"),
    [
        ({"word__vbaProject.bin": b"x"}, "macros"),
        ({"word__activeX__activeX1.xml": b"<a/>"}, "macros"),
        ({"types": samples.types_of("docx") + b"macroEnabled"}, "macros"),
        ({"word__media__a.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, "damaged"),
        ({"word__a.xml": b" " * 300_000 + b"<!ENTITY b SYSTEM 'file:///etc/passwd'>"}, "swells"),
        ({"word__a.xml": random.Random(1).randbytes(255_994) + b"<!DOCTYPE b>"}, "damaged"),
        ({"word__a.xml": UTF_16_DOCTYPE}, "damaged"),
        ({"word__a.xml": b'<?xml version="1.0" encoding="UTF-7"?><a/>'}, "damaged"),
        ({"word___rels__document.xml.rels": RELATION % b"attachedTemplate"}, "elsewhere"),
        ({"word___rels__document.xml.rels": RELATION % b"image"}, "elsewhere"),
        ({"word___rels__document.xml.rels": RELATION % b"oleObject"}, "elsewhere"),
        ({"word___rels__document.xml.rels": RELATION % b"hyperlink"}, None),
        ({"word__embeddings__a.docx": samples.WHOLE["docx"]}, "within"),
        ({"word__embeddings__a.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}, "within"),
        ({"word__media__a.png": b"MZ\x90\0"}, "within"),
        ({"word__media__a.png": BOMB}, "swells"),
        ({f"word__{number}.xml": b"" for number in range(2_000)}, "parts"),
        ({"..__..__etc__passwd": b"x"}, "damaged"),
        ({"__etc__passwd": b"x"}, "damaged"),
        ({"C:\\windows": b"x"}, "damaged"),
        ({"WORD__DOCUMENT.XML": b"twice"}, "damaged"),
    ],
)
def test_a_document_is_refused_for_one_of_its_parts(parts, wrong):
    content = samples.package("docx", **parts)

    assert code("a.docx", content) == (wrong and f"files.{wrong}")


def test_a_document_that_lies_about_its_sizes_is_counted_while_it_inflates():
    content = bytearray(samples.package("docx", word__media__a=BOMB))
    for at in (
        content.find(struct.pack("<I", len(BOMB)), 0),
        content.rfind(struct.pack("<I", len(BOMB))),
    ):
        content[at : at + 4] = struct.pack("<I", 1_000)

    assert code("a.docx", bytes(content)) in {"files.swells", "files.damaged"}


def test_parts_that_lie_over_one_another_are_not_read():
    content = samples.package("docx", word__media__a=random.Random(2).randbytes(400_000))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
    start = content.index(b"PK\x01\x02")
    last = content[start:-22].rindex(b"PK\x01\x02") + start
    twin = content[last:-22].replace(entries[-1].filename.encode(), b"word/media/b")
    directory = content[start:-22] + twin
    end = bytearray(content[-22:])
    end[8:12] = struct.pack("<HH", len(entries) + 1, len(entries) + 1)
    end[12:16] = struct.pack("<I", len(directory))

    assert code("a.docx", content[:start] + directory + bytes(end)) == "files.damaged"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content + b"<script>",
        lambda content: b"GIF89a" + content,
        lambda content: content[:-22],
        lambda content: content[: len(content) // 2],
        lambda content: content[:-2] + b"\x05\x00hello",
    ],
)
def test_a_document_with_something_before_or_behind_it_is_refused(spoil):
    assert code("a.docx", spoil(samples.WHOLE["docx"])) in {"files.damaged", "files.disagrees"}


def test_a_document_with_a_password_is_refused():
    content = bytearray(samples.WHOLE["docx"])
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1

    assert code("a.docx", bytes(content)) == "files.locked"


def test_an_archive_that_is_no_document_is_refused():
    assert code("a.docx", samples.zipped({"readme.txt": b"hello"})) == "files.disagrees"


@pytest.mark.parametrize("turning", [1, 6])
def test_of_a_photograph_only_what_is_drawn_and_its_turning_are_kept(turning):
    sent = samples.jpg(turning=turning, after=b"<script>" + samples.PLACE_OF_THE_SHOT)

    kept = inspect("照片.jpg", "image/jpeg", sent)

    assert kept.cleaned
    assert samples.PLACE_OF_THE_SHOT in sent
    assert samples.PLACE_OF_THE_SHOT not in kept.content
    assert b"drawn\xff\x00drawn\xff\xd0drawn\xff\xd9" in kept.content
    assert (b"Exif" in kept.content) is (turning == 6)
    assert inspect("照片.jpg", "", kept.content).content == kept.content


def test_of_a_drawing_notes_are_left_out():
    notes = [samples.chunk(name, samples.PLACE_OF_THE_SHOT) for name in (b"eXIf", b"tEXt", b"iTXt")]

    kept = inspect("图.png", "", samples.png(4, 3, *notes) + b"behind")

    assert kept.content == samples.png()
    assert samples.PLACE_OF_THE_SHOT not in inspect("图.webp", "", samples.webp()).content


@pytest.mark.parametrize(
    ("name", "content", "wrong"),
    [
        ("a.png", samples.png(100_000, 100_000), "pixels"),
        ("a.jpg", samples.jpg(65_000, 65_000), "pixels"),
        ("a.webp", samples.webp(16_000_000, 16_000_000), "pixels"),
        ("a.png", samples.png(0, 3), "pixels"),
        ("a.png", samples.png()[:40], "picture"),
        ("a.png", samples.png().replace(b"IHDR", b"IHDX"), "picture"),
        ("a.jpg", samples.jpg()[:60], "picture"),
        ("a.jpg", b"\xff\xd8\xff\xd9", "pixels"),
        ("a.webp", samples.webp()[:30], "picture"),
        ("a.webp", samples.webp().replace(b"VP8L", b"ANMF"), "picture"),
    ],
)
def test_a_picture_is_measured_by_its_head(name, content, wrong):
    assert code(name, content) == f"files.{wrong}"


def test_two_thousand_spoilt_files_are_answered_quickly_and_never_with_an_error():
    chance = random.Random(20_170_301)
    slowest = timedelta()
    answers = set()
    for _each in range(2_000):
        kind, content = chance.choice(list(samples.WHOLE.items()))
        spoilt = bytearray(content)
        for _byte in range(chance.randint(1, 12)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        if chance.random() < 0.3:
            del spoilt[chance.randrange(1, len(spoilt)) :]
        began = datetime.now(UTC)
        answers.add(code(f"a.{kind}", bytes(spoilt)))
        slowest = max(slowest, datetime.now(UTC) - began)

    assert len(answers) > 4
    assert slowest < QUICK


def test_a_bomb_at_every_limit_is_answered_quickly():
    squeezed = zlib.compress(BOMB, 9)
    assert len(squeezed) < 40_000
    many = {
        f"word__media__{n}": random.Random(n).randbytes(50_000) + bytes(1_000) for n in range(99)
    }
    began = datetime.now(UTC)

    found = [
        code("a.docx", samples.package("docx", a=BOMB, b=BOMB)),
        code("a.docx", samples.package("docx", **many)),
        code("a.pdf", b"%PDF-" + b"/JavaScrip" * 1_900_000 + b"%%EOF"),
        code("a.txt", b"<" * 19_000_000),
        code("a.jpg", b"\xff\xd8" + b"\xff" * 19_000_000),
        code("a.jpg", b"\xff\xd8" + b"\xff\xe0\0\2" * 4_700_000 + b"\xff\xd9"),
        code("a.jpg", samples.jpg()[:-2] + b"\xff\0" * 9_500_000 + b"\xff\xd9"),
        code("a.png", b"\x89PNG\r\n\x1a\n" + samples.chunk(b"tEXt", b"") * 1_000_000),
    ]

    assert found[:2] == ["files.swells", None]
    assert datetime.now(UTC) - began < 8 * QUICK


@pytest.mark.parametrize("content", [b"", b"P", b"\xff", b"RIFF", bytes(16)])
def test_a_few_bytes_are_something_too(content):
    assert isinstance(sniff(content), str)
