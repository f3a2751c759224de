"""Saved views: how a list looks, under a name, to come back to and to share by its link."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tongxin.core.errors import NotYours, Refused
from tongxin.journal.queries import entries_of
from tongxin.registers import declaration
from tongxin.registers.models import SavedView
from tongxin.registers.saved import actions, queries

pytestmark = pytest.mark.django_db
BASE = "/registers/organisations/"


class Cast:
    """Two counties, an organisation in each, their clerks, and who oversees both."""

    def __init__(self):
        self.tree = make.tree()
        make.programme(self.tree.city)
        make.organisation(self.tree.north, "北镇助老社", work="助老")
        make.organisation(self.tree.river, "河镇助老社", work="助老")
        self.owner = make.coordinator(self.tree.city)
        self.reader = make.clerk(self.tree.river)
        self.register = declaration.get("organisations")

    def view(self, name="助老", query="q=助老&col=work", **how):
        return actions.save_view(self.register, by=self.owner, name=name, query=query, **how)


@pytest.fixture
def cast():
    return Cast()


def test_a_view_is_saved_from_the_list_and_opens_as_it_was(cast):
    client = make.client_of(cast.owner)
    page = client.get(f"{BASE}?q=助老&col=work&sort=-name&after=x")

    made = make.fill(client, f"{BASE}views/new/?{page.context['kept']}", name="助老的")

    view = SavedView.objects.get()
    assert (view.owner, view.name, view.shared, view.first) == (cast.owner, "助老的", False, False)
    assert made.status_code == 302
    opened = client.get(f"{BASE}views/{view.key}/")
    shown = client.get(opened["Location"])
    assert shown.context["wish"].text == "助老"
    assert shown.context["wish"].columns == ("name", "work")
    assert shown.context["wish"].sort == "-name"
    assert shown.context["view"] == view
    assert [entry.verb for entry in entries_of(view)] == ["registers.view_saved"]


def test_a_shared_link_shows_each_reader_what_lies_in_his_own_scope(cast):
    view = cast.view(shared=True)
    client = make.client_of(cast.reader)

    opened = client.get(view.get_absolute_url())
    page = client.get(opened["Location"]).content.decode()

    assert "河镇助老社" in page
    assert "北镇助老社" not in page


@pytest.mark.parametrize("path", ["", "edit/", "delete/"])
def test_somebody_elses_private_view_does_not_exist(cast, path):
    view = cast.view()
    client = make.client_of(cast.reader)

    hidden = client.get(f"{BASE}views/{view.key}/{path}")
    absent = client.get(f"{BASE}views/{uuid.uuid4()}/{path}")

    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert client.post(f"{BASE}views/{view.key}/{path}").status_code == 404
    assert SavedView.objects.filter(pk=view.pk).exists()


def test_a_shared_view_is_changed_by_its_owner_only(cast):
    view = cast.view(shared=True)

    assert make.client_of(cast.reader).get(f"{BASE}views/{view.key}/edit/").status_code == 404
    with pytest.raises(NotYours):
        actions.change_view(view, by=cast.reader, values={"name": "别的"})
    with pytest.raises(NotYours):
        actions.delete_view(view, by=cast.reader)


def test_a_view_of_one_register_does_not_open_in_another(cast):
    view = cast.view(shared=True)
    client = make.client_of(cast.owner)

    assert client.get(f"/registers/sites/views/{view.key}/").status_code == 404


def test_a_view_is_renamed_shared_and_deleted(cast):
    view = cast.view()
    client = make.client_of(cast.owner)

    make.fill(client, f"{BASE}views/{view.key}/edit/", name="新名", shared="on")
    view.refresh_from_db()
    assert (view.name, view.shared, view.query) == ("新名", True, "col=work&q=%E5%8A%A9%E8%80%81")

    client.post(f"{BASE}views/{view.key}/delete/")
    assert not SavedView.objects.exists()
    assert client.get(f"{BASE}views/{view.key}/").status_code == 404


def test_a_view_takes_over_what_the_list_shows_now(cast):
    view = cast.view()
    client = make.client_of(cast.owner)

    make.fill(client, f"{BASE}views/{view.key}/edit/?kind=52&sort=kind")

    view.refresh_from_db()
    assert view.query == "kind=52&sort=kind"


def test_a_register_begins_with_the_view_that_comes_first_and_one_leads_past_it(cast):
    cast.view("先看", "sort=-changed", first=True)
    later = cast.view("再先看", "sort=-name", first=True)
    client = make.client_of(cast.owner)

    first = client.get(BASE)
    opened = client.get(first["Location"])

    assert first["Location"] == later.get_absolute_url()
    assert client.get(opened["Location"]).context["wish"].sort == "-name"
    assert client.get(f"{BASE}?all=1").context["wish"].sort == "name"
    assert make.client_of(cast.reader).get(BASE).status_code == 200
    assert SavedView.objects.filter(first=True).count() == 1


def test_what_a_list_does_not_understand_is_not_kept(cast):
    client = make.client_of(cast.owner)
    typed = {"name": "什么都有", "query": "q=x&after=WyJhIiwxXQ&next=//elsewhere.example&all=1"}

    client.post(f"{BASE}views/new/", typed)

    assert SavedView.objects.get().query == "q=x"


@pytest.mark.parametrize(
    ("name", "code"),
    [("  ", "registers.view_unnamed"), ("助老", "registers.view_taken")],
)
def test_a_view_has_a_name_of_its_own(cast, name, code):
    cast.view("助老")

    with pytest.raises(Refused, match=code):
        cast.view(name)


def test_a_refused_name_is_said_beside_the_field_and_what_was_typed_stays(cast):
    cast.view("助老")
    client = make.client_of(cast.owner)

    answer = client.post(f"{BASE}views/new/", {"name": "助老", "query": "q=%E7%A4%BE"})

    assert answer.status_code == 422
    assert "你已有叫“助老”的视图" in answer.content.decode()
    assert 'value="q=%E7%A4%BE"' in answer.content.decode()
    assert SavedView.objects.count() == 1


def test_a_number_of_a_person_is_no_name(cast):
    with pytest.raises(Refused):
        cast.view("32060219900101123X 的")


def test_no_more_views_than_a_menu_holds(cast, monkeypatch):
    monkeypatch.setattr(actions, "MOST", 1)
    cast.view("一")

    with pytest.raises(Refused, match=r"registers\.many_views"):
        cast.view("二")


def test_saving_what_is_already_so_leaves_no_entry(cast):
    view = cast.view()

    actions.change_view(view, by=cast.owner, values={"name": view.name})

    assert [entry.verb for entry in entries_of(view)] == ["registers.view_saved"]


def test_the_database_keeps_one_first_view(cast):
    view = cast.view(first=True)
    twin = SavedView(owner=view.owner, register=view.register, name="二", query="", first=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_a_view_goes_with_its_account():
    assert SavedView._meta.get_field("owner").remote_field.on_delete.__name__ == "CASCADE"
    assert queries.MOST == 50
