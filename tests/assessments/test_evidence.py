"""Papers that stand for a clause: chosen from the record, and opened by those who may."""

import pytest

from tests import factories as make
from tests.assessments.judged import called, now
from tests.refusals import refused
from tongxin.accounts.choices import Sensitivity
from tongxin.assessments import actions
from tongxin.core.errors import NotYours
from tongxin.files.models import Attachment
from tongxin.panels.choices import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers(base):
    return [make.attachment(base, name) for name in ("消防证明", "场地合同")]


def url(assessment, *rest):
    return "/".join(("/assessments", str(assessment.pk), *rest, ""))


def test_papers_are_chosen_for_a_clause_and_shown_at_it(checked, papers, county):
    client = make.client_of(county)
    chosen = {"papers": [each.pk for each in papers]}

    assert client.post(url(checked, "clauses", "1", "papers"), chosen).status_code == 302

    page = client.get(url(checked)).content.decode()
    assert all(url(checked, "papers", str(each.pk)) in page for each in papers)
    assert client.get(url(checked, "papers", str(papers[0].pk))).status_code == 200


def test_an_expert_opens_what_stands_for_a_clause_but_nothing_restricted(
    checked, papers, county, experts
):
    actions.lay_out(now(checked), "1", [each.pk for each in papers], by=county)
    Attachment.objects.filter(pk=papers[1].pk).update(sensitivity=Sensitivity.RESTRICTED)
    called(checked, Kind.EXPERTS, experts[:1], county)
    expert = make.client_of(experts[0])

    assert expert.get(url(checked, "papers", str(papers[0].pk))).status_code == 200
    assert expert.get(url(checked, "papers", str(papers[1].pk))).status_code == 404
    assert "场地合同" not in expert.get(url(checked)).content.decode()
    stranger = make.client_of(experts[3])
    assert stranger.get(url(checked, "papers", str(papers[0].pk))).status_code == 404


def test_only_papers_of_the_record_are_chosen_and_only_in_ones_turn(
    checked, papers, county, clerk, tree
):
    elsewhere = make.attachment(
        make.record("bases", place=tree.north, of=make.programme(tree.city, "b")), "别处"
    )
    with refused("从列表里选附件"):
        actions.lay_out(now(checked), "1", [elsewhere.pk], by=county)
    with pytest.raises(NotYours):
        actions.lay_out(now(checked), "1", [papers[0].pk], by=clerk)
