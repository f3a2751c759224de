"""The queue and its doors: what comes first, what an edit in between leaves, who finds nothing."""

import pytest

from tests import factories as make
from tests.reviews.desk import review_of
from tongxin.registers.choices import Stage
from tongxin.reviews.models import Review, Step

pytestmark = pytest.mark.django_db
QUEUE = "/reviews/"


def url(review, verb=""):
    return f"/reviews/{review.pk}/{verb}"


def stage_of(record):
    record.refresh_from_db()
    return record.stage


def names(response):
    return [line.review.name for line in response.context["lines"]]


def test_exceptions_come_first_and_the_first_is_ready_to_be_decided(desk):
    desk.enters("bases", name="无异常基地")
    training = make.record(
        "trainings", place=desk.tree.north, of=desk.pilot, name="改过的培训", sessions=2
    )
    odd = desk.corrects(training, sessions=9)

    page = make.client_of(desk.county).get(QUEUE)

    assert names(page) == ["改过的培训", "无异常基地"]
    assert page.context["review"] == odd
    words = page.content.decode()
    assert "2 条等你审核" in words
    assert "全部同意 1 条无异常" in words
    assert "与上次通过的 1 处不同" in words
    (field,) = page.context["differing"]
    assert (field.change.before, field.change.after) == ("2", "9")


def test_one_press_accepts_and_leads_to_the_next_with_a_way_back(desk):
    first, review = desk.enters("bases")
    _second, other = desk.enters("bases")
    client = make.client_of(desk.county)

    sent = client.post(url(review, "accept/"), {"version": 1, "then": other.pk})

    assert stage_of(first) == Stage.ACCEPTED
    assert sent.headers["Location"].startswith(url(other))
    page = client.get(sent.headers["Location"])
    assert f"已同意“{first.name}”" in page.content.decode()
    back = client.post(f"/reviews/undo/{page.context['done']['batch']}/")
    assert (back.status_code, stage_of(first)) == (302, Stage.SUBMITTED)


def test_a_chip_and_a_field_give_a_record_back_and_its_page_says_so(desk):
    base, review = desk.enters("bases")
    sent = make.client_of(desk.county).post(
        url(review, "return/"), {"version": 1, "chip": "wrong_number", "field": "operator"}
    )

    step = Step.objects.get(kind="returned")
    assert (sent.status_code, step.field, step.reason) == (302, "operator", "数字不对")
    clerk = make.client_of(desk.clerk)
    words = clerk.get(base.get_absolute_url()).content.decode()
    label = type(base)._meta.get_field("operator").verbose_name
    assert f"“{label}”退回修改：数字不对" in words
    assert f"/registers/bases/{base.pk}/edit/#id_operator" in words
    assert "1 条记录退回修改" in clerk.get("/").content.decode()
    assert names(clerk.get(f"{QUEUE}?tab=sent")) == [base.name]


def test_an_edit_in_between_shows_both_texts_and_loses_neither(desk):
    base, review = desk.enters("bases", operator="看过的机构")
    client = make.client_of(desk.county)
    client.get(url(review))
    desk.corrects(base, operator="后改的机构")

    answer = client.post(url(review, "return/"), {"version": 1, "reason": "写了一半的原因"})

    words = answer.content.decode()
    assert answer.status_code == 409
    assert all(text in words for text in ("看过的机构", "后改的机构", "写了一半的原因"))
    assert stage_of(base) == Stage.SUBMITTED
    assert answer.context["version"] == 2

    client.post(url(review, "return/"), {"version": 2, "reason": "写了一半的原因"})

    assert stage_of(base) == Stage.RETURNED


def test_of_two_reviewers_the_second_is_shown_what_was_done(desk):
    base, review = desk.enters("bases")
    make.client_of(desk.city).post(url(review, "accept/"), {"version": 1})

    answer = make.client_of(desk.county).post(url(review, "return/"), {"version": 1, "reason": "x"})

    assert answer.status_code == 409
    assert "这一条已经办过了" in answer.content.decode()
    assert stage_of(base) == Stage.ACCEPTED


