"""Saved views by a program: one's own, those that are shared, and none else's."""

import pytest

from tests import factories as make
from tests.api.programs import Program, codes
from tongxin.journal.models import Entry
from tongxin.registers.models import SavedView

pytestmark = pytest.mark.django_db
SENT = {"name": "市级的", "query": "q=甲&sort=-name", "shared": False}


@pytest.fixture
def program(small):
    return Program(small.account)


def test_a_view_is_saved_listed_and_leads_to_its_list(small, program):
    make.site(small.pilot, small.tree.north, name="甲街示范点")
    make.site(small.pilot, small.tree.north, name="乙街示范点")

    made = program.post("sites/views/", SENT)
    told = made.json()

    assert (made.status_code, told["name"], told["own"]) == (201, "市级的", True)
    assert program.get("sites/views/").json() == {"items": [told]}
    assert program.get("brands/views/").json() == {"items": []}
    assert [each["name"] for each in program.get(told["list"]).json()["items"]] == ["甲街示范点"]


def test_a_view_sent_twice_is_one_view_and_its_name_is_its_own(program):
    program.post("sites/views/", SENT)

    again = program.post("sites/views/", SENT)
    other = program.post("sites/views/", {**SENT, "query": "q=乙"})

    assert (again.status_code, SavedView.objects.count()) == (200, 1)
    assert (other.status_code, codes(other)) == (422, [("registers.view_taken", "name")])


def test_a_view_is_changed_by_who_has_read_it(program):
    made = program.post("sites/views/", SENT)
    at, tag = f"sites/views/{made.json()['key']}/", made["ETag"]

    blind = program.patch(at, {"name": "县级的"})
    done = program.patch(at, {"name": "县级的", "first": True}, If_Match=tag)
    again = program.patch(at, {"name": "县级的"}, If_Match=tag)
    late = program.patch(at, {"name": "乡级的"}, If_Match=tag)

    assert (blind.status_code, codes(blind)) == (428, [("api.no_version", "If-Match")])
    assert done.json() == {**made.json(), "name": "县级的", "first": True}
    assert (again.status_code, late.status_code) == (200, 412)
    assert late.json()["current"] == done.json()
    assert program.get(at)["ETag"] == done["ETag"]
    assert program.get(at, If_None_Match=done["ETag"]).status_code == 304


def test_a_view_is_deleted_and_leaves_an_entry(program):
    key = program.post("sites/views/", SENT).json()["key"]

    gone = program.post(f"sites/views/{key}/delete/", {})

    assert (gone.status_code, program.get(f"sites/views/{key}/").status_code) == (200, 404)
    assert Entry.objects.filter(verb="registers.view_deleted").count() == 1


def test_a_shared_view_opens_to_others_and_a_private_one_does_not_exist(small, program):
    other = Program(make.clerk(small.tree.north))
    shared = program.post("sites/views/", {**SENT, "shared": True}).json()["key"]
    private = program.post("sites/views/", {**SENT, "name": "自己的"}).json()["key"]
    never = other.get("sites/views/00000000-0000-4000-8000-000000000000/")

    assert other.get(f"sites/views/{shared}/").json()["own"] is False
    assert other.get(f"sites/views/{private}/").content == never.content
    assert other.get(f"brands/views/{shared}/").status_code == 404
    for key in (shared, private):
        changed = other.patch(f"sites/views/{key}/", {"name": "x"}, If_Match='"0a1b2c3d"')
        assert (changed.status_code, other.post(f"sites/views/{key}/delete/").status_code) == (
            404,
            404,
        )


@pytest.mark.parametrize(
    ("sent", "code", "field"),
    [
        ({"name": ""}, "registers.required", "name"),
        ({"name": "长" * 31}, "registers.max_length", "name"),
        ({"name": "x", "query": "colour=red"}, "api.query", "query"),
        ({"name": "x", "query": "q="}, "api.query", "query"),
        ({"name": "x", "shared": "no"}, "api.not_yes_or_no", "shared"),
        ({"name": "x", "owner": 1}, "api.unknown_field", "owner"),
        ({"name": "11010519491231002X"}, "registers.identity", "name"),
    ],
)
def test_what_is_no_view_is_refused_by_name(program, sent, code, field):
    answer = program.post("sites/views/", sent)

    assert (answer.status_code, codes(answer)) == (422, [(code, field)])
    assert not SavedView.objects.exists()
