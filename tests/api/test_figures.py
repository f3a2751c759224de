"""Figures by a program: both sides, what is missing, and the records behind, page by page."""

import pytest

from tests import factories as make
from tests.api.programs import AT, Program, codes
from tongxin.accounts.choices import Role
from tongxin.indicators.catalogue import CATALOGUE
from tongxin.journal.models import Entry

pytestmark = pytest.mark.django_db
FIGURES = "/api/v1/figures/"
STATED = {"indicator": "demonstration_sites", "value": 5, "qualifier": "at_least"}


@pytest.fixture
def program(small):
    return Program(small.account)


@pytest.fixture
def sites(small):
    """Three named sites and what the city says of them."""
    return [make.site(small.pilot, small.tree.north, name=f"示范点{n}") for n in range(3)]


def test_a_figure_tells_its_two_sides_and_what_each_means(small, sites, program):
    said = {"stated_as": "5余个", "source": "总结第2页"}
    stated = make.record("observations", place=small.tree.city, of=small.pilot, **STATED, **said)

    told = program.get(f"{FIGURES}demonstration_sites/").json()

    assert {name: told[name] for name in ("key", "part", "flow", "unit", "state", "records")} == {
        "key": "demonstration_sites",
        "part": "",
        "flow": "stock",
        "unit": "个",
        "state": "different",
        "records": 3,
    }
    assert told["counted"] == {"value": "3", "unit": "个", "qualifier": "exact", "text": "3个"}
    assert told["declared"] == {
        "value": "5",
        "unit": "个",
        "qualifier": "at_least",
        "text": "5余个",
        "observation": stated.pk,
        **said,
    }
    assert (told["division"], told["programme"], told["absent"]) == ("city", "pilot", [])


def test_nothing_on_record_is_null_and_not_zero(small, program):
    told = program.get(f"{FIGURES}regional_brands/").json()

    assert (told["state"], told["counted"], told["declared"], told["text"]) == (
        "missing",
        None,
        None,
        "—",
    )


def test_the_records_behind_a_figure_follow_page_by_page(small, sites, program):
    make.site(small.pilot, small.tree.north, name="没有命名", designated=False)
    path, seen = program.get(f"{FIGURES}demonstration_sites/").json()["records_at"], []
    path += "&limit=2&fields=name"

    while path:
        page = program.get(path).json()
        seen.append([each["name"] for each in page["items"]])
        back, path = page["previous"], page["next"]

    assert (page["register"], seen) == ("sites", [["示范点0", "示范点1"], ["示范点2"]])
    assert [each["name"] for each in program.get(back).json()["items"]] == seen[0]


def test_a_split_figure_has_parts_and_a_part_has_its_records(small, program):
    for level in ("county", "county", "city"):
        make.record("bases", place=small.tree.north, of=small.pilot, level=level)

    whole = program.get(f"{FIGURES}incubation_bases/").json()
    part = program.get(f"{FIGURES}incubation_bases/?part=county").json()
    behind = program.get(part["records_at"]).json()["items"]

    assert (whole["counted"]["value"], part["counted"]["value"]) == ("3", "2")
    assert {each["part"]: each["records"] for each in whole["parts"]}["city"] == 1
    assert [each["level"] for each in behind] == ["county", "county"]


def test_behind_a_figure_of_organisations_there_are_organisations(small, program):
    make.organisation(small.tree.north)  # so that numbers of the two registers differ
    links = {"campaign": small.record("campaigns"), "organisation": small.record("organisations")}
    entry = small.record("participations", **links)

    told = program.get(f"{FIGURES}campaign.participating_community_organisations/").json()
    page = program.get(told["records_at"]).json()

    assert (told["counted"]["value"], page["register"]) == ("1", "organisations")
    assert [each["id"] for each in page["items"]] == [entry.organisation_id]


def test_all_figures_are_listed_each_with_an_address_that_leads_on(small, sites, program):
    listed = program.get(FIGURES).json()["items"]

    assert {each["key"] for each in listed} == set(CATALOGUE)
    for each in listed:
        assert program.get(each["records_at"]).status_code == 200
        part = f"?part={each['part']}" if each["part"] else ""
        one = program.get(f"{FIGURES}{each['key']}/{part}").json()
        assert (each["part"], {**each, "parts": []}) == (each["part"], one) or not part


def test_a_figure_as_the_program_has_it_is_not_sent_again(small, sites, program):
    for path in (FIGURES, f"{FIGURES}demonstration_sites/"):
        tag = program.get(path)["ETag"]
        assert program.get(path, If_None_Match=tag).status_code == 304


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ("divsion=north", "api.unknown_parameter", "divsion"),
        ("part=county", "api.part", "part"),
        ("programme=none", "api.programme", "programme"),
        ("map=yesterday", "api.parameter", "map"),
    ],
)
def test_what_no_figure_is_asked_is_refused_by_name(small, program, asked, code, field):
    answer = program.get(f"{FIGURES}demonstration_sites/?{asked}")

    assert (answer.status_code, codes(answer)) == (422, [(code, field)])


def test_a_page_of_records_that_is_none_is_refused(small, program):
    answer = program.get(f"{FIGURES}demonstration_sites/records/?after=x")

    assert (answer.status_code, codes(answer)) == (422, [("api.page", "after")])


def test_figures_of_elsewhere_are_as_those_of_nowhere(small, sites):
    county = Program(make.coordinator(small.tree.east))
    own = county.get(f"{FIGURES}demonstration_sites/").json()
    nowhere = county.get(f"{FIGURES}palaces/")

    assert (own["division"], own["counted"]["value"]) == ("east", "3")
    for division in ("city", "west", "atlantis"):
        for path in ("", "demonstration_sites/", "demonstration_sites/records/"):
            hidden = county.get(f"{FIGURES}{path}?division={division}")
            assert (hidden.status_code, hidden.content) == (404, nowhere.content)


def test_a_restricted_record_counts_and_is_read_by_those_who_are_cleared(small, sites, program):
    make.site(small.pilot, small.tree.north, name="受限点", sensitivity="restricted")
    clerk = Program(make.clerk(small.tree.north))
    at = f"{FIGURES}demonstration_sites/"

    assert clerk.get(at).json()["counted"]["value"] == "3"
    assert len(clerk.get(f"{at}records/").json()["items"]) == 3
    assert program.get(at).json()["counted"]["value"] == "4"
    assert len(program.get(f"{at}records/").json()["items"]) == 4
    (read,) = Entry.objects.filter(verb="sites.read", subject_id=0)
    assert len(read.facts["records"]) == 1


def test_who_sees_only_what_is_public_or_his_own_has_no_figures(small):
    own = Program(make.posted(Role.ORGANISATION, small.tree.north))

    assert own.get(AT).status_code == 200
    assert own.get(FIGURES).status_code == 404
