"""Large workbooks taken back, and given back with comments, by a worker; heads without waiting."""

import io

import openpyxl
import pytest
from django.db import OperationalError

from tests import factories as make
from tests.exchange.test_background import (
    HTMX,
    ORGANISATIONS,
    asked_to_apply,
    page,
    sent,
    work,
)
from tests.exchange.test_pages import row
from tongxin.accounts.choices import Role
from tongxin.exchange import actions
from tongxin.exchange.background import doing, queries, showing
from tongxin.exchange.background.downloads import DOWNLOADS
from tongxin.exchange.choices import JobKind, JobState, State
from tongxin.exchange.models import Batch, Job
from tongxin.organisations.models import Organisation
from tongxin.registers.actions import change
from tongxin.sheets.book import Unreadable
from tongxin.sheets.reading import peek
from tongxin.sheets.tables import Table, TableColumn
from tongxin.sheets.writing import write_xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _everything_is_large(monkeypatch):
    monkeypatch.setattr(queries, "SMALL", 0)
    for kept in DOWNLOADS.place().iterdir():
        kept.unlink()


@pytest.fixture
def client(office):
    return make.client_of(office.account)


@pytest.fixture
def applied(client):
    """The address of a workbook of two new organisations, applied."""
    url = sent(client, row("一社", 1), row("二社", 2))
    work()
    asked_to_apply(client, url)
    work()
    assert Batch.objects.get().state == State.APPLIED
    return url


def void():
    return Organisation.objects.filter(void=True).count()


def test_a_large_import_is_taken_back_behind_the_page(client, applied):
    assert client.post(f"{applied}undo/")["Location"] == applied
    said = page(client, applied)
    assert "正在撤销“年底名册”" in said
    assert "正在导入" not in said
    assert void() == 0
    work()

    assert "已撤销" in page(client, applied)
    assert void() == 2
    job = Job.objects.get(kind=JobKind.UNDO)
    assert job.state == JobState.DONE
    assert client.get(job.get_absolute_url(), **HTMX)["HX-Redirect"] == applied


def test_taking_back_is_asked_for_once_and_done_once(client, applied):
    for _press in range(2):
        client.post(f"{applied}undo/")
    work()
    assert client.post(f"{applied}undo/").status_code == 404

    assert Job.objects.filter(kind=JobKind.UNDO).count() == 1
    assert void() == 2


def test_what_was_built_on_it_is_said_on_its_page_and_nothing_is_taken_back(client, applied):
    first = Organisation.objects.get(name="一社")
    change(ORGANISATIONS, first, by=None, values={"work": "后来补的"})

    client.post(f"{applied}undo/")
    work()

    said = page(client, applied)
    assert "没有撤销" in said
    assert "导入以后又有改动，不能整体撤销：一社" in said
    assert "撤销这次导入" in said
    assert void() == 0


def test_what_stood_against_something_else_is_not_said_to_stand_against_undoing(client, applied):
    said = [{"code": "exchange.given_up", "words": "后台处理中断了 5 次", "field": ""}]
    Job.objects.filter(kind=JobKind.APPLY).update(state=JobState.FAILED, said=said)

    answer = page(client, applied)

    assert "没有撤销" not in answer
    assert "后台处理中断了" not in answer


def test_what_is_too_late_is_said_at_once(client, applied, monkeypatch):
    monkeypatch.setattr(actions, "UNDONE_WITHIN", actions.UNDONE_WITHIN * 0)

    answer = client.post(f"{applied}undo/")

    assert answer.status_code == 422
    assert "不能整体撤销" in answer.content.decode()
    assert not Job.objects.filter(kind=JobKind.UNDO).exists()


def test_taking_back_cut_off_half_way_leaves_nothing_and_is_done_again(
    client, applied, monkeypatch
):
    client.post(f"{applied}undo/")
    job = Job.objects.get(kind=JobKind.UNDO)
    real = actions.take_back

    def cut_off(*given):
        real(*given)
        raise OperationalError

    monkeypatch.setattr(actions, "take_back", cut_off)
    with pytest.raises(OperationalError):
        doing.do(job.pk)
    assert void() == 0
    monkeypatch.undo()
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING)
    work()

    assert void() == 2


def test_every_kind_of_work_says_how_far_it_has_come():
    assert set(showing.ORDER) == set(JobKind)
    assert {part for order in showing.ORDER.values() for part in order} == set(showing.PARTS)


@pytest.fixture
def marked(client):
    """The address at which a large workbook with one bad cell is given back with a comment."""
    url = sent(client, row("一社", 1, "远方"), row("二社", 2))
    work()
    return f"{url}marked/"


def test_comments_are_written_in_the_background_and_the_workbook_fetched(client, marked):
    assert "在后台准备" in page(client, marked)
    assert not Job.objects.filter(kind=JobKind.MARK).exists()

    where = client.post(marked)["Location"]
    assert "<progress" in page(client, where)
    assert "<progress" not in page(client, marked.replace("marked/", ""))  # which does not wait
    work()

    said = page(client, where)
    assert "下载标注了问题的表" in said
    answer = client.get(f"{where}file/")
    assert answer["Content-Disposition"].startswith('attachment; filename="marked-')
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [cell.coordinate for line in sheet for cell in line if cell.comment] == ["B2"]


def test_a_workbook_mended_meanwhile_is_not_given_back_with_old_comments(client, marked):
    where = client.post(marked)["Location"]
    client.post(
        marked.replace("marked/", "mend/"), {"at-0": "名册!B2", "was-0": "远方", "cell-0": "南镇"}
    )
    work()

    assert "这份表后来又改过。核对完，再下载一次" in page(client, where)
    assert client.get(f"{where}file/").status_code == 404


def test_the_copy_of_somebody_else_is_not_there(client, marked, office):
    where = client.post(marked)["Location"]
    work()
    other = make.client_of(make.posted(Role.COORDINATOR, office.tree.east))

    assert other.post(marked).status_code == 404
    assert other.get(where).status_code == 404
    assert other.get(f"{where}file/").status_code == 404


def test_heads_are_pointed_out_without_reading_the_whole_workbook(client, tmp_path):
    columns = (TableColumn("单位"), TableColumn("地方"))
    many = [[f"第{at}社", "北镇"] for at in range(5_000)]
    path = tmp_path / "two.xlsx"
    path.write_bytes(
        write_xlsx([Table("甲", columns, many), Table("乙", columns, [["末社", "南镇"]])])
    )

    first = peek(path, "two.xlsx", most=20)
    assert first is not None
    assert (first.name, first.rows[1]) == ("甲", ("第0社", "北镇"))
    assert len(first.rows) < len(many)
    second = peek(path, "two.xlsx", wanted="乙", most=20)
    assert (second.name, second.rows[1]) == ("乙", ("末社", "南镇"))
    assert peek(path, "two.xlsx", wanted="丙", most=20).rows == first.rows


def test_a_peek_at_what_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "none.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"x" * 400)
    with pytest.raises(Unreadable):
        peek(path, "none.xlsx", most=20)
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"\n\n")
    assert peek(empty, "empty.csv", most=20) is None
