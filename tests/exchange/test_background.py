"""Large workbooks and long lists: asked for on a page, done by a worker, taken up again."""

import os
import time

import pytest
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult

from tests import factories as make
from tests.exchange.test_pages import row, send, workbook
from tongxin.accounts.choices import Role
from tongxin.accounts.models import Posting
from tongxin.core import steps
from tongxin.exchange import actions, summaries
from tongxin.exchange.background import beats, doing, jobs, queries, showing, states
from tongxin.exchange.choices import JobState
from tongxin.exchange.models import Batch, Job
from tongxin.journal.models import Entry
from tongxin.organisations.models import Organisation
from tongxin.registers import declaration
from tongxin.registers.actions import change

pytestmark = pytest.mark.django_db
ORGANISATIONS = declaration.get("organisations")
BASE = "/exchange/organisations/"
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_X_ASKS_BY_ITSELF": "1"}


@pytest.fixture(autouse=True)
def _everything_is_large(monkeypatch):
    monkeypatch.setattr(queries, "SMALL", 0)
    for kept in beats.folder().iterdir():
        kept.unlink()


@pytest.fixture
def client(office):
    return make.client_of(office.account)


def sent(client, *rows):
    return send(client, workbook(*rows))["Location"]


def work():
    """Do what waits, in the order in which it was asked for."""
    while job := Job.objects.filter(state=JobState.WAITING).order_by("id").first():
        jobs.carry_out.call(job.pk)


def page(client, url):
    return client.get(url).content.decode()


def asked_to_apply(client, url, **more):
    seen = summaries.kept(Batch.objects.get().looked).seen
    return client.post(f"{url}apply/", {"name": "年底名册", "seen": seen, **more})


def test_a_large_workbook_is_looked_through_and_applied_behind_the_page(client):
    url = sent(client, row("一社", 1), row("二社", 2))
    assert "正在核对" in page(client, url)
    assert DBTaskResult.objects.filter(task_path=jobs.carry_out.module_path).count() == 1

    work()
    assert "一社" in page(client, url)
    assert asked_to_apply(client, url)["Location"] == url
    assert "正在导入“年底名册”" in page(client, url)
    assert Organisation.objects.count() == 0
    work()

    assert "撤销这次导入" in page(client, url)
    assert Organisation.objects.count() == 2
    assert list(Job.objects.values_list("kind", "state")) == [("apply", "done"), ("look", "done")]


def test_a_small_workbook_is_not_made_to_wait(client, monkeypatch):
    monkeypatch.setattr(queries, "SMALL", 3)

    url = sent(client, row("一社", 1), row("二社", 2))

    assert "一社" in page(client, url)
    assert Job.objects.count() == 0


@pytest.fixture
def bulky(monkeypatch):
    """Every file is bulky, and opening one is noted."""
    monkeypatch.setattr(queries, "SMALL", 500)
    monkeypatch.setattr(actions, "BULKY", 0)
    opened = []
    read = actions.read
    monkeypatch.setattr(actions, "read", lambda *given: (opened.append(given), read(*given))[1])
    return opened


def test_a_bulky_file_is_not_opened_while_somebody_waits(client, bulky):
    url = sent(client, row("一社", 1), row("二社", 2))

    assert "正在核对" in page(client, url)
    assert (bulky, Batch.objects.get().rows) == ([], 0)
    assert client.post(f"{url}apply/", {"name": "名册", "seen": ""}).status_code == 409
    assert client.get(f"{url}marked/")["Location"] == url
    work()

    assert "一社" in page(client, url)
    assert (len(bulky), Batch.objects.get().rows) == (1, 3)
    assert asked_to_apply(client, url)["Location"] == url
    work()
    assert Organisation.objects.count() == 2


def test_what_is_mended_in_a_bulky_file_is_looked_through_behind_the_page_again(client, bulky):
    url = sent(client, row("一社", 1, "远方"))
    work()

    client.post(f"{url}mend/", {"at-0": "名册!B2", "was-0": "远方", "cell-0": "南镇"})

    assert "正在核对" in page(client, url)
    assert len(bulky) == 1


def test_a_bulky_file_that_does_not_open_is_told_on_its_page_with_the_remedy(client, bulky):
    url = send(client, workbook(row("一社", 1))[:-900], "名册.xlsx")["Location"]
    assert "正在核对" in page(client, url)
    work()

    said = page(client, url)
    assert Job.objects.get().state == JobState.FAILED
    assert "“名册.xlsx”读不了，可能已损坏。用办公软件打开，另存为 xlsx 再上传" in said
    assert "再上传一次" in said
    assert "重新核对" not in said
    again = client.post(f"{url}put-away/")
    assert again["Location"] == BASE
    assert "没有写入任何记录" in page(client, BASE)
    assert list(Batch.objects.values_list("state", flat=True)) == ["discarded"]


@pytest.mark.parametrize("name", ["名册.docx", "名册.xlsm"])
def test_what_need_not_be_opened_to_be_refused_is_refused_at_once(client, bulky, name):
    assert send(client, b"PK", name).status_code == 422
    assert send(client, b"", "名册.xlsx").status_code == 422
    assert Batch.objects.count() == 0


