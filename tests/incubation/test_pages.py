"""The whole life by the people concerned, wrong moves in words, nothing for strangers."""

import datetime as dt

import pytest
from django.utils import timezone

from tests import factories as make
from tests.incubation.lives import (
    TO_ADMIT,
    application,
    base,
    day,
    move,
    notice_over,
    taken_to,
    tenant,
)
from tongxin.calendars.actions import seed
from tongxin.incubation.choices import State, Verb
from tongxin.incubation.models import Base, Move, Tenancy
from tongxin.incubation.views.tenancies import MOVES
from tongxin.public_notices.queries import of_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(small):
    return {
        "clerk": make.client_of(make.clerk(small.tree.north)),
        "county": make.client_of(make.coordinator(small.tree.east)),
        "west": make.client_of(make.coordinator(small.tree.west)),
        "auditor": make.client_of(make.posted("auditor", small.tree.city)),
    }


def url(tenancy, verb=""):
    return f"/incubation/tenancies/{tenancy.pk}/" + (f"{verb}/" if verb else "")


def press(client, tenancy, verb, **typed):
    """Open a move's form, type into it, and send it."""
    return make.fill(client, url(tenancy, verb), **typed)


def said(answer):
    """The refusals on a page."""
    form = answer.context["form"]
    return [*(str(each) for each in answer.context.get("problems", ())), form.errors.as_text()]


def drafted(client, tenancy):
    """Draft the notice about an application: only where it is posted is typed."""
    page = client.get(url(tenancy)).content.decode()
    address = f"/notices/of/tenancies/{tenancy.pk}/new/"
    assert address in page
    make.fill(client, address, put_up_at="镇政府公告栏")


def posted(client, tenancy, on):
    notice = of_record("tenancies", tenancy.pk).get()
    make.fill(client, f"{notice.get_absolute_url()}post/", starts_on=on)


def closed(client, tenancy, on):
    notice = of_record("tenancies", tenancy.pk).get()
    typed = {"version": notice.version, "ended_on": on}
    assert client.post(f"{notice.get_absolute_url()}close/", typed).status_code == 302


def test_every_verb_has_a_form_and_an_action():
    assert set(MOVES) == set(Verb)


def test_a_whole_life_by_the_clerk_and_the_county(small, people):
    seed()
    club = make.organisation(small.tree.north, "邻里会")
    of = base(small, capacity=2)
    clerk, county = people["clerk"], people["county"]
    make.fill(
        clerk, f"/registers/tenancies/new/?base={of.pk}",
        organisation="邻里会", admission="early", plan="两年内成为枢纽",
    )  # fmt: skip
    tenancy = Tenancy.objects.get()
    assert (tenancy.organisation, tenancy.name, tenancy.state) == (club, "邻里会", State.DRAFT)
    missing = press(clerk, tenancy, "submit", on="2017-09-29")
    assert "还缺：入驻申请表、孵化计划" in said(missing)[-1]
    make.fill(clerk, url(tenancy, "papers"), papers=["form", "plan", "proof", "rules", "record"])

    steps = (
        (clerk, "submit", {"on": "2017-09-29"}),
        (clerk, "check", {"on": "2017-10-10"}),
        (county, "approve", {"on": "2017-10-16"}),
        (clerk, "publicise", {"on": "2017-10-18"}),
        (clerk, "admit", {"on": "2017-10-25", "until": "2019-10-24", "places": "1"}),
        (clerk, "review", {"on": "2018-10-25", "finding": "good"}),
        (clerk, "relocate", {"on": "2018-11-01", "premises": "on", "places": "2"}),
        (county, "extend", {"on": "2019-09-01", "until": "2020-04-24"}),
        (clerk, "assess", {"on": "2020-03-02", "finding": "good"}),
        (county, "graduate", {"on": "2020-03-09", "outcome": "independent"}),
        (clerk, "hand-back", {"on": "2020-03-20"}),
        (clerk, "follow-up", {"on": "2021-03-20", "outcome": "federation"}),
    )
    for client, verb, typed in steps:
        if verb == "publicise":
            drafted(clerk, tenancy)
            posted(county, tenancy, "2017-10-17")
        if verb == "admit":
            closed(county, tenancy, "2017-10-25")
        answer = press(client, tenancy, verb, **typed)
        assert (answer.status_code, answer.get("Location")) == (302, url(tenancy)), verb

    page = clerk.get(url(tenancy))
    assert [each.state for each in page.context["moves"]][-1] == State.GRADUATED
    assert Move.objects.count() == len(steps)


def test_admitting_beyond_the_places_is_refused_in_words_and_keeps_what_was_typed(small, people):
    of = base(small)
    waiting = taken_to(application(of), *TO_ADMIT[:-1])
    notice_over(waiting)
    Base.objects.filter(pk=of.pk).update(capacity=1)

    answer = press(
        people["clerk"],
        waiting,
        "admit",
        on="2017-10-20",
        until="2019-10-20",
        places="2",
        note="两间",
    )

    assert answer.status_code == 422
    assert "席位不够：共 1 个，已占用或已答应 0 个，还剩 1 个，这里要 2 个" in said(answer)[-1]
    assert answer.context["form"]["note"].value() == "两间"
    waiting.refresh_from_db()
    assert waiting.state == State.PUBLICISED


