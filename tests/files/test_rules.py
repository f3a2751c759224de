"""What a file may be called, and what its name and its sender say of it."""

import pytest

from tongxin.files.choices import FileKind
from tongxin.files.rules import NAME_LENGTH, clean_name, fits, kind_of, size_words


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("批文.pdf", "批文.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\窗口.PDF", "窗口.pdf"),
        ("/absolute/a.csv", "a.csv"),
        ("a\0b.pdf", "ab.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("通知\u202efdp.exe.pdf", "通知fdp.exe.pdf"),
        ("a\u200b\u2066b.pdf", "ab.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("nul.tar.pdf", "_nul.tar.pdf"),
        ("com1", "_com1"),
        ("...pdf", "_.pdf"),
        (".pdf", "_.pdf"),
        ("", "_"),
        ("  空 格  .pdf ", "空 格.pdf"),
        ('引"号<b>.pdf', "引号b.pdf"),
        ("照片.JPEG", "照片.jpg"),
        ("全角．ｐｄｆ", "全角.pdf"),
        ("a\ud800.pdf", "a.pdf"),
    ],
)
def test_a_name_is_kept_so_that_every_computer_can_save_it(sent, kept):
    assert clean_name(sent) == kept


def test_a_long_name_is_cut_and_keeps_its_ending():
    kept = clean_name("长" * 300 + ".pdf")

    assert (len(kept), kept[-5:]) == (NAME_LENGTH, "长.pdf")


def test_a_name_cleaned_again_stays_as_it_is():
    names = ["../a.pdf", "CON", "长" * 300 + ".jpeg", "．．．", "a.b.c", "x.verylongendingofafile"]

    assert [clean_name(clean_name(name)) for name in names] == [clean_name(name) for name in names]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.pdf", FileKind.PDF),
        ("a.pdf.exe", None),
        ("a.exe.pdf", FileKind.PDF),
        ("a.jpe", FileKind.JPG),
        ("a", None),
        ("a.docm", None),
        ("a.svg", None),
        ("a.html", None),
        ("a.pdf ", FileKind.PDF),
    ],
)
def test_the_last_ending_says_the_kind(name, kind):
    assert kind_of(name) is kind


@pytest.mark.parametrize(
    ("kind", "declared", "answer"),
    [
        (FileKind.PDF, "application/pdf", True),
        (FileKind.PDF, "Application/PDF; charset=x", True),
        (FileKind.PDF, "", True),
        (FileKind.PDF, "application/octet-stream", True),
        (FileKind.PDF, "text/html", False),
        (FileKind.PDF, "image/png", False),
        (FileKind.CSV, "application/vnd.ms-excel", True),
        (FileKind.CSV, "text/html", False),
        (FileKind.TXT, "text/plain", True),
        (FileKind.XLSX, "application/vnd.ms-excel.sheet.macroEnabled.12", False),
    ],
)
def test_what_came_with_a_file_must_fit_its_kind(kind, declared, answer):
    assert fits(kind, declared) is answer


def test_sizes_are_said_as_people_read_them():
    assert [size_words(n) for n in (1, 999, 1_000, 19_999_999)] == [
        "1 B",
        "999 B",
        "1 kB",
        "20.0 MB",
    ]
