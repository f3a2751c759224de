"""File, record, and what both said the last time: nobody's work is taken back unseen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories as make
from tests.exchange.books import book
from tests.exchange.test_pages import seen, send, workbook
from tongxin.exchange import actions, summaries
from tongxin.exchange.choices import Side
from tongxin.exchange.models import Batch
from tongxin.exchange.preflight import preflight
from tongxin.exchange.queries import fingerprint
from tongxin.exchange.tables import Wishes
from tongxin.journal.models import Entry
from tongxin.registers import declaration
from tongxin.registers.actions import change

pytestmark = pytest.mark.django_db
ORGANISATIONS = declaration.get("organisations")
HEAD = ("名称", "所属地区", "种类", "登记状态", "统一社会信用代码", "业务范围")


def line(name="甲社", place="北镇", work="原来的"):
    return (name, place, "民办非企业单位", "已登记", make.credit_code(1), work)


@pytest.fixture
def known(office):
    """A record that its account brought in with a workbook, once."""
    brought_in(office, line())
    return ORGANISATIONS.model.objects.get()


def brought_in(office, *rows, **how):
    content = workbook(*rows, head=list(HEAD))
    batch = actions.receive(
        ORGANISATIONS, by=office.account, programme=office.pilot, name="名册.xlsx", content=content
    )
    actions.settle(batch, how)
    return actions.apply(batch, by=office.account, name="名册", reason="核对过")


def flown(office, *rows, wishes=Wishes(), stamp=None):  # noqa: B008  frozen
    return preflight(ORGANISATIONS, book(HEAD, *rows, stamp=stamp), office.asker, wishes)


def changed_by_another(office, known, **values):
    other = make.coordinator(office.tree.east)
    return change(ORGANISATIONS, known, by=other, values=values)


def codes(report):
    return [(each.severity.value, each.code, each.cell) for each in report.messages]


def test_what_only_the_file_changed_is_a_change(office, known):
    report = flown(office, line(work="表里改的"))

    (found,) = report.rows
    assert (found.outcome, found.conflicts, codes(report)) == ("changed", (), [])


def test_a_file_as_it_was_does_not_take_back_what_others_changed(office, known):
    changed_by_another(office, known, work="别人改的")

    report = flown(office, line())

    (found,) = report.rows
    assert found.outcome == "unchanged"
    assert codes(report) == [("note", "exchange.kept", "F2")]
    (conflict,) = found.conflicts
    assert (conflict.base, conflict.file, conflict.now) == ("原来的", "原来的", "别人改的")
    assert conflict.who == Entry.objects.latest("sequence").actor.username
    assert "别人改的" in found.messages[0].words["zh-hans"]
    assert "work" in found.messages[0].words["en"].lower()


def test_what_both_changed_stays_as_the_record_is_and_the_rest_is_written(office, known):
    changed_by_another(office, known, work="别人改的")

    report = flown(office, line(name="乙社", work="表里改的"))

    (found,) = report.rows
    assert codes(report) == [("note", "exchange.both_changed", "F2")]
    assert (found.outcome, [each.after for each in found.changes]) == ("changed", ["乙社"])
    brought_in(office, line(name="乙社", work="表里改的"))
    known.refresh_from_db()
    assert (known.name, known.work) == ("乙社", "别人改的")


@pytest.mark.parametrize("wishes", [Wishes(side="file"), Wishes(sides={"Sheet1": {"1": "file"}})])
def test_the_file_is_taken_where_that_is_chosen_and_asks_for_a_reason(office, known, wishes):
    changed_by_another(office, known, work="别人改的")

    report = flown(office, line(), wishes=wishes)

    (found,) = report.rows
    assert (found.outcome, found.side) == ("changed", Side.FILE)
    assert codes(report) == [("warning", "exchange.changed_since", "F2")]
    assert summaries.summary_of(report).asks_reason
    assert fingerprint(report) != fingerprint(flown(office, line()))


def test_a_row_of_its_own_goes_before_the_whole_workbook(office, known):
    changed_by_another(office, known, work="别人改的")
    wishes = Wishes(side="file", sides={"Sheet1": {"1": "database"}})

    assert flown(office, line(), wishes=wishes).rows[0].outcome == "unchanged"


def test_a_list_that_was_taken_out_is_compared_with_that_moment(office, known):
    taken_out = timezone.now().isoformat()
    changed_by_another(office, known, work="别人改的")
    Batch.objects.all().delete()
    assert flown(office, line()).rows[0].outcome == "changed"

    fresh = flown(office, line(), stamp=stamped(timezone.now().isoformat()))
    stale = flown(office, line(), stamp=stamped(taken_out))

    assert fresh.rows[0].outcome == "changed"
    assert codes(stale) == [("note", "exchange.kept", "F2")]


def stamped(moment):
    return {"register": "organisations", "exported": moment}


def test_what_somebody_else_brought_in_is_no_last_time_of_ones_own(office, known):
    changed_by_another(office, known, work="别人改的")
    office.account = make.coordinator(office.tree.east)

    assert flown(office, line()).rows[0].outcome == "changed"


def test_what_was_undone_was_not_said(office, known):
    brought_in(office, line(work="第二次"))
    actions.undo(Batch.objects.latest("pk"), by=office.account)

    # The record says again what it said; the undoing is no change by others since the first time.
    report = flown(office, line(work="第三次"))

    assert [each.code for each in report.messages] == ["exchange.both_changed"]


def test_places_and_their_words_stay_together(office, known):
    changed_by_another(office, known, division=office.tree.south)

    report = flown(office, line(work="表里改的"))

    (found,) = report.rows
    assert codes(report) == [("note", "exchange.kept", "B2")]
    assert found.values["division"] == office.tree.south
    assert [each.after for each in found.changes] == ["表里改的"]


def test_on_the_page_a_row_or_all_of_them_are_decided(office, known):
    client = make.client_of(office.account)
    changed_by_another(office, known, work="别人改的")
    url = send(client, workbook(list(line()), head=list(HEAD)))["Location"]

    page = client.get(f"{url}?show=conflict").content.decode()
    assert "台账后来改过" in page
    assert "用表里的" in page
    client.post(f"{url}mend/", {"side": "file", "row": "名册!1"})
    assert client.get(url).context["looked"].summary.counts["changed"] == 1
    client.post(f"{url}mend/", {"side": "database"})
    assert client.get(url).context["looked"].summary.counts["changed"] == 0
    client.post(f"{url}mend/", {"side": "nobody"})
    client.post(f"{url}mend/", {"side": "file"})
    client.post(f"{url}apply/", {"name": "改回", "reason": "以表为准", "seen": seen(client, url)})

    known.refresh_from_db()
    assert known.work == "原来的"


def test_the_kept_report_of_a_large_workbook_tells_it_too(office, known):
    changed_by_another(office, known, work="别人改的")
    content = workbook(line(), head=list(HEAD))
    batch = actions.receive(
        ORGANISATIONS, by=office.account, programme=office.pilot, name="名册.xlsx", content=content
    )

    batch = actions.look_closely(batch)

    (found,) = summaries.page_kept(batch.looked, "conflict", 1)
    assert [each.now for each in found.conflicts] == ["别人改的"]
    assert summaries.kept(batch.looked).conflicts == 1


def test_the_queries_do_not_grow_with_the_rows(office):
    rows = [
        (f"第{n}社", "北镇", "民办非企业单位", "已登记", make.credit_code(n), "原来的")
        for n in range(1, 7)
    ]
    brought_in(office, *rows)
    counts = []
    for some in (rows[:1], rows):
        for record in ORGANISATIONS.model.objects.all():
            changed_by_another(office, record, work=f"别人改的 {len(some)}")
        with CaptureQueriesContext(connection) as asked:
            report = flown(office, *some)
        counts.append(len(asked))
        assert summaries.summary_of(report).conflicts == len(some)

    assert counts[0] == counts[1]
