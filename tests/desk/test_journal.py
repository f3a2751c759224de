"""The journal's page: who reads it, how much of it, and what can be asked."""

import pytest

from tests import factories as make
from tongxin.accounts.choices import Role
from tongxin.journal.actions import action, erase_personal, note_read, record
from tongxin.registers import actions, declaration

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    tree = make.tree()
    pilot = make.programme(tree.city)
    clerk = make.posted(Role.CLERK, tree.north)
    site = make.site(pilot, tree.north, name="同心楼", designated=False)
    register = declaration.get("sites")
    actions.change(register, site, by=clerk, values={"name": "同心大楼"})
    return tree, pilot, site


def page(account, query=""):
    response = make.client_of(account).get(f"/journal/{query}")
    assert response.status_code == 200
    return response


def lines(response):
    return [line for _day, those in response.context["days"] for line in those]


def test_an_auditor_reads_names_values_and_numbers(world):
    tree, _pilot, site = world

    text = page(make.posted(Role.AUDITOR, tree.city)).content.decode()

    assert "<del>同心楼</del> → <ins>同心大楼</ins>" in text
    assert f'href="/registers/sites/{site.pk}/"' in text
    assert "待封存" in text


def test_an_audit_administrator_reads_who_did_what_to_which_number_and_no_name(world):
    tree, _pilot, site = world

    text = page(make.posted(Role.AUDIT_ADMIN, tree.city)).content.decode()

    assert "同心楼" not in text
    assert "同心大楼" not in text
    assert f"编号 {site.pk}" in text


def test_an_auditor_of_another_county_reads_nothing_of_it(world):
    tree, _pilot, site = world

    found = lines(page(make.posted(Role.AUDITOR, tree.south)))

    assert [line for line in found if line.act.entry.subject_id == site.pk and line.url] == []


@pytest.mark.parametrize(
    ("query", "verbs"),
    [
        ("?what=changed", {"sites.changed"}),
        ("?kind=sites", {"sites.entered", "sites.changed"}),
        ("?kind=sites&what=entered", {"sites.entered"}),
        ("?who=nobody", set()),
        ("?kind=budgets", set()),
        ("?until=2017-01-01", set()),
        ("?kind=sites&since=2017-01-01&place=north", {"sites.entered", "sites.changed"}),
        ("?kind=sites&place=south", set()),
    ],
)
def test_the_journal_is_asked_who_what_when_and_where(world, query, verbs):
    tree = world[0]

    found = lines(page(make.posted(Role.AUDITOR, tree.city), query))

    assert {line.act.entry.verb for line in found} == verbs


def test_an_actor_is_found_by_name_and_shown_with_the_office(world):
    tree = world[0]
    clerk = make.posted(Role.CLERK, tree.north)
    clerk.display_name = "王芳"
    clerk.save(update_fields=["display_name"])
    office = clerk.postings.get().office
    note_read(clerk, "sites.exported", "示范点", place=tree.north.pk)

    response = page(make.posted(Role.AUDITOR, tree.city), "?who=王")

    assert [(line.act.verb, line.act.office) for line in lines(response)] == [("导出", office.name)]


def test_a_date_that_is_none_is_refused_with_value_and_remedy(world):
    text = page(make.posted(Role.AUDITOR, world[0].city), "?since=昨天").content.decode()

    assert "“昨天”不是日期" in text
    assert 'value="昨天"' in text


def test_pages_follow_each_other_without_a_gap(world, monkeypatch):
    from tongxin.desk import journal

    monkeypatch.setattr(journal, "SHOWN", 3)
    tree = world[0]
    auditor = make.posted(Role.AUDITOR, tree.city)
    numbers, query = [], ""
    while True:
        response = page(auditor, query)
        numbers += [line.act.entry.sequence for line in lines(response)]
        query = response.context["following"]
        if not query:
            break

    assert len(numbers) > 4
    assert numbers == sorted(set(numbers), reverse=True)


@action
def note(site, name):
    record(
        None, "sites.changed", site, before={"name": "甲"}, after={"name": name}, personal=("name",)
    )


@action
def forget(site):
    erase_personal([site])
    record(None, "sites.changed", site)


def test_the_history_shows_personal_values_until_they_are_erased(world):
    tree, _pilot, site = world
    client = make.client_of(make.coordinator(tree.city))
    url = f"/registers/sites/{site.pk}/history/"
    note(site, "张三")

    before = client.get(url).content.decode()
    forget(site)
    after = client.get(url).content.decode()

    assert "<ins>张三</ins>" in before
    assert "张三" not in after
    assert "（个人信息已删除）" in after


def test_the_history_stands_under_its_days_with_number_and_seal(world, tmp_path):
    from tongxin.journal import signing

    tree, _pilot, site = world
    client = make.client_of(make.coordinator(tree.city))
    url = f"/registers/sites/{site.pk}/history/"
    assert "待封存" in client.get(url).content.decode()

    key = signing.make_key(tmp_path / "key.pem")
    signing.enrol(key)
    signing.seal_all(key, "sha256")

    response = client.get(url)
    (day,) = response.context["days"]
    assert [act.verb for act in day.acts] == ["修改", "登记"]
    assert all(act.sealed for act in day.acts)
    assert "待封存" not in response.content.decode()
