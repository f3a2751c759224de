"""Projects of streets and the means they use."""

import pytest

from tests import factories as make
from tongxin.party_building.models import Means, Project
from tongxin.party_building.queries import by_place, means_of, projects
from tongxin.party_building.register import MEANS, PROJECTS
from tongxin.registers.actions import set_void

pytestmark = pytest.mark.django_db


def test_a_means_is_entered_by_the_city_and_then_chosen_for_a_project(small):
    small.enter("means", name="派驻指导员", about="每家一名")
    means = Means.objects.get()

    answer = small.enter("projects", name="楼宇驿站", place="北镇", means=means.pk)

    made = Project.objects.get()
    assert (answer.status_code, answer.url) == (302, made.get_absolute_url())
    assert (made.means, made.division) == (means, small.tree.north)


def test_means_are_the_concern_of_who_leads_the_programme(small):
    clerk = make.client_of(make.clerk(small.tree.north))

    answer = clerk.post("/registers/means/new/", {"name": "自设方式"})

    assert answer.status_code == 404
    assert not Means.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [({"name": ""}, "填写名称"), ({"place": ""}, "选择所属地区"), ({"place": "丙镇"}, "丙镇")],
)
def test_what_a_project_lacks_is_said(small, typed, words):
    answer = small.enter("projects", **({"name": "楼宇驿站", "place": "北镇"} | typed))

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_void_means_and_those_of_another_programme_are_not_offered(small):
    other = make.programme(small.tree.city, "other", begins="2016-01")
    foreign = make.record("means", of=other)
    gone = small.record("means")
    set_void(MEANS, gone, by=None, void=True, reason="误记")

    for means in (foreign, gone):
        answer = small.enter("projects", name="楼宇驿站", place="北镇", means=means.pk)
        assert answer.status_code == 422


def test_a_place_is_kept_as_the_document_writes_it_and_marked_when_no_unit_has_the_name(small):
    small.enter("projects", name="驿站", place="北镇", place_text="北镇新城")

    made = Project.objects.get()
    assert (made.place_text, made.place_state) == ("北镇新城", "unmatched")
    page = small.client.get(made.get_absolute_url()).content.decode()
    assert "北镇新城（与区划名称对不上）" in page


def test_projects_are_listed_by_place_in_office_order(small, django_assert_num_queries):
    late = small.record("projects", place=small.tree.river, name="丁")
    first = small.record("projects", name="乙")
    second = small.record("projects", name="甲", place_text="北镇新城")
    gone = small.record("projects", name="丙")
    set_void(PROJECTS, gone, by=None, void=True, reason="误记")

    with django_assert_num_queries(1):
        found = by_place(small.pilot)

    north, river = small.tree.north.pk, small.tree.river.pk
    assert found == [
        (north, "", [(first.pk, "乙"), (second.pk, "甲")]),
        (river, "", [(late.pk, "丁")]),
    ]
    assert projects(small.pilot).count() == 3


def test_means_are_named_in_the_order_of_entry(small):
    small.record("means", name="乙")
    small.record("means", name="甲")
    gone = small.record("means", name="丙")
    set_void(MEANS, gone, by=None, void=True, reason="误记")

    assert means_of(small.pilot) == ["乙", "甲"]
