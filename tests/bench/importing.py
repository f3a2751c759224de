"""Measure a large import against the usual way: `make imports`.

Ours reads an xlsx in its child, looks all rows through by the rules of the form, reports each, and
applies them with index, reviews and a chained entry for each record. The other way is what is
usually written for it: openpyxl, a pydantic model for each row, and `bulk_create`. It finds no
duplicates, asks no rule of the register, keeps no journal, and can be found by no search.
"""

import argparse
import io
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from .sheets import cost

HEAD = (
    "名称", "所属地区", "级别", "运营单位", "运营合同开始", "运营合同到期", "启用日期",
    "可入驻组织数", "自有面积（平方米）", "租赁面积（平方米）", "无偿使用面积（平方米）", "房间数",
    "服务内容", "评定等级", "公开范围",
)  # fmt: skip
WHO = "chongchuan"
LEVEL, SHOWN = "county", "internal"
TAKEN_OUT = 4
"""From this part on the register is taken out, against another usual way."""
FIELDS = (
    "name", "level", "operator", "contract_from", "contract_until", "opened_on", "capacity",
    "area_owned", "area_rented", "area_lent", "rooms", "services", "grade", "sensitivity",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of an import cost.

    `seconds` are of the processor, the child that reads included; `wall` are those somebody waits.
    """

    what: str
    seconds: float
    wall: float


def timed(what: str, act: Callable[[], Any]) -> tuple[Part, Any]:
    """Return what an act cost, and what it gave."""
    begun = time.perf_counter()
    seconds, given = cost(act)
    return Part(what, seconds, time.perf_counter() - begun), given


def rows_of(count: int, place: str) -> list[list[Any]]:
    """Return new bases as a county would send them: texts, choices, days and numbers."""
    return [
        [
            f"{place}社会组织孵化点{at}",
            place,
            "县级",
            f"便民服务中心{at % 90}",
            date(2015, 1 + at % 12, 1 + at % 28),
            date(2030, 1 + at % 12, 1 + at % 28),
            date(2015, 2, 1 + at % 28),
            at % 40,
            at % 900,
            at % 700,
            at % 500,
            at % 30,
            f"社区便民服务、邻里互助项目第{at}批",
            "A",
            "内部",
        ]
        for at in range(count)
    ]


def file_of(rows: list[list[Any]]) -> bytes:
    """Return the workbook that both sides are given."""
    import openpyxl

    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("名册")
    for row in (HEAD, *rows):
        sheet.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def ours(content: bytes, *, by: Any, programme: Any) -> Iterable[Part]:
    """Receive, look through and apply it; the report is of every row."""
    from tongxin.exchange import actions
    from tongxin.registers import declaration

    register = declaration.get("bases")
    part, batch = timed(
        "received",
        lambda: actions.receive(
            register, by=by, programme=programme, name="名册.xlsx", content=content
        ),
    )
    yield part
    part, report = timed(
        "read and looked through, every row reported", lambda: actions.look_through(batch)
    )
    if report.counts["error"] or not report.counts["new"]:
        raise ValueError(report.counts)
    yield part
    yield timed(
        "looked through again and applied", lambda: actions.apply(batch, by=by, name="测量")
    )[0]


def theirs(content: bytes, division: int, programme: int) -> Part:
    """Read, check and write the same rows in the usual way."""
    return timed("openpyxl, pydantic, bulk_create", lambda: _usual(content, division, programme))[0]


def _usual(content: bytes, division: int, programme: int) -> int:
    import openpyxl
    from django.db import transaction
    from pydantic import BaseModel, Field

    from tongxin.incubation.models import Base

    class Row(BaseModel):
        name: str = Field(min_length=1, max_length=60)
        level: str
        operator: str = Field(max_length=60)
        contract_from: date | None = None
        contract_until: date | None = None
        opened_on: date | None = None
        capacity: int | None = Field(ge=0)
        area_owned: int | None = Field(ge=0)
        area_rented: int | None = Field(ge=0)
        area_lent: int | None = Field(ge=0)
        rooms: int | None = Field(ge=0)
        services: str = ""
        grade: str = Field(max_length=20)
        sensitivity: str

    workbook = openpyxl.load_workbook(io.BytesIO(content))
    made = []
    for cells in workbook.worksheets[0].iter_rows(min_row=2, values_only=True):
        name, _place, _level, *told, _shown = cells
        fields = dict(zip(FIELDS[2:-1], told, strict=True))
        row = Row(name=name, level=LEVEL, sensitivity=SHOWN, **fields)
        made.append(
            Base(
                **row.model_dump(),
                division_id=division,
                programme_id=programme,
                sort_key=name,
                initials="",
            )
        )
    with transaction.atomic():
        Base.objects.bulk_create(made, batch_size=500)
        transaction.set_rollback(True)
    return len(made)


def taken_out(by: Any, programme: Any) -> list[Part]:
    """Take a whole register out as a workbook, the usual way first: openpyxl, row by row."""
    from tongxin.exchange.taking import plan_of, take_out
    from tongxin.registers import declaration
    from tongxin.registers.queries import Wish

    wish = Wish(fixed={"programme": programme})
    plan = plan_of(declaration.get("bases"), by=by, programme=programme, wish=wish)
    usual, _book = timed("taken out by openpyxl", lambda: _usual_list(programme))
    mine, _content = timed("taken out with scope and head", lambda: take_out(plan, "xlsx"))
    return [usual, mine]


def _usual_list(programme: Any) -> bytes:
    import openpyxl

    from tongxin.divisions.models import Version
    from tongxin.incubation.models import Base

    names = dict(Version.objects.filter(until=None).values_list("division_id", "name"))
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(HEAD)
    for base in Base.objects.filter(programme=programme).order_by("sort_key", "id").iterator():
        told = (getattr(base, name) for name in FIELDS[2:-1])
        shown = base.get_sensitivity_display()
        sheet.append(
            [base.name, names.get(base.division_id, ""), base.get_level_display(), *told, shown]
        )
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def measured(count: int) -> list[Part]:
    """Return what each part cost, the usual way first."""
    from tongxin.accounts.models import Account, Posting
    from tongxin.divisions.models import Version
    from tongxin.programmes.models import Programme

    by = Account.objects.get(username=WHO)
    division = Posting.objects.get(account=by).office.division_id
    place = Version.objects.filter(division=division).order_by("-until")[0].name
    content = file_of(rows_of(count, place))
    programme = Programme.objects.earliest("pk")
    return [
        theirs(content, division, programme.pk),
        *ours(content, by=by, programme=programme),
        *taken_out(by, programme),
    ]


def main() -> None:
    """Print what was measured, in a home that goes with it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.importing", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    asked = parser.parse_args()
    from . import homes
    from .report import console

    with homes.home(asked.database) as environment:
        os.environ.update(environment)
        homes.start()
        parts = measured(asked.rows)
    console.print(f"{asked.rows:,} rows x {len(HEAD)} columns, {asked.database}, seconds of CPU")
    for at, part in enumerate(parts):
        share = part.seconds / parts[0 if at < TAKEN_OUT else TAKEN_OUT].seconds
        waited = f"{part.wall:8.2f} s waited"
        console.print(f"{part.what:48} {part.seconds:8.2f}  {share:5.2f} of the usual way {waited}")


if __name__ == "__main__":
    main()
