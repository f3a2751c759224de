"""What a record refers to already stays a choice in its form, and nothing else that is hidden."""

import pytest

from tests import factories as make
from tongxin.registers import declaration
from tongxin.registers.actions import set_void

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return make.tree()


def void(record):
    return set_void(declaration.of(type(record)), record, by=None, void=True, reason="重复")


def test_the_means_of_a_project_can_be_kept_after_it_was_voided(tree):
    pilot = make.programme(tree.city)
    kept, other = (make.record("means", of=pilot, name=name) for name in ("党建方式", "旧方式"))
    project = make.record("projects", place=tree.east, of=pilot, means=kept)
    void(kept)
    void(other)
    client = make.client_of(make.clerk(tree.east))
    url = f"{project.get_absolute_url()}edit/"

    page = client.get(url).content.decode()
    sent = client.post(
        url,
        {
            "name": "改名的项目",
            "means": kept.pk,
            "place": "东县",
            "sensitivity": "internal",
            "version": project.version,
        },
    )
    project.refresh_from_db()

    assert f'value="{kept.pk}" selected' in page
    assert other.name not in page
    assert sent.status_code == 302, sent.content.decode()
    assert (project.name, project.means) == ("改名的项目", kept)


def test_who_takes_part_can_be_kept_after_it_was_voided_and_no_other_void_one_chosen(tree):
    pilot = make.programme(tree.city)
    campaign = make.record("campaigns", place=tree.east, of=pilot)
    kept, other = (make.record("organisations", place=tree.east, name=n) for n in ("甲会", "乙会"))
    entry = make.record("participations", campaign=campaign, organisation=kept)
    void(kept)
    void(other)
    client = make.client_of(make.clerk(tree.east))
    url = f"{entry.get_absolute_url()}edit/"
    typed = {"sensitivity": "public", "version": entry.version}

    refused = client.post(url, {**typed, "organisation": "乙会"})
    sent = client.post(url, {**typed, "organisation": "甲会"})
    entry.refresh_from_db()

    assert refused.status_code == 422
    assert sent.status_code == 302
    assert (entry.organisation, entry.sensitivity) == (kept, "public")
