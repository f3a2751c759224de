"""A record reads the same, whatever language was spoken when it was entered."""

import pytest
from django.utils.translation import override

from tests import factories as make
from tongxin.journal.clear import clear
from tongxin.journal.queries import entries_of

pytestmark = pytest.mark.django_db


def test_a_composed_name_is_kept_in_the_source_language():
    tree = make.tree()
    pilot = make.programme(tree.city)

    with override("en"):
        site = make.site(pilot, tree.north, designated=False)
        made = make.record("designations", site=site, level="city")

    assert made.name == "市级示范点"


def test_the_journal_keeps_names_in_the_source_language():
    tree = make.tree()

    with override("en"):
        made = make.posted("clerk", tree.north).postings.get()

    (entry,) = entries_of(made)
    assert clear(entry).name.endswith("经办员")


def test_a_form_speaks_the_language_of_the_reader():
    tree = make.tree()
    make.programme(tree.city)
    client = make.client_of(make.coordinator(tree.city))

    answer = client.post("/registers/sites/new/", {}, headers={"accept-language": "en"})

    page = answer.content.decode()
    assert "Enter the name" in page
    assert "Select the occupational group" in page
    assert "New demonstration site" in page


def test_a_role_and_its_place_are_one_phrase_in_english():
    tree = make.tree()
    make.programme(tree.city)
    client = make.client_of(make.coordinator(tree.city))

    page = client.get("/", headers={"accept-language": "en"}).content.decode()

    assert f"{tree.city.versions.get().name} coordinator" in page
