"""A record's life on its pages: entered once, changed by whoever read it last, voided, restored."""

import uuid

import pytest

from tests import factories as make
from tongxin.journal.models import Entry
from tongxin.organisations.models import Organisation
from tongxin.sites.models import Site

pytestmark = pytest.mark.django_db
SITES = "/registers/sites/"


@pytest.fixture
def world():
    """A tree, a programme, and a client of the city's coordinator."""
    tree = make.tree()
    programme = make.programme(tree.city)
    return tree, programme, make.client_of(make.coordinator(tree.city))


def typed(programme, **more):
    """What a coordinator types for a site."""
    group = make.group_of(programme).pk
    return {"name": "北镇服务站", "group": group, "place": "北镇", "address": "一号"} | more


def test_a_record_is_entered_with_its_place_and_leaves_an_entry(world):
    tree, programme, client = world

    response = make.fill(client, f"{SITES}new/", **typed(programme))

    site = Site.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, f"{SITES}{site.pk}/")
    assert (site.name, site.division, site.programme) == ("北镇服务站", tree.north, programme)
    assert Entry.objects.filter(verb="sites.entered", subject_id=site.pk).count() == 1


def test_a_form_sent_twice_makes_one_record(world):
    _tree, programme, client = world
    key = str(uuid.uuid4())

    first = make.fill(client, f"{SITES}new/", **typed(programme, submission=key))
    second = make.fill(client, f"{SITES}new/", **typed(programme, submission=key))

    assert first.headers["Location"] == second.headers["Location"]
    assert list(Site.objects.values_list("name", flat=True)) == ["北镇服务站"]


def test_a_form_sent_again_with_something_else_in_it_asks_and_drops_nothing(world):
    _tree, programme, client = world
    key = str(uuid.uuid4())
    make.fill(client, f"{SITES}new/", **typed(programme, submission=key))

    asked = make.fill(client, f"{SITES}new/", **typed(programme, submission=key, name="另一处"))

    assert asked.status_code == 422
    assert "这份表已登记为“北镇服务站”" in asked.content.decode()
    assert asked.context["form"]["name"].value() == "另一处"
    assert Site.objects.count() == 1

    client.post(f"{SITES}new/", make.offered(asked))

    assert list(Site.objects.order_by("pk").values_list("name", flat=True)) == [
        "北镇服务站",
        "另一处",
    ]


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"place": "火星镇"}, "place", "没有叫“火星镇”的地区"),
        ({"name": "长" * 5000}, "name", "最多 60 字，现在 5000 字"),
        ({"name": ""}, "name", "填写名称"),
        ({"group": ""}, "group", "选择群体"),
        ({"group": "999999"}, "group", "从列表里选择群体"),
    ],
)
def test_a_form_that_cannot_be_used_says_why_keeps_what_was_typed_and_writes_nothing(
    world, wrong, field, words
):
    _tree, programme, client = world

    response = make.fill(client, f"{SITES}new/", **typed(programme, **wrong))

    form = response.context["form"]
    assert response.status_code == 422
    assert words in form.errors[field][0]
    assert form["address"].value() == "一号"
    assert form[field].value() == wrong[field]
    assert (Site.objects.count(), Entry.objects.filter(verb="sites.entered").count()) == (0, 0)


def test_an_empty_form_names_everything_it_lacks(world):
    _tree, _programme, client = world

    response = client.post(f"{SITES}new/", {})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"name", "group", "sensitivity"}


def test_a_place_outside_the_territory_is_named_and_nothing_is_written(world):
    tree, programme, _client = world
    client = make.client_of(make.coordinator(tree.east))

    response = make.fill(client, f"{SITES}new/", **typed(programme, place="西县"))

    assert response.status_code == 422
    assert "“西县”不在你负责的范围里" in response.context["form"].errors["place"][0]
    assert Site.objects.count() == 0


