"""An assessment is opened from the record it is of, and taken back while it is filled in."""

import json

import pytest
from django.utils import timezone

from tests import factories as make
from tests.assessments.conftest import MUSTS
from tests.assessments.judged import called, now
from tests.refusals import refused
from tongxin.accounts.choices import Role
from tongxin.assessments import actions
from tongxin.assessments.actions import Sheet, cancel, open_assessment, save, send_back
from tongxin.assessments.models import Assessment
from tongxin.core.errors import NotYours, Outdated
from tongxin.journal.models import Entry
from tongxin.panels.choices import Kind

pytestmark = pytest.mark.django_db
REASON = "开错了对象"


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def opened(graded, base, clerk):
    return open_assessment(graded, "bases", base, by=clerk, round_="2026 年度")


def test_whoever_may_change_a_record_opens_its_assessment_in_two_steps(graded, base, clerk):
    browser, of_record = make.client_of(clerk), f"/assessments/of/bases/{base.pk}/"
    assert f'href="{of_record}new/"' in text_of(browser.get(of_record))

    page = text_of(browser.get(f"{of_record}new/"))
    assert base.name in page
    assert f'value="{timezone.localdate().year} 年度"' in page
    wrong = browser.post(f"{of_record}new/", {"version": "0", "round": "2026 上半年"})
    assert wrong.status_code == 422
    assert "从列表里选" in text_of(wrong)
    assert 'value="2026 上半年"' in text_of(wrong)

    answer = browser.post(f"{of_record}new/", {"version": graded.pk, "round": "2026 上半年"})

    made = Assessment.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.subject_id, made.version, made.round) == (base.pk, graded, "2026 上半年")
    twice = browser.post(f"{of_record}new/", {"version": graded.pk, "round": "2026 上半年"})
    assert "在这一轮里已经有评估" in text_of(twice)


def test_others_find_no_way_to_open_one(graded, base, tree, county):
    new = f"/assessments/of/bases/{base.pk}/new/"
    for account in (make.clerk(tree.river), make.posted(Role.AUDITOR, tree.city)):
        assert make.client_of(account).get(new).status_code == 404
    assert (
        make.client_of(county).get(f"/assessments/of/tenancies/{base.pk}/new/").status_code == 404
    )


def test_one_opened_by_mistake_is_taken_back_and_the_journal_keeps_it(opened, clerk):
    save(opened, Sheet(MUSTS | {"1": "960"}), by=clerk, seen=1)
    browser, url = make.client_of(clerk), opened.get_absolute_url()
    assert f'href="{url}cancel/"' in text_of(browser.get(url))

    stale = browser.post(f"{url}cancel/", {"version": "1", "reason": REASON})
    assert "别人刚办过这件事" in text_of(stale)
    empty = browser.post(f"{url}cancel/", {"version": "2", "reason": " "})
    assert "写一句为什么撤销" in text_of(empty)
    answer = browser.post(f"{url}cancel/", {"version": "2", "reason": REASON}, follow=True)

    assert "评估已撤销" in text_of(answer)
    assert not Assessment.objects.exists()
    entry = Entry.objects.get(verb="assessments.cancelled")
    assert REASON in json.dumps(entry.facts, ensure_ascii=False)
    assert "960" in json.dumps(entry.before, ensure_ascii=False)


def test_what_is_handed_in_or_strange_is_not_taken_back(opened, clerk, county, tree):
    with pytest.raises(NotYours):
        cancel(opened, by=make.clerk(tree.river), seen=1, reason=REASON)
    with pytest.raises(Outdated):
        cancel(opened, by=clerk, seen=7, reason=REASON)
    with refused("这里不存个人的证件号"):
        cancel(opened, by=clerk, seen=1, reason="11010519491231002X")
    save(opened, Sheet(MUSTS | {"1": "960"}, {"party_unit": True}), by=clerk, seen=1, hand_in=True)
    for who in (clerk, county):
        with pytest.raises(NotYours):
            cancel(opened, by=who, seen=2, reason=REASON)
    assert make.client_of(county).get(f"{opened.get_absolute_url()}cancel/").status_code == 404


def test_what_experts_were_asked_about_is_kept(checked, clerk, county, experts):
    from tongxin.panels.actions import call_off

    panel = called(checked, Kind.EXPERTS, experts[:3], county)
    call_off(panel, by=county, reason="材料不全")
    current = now(checked)
    actions.back_to_check(current, by=county, seen=current.revision, reason="材料不全")
    current = now(checked)
    current = send_back(current, by=county, seen=current.revision, reason="材料不全")

    with refused("已经邀请过评审，评审记录要留存，不能撤销"):
        cancel(current, by=clerk, seen=current.revision, reason=REASON)

    assert Assessment.objects.filter(pk=checked.pk).exists()
