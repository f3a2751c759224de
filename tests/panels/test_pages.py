"""Panels in the browser: who is led where, what is refused in words, and what stays hidden."""

import pytest

from tests import factories as make
from tongxin.accounts.choices import Role
from tongxin.panels import actions
from tongxin.panels.choices import Conflict, Kind, Vote
from tongxin.panels.models import Member

pytestmark = pytest.mark.django_db


def text_of(answer):
    return answer.content.decode()


def test_the_journal_tells_of_a_panel(called, tree):
    called()

    page = text_of(make.client_of(make.posted(Role.AUDITOR, tree.city)).get("/journal/"))

    assert "召集评审组" in page


def test_a_list_says_what_is_to_be_judged_and_says_so_when_there_is_nothing(called, experts):
    called()

    assert "北镇基地 2026 年度" in text_of(make.client_of(experts[0]).get("/panels/"))
    assert "没有要评的" in text_of(make.client_of(experts[5]).get("/panels/"))


def test_the_home_page_of_an_expert_leads_to_what_waits(called, experts):
    called()

    page = text_of(make.client_of(experts[0]).get("/"))

    assert "1 项评审等你" in page
    assert 'href="/panels/"' in page
    assert "项评审等你" not in text_of(make.client_of(experts[5]).get("/"))


def test_whoever_declares_an_interest_is_told_that_he_stands_aside(called, experts):
    panel = called(Kind.COMMITTEE)
    client = make.client_of(experts[0])
    url = f"/panels/{panel.pk}/"
    early = client.post(f"{url}vote/", {"vote": "for"})
    assert "先声明有没有利害关系，再评" in text_of(early)
    assert "（选填）" not in text_of(client.get(f"{url}declare/"))
    nothing = client.post(f"{url}declare/", {})
    assert "选一项：有没有利害关系" in text_of(nothing)

    said = client.post(f"{url}declare/", {"conflict": "money"}, follow=True)

    assert "你已回避这次评审" in text_of(said)
    assert "你已回避这次评审，不能评" in text_of(client.post(f"{url}vote/", {"vote": "for"}))


def test_the_convener_sees_who_has_voted_and_not_how(called, cleared, experts, convener):
    panel = called(Kind.COMMITTEE)
    cleared(panel, 3)
    actions.vote(panel, Vote.AGAINST, by=experts[0], reason="面积不够")
    client = make.client_of(convener)

    page = text_of(client.get(f"/panels/{panel.pk}/"))

    assert "已提交" in page
    assert "面积不够" not in page
    early = client.post(f"/panels/{panel.pk}/close/")
    assert early.status_code == 422
    assert "全体 3 人，投票 1 人，要 2 人投票才有效" in text_of(early)
    actions.vote(panel, Vote.FOR, by=experts[1])
    assert client.post(f"/panels/{panel.pk}/close/").status_code == 302
    assert "面积不够" in text_of(client.get(f"/panels/{panel.pk}/"))


def test_members_are_asked_and_let_go_from_the_page(called, experts, convener):
    panel = called()
    client = make.client_of(convener)
    url = f"/panels/{panel.pk}/"
    assert "选还没有在评审组里的人" in text_of(client.post(f"{url}ask/", {"members": []}))
    client.post(f"{url}ask/", {"members": [experts[4].pk]})
    seat = Member.objects.get(account=experts[4])
    release = f"{url}members/{seat.pk}/release/"
    assert "写一句为什么移出" in text_of(client.post(release, {"reason": ""}))
    assert client.post(release, {"reason": "出差"}).status_code == 302
    assert "写一句为什么撤销" in text_of(client.post(f"{url}call-off/", {"reason": ""}))


def test_what_does_not_concern_one_does_not_exist(called, experts, tree):
    panel = called()
    seat = Member.objects.get(account=experts[0])
    url = f"/panels/{panel.pk}/"
    doors = ("ask/", "close/", "call-off/", f"members/{seat.pk}/release/")
    for stranger in (experts[5], make.clerk(tree.north), make.coordinator(tree.west)):
        client = make.client_of(stranger)
        assert client.get(url).status_code == 404
        for door in ("declare/", "vote/", *doors):
            assert client.post(url + door, {"reason": "x"}).status_code == 404
    member = make.client_of(experts[0])
    assert member.get(url).status_code == 200
    for door in doors:
        assert member.post(url + door, {"reason": "x"}).status_code == 404


def test_a_page_of_a_panel_costs_the_same_for_three_members_and_for_seven(
    called, experts, convener
):
    client = make.client_of(convener)

    def cost(members):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        panel = called(Kind.COMMITTEE, members=members)
        client.get(f"/panels/{panel.pk}/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/panels/{panel.pk}/").status_code == 200
        actions.declare(panel, Conflict.NONE, by=experts[0])
        actions.call_off(panel, by=convener, reason="再来")
        return len(asked)

    assert cost(3) == cost(7)
