"""The pages of notices: what each reader finds, what is refused in words, what is kept as typed."""

import datetime as dt

import pytest

from tests import factories as make
from tests.public_notices.conftest import DRAFT
from tests.public_notices.test_room import LAST, NAMED, START, drafted, objected, posted
from tongxin.accounts.choices import Role
from tongxin.public_notices.choices import State
from tongxin.public_notices.models import Objection, PublicNotice

pytestmark = pytest.mark.django_db


def sent(**more):
    return {name: "" if value is None else value for name, value in (DRAFT | more).items()}


def body(answer):
    return answer.content.decode()


def test_a_notice_goes_its_way_through_the_forms(cast, on):
    clerk, coordinator = make.client_of(cast.clerk), make.client_of(cast.coordinator)
    of_record = f"/notices/of/sites/{cast.record.pk}/"
    assert of_record in body(clerk.get(cast.record.get_absolute_url()))
    assert "起草公示" in body(clerk.get(of_record))

    assert clerk.post(f"{of_record}new/", sent()).status_code == 302
    notice = PublicNotice.objects.get()
    at = notice.get_absolute_url()
    assert "发布公示" not in body(clerk.get(at))
    answer = coordinator.post(f"{at}post/", {"starts_on": "2017-09-25", "version": "1"})
    assert answer.status_code == 302

    page = body(coordinator.get(at))
    assert "2017-10-10" in page
    assert "国庆节" in page
    assert "不算 2017-10-01" in page
    objection = {
        "received_on": "2017-09-28",
        "text": "场地不符合条件",
        "answer_count": "5",
        "answer_unit": "working_days",
    }
    assert clerk.post(f"{at}objections/new/", objection).status_code == 302
    reply = {
        "outcome": "rejected",
        "reason": "已核实",
        "answered_on": "2017-09-30",
        "version": PublicNotice.objects.get().version,
    }
    assert coordinator.post(f"{at}objections/1/", reply).status_code == 302
    version = {"version": PublicNotice.objects.get().version}
    assert coordinator.post(f"{at}close/", version).status_code == 302
    assert PublicNotice.objects.get().state == State.CLOSED


def test_a_late_objection_is_refused_in_words_and_kept_as_typed(cast, on):
    notice = posted(cast)
    typed = {
        "received_on": "2017-10-11",
        "text": "我写了很久的话",
        "answer_count": "5",
        "answer_unit": "days",
    }

    answer = make.client_of(cast.clerk).post(f"{notice.get_absolute_url()}objections/new/", typed)

    assert answer.status_code == 422
    assert "公示期到 2017-10-10 为止" in body(answer)
    assert "我写了很久的话" in body(answer)
    assert not Objection.objects.exists()


def test_closing_too_early_is_refused_on_the_page(cast, on):
    notice = posted(cast)
    on(LAST)

    answer = make.client_of(cast.coordinator).post(
        f"{notice.get_absolute_url()}close/", {"version": notice.version}
    )

    assert answer.status_code == 422
    assert "公示到 2017-10-10 为止，过了这一天才能结束" in body(answer)


def test_an_objection_in_between_is_shown_before_the_notice_is_closed(cast, on):
    notice = posted(cast)
    objected(cast, notice)
    at, browser = notice.get_absolute_url(), make.client_of(cast.coordinator)

    for path, typed in (
        ("close/", {}),
        ("withdraw/", {"reason": "写错了"}),
        ("objections/1/", {"outcome": "upheld", "reason": "是的", "answered_on": "2017-10-01"}),
    ):
        answer = browser.post(f"{at}{path}", typed | {"version": notice.version})
        assert answer.status_code == 409, path
        assert "你打开以后有人办过这份公示" in body(answer)
    assert PublicNotice.objects.get().state == State.POSTED


@pytest.mark.parametrize("who", ["neighbour", "expert"])
def test_who_does_not_see_the_record_finds_no_notice(cast, on, who):
    notice = posted(cast)
    at, browser = notice.get_absolute_url(), make.client_of(getattr(cast, who))

    for path in ("", "edit/", "post/", "withdraw/", "objections/new/", "objections/1/"):
        assert browser.get(f"{at}{path}").status_code == 404, path
    of_record = f"/notices/of/sites/{cast.record.pk}/"
    assert browser.get(of_record).status_code == browser.get(f"{of_record}new/").status_code == 404
    assert browser.post(f"{at}close/", {"version": 2}).status_code == 404
    assert notice.name not in body(browser.get("/notices/"))


def test_the_public_reader_sees_what_was_posted_and_neither_drafts_nor_objections(cast, on):
    cast.record = make.record(
        "sites", place=cast.tree.north, of=cast.record.programme, sensitivity="public"
    )
    notice = drafted(cast)
    at, browser = notice.get_absolute_url(), make.client_of(cast.expert)
    assert browser.get(at).status_code == 404
    assert notice.name not in body(browser.get(f"/notices/of/sites/{cast.record.pk}/"))

    from tongxin.public_notices import actions

    notice = actions.post(notice, by=cast.coordinator, starts_on=START)
    objected(cast, notice, signed=True, objector="王样例")
    page = body(browser.get(at))

    assert notice.text in page
    assert "场地不符合条件" not in page
    assert "王样例" not in page
    assert "登记异议" not in page


def test_who_objected_is_named_to_the_cleared_and_to_who_wrote_it_down(cast, on):
    notice = posted(cast)
    objected(cast, notice, signed=True, objector="王样例")
    at = notice.get_absolute_url()
    other = make.clerk(cast.tree.north)

    assert "署名：王样例" in body(make.client_of(cast.coordinator).get(at))
    assert "署名：王样例" in body(make.client_of(cast.clerk).get(at))
    page = body(make.client_of(other).get(at))
    assert "场地不符合条件" in page
    assert "王样例" not in page


def test_names_are_no_longer_shown_on_the_day_they_come_down(cast, on):
    notice = posted(cast, **NAMED)
    at, browser = notice.get_absolute_url(), make.client_of(cast.coordinator)
    assert "<b>张样例、李样例</b>" in body(browser.get(at))

    on(dt.date(2017, 12, 1))

    page = body(browser.get(at))
    assert "<b>张样例、李样例</b>" not in page
    assert "姓名已撤下" in page


def test_a_year_that_is_missing_warns_on_the_page_of_the_notice(cast, on):
    on(dt.date(2026, 12, 28))
    notice = drafted(cast)

    answer = make.client_of(cast.coordinator).get(f"{notice.get_absolute_url()}post/")

    assert "还没有 2027 年的放假安排" in body(answer)


def test_a_form_with_nothing_in_it_says_what_to_fill_in(cast, on):
    answer = make.client_of(cast.clerk).post(f"/notices/of/sites/{cast.record.pk}/new/", {})

    assert answer.status_code == 422
    for words in ("填写标题", "填写公示内容", "填写公示地点或网址", "填写公示期", "选择单位"):
        assert words in body(answer)


def test_an_administrator_finds_an_empty_list(cast, on):
    posted(cast)
    system = make.client_of(make.posted(Role.SYSTEM_ADMIN, cast.tree.city))

    assert "这里没有公示" in body(system.get("/notices/"))


@pytest.mark.parametrize("notices", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_notices(
    cast, on, notices, django_assert_num_queries
):
    for number in range(notices):
        cast.record = make.site(cast.record.programme, cast.tree.north, f"示范点 {number}")
        objected(cast, posted(cast))
    browser = make.client_of(cast.coordinator)
    browser.get("/notices/")

    with django_assert_num_queries(12):
        assert body(browser.get("/notices/")).count("1 条异议待答复") == notices