def test_a_wrong_move_is_refused_in_words_on_its_page_and_when_sent(small, people):
    tenancy = tenant(base(small))

    seen = people["clerk"].get(url(tenancy, "admit"))
    sent = people["clerk"].post(url(tenancy, "admit"), {"on": "2018-01-02"})

    words = (
        "现在是“在孵”，不能办“签协议入驻”。现在能办：调整场地、中期评估、续驻、出壳评估、退出、清退"
    )
    assert (seen.status_code, sent.status_code) == (200, 422)
    assert words in seen.content.decode()
    assert words in sent.content.decode()


def test_what_was_done_meanwhile_is_told_and_the_form_can_be_sent_again(small, people):
    tenancy = move(application(base(small)), Verb.SUBMIT)
    form = make.offered(people["clerk"].get(url(tenancy, "check")))
    Tenancy.objects.filter(pk=tenancy.pk).update(version=tenancy.version + 1)

    answer = people["clerk"].post(url(tenancy, "check"), form)

    assert answer.status_code == 422
    assert "刚被别人改过" in said(answer)[-1]
    assert people["clerk"].post(url(tenancy, "check"), make.offered(answer)).status_code == 302


@pytest.mark.parametrize("who", ["west", "auditor"])
@pytest.mark.parametrize("verb", ["submit", "approve", "papers"])
def test_who_has_nothing_to_do_there_finds_no_move(small, people, who, verb):
    tenancy = application(base(small))

    assert people[who].get(url(tenancy, verb)).status_code == 404
    assert people[who].post(url(tenancy, verb), {"on": "2018-01-02"}).status_code == 404


def test_a_clerk_finds_no_decision_and_is_offered_none(small, people):
    tenancy = taken_to(application(base(small)), Verb.SUBMIT, Verb.CHECK)

    page = people["clerk"].get(url(tenancy)).context

    assert [each.value for each in (*page["verbs"], *page["others"])] == ["withdraw"]
    assert people["clerk"].get(url(tenancy, "approve")).status_code == 404
    decided = people["county"].get(url(tenancy)).context
    assert [each.value for each in decided["verbs"]] == ["approve", "wait"]


def test_the_page_says_which_clock_runs_and_by_how_much_it_is_late(small, people):
    seed()
    tenancy = move(application(base(small)), Verb.SUBMIT, on=dt.date(2017, 9, 29))

    page = people["clerk"].get(url(tenancy))

    assert page.context["clock"] == ("最迟 2017-10-12 核对完：自 2017-09-29 次日起 5 个工作日")
    assert page.context["late"] == (timezone.localdate() - dt.date(2017, 10, 12)).days
    assert "国庆" in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"check_days": ""}, "填整数，例如 1"),
        ({"check_days": "0"}, "填 1 到 250 之间的整数"),
        ({"handback_unit": "moons"}, "从列表里选择单位"),
        ({"term_months": "999"}, "填 1 到 120 之间的整数"),
    ],
)
def test_what_stands_against_a_clock_is_said(small, people, typed, words):
    of = base(small)

    answer = make.fill(people["county"], f"/incubation/bases/{of.pk}/clocks/", **typed)

    assert answer.status_code == 422
    assert words in answer.context["form"].errors.as_text()


def test_the_county_sets_the_clocks_and_a_clerk_does_not(small, people):
    of = base(small)
    address = f"/incubation/bases/{of.pk}/clocks/"

    assert people["clerk"].get(address).status_code == 404
    assert make.fill(people["county"], address, check_days="7").status_code == 302
    assert Base.objects.get(pk=of.pk).check_days == 7


def test_an_empty_base_and_an_empty_tenancy_say_what_to_do(small, people):
    of = base(small, capacity=None)
    empty = people["clerk"].get(f"/incubation/bases/{of.pk}/").content.decode()
    tenancy = people["clerk"].get(url(tenant(base(small)))).content.decode()

    for words in (
        "还没有在孵组织。",
        "没有候补的。",
        "没有登记招募，随时收申请。",
        "没有填可入驻组织数",
    ):
        assert words in empty
    assert "还没有孵化记录。登记一次服务" in tenancy


def test_outside_an_intake_nothing_is_handed_in(small):
    of = base(small)
    make.record("intakes", base=of, opens_on=day(0), closes_on=day(20))
    tenancy = application(of)
    client = make.client_of(make.clerk(small.tree.north))

    answer = press(client, tenancy, "submit", on=day(21).isoformat())

    assert "最近一次招募是 2017-09-04 到 2017-09-24" in said(answer)[-1]
    assert press(client, tenancy, "submit", on=day(20).isoformat()).status_code == 302
    assert Tenancy.objects.get().intake.name == "2017 年招募"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"closes_on": "2017-08-01"}, "截止申请要不早于 2017-09-01"),
        ({"places": "9"}, "招募名额 9 多于基地的可入驻组织数 1"),
    ],
)
def test_what_stands_against_an_intake_is_said(small, typed, words):
    of = base(small)
    facts = {"opens_on": "2017-09-01", "closes_on": "2017-09-20"}

    answer = small.enter("intakes", f"?base={of.pk}", **(facts | typed))

    assert words in answer.context["form"].errors.as_text()


def test_a_tenancy_that_is_restricted_is_neither_named_nor_counted_for_a_clerk(small, people):
    of = base(small, capacity=3)
    hidden = tenant(of, "保密社")
    Tenancy.objects.filter(pk=hidden.pk).update(sensitivity="restricted")

    clerk = people["clerk"].get(f"/incubation/bases/{of.pk}/")
    county = people["county"].get(f"/incubation/bases/{of.pk}/")

    assert "保密社" not in clerk.content.decode()
    assert "受限的入驻不列在这里" in clerk.content.decode()
    assert (clerk.context["taken"], county.context["taken"]) == (0, 1)
