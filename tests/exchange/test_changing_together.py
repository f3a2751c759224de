"""The changed rows of a workbook go together, and leave what they left one by one."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.registers.test_changing_many import plain, told
from tongxin.core.errors import Outdated, Refused
from tongxin.exchange import actions, effects
from tongxin.exchange.models import Batch, Line
from tongxin.organisations.models import Organisation
from tongxin.registers import declaration
from tongxin.registers.actions import change, set_void

pytestmark = pytest.mark.django_db
ORGANISATIONS = declaration.get("organisations")
HEAD = "记录编号,名称,所属地区,种类,登记状态,统一社会信用代码,业务范围,登记日期"


def row(record, name, number, work="", day=""):
    known = record.pk if record is not None else ""
    code = make.credit_code(number)
    return f"{known},{name},北镇,民办非企业单位,已登记,{code},{work},{day}"


def received(office, rows, by=None):
    return actions.receive(
        ORGANISATIONS,
        by=by or office.account,
        programme=office.pilot,
        name="名册.csv",
        content="\r\n".join((HEAD, *rows)).encode("gb18030"),
    )


def organisations(office, numbers):
    return [
        make.organisation(
            office.tree.north, f"旧{at}社", credit_code=make.credit_code(at), work="原来"
        )
        for at in numbers
    ]


def refuse(*_given):
    """Let nothing go together, so that all goes one by one."""
    raise Refused(())


def left_behind(work):
    """What some work leaves behind, the lines of the import with it; it is undone."""
    with transaction.atomic():
        work()
        found = told(ORGANISATIONS) | {
            "lines": list(plain(Line.objects.order_by("row"), ORGANISATIONS)),
            "batches": list(plain(Batch.objects.all(), ORGANISATIONS)),
        }
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("who", ["county", "clerk"])
def test_together_and_one_by_one_leave_the_same_behind(office, monkeypatch, who):
    by = office.account if who == "county" else make.clerk(office.tree.north)
    made = organisations(office, range(401, 407))
    rows = [row(made[0], "改名社", 401, "新的", "2016-05-04")]
    rows += [row(made[1], made[1].name, 402, "新的"), row(made[2], made[2].name, 403, "原来")]
    rows += [row(made[3], "换码社", 490, "原来"), row(None, "新来社", 491)]
    batch = received(office, rows, by)

    def applied():
        actions.apply(batch, by=by, name="名册")

    def undone():
        applied()
        actions.undo(Batch.objects.get(), by=by)

    together = [left_behind(work) for work in (applied, undone)]
    for name in ("change_together", "take_back_together"):
        monkeypatch.setattr(effects, name, refuse)
    alone = [left_behind(work) for work in (applied, undone)]

    assert together == alone
    assert [each["version"] for each in together[0]["lines"]] == [2, 2, 2, 1]


def test_what_was_void_comes_back_together_as_it_came_back_one_by_one(office, monkeypatch):
    made = organisations(office, range(411, 415))
    for each in made[:2]:
        set_void(ORGANISATIONS, each, by=office.account, void=True, reason="登错了")
    rows = [row(each, f"回{at}社", 411 + at) for at, each in enumerate(made)]
    batch = received(office, rows)

    def work():
        actions.apply(batch, by=office.account, name="名册", reason="撤错了")
        actions.undo(Batch.objects.get(), by=office.account)

    together = left_behind(work)
    for name in ("change_together", "take_back_together"):
        monkeypatch.setattr(effects, name, refuse)
    alone = left_behind(work)

    def of_each_record(found):
        """Together, all are brought back before the first is changed."""
        apart = [{**each, "sequence": 0} for each in found["entries"]]
        return found | {"entries": sorted(apart, key=lambda each: each["subject_id"])}

    assert of_each_record(together) == of_each_record(alone)


def test_a_record_altered_since_the_report_is_not_overwritten(office, monkeypatch):
    made = organisations(office, range(421, 424))
    batch = received(office, [row(each, f"改{each.pk}社", 421 + n) for n, each in enumerate(made)])
    look_through = actions.look_through

    def and_meanwhile(found, book):
        report = look_through(found, book)
        change(ORGANISATIONS, made[2], by=None, values={"work": "别人改的"})
        return report

    monkeypatch.setattr(actions, "look_through", and_meanwhile)
    with pytest.raises(Outdated):
        actions.apply(batch, by=office.account, name="名册")

    assert not Organisation.objects.filter(name__startswith="改").exists()


def test_two_rows_that_want_one_code_are_refused_by_their_row(office):
    made = organisations(office, range(431, 434))
    rows = [row(made[0], "一社", 431), row(made[1], "二社", 439), row(made[2], "三社", 439)]
    batch = received(office, rows)

    with pytest.raises(Refused) as refusal:
        actions.apply(batch, by=office.account, name="名册")

    assert [each.code for each in refusal.value.problems] == ["organisations.code_taken"]
    assert "第 4 行" in str(refusal.value.problems[0])
    assert not Organisation.objects.exclude(version=1).exists()


def test_fifty_changed_rows_cost_the_queries_of_five(office):
    clerk = make.clerk(office.tree.north)

    def cost(work):
        with CaptureQueriesContext(connection) as counted:
            work()
        return len(counted)

    def costs(numbers):
        made = organisations(office, numbers)
        rows = [row(each, f"改{n}社", n) for n, each in zip(numbers, made, strict=True)]
        batch = received(office, rows, clerk)
        yield cost(lambda: actions.apply(batch, by=clerk, name="名册"))
        yield cost(lambda: actions.undo(Batch.objects.get(pk=batch.pk), by=clerk))

    list(costs(range(440, 442)))  # what is asked once in a process
    few, many = list(costs(range(450, 455))), list(costs(range(500, 550)))

    assert few == many
