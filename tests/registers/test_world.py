"""The small world that the tests stand in can be made, and holds what it says."""

import pytest

from tests import factories as make
from tongxin.divisions.queries import below
from tongxin.registers import declaration

pytestmark = pytest.mark.django_db


def test_the_small_tree_has_its_reach():
    tree = make.tree()

    reached = below([tree.east.pk], make.FACTS_ON).values_list("descendant_id", flat=True)

    assert set(reached) == {tree.east.pk, tree.north.pk, tree.south.pk}


def test_one_record_of_every_register_can_be_made():
    tree = make.tree()
    pilot = make.programme(tree.city)
    links = {
        "designations": {"site": make.site(pilot, tree.north, designated=False)},
        "visits": {"site": make.site(pilot, tree.north, designated=False)},
        "activities": {"site": make.site(pilot, tree.north, designated=False)},
        "series": {"campaign": make.record("campaigns", place=tree.city, of=pilot)},
        "intakes": {"base": make.record("bases", place=tree.north, of=pilot)},
        "tenancies": {"base": make.record("bases", place=tree.north, of=pilot)},
        "events": {"tenancy": make.tenant(pilot, tree.north)},
        "participations": {
            "campaign": make.record("campaigns", place=tree.city, of=pilot),
            "organisation": make.organisation(tree.north),
        },
    }

    for register in declaration.every():
        made = make.record(register.key, place=tree.north, of=pilot, **links.get(register.key, {}))
        assert made.pk, register.key


def test_a_page_with_a_form_can_be_filled_in():
    tree = make.tree()
    client = make.client_of(make.clerk(tree.north))

    answer = make.fill(
        client, "/registers/organisations/new/", name="邻里会", kind="community", status="filed"
    )

    made = declaration.get("organisations").model.objects.get(name="邻里会")
    assert (answer.status_code, answer.url) == (302, made.get_absolute_url())
