"""Records entered twice, merged and parted by programs as on the pages."""

import pytest

from tests import factories as make
from tests.api.programs import Program, codes

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(small):
    return Program(small.account)


@pytest.fixture
def twins(small):
    """One organisation entered twice, and a campaign in which the second takes part."""
    one = make.organisation(small.tree.north, name="阳光助老服务中心")
    other = make.organisation(small.tree.north, name="阳光助老服务社")
    return one, other


def test_like_records_are_found_from_one_and_pair_by_pair(twins, program):
    one, other = twins

    near = program.get(f"organisations/{one.pk}/similar/").json()["items"]
    (pair,) = program.get("organisations/duplicates/").json()["items"]

    assert [(each["id"], each["place"]) for each in near] == [(other.pk, "北镇")]
    assert {pair["one"]["id"], pair["other"]["id"]} == {one.pk, other.pk}
    assert (pair["ground"], pair["may_merge"]) == (near[0]["ground"], True)


def test_two_records_become_one_and_are_parted_again(twins, program):
    one, other = twins
    at = f"organisations/{one.pk}/"
    sent = {"other": other.pk, "other_version": 1, "taken": ["name"]}

    merged = program.post(f"{at}merge/", sent, If_Match='"1"')
    gone = program.get(f"organisations/{other.pk}/").json()
    parted = program.post(f"organisations/{other.pk}/unmerge/", {})

    assert (merged.status_code, merged.json()["name"]) == (200, "阳光助老服务社")
    assert merged["ETag"].startswith('"2-')
    assert (gone["void"], parted.json()["void"]) == (True, False)
    assert program.get(at).json()["name"] == "阳光助老服务中心"


def test_what_was_read_of_either_is_named(twins, program):
    one, other = twins
    at, sent = f"organisations/{one.pk}/merge/", {"other": other.pk, "other_version": 1}
    program.patch(f"organisations/{other.pk}/", {"work": "改过"}, version=1)

    blind = program.post(at, sent)
    half = program.post(at, {"other": other.pk}, If_Match='"1"')
    late = program.post(at, sent, If_Match='"1"')
    later = program.post(at, {**sent, "other_version": 2}, If_Match='"7"')

    assert (blind.status_code, codes(blind)) == (428, [("api.no_version", "If-Match")])
    assert (half.status_code, codes(half)) == (422, [("api.no_version", "other_version")])
    assert (late.status_code, codes(late)) == (412, [("api.outdated", "other_version")])
    assert late.json()["current"]["id"] == other.pk
    assert (later.status_code, codes(later)) == (412, [("api.outdated", "If-Match")])


@pytest.mark.parametrize("taken", ["name", ["void"], [1], {"name": True}, [["name"]]])
def test_fields_that_are_not_asked_of_a_merger_are_refused(twins, program, taken):
    one, other = twins
    sent = {"other": other.pk, "other_version": 1, "taken": taken}

    answer = program.post(f"organisations/{one.pk}/merge/", sent, If_Match='"1"')

    assert (answer.status_code, codes(answer)) == (422, [("api.fields", "taken")])


def test_another_that_is_hidden_is_as_one_that_is_not_there(small, twins):
    one, _other = twins
    hidden = make.organisation(small.tree.river, name="别处的")
    county = Program(make.coordinator(small.tree.east))

    answers = [
        county.post(
            f"organisations/{one.pk}/merge/",
            {"other": number, "other_version": 1},
            If_Match='"1"',
        )
        for number in (hidden.pk, 99_999_999, one.pk)
    ]

    assert [codes(each) for each in answers] == [[("api.other", "other")]] * 3


def test_only_what_was_merged_is_parted_and_only_where_records_are_merged(small, twins, program):
    one, _other = twins
    brand = small.record("brands")

    assert program.post(f"organisations/{one.pk}/unmerge/", {}).status_code == 404
    assert program.get("brands/duplicates/").status_code == 404
    assert program.get(f"brands/{brand.pk}/similar/").status_code == 404
    sent = {"other": brand.pk, "other_version": 1}
    assert program.post(f"brands/{brand.pk}/merge/", sent, If_Match='"1"').status_code == 404


def test_a_page_of_pairs_that_is_none_is_refused(program):
    answer = program.get("organisations/duplicates/?after=x")

    assert (answer.status_code, codes(answer)) == (422, [("api.page", "after")])
