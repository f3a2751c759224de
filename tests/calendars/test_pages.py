"""The pages of the calendar: read by everybody, changed by whoever keeps it."""

import datetime as dt

import pytest

from tests import factories as make
from tongxin.accounts.choices import Role
from tongxin.calendars.models import Day, Year

pytestmark = pytest.mark.django_db
DAYS = {
    "first": "2026-11-30",
    "last": "",
    "kind": "off",
    "name": "台风停工",
    "document": "市政府通告",
}


def open_as(account):
    return make.client_of(account)


def test_a_clerk_reads_the_year_and_finds_no_door_to_change_it(official, tree):
    clerk = open_as(make.clerk(tree.north))

    page = clerk.get("/calendar/2026/").content.decode()

    assert "国办发明电〔2025〕7号" in page
    assert 'title="国庆节放假"' in page
    assert "/calendar/2026/days/" not in page
    for path in ("/calendar/2026/days/", "/calendar/new/"):
        assert clerk.get(path).status_code == 404
        assert clerk.post(path, DAYS).status_code == 404
    for path in ("/calendar/2026/clear/", "/calendar/2026/complete/"):
        assert clerk.post(path, {"first": "2026-10-01", "last": "2026-10-01"}).status_code == 404
    assert Day.objects.filter(date=dt.date(2026, 10, 1)).exists()


@pytest.mark.usefixtures("official", "keeper")
def test_the_administrator_of_a_county_finds_no_door_either(tree):
    county = open_as(make.posted(Role.SYSTEM_ADMIN, tree.east))

    assert county.get("/calendar/2026/").status_code == 200
    assert county.get("/calendar/2026/days/").status_code == 404
    assert county.post("/calendar/2026/days/", DAYS).status_code == 404


def test_the_keeper_enters_a_year_and_its_days_and_says_that_it_is_complete(official, keeper):
    browser = open_as(keeper)
    year = {"year": "2027", "document": "国办发明电〔2026〕9号", "issued_on": "2026-11-20"}
    assert "还没有 2027 年的放假安排" in browser.get("/calendar/2027/").content.decode()

    assert browser.post("/calendar/new/", year).status_code == 302
    days = DAYS | {"first": "2027-10-01", "last": "2027-10-07", "name": "国庆节"}
    assert browser.post("/calendar/2027/days/", days).status_code == 302
    assert browser.post("/calendar/2027/complete/", {}).status_code == 302

    page = browser.get("/calendar/2027/").content.decode()
    assert "还没有 2027 年" not in page
    assert Day.objects.filter(date__year=2027).count() == 7
    assert Year.objects.get(year=2027).complete


def test_days_go_back_to_their_weekdays(official, keeper):
    browser = open_as(keeper)

    sent = {"first": "2026-10-01", "last": "2026-10-07"}
    assert browser.post("/calendar/2026/clear/", sent).status_code == 302
    assert not Day.objects.filter(date__range=("2026-10-01", "2026-10-07")).exists()
    for wrong in ("", "2025-10-01", "tomorrow"):
        sent = {"first": wrong, "last": "2026-10-07"}
        assert browser.post("/calendar/2026/clear/", sent).status_code == 404


def test_what_cannot_be_is_refused_beside_its_field_and_kept_as_typed(official, keeper):
    sent = DAYS | {"first": "2026-10-07", "last": "2026-10-01", "name": "我写的名称"}

    answer = open_as(keeper).post("/calendar/2026/days/", sent)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "最后一天不能早于第一天" in page
    assert 'value="我写的名称"' in page


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        ("start=2017-09-25&count=10&unit=working_days", 200, "2017-10-13"),
        ("start=2017-09-25&count=10&unit=working_days", 200, "算进 2017-09-30"),
        ("start=2026-12-28&count=10&unit=working_days", 200, "还没有 2027 年的放假安排"),
        ("start=2017-09-25&count=0&unit=working_days", 422, "期限填 1 到 2500"),
        ("start=x&count=1&unit=weeks", 422, "日期按“年-月-日”填写"),
        ("", 200, "算最后一天"),
    ],
)
def test_anybody_signed_in_counts_a_period_and_reads_why(official, tree, asked, status, words):
    answer = open_as(make.clerk(tree.north)).get(f"/calendar/due/?{asked}")

    assert answer.status_code == status
    assert words in answer.content.decode()


@pytest.mark.parametrize("year", ["1000", "2200", "99999"])
def test_a_year_beyond_the_calendar_is_not_there(official, tree, year):
    assert open_as(make.clerk(tree.north)).get(f"/calendar/{year}/").status_code == 404