def test_a_place_that_a_document_writes_in_its_own_way_is_kept_and_marked(world):
    tree, programme, client = world

    make.fill(client, f"{SITES}new/", **typed(programme, place="东县", place_text="东县老城街道"))

    site = Site.objects.get()
    assert (site.division, site.place_text) == (tree.east, "东县老城街道")
    assert site.place_state == "unmatched"


def test_an_edit_in_between_shows_both_texts_and_loses_neither(world):
    tree, programme, client = world
    site = make.site(programme, tree.north, "服务站", address="旧址")
    url = f"{SITES}{site.pk}/edit/"
    mine = make.offered(client.get(url))
    other = make.client_of(make.coordinator(tree.city))
    make.fill(other, url, address="别人的地址")

    response = client.post(url, mine | {"address": "我的地址"})

    site.refresh_from_db()
    page = response.content.decode()
    assert (response.status_code, site.address) == (409, "别人的地址")
    assert "别人的地址" in page
    assert "我的地址" in page

    again = client.post(url, make.offered(response) | {"address": "我的地址"})

    site.refresh_from_db()
    assert (again.status_code, site.address) == (302, "我的地址")


def test_a_change_that_changes_nothing_leaves_no_entry(world):
    tree, programme, client = world
    site = make.site(programme, tree.north)
    before = Entry.objects.count()

    response = make.fill(client, f"{SITES}{site.pk}/edit/")

    site.refresh_from_db()
    assert (response.status_code, site.version, Entry.objects.count()) == (302, 1, before)


def test_a_void_needs_a_reason_leaves_the_list_and_comes_back(world):
    tree, programme, client = world
    site = make.site(programme, tree.north, "北镇服务站")
    url = f"{SITES}{site.pk}/void/"

    refused = client.post(url, {"reason": " "})
    client.post(url, {"reason": "登记重了"})
    hidden = client.get(SITES)
    shown = client.get(f"{SITES}?void=1")
    client.post(url, {"void": "no"})

    assert refused.status_code == 422
    assert "写一句作废的原因" in refused.content.decode()
    assert "北镇服务站" not in hidden.content.decode()
    assert "北镇服务站" in shown.content.decode()
    assert "北镇服务站" in client.get(SITES).content.decode()
    assert [e.facts.get("reason") for e in Entry.objects.filter(verb="sites.voided")] == [
        "登记重了"
    ]


def test_the_history_tells_field_by_field_what_was_and_what_is(world):
    tree, programme, client = world
    site = make.site(programme, tree.north, address="旧址")
    make.fill(client, f"{SITES}{site.pk}/edit/", address="新址")

    (day,) = client.get(f"{SITES}{site.pk}/history/").context["days"]
    acts = day.acts

    assert [act.verb for act in acts] == ["修改", "登记"]
    told = [(change.label, change.before, change.after) for change in acts[0].changes]
    assert told == [("地址", "旧址", "新址")]


def test_a_name_is_found_by_two_letters_by_initials_and_by_a_part(world):
    tree, programme, client = world
    make.site(programme, tree.north, "虹桥邻里中心")
    make.site(programme, tree.north, "文峰驿站")

    def found(text):
        page = client.get(SITES, {"q": text}).context["page"]
        return [row.cells[0][0] for row in page.rows]

    assert found("虹桥") == ["虹桥邻里中心"]
    assert found("hqll") == ["虹桥邻里中心"]
    assert found("站") == ["文峰驿站"]
    assert found("虹文") == []
    assert found("桥中心") == []


def test_a_renamed_record_is_found_by_its_new_name_only(world):
    tree, programme, client = world
    site = make.site(programme, tree.north, "旧驿站")
    make.fill(client, f"{SITES}{site.pk}/edit/", name="新中心")

    def found(text):
        return len(client.get(SITES, {"q": text}).context["page"].rows)

    assert (found("驿站"), found("中心")) == (0, 1)


def test_an_organisation_of_another_programme_is_the_same_organisation(world):
    tree, _programme, client = world
    make.organisation(tree.north, "助老社")
    make.programme(tree.city, "second", begins="2018-01")

    assert Organisation.objects.count() == 1
    assert "助老社" in client.get("/registers/organisations/").content.decode()
