"""Measure workbooks against openpyxl, and read spoilt ones: `make sheets`.

CPU time of this process and its children, so that the child that reads is paid for. Each side gets
the same rows: 15 columns of texts, codes, numbers, amounts and days.
"""

import argparse
import datetime as dt
import io
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

COLUMNS = 15
FIRST_DAY = dt.date(2017, 1, 1)


@dataclass(frozen=True, slots=True)
class Measure:
    """What one way of doing something cost, in seconds of the processor."""

    what: str
    ours: float
    theirs: float

    @property
    def ratio(self) -> float:
        """How many times as much the other way costs."""
        return self.theirs / self.ours


def rows_of(count: int) -> list[list[Any]]:
    """Return rows as an export of a register has them."""
    return [
        [
            f"崇川区社会组织服务中心{at}",
            f"5132{at:014d}",
            at,
            Decimal(at) / 4,
            FIRST_DAY + dt.timedelta(at % 900),
            f"街道{at % 50}",
            "有" if at % 2 else "无",
            at * 2,
            f"备注{at % 100}，照实填写",
            "红色引擎",
            at % 7,
            FIRST_DAY,
            "2017",
            f"联系人{at % 300}",
            Decimal("12.50"),
        ]
        for at in range(count)
    ]


def spent() -> float:
    """Return the processor time of this process and of its children so far."""
    return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def cost(act: Callable[[], Any]) -> tuple[float, Any]:
    """Return what an act costs, and what it gives."""
    before = spent()
    given = act()
    return spent() - before, given


def measures(count: int, folder: Path) -> Iterable[Measure]:
    """Write and read the same rows, in our way and in two of openpyxl."""
    from tongxin.sheets.reading import read
    from tongxin.sheets.writing import Table, TableColumn, write_csv, write_xlsx

    rows = rows_of(count)
    table = Table("表", tuple(TableColumn(str(at)) for at in range(COLUMNS)), rows)
    path = folder / "measured.xlsx"
    ours, content = cost(lambda: write_xlsx([table]))
    path.write_bytes(content)
    usual, theirs = cost(lambda: _written(rows, quick=False))
    yield Measure("write xlsx, against openpyxl", ours, usual)
    yield Measure(
        "write xlsx, against openpyxl write-only", ours, cost(lambda: _written(rows, quick=True))[0]
    )
    for name, kept in (("ours", content), ("of openpyxl", theirs)):
        path.write_bytes(kept)
        ours, book = cost(lambda: read(path, "表.xlsx"))
        if len(book.sheets[0].rows) < count:
            raise ValueError("rows are missing")
        yield Measure(
            f"read a file {name}, against openpyxl", ours, cost(lambda: _read(path, quick=False))[0]
        )
        yield Measure(
            f"read a file {name}, against read-only", ours, cost(lambda: _read(path, quick=True))[0]
        )
    plain = folder / "measured.csv"
    ours, content = cost(lambda: write_csv(table))
    plain.write_bytes(content)
    yield Measure("write csv, against writing xlsx with openpyxl", ours, usual)


def _written(rows: list[list[Any]], *, quick: bool) -> bytes:
    workbook = openpyxl.Workbook(write_only=quick)
    sheet = workbook.create_sheet("表", 0)
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _read(path: Path, *, quick: bool) -> int:
    workbook = openpyxl.load_workbook(path, read_only=quick)
    count = sum(1 for _row in workbook.worksheets[0].iter_rows(values_only=True))
    workbook.close()
    return count


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.sheets", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--mutants", type=int, default=2_000)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongxin.config.settings")
    import django

    django.setup()
    from tests.sheets import mutants

    from .report import console

    with tempfile.TemporaryDirectory() as place:
        console.print(f"{asked.rows:,} rows x {COLUMNS} columns, seconds of CPU")
        for measure in measures(asked.rows, Path(place)):
            told = f"{measure.ours:7.2f} against {measure.theirs:7.2f}: {measure.ratio:.1f} times"
            console.print(f"{measure.what:48} {told}")
        fate = mutants.met(asked.mutants, place)
    console.print(f"{asked.mutants:,} spoilt workbooks: {dict(fate.answers.most_common())}")
    console.print(f"most {fate.most_spent:.2f} s CPU; ended the child: {fate.strange}")


if __name__ == "__main__":
    main()
