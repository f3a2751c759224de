"""An organisation applies by itself: it sees its own, corrects it, and nobody else's."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from tests import factories as make
from tests.incubation.lives import move, put_up
from tongxin.incubation import actions
from tongxin.incubation.choices import State, Verb
from tongxin.incubation.models import Intake, Tenancy
from tongxin.incubation.register import INTAKES, TENANCIES
from tongxin.journal.models import Entry
from tongxin.organisations.actions import appoint_representative
from tongxin.registers.actions import change, set_void
from tongxin.registers.permissions import visible_to

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
PAPERS = ["form", "plan", "proof", "rules", "record"]


def staff(organisation, place):
    """The account of somebody who works for an organisation."""
    account = make.posted("organisation", place)
    appoint_representative(by=None, account=account, organisation=organisation)
    return account


def call(of, *, opens=-3, closes=10, **values):
    """A call of a base, so many days from today."""
    today = timezone.localdate()
    days = {"opens_on": today + opens * DAY, "closes_on": today + closes * DAY}
    return make.record("intakes", base=of, **(days | values))


@pytest.fixture
def club(small):
    return make.organisation(small.tree.north, "邻里会", work="助老")


@pytest.fixture
def base(small):
    return small.record("bases", capacity=2, name="北镇孵化点", operator="益创")


@pytest.fixture
def opened(base):
    return call(base, places=2)


@pytest.fixture
def own(small, club):
    return make.client_of(staff(club, small.tree.north))


@pytest.fixture
def clerk(small):
    return make.client_of(make.clerk(small.tree.north))


def apply(client, opened, **typed):
    """Fill in the application on the page of a call."""
    told = {"admission": "early", "plan": "两年内成为枢纽", "places": "1"} | typed
    return make.fill(client, f"/incubation/calls/{opened.pk}/", **told)


def url(tenancy, page=""):
    return f"/incubation/calls/applications/{tenancy.pk}/" + (f"{page}/" if page else "")


def text(answer):
    return answer.content.decode()


def submitted(client, opened):
    apply(client, opened, papers=PAPERS)
    tenancy = Tenancy.objects.get()
    make.fill(client, url(tenancy, "submit"))
    tenancy.refresh_from_db()
    return tenancy


def test_a_whole_life_from_the_call_to_the_agreement(small, own, clerk, club, opened):
    county = make.client_of(make.coordinator(small.tree.east))
    assert f"/incubation/calls/{opened.pk}/" in text(own.get("/incubation/calls/"))
    page = own.get(f"/incubation/calls/{opened.pk}/")
    for told in ("邻里会", club.credit_code, "助老", "北镇", "益创"):
        assert told in text(page)
    asked = {field.name for field in page.context["form"].visible_fields()}
    assert asked == {"plan", "admission", "premises", "places", "papers"}

    answer = apply(own, opened, papers=["form"])
    tenancy = Tenancy.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, url(tenancy))
    assert (tenancy.organisation, tenancy.base, tenancy.intake) == (club, opened.base, opened)
    assert (tenancy.state, tenancy.papers) == (State.DRAFT, "form")
    page = own.get(url(tenancy))
    lacking = [str(task.label) for task in page.context["tasks"] if not task.done]
    assert lacking == [
        "孵化计划",
        "登记证书或备案证明",
        "章程和内部管理制度",
        "近两年年检和无处罚情况说明",
    ]
    refused = make.fill(own, url(tenancy, "submit"))
    assert refused.status_code == 422
    assert "还缺：孵化计划" in text(refused)

    make.fill(own, url(tenancy, "edit"), papers=PAPERS)
    assert "提交申请" in text(own.get(url(tenancy)))
    assert make.fill(own, url(tenancy, "submit")).status_code == 302
    tenancy.refresh_from_db()
    assert (tenancy.state, tenancy.state_on) == (State.SUBMITTED, timezone.localdate())
    assert f"最迟 {tenancy.due_on.isoformat()} 核对完" in text(own.get(url(tenancy)))

    make.fill(clerk, f"/incubation/tenancies/{tenancy.pk}/return/", note="目标写得太宽")
    page = own.get(url(tenancy))
    assert "目标写得太宽" in text(page)
    assert page.context["may_correct"]
    make.fill(own, url(tenancy, "edit"), plan="一年内服务三个小区")
    make.fill(own, url(tenancy, "submit"))
    make.fill(clerk, f"/incubation/tenancies/{tenancy.pk}/check/", note="材料是补的，内部留意")
    make.fill(county, f"/incubation/tenancies/{tenancy.pk}/approve/", note="三票赞成一票反对")
    page = own.get(url(tenancy))
    assert "评审通过，等公示" in text(page)
    for note in ("内部留意", "三票赞成"):
        assert note not in text(page)

    tenancy.refresh_from_db()
    assert tenancy.plan == "一年内服务三个小区"
    assert [each.verb for each in tenancy.moves.all()] == [
        "submit", "return", "submit", "check", "approve",
    ]  # fmt: skip
    put_up(tenancy, timezone.localdate(), put_up_at="镇政府公告栏")
    make.fill(clerk, f"/incubation/tenancies/{tenancy.pk}/publicise/")
    page = own.get(url(tenancy))
    assert "镇政府公告栏" in text(page)
    assert "公示到" in page.context["clock"]


def test_each_step_leaves_its_entry_by_the_organisation(own, opened):
    tenancy = submitted(own, opened)

    rows = Entry.objects.filter(subject_type="incubation.tenancy", subject_id=tenancy.pk)

    assert [entry.verb for entry in rows.order_by("pk")] == [
        "tenancies.entered", "tenancies.papers_noted", "tenancies.tenant_submit",
    ]  # fmt: skip
    assert {entry.actor for entry in rows} == {tenancy.entered_by}
    assert {entry.place_id for entry in rows} == {opened.base.division_id}


def test_an_application_of_another_organisation_does_not_exist(small, own, opened):
    tenancy = submitted(own, opened)
    other = make.organisation(small.tree.north, "别的会")
    stranger = make.client_of(staff(other, small.tree.north))

    for page in ("", "edit", "submit", "withdraw"):
        assert stranger.get(url(tenancy, page)).status_code == 404, page
        assert stranger.post(url(tenancy, page), {}).status_code in {404, 405}, page
    assert "北镇孵化点" in text(stranger.get("/incubation/calls/"))
    assert url(tenancy) not in text(stranger.get("/incubation/calls/"))
    typed = {"organisation": tenancy.organisation_id, "plan": "x"}
    assert stranger.post(f"/incubation/calls/{opened.pk}/", typed).status_code == 404


def test_the_pages_of_the_base_stay_closed_to_the_organisation(small, club, own, opened):
    tenancy = submitted(own, opened)
    account = staff(club, small.tree.north)

    for page in (
        f"/incubation/tenancies/{tenancy.pk}/",
        f"/incubation/tenancies/{tenancy.pk}/check/",
        f"/incubation/tenancies/{tenancy.pk}/submit/",
        f"/incubation/bases/{tenancy.base_id}/",
        f"/registers/tenancies/{tenancy.pk}/",
        f"/registers/tenancies/{tenancy.pk}/history/",
        f"/registers/tenancies/{tenancy.pk}/edit/",
        f"/registers/intakes/{opened.pk}/",
        url(tenancy, "approve"),
        url(tenancy, "check"),
    ):
        assert own.get(page).status_code == 404, page
    assert not visible_to(account, TENANCIES).exists()
    assert not visible_to(account, INTAKES).exists()


def test_who_is_no_organisation_finds_no_calls(small, clerk, opened):
    expert = make.client_of(make.posted("expert", small.tree.city))
    for client in (clerk, expert, small.client):
        assert client.get("/incubation/calls/").status_code == 404
        assert client.get(f"/incubation/calls/{opened.pk}/").status_code == 404


def test_only_calls_that_reach_the_place_of_the_organisation_are_told(small, club, own):
    def base_at(place, **values):
        return make.record("bases", place=place, of=small.pilot, **values)

    city, county = base_at(small.tree.city), base_at(small.tree.east)
    for of in (city, county):
        call(of)
    later = call(base_at(small.tree.city), opens=5)
    hidden = [
        call(base_at(small.tree.river)),
        call(base_at(small.tree.south)),
        call(base_at(small.tree.city, sensitivity="restricted")),
        call(base_at(small.tree.city), sensitivity="restricted"),
    ]
    over = call(base_at(small.tree.city), opens=-9, closes=-1)
    waiting = call(base_at(small.tree.city))
    Intake.objects.filter(pk=waiting.pk).update(stage="submitted")
    gone = call(base_at(small.tree.city))
    set_void(INTAKES, gone, by=None, void=True, reason="登记错了")

    page = own.get("/incubation/calls/")

    assert {each.base for each in page.context["calls"]} == {city, county, later.base}
    assert list(page.context["calls"])[-1] == later
    for each in (*hidden, waiting, gone):
        assert own.get(f"/incubation/calls/{each.pk}/").status_code == 404
    assert own.get(f"/incubation/calls/{over.pk}/").status_code == 200
    assert "到那天再提交" in text(own.get(f"/incubation/calls/{later.pk}/"))


def test_without_an_open_call_the_page_says_what_to_do(own, base):
    page = text(own.get("/incubation/calls/"))

    assert "现在没有开放的招募" in page
    assert "问所在街道（镇）的孵化基地" in page


def test_a_call_that_closed_meanwhile_is_refused_in_words_and_keeps_what_was_typed(own, opened):
    address = f"/incubation/calls/{opened.pk}/"
    typed = make.offered(own.get(address)) | {"admission": "early", "plan": "写了很久的目标"}
    change(INTAKES, opened, by=None, values={"closes_on": timezone.localdate() - DAY})

    answer = own.post(address, typed)

    assert answer.status_code == 422
    assert "已在" in text(answer)
    assert "等下一次招募再申请" in text(answer)
    assert "写了很久的目标" in text(answer)
    assert not Tenancy.objects.exists()


def test_a_draft_is_not_handed_in_after_its_call_closed_and_is_kept(own, opened):
    apply(own, opened, papers=PAPERS)
    tenancy = Tenancy.objects.get()
    change(INTAKES, opened, by=None, values={"closes_on": timezone.localdate() - DAY})

    answer = make.fill(own, url(tenancy, "submit"))

    assert answer.status_code == 422
    assert "不在招募期内" in text(answer)
    tenancy.refresh_from_db()
    assert (tenancy.state, tenancy.plan) == (State.DRAFT, "两年内成为枢纽")


def test_what_was_given_back_is_sent_again_after_the_call_closed(own, opened):
    tenancy = submitted(own, opened)
    move(tenancy, Verb.GIVE_BACK, on=timezone.localdate())
    change(INTAKES, opened, by=None, values={"closes_on": timezone.localdate() - DAY})

    assert make.fill(own, url(tenancy, "submit")).status_code == 302


def test_a_second_application_is_refused_and_the_same_form_makes_one(own, base, opened):
    address = f"/incubation/calls/{opened.pk}/"
    told = {"admission": "early", "plan": "甲"}
    first, twin = (make.offered(own.get(address)) | told for _each in range(2))
    own.post(address, first)
    own.post(address, first)
    assert Tenancy.objects.count() == 1

    answer = own.post(address, twin)

    assert answer.status_code == 422
    assert "另有一条没有办完的入驻" in text(answer)
    assert Tenancy.objects.count() == 1
    assert "看本组织的申请" in text(own.get(address))


def test_it_is_withdrawn_with_a_reason_until_it_is_decided(own, opened):
    tenancy = submitted(own, opened)
    refused = make.fill(own, url(tenancy, "withdraw"))
    assert refused.status_code == 422
    assert "要写一句原因" in text(refused)

    make.fill(own, url(tenancy, "withdraw"), note="找到场地了")

    tenancy.refresh_from_db()
    assert tenancy.state == State.WITHDRAWN
    assert "找到场地了" in text(own.get(url(tenancy)))
    assert apply(own, opened).status_code == 302


def test_after_the_decision_the_base_withdraws_it(own, clerk, opened):
    tenancy = submitted(own, opened)
    for verb in (Verb.CHECK, Verb.APPROVE):
        tenancy = move(tenancy, verb, on=timezone.localdate(), note="")

    refused = own.post(url(tenancy, "withdraw"), {"note": "不想去了", "version": tenancy.version})

    assert refused.status_code == 422
    assert "由基地办理撤回" in text(refused)
    assert not own.get(url(tenancy)).context["may_withdraw"]
    answer = make.fill(clerk, f"/incubation/tenancies/{tenancy.pk}/withdraw/", note="组织不来了")
    assert answer.status_code == 302


def test_what_was_handed_in_is_not_changed(own, opened):
    tenancy = submitted(own, opened)

    page = own.get(url(tenancy, "edit"))
    assert "现在是“待核对”" in text(page)
    answer = own.post(url(tenancy, "edit"), {"plan": "另一个", "admission": "early"})

    assert answer.status_code == 422
    tenancy.refresh_from_db()
    assert tenancy.plan == "两年内成为枢纽"


def test_a_change_in_between_loses_nothing_that_was_typed(own, opened):
    apply(own, opened)
    tenancy = Tenancy.objects.get()
    typed = make.offered(own.get(url(tenancy, "edit"))) | {"plan": "我写的"}
    actions.note_papers(tenancy, by=None, papers=["form"])

    answer = own.post(url(tenancy, "edit"), typed)

    assert answer.status_code == 422
    assert "刚被改过" in text(answer)
    assert "我写的" in text(answer)
    again = typed | {"version": re.search(r'name="version" value="(\d+)"', text(answer)).group(1)}
    assert own.post(url(tenancy, "edit"), again).status_code == 302


def test_an_application_that_a_clerk_entered_is_followed_as_well(club, own, clerk, base):
    made = make.record("tenancies", base=base, organisation=club, applicant="", plan="助老")

    assert "申请未提交" in text(own.get(url(made)))
    assert make.fill(own, url(made, "edit"), papers=PAPERS).status_code == 302
    assert make.fill(own, url(made, "submit")).status_code == 302


def test_the_home_page_says_what_is_to_be_done(own, opened):
    assert "1 个孵化基地在招募" in text(own.get("/"))
    tenancy = submitted(own, opened)
    assert not own.get("/").context["todo"]
    move(tenancy, Verb.GIVE_BACK, on=timezone.localdate())

    (todo,) = own.get("/").context["todo"]

    assert (todo.title, todo.url) == ("入驻申请退回补正", url(tenancy))


def test_a_void_application_is_told_and_goes_no_further(own, opened):
    tenancy = submitted(own, opened)
    set_void(TENANCIES, tenancy, by=None, void=True, reason="重复登记")

    page = own.get(url(tenancy))

    assert "已作废" in text(page)
    assert "重复登记" not in text(page)
    assert own.get(url(tenancy, "withdraw")).status_code == 404


def test_the_form_stays_light(own, opened):
    apply(own, opened)
    tenancy = Tenancy.objects.get()
    for page in ("/incubation/calls/", url(tenancy), url(tenancy, "edit")):
        assert len(own.get(page).content) <= 30_000, page


def test_who_works_for_two_organisations_says_which_applies(small, club, opened):
    second = make.organisation(small.tree.north, "读书会")
    account = staff(club, small.tree.north)
    appoint_representative(by=None, account=account, organisation=second)
    client, address = make.client_of(account), f"/incubation/calls/{opened.pk}/"
    page = client.get(f"{address}?organisation={second.pk}")
    assert page.context["applicant"] == second

    typed = make.offered(page) | {"admission": "early", "organisation": second.pk}
    client.post(address, typed)

    assert Tenancy.objects.get().organisation == second
