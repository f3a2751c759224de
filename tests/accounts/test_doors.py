"""Every closed route, tried by those who may not pass; and the pages of the administrators."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from tongxin.accounts.choices import Role
from tongxin.accounts.models import Account, Office, Posting
from tongxin.accounts.rules import powers_of
from tongxin.core.access import ANYONE, DEMO, SIGNED_IN, TOKEN
from tools.routes import routes

pytestmark = pytest.mark.django_db
PARTS = {
    "<slug:key>": "none",
    "<str:key>": "none",
    "<slug:extension>": "md",
    "<slug:verb>": "withdraw",
    "<slug:kind>": "experts",
    "<str:code>": "1",
    "<uuid:token>": "00000000-0000-4000-8000-000000000000",
    "<uuid:batch>": "00000000-0000-4000-8000-000000000000",
}
NUMBER = re.compile(r"<int:\w+>")
DAY = dt.timedelta(days=1)


@pytest.fixture
def tree():
    return make.tree()


def closed():
    """Path and rule of every route that is not open to anyone; tokens have a door of their own."""
    for route in routes():
        if route.rule not in {ANYONE, DEMO, TOKEN}:
            path = route.path
            for part, value in PARTS.items():
                path = path.replace(part, value)
            yield NUMBER.sub("1", path), route.rule


def test_a_stranger_is_sent_to_the_door_from_every_closed_route():
    answers = {path: Client().get(path) for path, _rule in closed()}

    assert len(answers) > 20
    strange = {
        path: answer.status_code
        for path, answer in answers.items()
        if not answer.headers.get("Location", "").startswith("/account/login/?next=")
    }
    assert strange == {}


@pytest.mark.parametrize("role", [*Role, None])
def test_a_role_without_the_power_finds_nothing(tree, role):
    account = make.posted(role, tree.city) if role else make.account()
    client = make.client_of(account)
    powers = powers_of(role or "")
    refused = [
        path
        for path, rule in closed()
        if rule != SIGNED_IN and powers.isdisjoint(rule.partition(":")[2].split())
    ]

    assert {path: client.get(path).status_code for path in refused} == dict.fromkeys(refused, 404)


def test_a_refused_route_answers_like_one_that_does_not_exist(tree):
    client = make.client_of(make.clerk(tree.north))

    assert plain(client.get("/journal/")) == plain(client.get("/no-such-page/"))


def plain(response):
    """An answer without the token and the address, which differ from page to page."""
    page = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)
    return response.status_code, page.replace(response.wsgi_request.path.encode(), b"")


def test_an_account_deactivated_while_signed_in_is_a_stranger_at_the_next_request(tree):
    account = make.clerk(tree.north)
    client = make.client_of(account)
    assert client.get("/registers/").status_code == 200

    Account.objects.filter(pk=account.pk).update(is_active=False)

    assert client.get("/registers/").status_code == 302


def test_a_clerk_whose_posting_ended_finds_no_registers(tree):
    client = make.client_of(make.posted(Role.CLERK, tree.north, until=timezone.localdate()))
    made = make.organisation(tree.north)

    assert client.get(made.get_absolute_url()).status_code == 404
    assert client.get("/registers/organisations/new/").status_code == 404


def test_the_system_administrator_opens_an_office_by_the_name_of_its_place(tree):
    client = make.client_of(make.posted(Role.SYSTEM_ADMIN, tree.city))

    answer = make.fill(client, reverse("accounts:offices"), place="北镇", name="北镇办")

    assert answer.status_code == 302
    assert Office.objects.get(name="北镇办").division == tree.north


@pytest.mark.parametrize(
    ("place", "name", "words"),
    [
        ("无此镇", "办公室", "没有叫“无此镇”的地区"),
        ("河镇", "办公室", "河镇"),
        ("北镇", "长" * 5000, "单位名称最多 60 字，现在 5000 字"),
        ("", "", "选择所属地区"),
    ],
)
def test_an_office_form_that_cannot_be_used_says_why_and_keeps_what_was_typed(
    tree, place, name, words
):
    client = make.client_of(make.posted(Role.SYSTEM_ADMIN, tree.east))

    answer = make.fill(client, reverse("accounts:offices"), place=place, name=name)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert name in page
    assert not Office.objects.exclude(name="协调办公室").exists()


def test_the_security_administrator_posts_and_ends(tree):
    client = make.client_of(make.posted(Role.SECURITY_ADMIN, tree.city))
    account, office = make.account("li"), make.office(tree.north)

    given = make.fill(
        client,
        reverse("accounts:postings"),
        account="li",
        office=office.pk,
        role="clerk",
        since="2017-03-01",
    )
    posting = Posting.objects.get(account=account)
    ended = make.fill(client, reverse("accounts:end", args=[posting.pk]), until="2017-06-01")

    posting.refresh_from_db()
    assert (given.status_code, ended.status_code) == (302, 302)
    assert posting.until == dt.date(2017, 6, 1)


def test_a_posting_that_overlaps_is_refused_beside_its_field(tree):
    client = make.client_of(make.posted(Role.SECURITY_ADMIN, tree.city))
    make.posted(Role.CLERK, tree.north, username="li")
    office = make.office(tree.north)

    answer = make.fill(
        client,
        reverse("accounts:postings"),
        account="li",
        office=office.pk,
        role="coordinator",
        since="2018-01-01",
    )

    assert answer.status_code == 422
    assert "已在这个单位任职" in answer.context["form"].errors["since"][0]
    assert Posting.objects.filter(account__username="li").count() == 1


def test_an_administrator_of_one_county_finds_no_posting_of_another(tree):
    client = make.client_of(make.posted(Role.SECURITY_ADMIN, tree.west))
    posting = Posting.objects.get(account=make.clerk(tree.north))
    url = reverse("accounts:end", args=[posting.pk])

    answers = [client.get(url), client.post(url, {"until": "2020-01-01"})]

    posting.refresh_from_db()
    assert ([answer.status_code for answer in answers], posting.until) == ([404, 404], None)