def test_while_it_is_worked_on_nothing_else_is_done_with_a_workbook(client):
    url = sent(client, row("一社", 1))

    client.post(f"{url}mend/", {"blanks": "erase"})
    client.post(f"{url}look/")

    assert Batch.objects.get().wishes == {}
    assert Job.objects.count() == 1
    assert client.get(f"{url}heads/")["Location"] == url


def test_what_is_mended_is_looked_through_again(client):
    url = sent(client, row("一社", 1, "远方"))
    work()
    assert "名册!B2" in page(client, url)

    client.post(f"{url}mend/", {"at-0": "名册!B2", "was-0": "远方", "cell-0": "南镇"})
    assert Batch.objects.get().looked == ""
    work()

    assert Batch.objects.get().looked
    assert "远方" not in page(client, url)


def test_the_rows_kept_for_the_page_are_those_of_the_report(client):
    rows = [row(f"第{n}社", n, "北镇" if n % 2 else "远方") for n in range(1, 140)]
    url = sent(client, *rows)
    work()
    batch = Batch.objects.get()
    report = actions.look_through(batch)

    assert summaries.kept(batch.looked) == summaries.summary_of(report)
    for show in summaries.GROUPS:
        whole = summaries.group_of(report, show)
        pages = [summaries.page_kept(batch.looked, show, number) for number in (1, 2, 3)]
        assert [len(each) for each in pages] == [
            max(0, min(50, len(whole) - begin)) for begin in (0, 50, 100)
        ]
        told = [(r.row, r.outcome, r.name, r.texts, r.messages) for each in pages for r in each]
        assert told == [(r.row, r.outcome, r.name, r.texts, r.messages) for r in whole]
    assert "第101社" in page(client, f"{url}?show=new&page=2")
    assert "第101社" not in page(client, f"{url}?show=new&page=1")
    assert len(summaries.report_kept(batch.looked).rows) == 69


def test_what_stands_against_it_is_said_before_anything_is_begun(client):
    url = sent(client, row("一社", 1, "远方"), row("二社", 2))
    work()

    refused = asked_to_apply(client, url)

    assert refused.status_code == 422
    assert "年底名册" in refused.content.decode()
    assert Job.objects.count() == 1
    assert client.post(f"{url}apply/", {"name": "名册", "seen": "0" * 16}).status_code == 409


def test_a_register_that_changed_meanwhile_is_looked_at_again(client, office):
    known = make.organisation(office.tree.north, "旧名社", credit_code=make.credit_code(1))
    url = sent(client, row("新名社", 1))
    work()
    asked_to_apply(client, url)
    change(ORGANISATIONS, known, by=None, values={"work": "改过"})

    work()

    known.refresh_from_db()
    assert known.name == "旧名社"
    said = page(client, url)
    assert "你核对以后台账又变了" in said
    assert "年底名册" in said
    asked_to_apply(client, url)
    work()
    known.refresh_from_db()
    assert known.name == "新名社"


def test_a_posting_that_ended_ends_what_waits(client, office):
    url = sent(client, row("一社", 1))
    work()
    asked_to_apply(client, url)
    Posting.objects.filter(account=office.account).update(role=Role.AUDITOR)

    work()

    assert Organisation.objects.count() == 0
    assert Job.objects.first().said[0]["code"] == "exchange.other_rights"


def test_nobody_sees_how_far_the_work_of_another_is(client, office):
    sent(client, row("一社", 1))
    job = Job.objects.get()
    other = make.client_of(make.coordinator(office.tree.east))

    assert client.get(f"{BASE}jobs/{job.pk}/", **HTMX).status_code == 200
    assert other.get(f"{BASE}jobs/{job.pk}/", **HTMX).status_code == 404
    assert other.get(f"{BASE}jobs/{job.pk}/file/").status_code == 404
    assert client.get(f"/exchange/sites/jobs/{job.pk}/", **HTMX).status_code == 404


def test_the_bar_is_a_fragment_until_the_work_is_over_and_then_leads_to_the_result(client):
    url = sent(client, row("一社", 1))
    job = Job.objects.get()
    address = f"{BASE}jobs/{job.pk}/"

    part = client.get(address, **HTMX).content.decode()
    assert "<progress" in part
    assert "<html" not in part
    assert client.get(address)["Location"] == url
    work()

    assert client.get(address, **HTMX)["HX-Redirect"] == url


def test_how_far_it_is_survives_the_page_and_ends_with_the_work(client):
    sent(client, row("一社", 1))
    job = states.take_up(Job.objects.get().pk)

    with beats.of_job(job.pk, job.attempts) as pulse:
        pulse("judge", 3, 4)
        until(lambda: beats.progress_of(job.pk, job.attempts).done == 3)
        told = showing.shown(job)

    assert (told.percent, told.words) == (88, "第 2 步，共 2 步：核对每一行，3 / 4")
    assert list(beats.folder().iterdir()) == []


