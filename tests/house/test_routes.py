"""Every door has a rule, and every rule stands in the committed register of routes."""

from types import ModuleType

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from tongxin.accounts.choices import Power
from tongxin.core import access as core_access
from tongxin.core.access import ANYONE, TOKEN, access
from tools.routes import PAGE, page, routes


def found():
    return list(routes())


def test_every_route_names_its_access_rule():
    assert [route for route in found() if not route.rule] == []


def test_every_route_has_a_name_of_its_own():
    names = [route.name for route in found()]

    assert sorted(set(names)) == sorted(names)
    assert "" not in names


def test_every_rule_is_one_that_the_middleware_knows():
    plain = {rule for name, rule in vars(core_access).items() if name.isupper()}
    named = {name for route in found() for name in route.rule.removeprefix("power:").split()}

    assert named <= plain | set(Power)


def test_every_rule_given_to_a_foreign_route_is_used():
    assert set(settings.THIRD_PARTY_ACCESS) <= {route.name for route in found()}


def test_the_committed_register_tells_the_routes_as_they_are():
    written = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""

    assert written == page(routes()), "run: uv run python tools/routes.py"


def forgotten(_request):
    return HttpResponse("nobody was asked")


@access(ANYONE)
def remembered(_request):
    return HttpResponse("everybody may")


def twin():
    """The project's routes, and two more: one without a rule, one with."""
    from tongxin.config import urls

    module = ModuleType("routes_with_a_forgotten_one")
    module.urlpatterns = [
        path("forgotten/", forgotten, name="forgotten"),
        path("remembered/", remembered, name="remembered"),
        *urls.urlpatterns,
    ]
    return module


def test_a_route_without_a_rule_would_be_named():
    assert [route.name for route in routes(twin()) if not route.rule] == ["forgotten"]


@pytest.mark.django_db
def test_a_route_without_a_rule_is_answered_as_if_it_were_not_there(settings):
    settings.ROOT_URLCONF = twin()
    client = Client()

    assert client.get("/remembered/").status_code == 200
    assert client.get("/forgotten/").status_code == 404


@pytest.mark.django_db
def test_a_stranger_is_sent_to_the_door_or_finds_nothing():
    closed = [
        route
        for route in found()
        if route.rule != ANYONE and "<" not in route.path and "(" not in route.path
    ]

    answers = {route.path: Client().get(route.path).status_code for route in closed}
    by_token = {route.path for route in closed if route.rule == TOKEN}

    assert {place: code for place, code in answers.items() if code not in {302, 404, 401}} == {}
    assert {place for place, code in answers.items() if code == 401} == by_token
    assert closed
