"""Loading the first city: once, by the same actions as the pages, and nothing but facts."""

import json

import pytest
from django.apps import apps
from django.contrib.auth.hashers import check_password

from tongxin.accounts.choices import Role
from tongxin.accounts.models import Account, Office, Posting
from tongxin.briefings.models import Briefing
from tongxin.core.access import DEMO
from tongxin.demo import views
from tongxin.demo.actions import FACTS, load
from tongxin.demo.people import PEOPLE, SINCE
from tongxin.files.models import Attachment
from tongxin.indicators.catalogue import CATALOGUE
from tongxin.indicators.models import Observation
from tongxin.indicators.queries import Asked, figures
from tongxin.journal.models import Entry
from tongxin.organisations.models import Organisation
from tongxin.programmes.models import Programme
from tongxin.registers import declaration
from tongxin.registers.choices import Stage
from tongxin.reviews.queries import waiting_for
from tongxin.trainings.models import Training
from tongxin.trainings.queries import counts_of, lines_of, trainings
from tongxin.trainings.rules import Counts

pytestmark = pytest.mark.django_db

INVENTED = "样例"


def everything():
    """Return the number of rows of every table."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_loading_twice_changes_nothing(nantong):
    before = everything()

    assert load("another") is False
    assert everything() == before
    assert check_password("demo", nantong.account().password)


def test_there_is_an_account_for_each_role_and_every_account_has_one_posting(nantong):
    postings = Posting.objects.select_related("account", "office__division")

    assert {posting.role for posting in postings} == set(Role.values)
    assert {
        (each.account.username, each.role, each.office.division.key, each.office.name)
        for each in postings
    } == {(person.username, person.role, person.division, person.office) for person in PEOPLE}
    assert postings.count() == Account.objects.count() == len(PEOPLE)
    assert all(posting.since == SINCE and posting.until is None for posting in postings)


def test_no_account_is_more_than_its_posting(nantong):
    for account in Account.objects.all():
        assert not hasattr(account, "is_superuser")
        assert account.has_usable_password()


def test_whatever_is_invented_says_so(nantong):
    for office in Office.objects.all():
        assert INVENTED in office.name
    for organisation in Organisation.objects.all():
        assert INVENTED in organisation.name
        assert organisation.sample


def test_nothing_else_is_on_record_than_the_facts(nantong):
    facts = json.loads((FACTS / "nantong-2017.json").read_text(encoding="utf-8"))
    expected = {
        "organisations": 4,
        "sites": 12,
        "designations": 12,
        "visits": 0,
        "activities": 0,
        "bases": 1,
        "intakes": 0,
        "tenancies": 0,
        "events": 0,
        "brands": 9,
        "recognitions": 14,
        "means": 2,
        "projects": 12,
        "campaigns": 1,
        "series": 3,
        "observations": 9,
        "budgets": 0,
        "trainings": 2,
        "participations": 0,
    }

    for register in declaration.every():
        assert register.model.objects.count() == expected[register.key], register.key
        invented = register.model.objects.filter(name__contains=INVENTED)
        samples = any(field.name == "sample" for field in register.model._meta.fields)
        assert not (invented.exclude(sample=True) if samples else invented)
    for key in ("sites", "bases", "brands", "recognitions", "means", "projects", "observations"):
        assert len(facts[key]) == expected[key]


def test_a_total_of_the_bases_is_stated_nowhere(nantong):
    stated = Observation.objects.filter(indicator="incubation_bases")

    assert sorted(int(row.value) for row in stated) == [1, 12, 13, 14]
    assert '"40"' not in (FACTS / "nantong-2017.json").read_text("utf-8")


def test_every_declared_figure_has_its_source(nantong):
    for row in Observation.objects.all():
        assert row.source


def test_every_record_was_entered_by_an_action(nantong):
    for register in declaration.every():
        label = register.model._meta.label_lower
        entered = Entry.objects.filter(subject_type=label, verb=f"{register.key}.entered")
        assert set(entered.values_list("subject_id", flat=True)) == set(
            register.model.objects.values_list("pk", flat=True)
        ), register.key


def test_places_are_known_open_or_unmatched_as_the_source_has_them(nantong):
    sites = declaration.get("sites").model.objects
    projects = declaration.get("projects").model.objects

    assert set(sites.filter(place_state="not_stated").values_list("name", flat=True)) == {
        "中天科技集团",
        "高仁律师事务所",
        "91家纺网总部",
    }
    unmatched = sites.get(place_state="unmatched")
    assert (unmatched.place_text, unmatched.division.key) == ("启东市北城区街道", "qidong")
    assert not projects.exclude(place_state="stated").exists()
    assert projects.filter(place_text="观音山新城").count() == 2


def test_the_programme_has_its_words_in_order(nantong):
    pilot = Programme.objects.get()

    assert [pillar.name for pillar in pilot.pillar_words.all()] == [
        "一“群体”一“特色”",
        "一“标准”一“亮点”",
        "一“地区”一“品牌”",
        "一“阵地”一“旗帜”",
    ]
    assert pilot.occupationalgroup_words.count() == 4
    assert pilot.sitefunction_words.count() == 4
    assert (pilot.begins, pilot.facts_on.isoformat()) == ("2017-03", "2017-12-31")
    assert Briefing.objects.get().programme == pilot


def test_a_place_that_is_no_division_stops_the_loading(nantong):
    from tongxin.demo.actions import Nantong

    loader = Nantong.__new__(Nantong)
    loader.programme = nantong.programme

    with pytest.raises(LookupError, match="无此地 is no division on 2017-12-31"):
        loader._place("无此地", "")


def test_the_sample_organisation_has_a_sample_of_an_attachment(nantong):
    attachment = Attachment.objects.get()
    sample = Organisation.objects.get(name__startswith="虹桥邻里服务社")

    assert (attachment.register, attachment.subject_id) == ("organisations", sample.pk)
    assert INVENTED in attachment.name


def test_the_demo_offers_every_role_and_signs_in_with_one_press(nantong, client, settings):
    settings.DEMO = True
    page = client.get("/demo/").content.decode()
    for person in PEOPLE:
        assert str(person.label) in page

    for person in PEOPLE:
        answer = client.post("/demo/enter/", {"username": person.username})
        assert (answer.status_code, answer.url) == (302, "/")
        assert int(client.session["_auth_user_id"]) == nantong.account(person.username).pk


@pytest.mark.parametrize("username", ["", "nobody", "city "])
def test_only_the_accounts_of_the_demo_are_opened_so(nantong, client, settings, username):
    settings.DEMO = True
    Account.objects.create_user("nobody")

    assert client.post("/demo/enter/", {"username": username}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("url", ["/demo/", "/demo/enter/"])
def test_outside_the_demo_these_doors_are_not_there(nantong, client, settings, method, url):
    settings.DEMO = False

    assert getattr(client, method)(url, {"username": "city"}).status_code == 404
    assert {views.roles.access, views.enter.access} == {DEMO}


def test_a_role_is_entered_by_a_form_only(nantong, client, settings):
    settings.DEMO = True

    assert client.get("/demo/enter/").status_code == 405


def test_the_sample_training_has_people_who_agreed_and_counts_in_no_figure(nantong):
    sample = Training.objects.get(name__startswith="社会组织骨干培训")
    names = [line.person.name for line in lines_of(sample, nantong.account("city"))]

    assert sample.name.endswith(f"（{INVENTED}）")
    assert names == ["张样例", "李样例", "王样例"]
    assert [line.person for line in lines_of(sample, nantong.account("organisation"))] == [None] * 3
    assert counts_of(sample) == Counts(persons=3, attendances=5)
    assert not trainings(nantong.programme, nantong.programme.day).exists()


def test_samples_wait_to_be_accepted_and_count_nowhere(nantong):
    county = nantong.account("chongchuan")
    waiting = list(waiting_for(county).order_by("in_order", "pk"))

    assert [(each.register, each.in_order) for each in waiting] == [
        ("trainings", False),
        *[("organisations", True)] * 3,
    ]
    assert waiting[0].hits == ["jump"]
    assert all(each.name.endswith(f"（{INVENTED}）") for each in waiting)
    day = nantong.programme.day
    asked = Asked(nantong.programme, nantong.programme.division_id, day, day, with_restricted=True)
    told = figures(asked, CATALOGUE.values())
    assert {each.waiting for each in told} == {0}
    assert not trainings(nantong.programme, day, (Stage.SUBMITTED,)).exists()