def until(answer, seconds=5.0):
    end = time.monotonic() + seconds
    while not answer():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_an_import_tells_of_each_of_its_parts(office):
    content = workbook(row("一社", 1), row("二社", 2))
    make.organisation(office.tree.north, "旧名社", credit_code=make.credit_code(1))
    batch = actions.receive(
        ORGANISATIONS, by=office.account, programme=office.pilot, name="名册.xlsx", content=content
    )
    told = []

    with steps.telling(lambda *now: told.append(now)):
        actions.apply(batch, by=office.account, name="名册")

    assert told == [
        *[("read", 0, 0), ("judge", 0, 2), ("judge", 1, 2), ("judge", 2, 2)],
        *[("change", 0, 1), ("change", 1, 1), ("write", 0, 1), ("write", 1, 1)],
        *[("seal", n, 3) for n in range(4)],
    ]


def test_the_page_says_when_no_worker_runs(client, monkeypatch):
    url = sent(client, row("一社", 1))
    assert "后台没有在运行" not in page(client, url)
    monkeypatch.setattr(showing, "PATIENCE", -1)

    assert "后台没有在运行" in page(client, url)
    with beats.of_worker():
        assert "前面还有别的在处理" in page(client, url)


def forsake(job):
    """A worker begins a job and is killed: nothing of it is left but an old sign of life."""
    taken = states.take_up(job.pk)
    path = beats.folder() / f"job-{taken.pk}-{taken.attempts}"
    path.write_text('["judge", 1, 2]')
    os.utime(path, (time.time() - 60, time.time() - 60))
    return taken


def test_what_a_dead_worker_left_is_taken_up_again_and_done_once(client):
    url = sent(client, row("一社", 1))
    work()
    asked_to_apply(client, url)
    dead = forsake(Job.objects.first())
    assert "处理到一半中断了" in page_with_worker(client, url)

    assert jobs.look_after() == 1
    assert jobs.look_after() == 0
    work()

    job = Job.objects.first()
    assert (job.state, job.attempts) == (JobState.DONE, 2)
    assert Organisation.objects.count() == 1
    assert not states.end(dead, JobState.FAILED)


def page_with_worker(client, url):
    with beats.of_worker():
        return page(client, url)


def test_a_worker_that_lives_keeps_its_job(client):
    sent(client, row("一社", 1))
    job = states.take_up(Job.objects.get().pk)

    with beats.of_job(job.pk, job.attempts):
        assert jobs.look_after() == 0
    assert states.take_up(job.pk) is None


def test_what_was_applied_before_the_worker_died_is_not_applied_again(client):
    url = sent(client, row("一社", 1))
    work()
    asked_to_apply(client, url)
    dead = forsake(Job.objects.first())
    actions.apply(dead.batch, by=dead.account, **dead.wishes)
    known = Entry.objects.count()

    jobs.look_after()
    work()

    assert Job.objects.first().state == JobState.DONE
    assert Entry.objects.count() == known


def test_what_kills_every_worker_is_given_up_after_some_attempts(client):
    sent(client, row("一社", 1))
    for _attempt in range(states.MOST_ATTEMPTS):
        forsake(Job.objects.get())
        jobs.look_after()

    job = Job.objects.get()
    assert (job.state, job.said[0]["code"]) == (JobState.FAILED, "exchange.given_up")


def test_a_database_that_is_away_leaves_the_job_to_be_taken_up_again(client, monkeypatch):
    sent(client, row("一社", 1))
    job = Job.objects.get()

    def away(_job):
        raise OperationalError("database is locked")

    monkeypatch.setattr(doing, "_with_rights", away)
    with pytest.raises(OperationalError):
        jobs.carry_out.call(job.pk)
    monkeypatch.undo()
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    Job.objects.update(started_at="2020-01-01T00:00:00Z")

    assert jobs.look_after() == 1


def test_a_job_that_no_queue_knows_is_put_into_it(client):
    sent(client, row("一社", 1))
    Job.objects.update(asked_at="2020-01-01T00:00:00Z")
    assert jobs.look_after() == 0
    DBTaskResult.objects.all().delete()

    assert jobs.look_after() == 1
    assert jobs.look_after() == 0


def test_a_mistake_of_the_program_is_said_and_logged(client, monkeypatch, caplog):
    url = sent(client, row("一社", 1))

    def broken(_job):
        raise ZeroDivisionError

    monkeypatch.setattr(doing, "_with_rights", broken)
    work()

    assert Job.objects.get().said[0]["code"] == "exchange.broke"
    assert "ZeroDivisionError" in caplog.text
    said = page(client, url)
    assert "后台处理出错" in said
    assert "重新核对" in said
    monkeypatch.undo()
    monkeypatch.setattr(queries, "SMALL", 0)
    client.post(f"{url}look/")
    work()
    assert "一社" in page(client, url)


def test_a_page_that_asks_by_itself_does_not_keep_a_session_awake(client):
    sent(client, row("一社", 1))
    url = f"{BASE}jobs/{Job.objects.get().pk}/"
    session = client.session
    session["seen"] = long_ago = session["seen"] - 900
    session.save()

    client.get(url, **HTMX)
    assert client.session["seen"] == long_ago
    client.get(BASE)
    assert client.session["seen"] > long_ago