@pytest.mark.parametrize("verb", ["accept/", "return/", "hand-on/", "ask/", "cosign/"])
def test_who_may_not_decide_finds_no_door(desk, verb):
    base, review = desk.enters("bases")

    for account, expected in ((desk.clerk, 404), (make.coordinator(desk.tree.west), 404)):
        answer = make.client_of(account).post(url(review, verb), {"version": 1, "reason": "x"})
        assert answer.status_code == expected
    assert stage_of(base) == Stage.SUBMITTED


def test_a_stranger_to_the_place_finds_no_review_and_no_queue_line(desk):
    _base, review = desk.enters("bases")
    stranger = make.client_of(make.coordinator(desk.tree.west))

    assert stranger.get(url(review)).status_code == 404
    assert names(stranger.get(QUEUE)) == []
    assert names(stranger.get(f"{QUEUE}?tab=elsewhere")) == []


def test_the_city_sees_what_waits_at_the_county_under_another_tab(desk):
    base, _review = desk.enters("bases")
    city = make.client_of(desk.city)

    assert names(city.get(QUEUE)) == []
    assert names(city.get(f"{QUEUE}?tab=elsewhere")) == [base.name]


def test_the_clean_ones_are_asked_about_once_more_and_accepted_together(desk):
    bases = [desk.enters("bases")[0] for _each in range(3)]
    client = make.client_of(desk.county)
    page = client.get(f"{QUEUE}accept/")
    read = [f"{line.review.pk}:{line.review.version}" for line in page.context["lines"]]
    desk.corrects(bases[2], operator="改过")

    sent = client.post(f"{QUEUE}accept/", {"read": read})

    assert [stage_of(base) for base in bases] == [
        Stage.ACCEPTED,
        Stage.ACCEPTED,
        Stage.SUBMITTED,
    ]
    words = client.get(sent.headers["Location"]).content.decode()
    assert "已同意 2 条" in words
    assert "1 条在你看过以后变了" in words


@pytest.mark.parametrize("read", [[], ["x"], ["1:2:3"], ["999999:1"], ["9" * 40 + ":1"]])
def test_a_strange_list_accepts_nothing(desk, read):
    base, _review = desk.enters("bases")

    sent = make.client_of(desk.county).post(f"{QUEUE}accept/", {"read": read})

    assert sent.status_code == 302
    assert stage_of(base) == Stage.SUBMITTED


def test_a_draft_is_kept_and_sent_later(desk):
    client = make.client_of(desk.clerk)
    made = make.fill(
        client, "/registers/bases/new/", name="草稿基地", level="town", place="北镇", draft="1"
    )
    base_page = client.get(made.headers["Location"])

    assert "这是草稿，还没有提交审核" in base_page.content.decode()
    review = Review.objects.get()
    assert review.state == Stage.DRAFT
    page = client.get(url(review))
    client.post(url(review, "submit/"), {"version": page.context["version"]})
    review.refresh_from_db()
    assert review.state == Stage.SUBMITTED

    client.post(url(review, "withdraw/"))
    review.refresh_from_db()
    assert review.state == Stage.DRAFT


def test_a_figure_names_what_waits_beside_it(desk):
    desk.enters("bases", level="town")
    make.record("bases", place=desk.tree.north, of=desk.pilot, level="town")
    client = make.client_of(desk.county)

    page = client.get("/figures/incubation_bases/?level=town&map=today")

    words = page.content.decode()
    assert page.context["trace"].told.figure.counted.value == 1
    assert "另有 1 条待审" in words
    assert "stage=submitted" in words
    other = make.client_of(make.coordinator(desk.tree.west))
    assert "待审" not in other.get("/figures/incubation_bases/?level=town").content.decode()


def test_what_waits_and_is_restricted_is_not_named_to_who_may_not_know(desk):
    desk.enters("bases", level="town", sensitivity="restricted")
    clerk = make.client_of(make.clerk(desk.tree.north))

    page = clerk.get("/figures/incubation_bases/?level=town&map=today")

    assert page.context["trace"].told.figure.waiting == 0


