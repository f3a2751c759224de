"""What nobody types by accident: no page breaks, on either database."""

import base64
import json

import pytest

from tests import factories as make

pytestmark = pytest.mark.django_db
HUGE = "9" * 30
ENDLESS = "9" * 5000


@pytest.fixture
def world():
    tree = make.tree()
    return tree, make.programme(tree.city)


@pytest.fixture
def client(world):
    tree, _programme = world
    return make.client_of(make.coordinator(tree.city))


def token(*parts):
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "address",
    [
        "/registers/sites/?q=%00",
        "/registers/sites/?q=%E7%A4%BE%E4%BC%9A%00%E7%BB%84%E7%BB%87",
        "/registers/sites/?q=abc%00def",
        "/registers/sites/?division=%00",
        "/registers/sites/?group=%00",
        "/registers/sites/?group=x",
        "/registers/sites/?sort=%00",
        "/search/?q=abc%00def",
        "/divisions/?q=%00abc",
        "/divisions/?on=0001-01-01",
        "/divisions/lookup/?q=%00",
        "/figures/?map=%00",
        "/figures/?division=%00",
        f"/registers/sites/?after={token('a', float('inf'))}",
        f"/registers/sites/?after={token('a', float('nan'))}",
        f"/registers/sites/?after={token('a', 10**30)}",
        f"/registers/sites/?after={token('a' + chr(0), 1)}",
        f"/registers/sites/?after={token([], {})}",
        f"/registers/sites/?sort=changed&after={token('2017-01-01', 1)}",
        f"/registers/sites/?sort=changed&before={token('2017-01-01T00:00:00', 1)}",
        f"/registers/sites/?sort=changed&before={token('9999-12-31T23:59:59+00:00', 1)}",
    ],
)
def test_a_page_answers_whatever_is_asked_of_it(client, address):
    assert client.get(address).status_code == (400 if "%00" in address else 200)


@pytest.mark.parametrize(
    "address",
    [
        f"/registers/sites/{HUGE}/",
        f"/registers/sites/{ENDLESS}/",
        "/registers/designations/new/",
        f"/registers/designations/new/?site={HUGE}",
        f"/registers/designations/new/?site={ENDLESS}",
        "/registers/designations/new/?site=²",
        "/figures/none/",
        "/figures/?division=none",
        "/figures/incubation_bases/?level=none",
        "/dashboards/none/",
        "/briefings/none/",
        "/programmes/none/",
    ],
)
def test_what_does_not_exist_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("before", ["0", "-1", "x", HUGE, ENDLESS])
def test_the_journal_answers_whatever_page_is_asked_for(world, before):
    client = make.client_of(make.posted("auditor", world[0].city))

    assert client.get(f"/journal/?before={before}").status_code == 200


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("trainings", {"sessions": HUGE}),
        ("trainings", {"persons": ENDLESS}),
        ("trainings", {"attendances": "-1"}),
        ("trainings", {"sessions": "3.5"}),
        ("trainings", {"held_on": "0000-00-00"}),
        ("trainings", {"held_on": "去年"}),
        ("bases", {"capacity": HUGE}),
        ("bases", {"capacity": "3,000"}),
        ("budgets", {"year": HUGE}),
        ("budgets", {"amount": "99999999999999万元"}),
        ("budgets", {"amount": "0.001元"}),
        ("observations", {"stated_as": "99999999999999999个"}),
        ("observations", {"indicator": "none"}),
        ("organisations", {"credit_code": "9" * 40}),
        ("organisations", {"name": "甲\x00乙"}),
        ("sites", {"place": "甲\x00乙"}),
        ("sites", {"place_text": "长" * 5000}),
        ("sites", {"group": "\x00"}),
        ("sites", {"version": ENDLESS, "submission": "x"}),
    ],
)
def test_values_that_fit_no_column_are_refused_beside_their_field(world, client, key, typed):
    _tree, programme = world
    values = SOUND[key] | typed
    if key == "sites":
        values.setdefault("group", make.group_of(programme).pk)

    answer = make.fill(client, f"/registers/{key}/new/", **values)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) & set(typed)


SOUND = {
    "trainings": {"name": "培训", "place": "北镇", "held_on": "2017-03-01", "sessions": "1"},
    "bases": {"name": "基地", "place": "北镇", "level": "town"},
    "budgets": {"year": "2017", "amount": "2000万元", "document": "文件", "place": "甲市"},
    "observations": {
        "indicator": "demonstration_sites",
        "stated_as": "10余个",
        "source": "材料",
        "place": "甲市",
    },
    "organisations": {"name": "邻里会", "kind": "community", "status": "filed", "place": "北镇"},
    "sites": {"name": "驿站", "place": "北镇"},
}


@pytest.mark.parametrize("key", SOUND)
def test_the_same_form_with_sound_values_is_taken(world, client, key):
    _tree, programme = world
    values = dict(SOUND[key])
    if key == "sites":
        values["group"] = make.group_of(programme).pk

    assert make.fill(client, f"/registers/{key}/new/", **values).status_code == 302
