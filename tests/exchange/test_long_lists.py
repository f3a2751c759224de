"""Long lists: asked for on a page, made by a worker, fetched for a day by their account alone."""

import os

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.exchange.test_background import BASE, page, work
from tongxin.accounts.models import Posting
from tongxin.exchange.background import beats, doing, jobs, queries, states
from tongxin.exchange.background.downloads import DOWNLOADS
from tongxin.exchange.choices import JobKind, JobState
from tongxin.exchange.models import Job
from tongxin.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _two_are_many(monkeypatch):
    monkeypatch.setattr(queries, "FEW", 1)
    for place in (beats.folder(), DOWNLOADS.place()):
        for kept in place.iterdir():
            kept.unlink()


@pytest.fixture
def client(office):
    return make.client_of(office.account)


@pytest.fixture
def long_list(office):
    for number in range(1, 4):
        make.organisation(
            office.tree.north, f"第{number}社", credit_code=make.credit_code(number), kind="52"
        )
    make.organisation(office.tree.river, "西县社")


def asked_for_a_list(client, query=""):
    url = f"{BASE}export/json/{query}"
    offered = client.get(url)
    assert "在后台准备" in offered.content.decode()
    assert "Content-Disposition" not in offered
    return client.post(url)["Location"]


def exported():
    return Entry.objects.filter(verb="organisations.exported")


def test_a_long_list_is_made_in_the_background_and_fetched_for_a_day(client, long_list):
    url = asked_for_a_list(client, "?kind=52&sort=-name")
    assert exported().count() == 0
    assert "<progress" in page(client, url)

    work()

    assert "下载" in page(client, url)
    answer = client.get(f"{url}file/")
    content = b"".join(answer.streaming_content)
    assert b"\xe7\xac\xac3" in content  # 第3社, and not 西县社
    assert "西县社" not in content.decode()
    assert answer["Content-Disposition"].startswith("attachment")
    entry = exported().get()
    assert (entry.subject_name, entry.facts["count"]) == ("社会组织", 3)
    assert "下载" in page(client, f"{BASE}exports/")


def test_a_download_expires_and_its_file_goes(client, long_list):
    url = asked_for_a_list(client)
    work()
    Job.objects.update(expires_at="2020-01-01T00:00:00Z")

    assert client.get(f"{url}file/").status_code == 404
    assert "已经过期" in page(client, url)
    assert "已过期" in page(client, f"{BASE}exports/")
    jobs.tidy()
    assert list(DOWNLOADS.place().iterdir()) == []


@pytest.mark.parametrize("what", ["posting", "password"])
def test_a_changed_posting_or_password_ends_what_was_asked_for(client, office, long_list, what):
    waits = asked_for_a_list(client)
    change_of(office, what)
    work()

    assert Job.objects.get().said[0]["code"] == "exchange.other_rights"
    assert exported().count() == 0
    again = make.client_of(type(office.account).objects.get(pk=office.account.pk))
    assert "你的职位或密码变了" in page(again, waits)


@pytest.mark.parametrize("what", ["posting", "password"])
def test_what_is_ready_is_not_given_to_who_stands_differently_by_now(
    client, office, long_list, what
):
    url = asked_for_a_list(client)
    work()
    change_of(office, what)
    again = make.client_of(type(office.account).objects.get(pk=office.account.pk))

    assert again.get(f"{url}file/").status_code == 404


def change_of(office, what):
    if what == "posting":
        Posting.objects.filter(account=office.account).update(office=make.office(office.tree.river))
    else:
        office.account.set_password("another-long-one-2017")
        office.account.save(update_fields=["password"])


def test_a_list_whose_worker_died_has_one_entry(client, long_list):
    asked_for_a_list(client)
    job = Job.objects.get()
    taken = states.take_up(job.pk)
    doing.DOES[JobKind.EXPORT](taken, taken.account)  # and then it is killed
    forsaken = beats.folder() / f"job-{taken.pk}-{taken.attempts}"
    forsaken.write_text("")
    os.utime(forsaken, (0, 0))

    jobs.look_after()
    work()

    assert Job.objects.get().state == JobState.DONE
    assert exported().count() == 1


def test_the_same_list_is_not_asked_for_twice_while_it_waits(client, long_list):
    first = asked_for_a_list(client)

    assert client.post(f"{BASE}export/json/")["Location"] == first
    assert client.post(f"{BASE}export/csv/")["Location"] != first


def test_the_list_of_exports_costs_the_same_for_one_and_for_three(client, long_list):
    counts = []
    for query in ("", "?sort=-name", "?kind=52"):
        asked_for_a_list(client, query)
        work()
        with CaptureQueriesContext(connection) as asked:
            page(client, f"{BASE}exports/")
        counts.append(len(asked))

    assert Job.objects.filter(state=JobState.DONE).count() == 3
    assert counts[0] == counts[2]