def test_a_site_whose_designation_waits_is_named_beside_the_figure(desk):
    site = make.site(desk.pilot, desk.tree.north, designated=False)
    desk.enters("designations", site=site)

    page = make.client_of(desk.county).get("/figures/demonstration_sites/?map=today")

    assert page.context["trace"].told.figure.waiting == 1
    assert page.context["trace"].told.figure.counted is None


def test_a_list_shows_how_far_its_records_are_and_is_narrowed_to_those_that_wait(desk):
    desk.enters("bases", name="待审基地")
    make.record("bases", place=desk.tree.north, of=desk.pilot, name="通过基地")
    client = make.client_of(desk.county)

    def listed(query=""):
        page = client.get(f"/registers/bases/{query}")
        return [(row.cells[0][0], row.stage) for row in page.context["page"].rows]

    assert sorted(listed()) == [("待审基地", "待审核"), ("通过基地", "")]
    assert listed("?stage=submitted") == [("待审基地", "待审核")]
    assert listed("?stage=accepted") == [("通过基地", "")]


def test_the_queue_costs_the_same_for_one_row_as_for_four(desk):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = make.client_of(desk.county)

    def cost(rows):
        for _each in range(rows):
            desk.enters("bases")
        with CaptureQueriesContext(connection) as asked:
            client.get(QUEUE)
        return len(asked)

    assert cost(1) == cost(3)


def test_pages_of_a_queue_hold_each_row_once(desk, monkeypatch):
    monkeypatch.setattr("tongxin.reviews.queries.PAGE", 2)
    expected = {desk.enters("bases")[0].name for _each in range(3)}
    training = make.record("trainings", place=desk.tree.north, of=desk.pilot, sessions=2)
    desk.corrects(training, sessions=9)
    client, found, query = make.client_of(desk.county), [], ""
    while True:
        page = client.get(QUEUE + query)
        found += names(page)
        query = page.context["older"]
        if not query:
            break

    assert found[0] == training.name
    assert sorted(found) == sorted({*expected, training.name})
    assert names(client.get(f"{QUEUE}?after=nonsense"))[0] == training.name


def test_a_colleague_signs_and_a_remark_is_kept(desk):
    base, review = desk.enters("bases")
    county, city = make.client_of(desk.county), make.client_of(desk.city)
    county.post(url(review, "ask/"), {"version": 1, "to": desk.city.pk})
    refused = county.post(url(review, "accept/"), {"version": 1})
    assert refused.status_code == 422
    assert "加签同意后再办" in refused.content.decode()

    city.post(url(review, "cosign/"), {"version": 1})
    city.post(url(review, "comment/"), {"text": "已看过"})
    county.post(url(review, "accept/"), {"version": 1})

    assert stage_of(base) == Stage.ACCEPTED
    assert "已看过" in county.get(url(review)).content.decode()
    assert review_of(base).cosigner is None


def test_a_dashboard_names_what_waits_below_its_totals(desk):
    client = make.client_of(desk.county)
    before = client.get("/dashboards/east/?map=today").content.decode()
    desk.enters("projects")

    page = client.get("/dashboards/east/?map=today")

    assert "待审，未计入" not in before
    assert "待审，未计入" in page.content.decode()
    assert sum(number or 0 for number in page.context["board"].waiting) == 1


def test_a_returned_record_that_is_voided_is_asked_of_nobody(desk):
    base, review = desk.enters("bases")
    county, clerk = make.client_of(desk.county), make.client_of(desk.clerk)
    county.post(url(review, "return/"), {"version": 1, "chip": "twice"})
    assert "1 条记录退回修改" in clerk.get("/").content.decode()

    clerk.post(f"{base.get_absolute_url()}void/", {"reason": "重了", "void": "yes"})

    assert "退回修改" not in clerk.get("/").content.decode()
