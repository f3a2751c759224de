"""Files made to exhaust whoever reads them: told apart at once, or ended with the child."""

import io
import random
import struct
import zipfile

import pytest

from tests.sheets import samples
from tests.sheets.mutants import spent
from tongxin.sheets.limits import MOST_CELLS

SECONDS = 2
LAUGHS = "".join(
    f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "ha"}{("&l" + str(n - 1) + ";") * 9}">'
    for n in range(1, 10)
)
ONE_CELL = samples.row(1, samples.cell("A1", 1))


def same_cells(count):
    """Rows of cells that are all alike: small when packed."""
    cells = '<c t="s"><v>0</v></c>' * 100
    return f"<row>{cells}</row>" * (count // 100)


def boasting(part, root):
    return samples.workbook(
        ONE_CELL, **{part: f'<{root} count="4294967295" uniqueCount="4294967295"/>'}
    )


def lying_about_its_size():
    content = bytearray(samples.workbook(same_cells(1_000_000)))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as package:
        size = package.getinfo("xl/worksheets/sheet1.xml").file_size
    for at in (content.find(struct.pack("<I", size)), content.rfind(struct.pack("<I", size))):
        content[at : at + 4] = struct.pack("<I", 1_000)
    return bytes(content)


def shared_by_many():
    """Nothing in it repeats itself, so that it does not swell."""
    seed = random.Random(3)
    text = "".join(chr(seed.randrange(0x4E00, 0x9FA5)) for _sign in range(30_000))
    rows = (f'<row><c t="s" s="{seed.random()}"><v>0</v></c></row>' for _row in range(20_000))
    return samples.workbook("".join(rows), f"<si><t>{text}</t></si>")


BOMBS = {
    "identical cells, 100 MB": (lambda: samples.workbook(same_cells(4_800_000)), {"swells"}),
    "it lies about its size": (lying_about_its_size, {"swells", "damaged"}),
    "the two corners of a sheet": (
        lambda: samples.workbook(
            samples.row(1, samples.cell("A1", 1))
            + samples.row(1_048_576, samples.cell("XFD1048576", 1))
        ),
        {"rows"},
    ),
    "the two corners, by cells only": (
        lambda: samples.workbook(
            samples.row(1, samples.cell("A1", 1), samples.cell("B1048576", 1))
        ),
        {"rows"},
    ),
    "the two corners, in another spelling": (
        lambda: samples.workbook(
            "<row><c r='A1'><v>1</v></c><c  r='XFD1048576'><v>1</v></c></row>"
        ),
        {"rows", "broke"},
    ),
    "ten million cells between two": (
        lambda: samples.workbook(
            samples.row(1, samples.cell("A1", 1))
            + samples.row(100_000, samples.cell("CV100000", 1))
        ),
        {"span"},
    ),
    "one text in twenty thousand cells": (
        lambda: samples.workbook(same_cells(20_000), f"<si><t>{'文' * 350_000}</t></si>"),
        {"text", "swells"},
    ),
    "a shorter text in as many": (shared_by_many, {"text"}),
    "a billion laughs": (
        lambda: samples.workbook(ONE_CELL, prolog=f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]>'),
        {"damaged"},
    ),
    "an entity from elsewhere": (
        lambda: samples.workbook(
            ONE_CELL, prolog='<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
        ),
        {"damaged"},
    ),
    "more texts announced than memory holds": (
        lambda: boasting("xl/sharedStrings.xml", "sst"),
        {"cells"},
    ),
    "more styles announced": (lambda: boasting("xl/styles.xml", "cellXfs"), {"cells"}),
    "many parts": (
        lambda: samples.workbook(ONE_CELL, **{f"xl/media/{n}.png": "" for n in range(2_000)}),
        {"parts"},
    ),
    "a thousand sheets": (
        lambda: samples.workbook(
            ONE_CELL,
            **{
                "xl/workbook.xml": (
                    f'<workbook xmlns="{samples.MAIN}" xmlns:r="{samples.OFFICE}"><sheets>'
                    + "".join(f'<sheet name="{n}" sheetId="1" r:id="rId1"/>' for n in range(1_000))
                    + "</sheets></workbook>"
                )
            },
        ),
        {"sheets"},
    ),
    "a csv of commas": (lambda: b"," * 15_000_000, {"cells"}),
    "a csv of quotes": (lambda: b'"' * 15_000_000, {"field"}),
    "a csv of line breaks": (lambda: b"a\n" * 3_000_000, {"rows"}),
    "too large": (lambda: bytes(20_000_001), {"size"}),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_before_it_costs_much(refused, name):
    made, codes = BOMBS[name]
    content = made()
    ending = "csv" if "csv" in name else "xlsx"
    began = spent()

    code = refused(content, f"表.{ending}")

    assert code in codes
    assert spent() - began < SECONDS


def test_a_plain_workbook_at_the_limit_is_no_bomb(opened):
    """A long list, and a format that goes to the end of the sheet: offices send that."""
    rows = "".join(
        samples.row(n, *(samples.cell(f"{column}{n}", n) for column in "ABCDE"))
        for n in range(1, 5_001)
    )
    formatted = samples.row(1_048_576, '<c r="XFD1048576" s="0"/>') + (
        '<row r="1048575" spans="1:3" ht="15"/>'
    )
    sheet = opened(samples.workbook(rows + formatted)).sheets[0]

    assert len(sheet.rows) == 5_000
    assert MOST_CELLS > 100_000 * 15
