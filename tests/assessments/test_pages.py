"""Assessments in the browser: opened, filled in, given back, decided, and scored anew."""

import pytest

from tests import factories as make
from tongxin.standards.actions import begin_draft

pytestmark = pytest.mark.django_db
BY = "/assessments/by/city-table/1"


@pytest.fixture
def browser(writer):
    return make.client_of(writer)


def text_of(answer):
    return answer.content.decode()


def test_an_assessment_is_filled_in_on_the_page_and_decided_by_the_county(published, tree):
    base = make.record("bases", place=tree.north, of=make.programme(tree.city), name="北镇基地")
    clerk = make.client_of(make.clerk(tree.north))
    county = make.client_of(make.coordinator(tree.east))
    told = {"register": "bases", "name": "北镇", "round": "2026 年度"}
    sheet = clerk.post(f"{BY}/new/", told).url
    page = text_of(clerk.get(sheet))
    assert "已填 0 / 11" in page
    assert 'name="v:4:host_joint"' in page

    values = {"v:1": "80", "v:2": "5", "v:3": "5", "v:5": "5", "v:6": "100", "v:8": "4"}
    values |= {"v:4:host": "8", "v:4:hire": "0", "v:4:host_joint": "0", "v:4:hire_joint": "0"}
    values |= {"v:7:company": "1", "v:7:trader": "0", "v:9": "300000", "v:10": "0"}
    values |= {f"v:11:{name}": "0" for name in ("college", "bachelor", "master", "doctor")}
    wrong = clerk.post(sheet, values | {"v:1": "many", "v:2": "4", "seen": "1", "act": "save"})
    assert wrong.status_code == 422
    assert "条目 1（工位数）：值 “many” 不是数字" in text_of(wrong)
    assert 'value="many"' in text_of(wrong)
    assert clerk.post(sheet, values | {"seen": "1", "act": "hand_in"}).status_code == 302

    assert clerk.post(sheet, values | {"seen": "2"}).status_code == 404
    owes = county.post(sheet, values | {"v:1": "50", "seen": "2", "act": "save"})
    assert "条目 1 自评 8 分，初审 5 分，写明理由" in text_of(owes)
    reason = {"v:1": "50", "r:1": "只数到 50 个", "seen": "2", "act": "save"}
    assert county.post(sheet, values | reason).status_code == 302
    award = {"seen": "3", "act": "decide", "decided_on": "2026-03-01"}
    papers = county.post(f"{sheet}decide/", award | {"certificate": "Z-1"})
    assert papers.status_code == 422
    assert "这次没有评出等级，不发证书和牌匾" in text_of(papers)
    assert 'value="Z-1"' in text_of(papers)
    late = county.post(f"{sheet}decide/", award | {"decided_on": "2026-13-01", "plaque": "P-1"})
    assert "日期按“年-月-日”填写" in text_of(late)
    assert 'value="P-1"' in text_of(late)
    county.post(f"{sheet}decide/", award)

    page = text_of(clerk.get(sheet))
    assert "已评定" in page
    assert "只数到 50 个" in page
    assert "8 → <b>5</b>" in page
    assert "北镇基地" in text_of(county.get("/assessments/"))
    assert base.name not in text_of(make.client_of(make.clerk(tree.river)).get(sheet))


def test_a_sheet_is_given_back_from_the_page(published, tree):
    make.record("bases", place=tree.north, of=make.programme(tree.city), name="北镇基地")
    clerk = make.client_of(make.clerk(tree.north))
    county = make.client_of(make.coordinator(tree.east))
    told = {"register": "bases", "name": "北镇基地", "round": "2026"}
    sheet = clerk.post(f"{BY}/new/", told).url
    clerk.post(sheet, {"v:1": "50", "seen": "1", "act": "hand_in"})

    stale = county.post(f"{sheet}back/", {"version": "1", "reason": "材料不全"})
    assert stale.status_code == 422
    assert "别人刚办过这件事" in text_of(stale)
    assert 'value="材料不全"' in text_of(stale)
    empty = county.post(f"{sheet}back/", {"version": "2", "reason": " "})
    assert "写一句为什么退回" in text_of(empty)

    back = {"version": "2", "reason": "材料不全"}
    assert "已退回自评" in text_of(county.post(f"{sheet}back/", back, follow=True))
    assert "存" in text_of(clerk.get(sheet))
    assert county.get(f"{sheet}back/").status_code == 404


def test_what_another_version_would_change_is_shown_and_nothing_is_changed(published, tree, writer):
    make.record("bases", place=tree.north, of=make.programme(tree.city), name="北镇基地")
    clerk, browser = make.client_of(make.clerk(tree.north)), make.client_of(writer)
    told = {"register": "bases", "name": "北镇基地", "round": "2026"}
    sheet = clerk.post(f"{BY}/new/", told).url
    clerk.post(sheet, {"v:1": "50", "seen": "1", "act": "save"})
    begin_draft(published.standard, by=writer)
    second = "/standards/city-table/2"
    told = {"code": "1", "text": "工位数", "maximum": "10", "kind": "threshold", "seen": 1}
    browser.post(f"{second}/clauses/1/", told | {"rule": "60: 5\n+1: 0.1"})

    page = text_of(browser.get("/assessments/by/city-table/2/what-if/"))

    assert "1 次评估，1 次会变" in page
    assert "北镇基地" in page
    assert clerk.get("/assessments/by/city-table/2/what-if/").status_code == 404


def test_who_is_not_in_the_register_is_not_assessed(published, tree):
    clerk = make.client_of(make.clerk(tree.north))
    told = {"register": "organisations", "name": "没有的", "round": "2026"}

    answer = clerk.post(f"{BY}/new/", told)

    assert answer.status_code == 422
    assert "台账里没有你能评估的“没有的”" in text_of(answer)


def test_a_sheet_is_filled_in_clause_by_clause_and_keeps_the_others(published, tree):
    make.record("bases", place=tree.north, of=make.programme(tree.city), name="北镇基地")
    clerk = make.client_of(make.clerk(tree.north))
    told = {"register": "bases", "name": "北镇基地", "round": "2026"}
    sheet = clerk.post(f"{BY}/new/", told).url
    first = text_of(clerk.get(f"{sheet}?at=1"))
    assert "第 1 条，共 11 条" in first
    assert 'name="v:2"' not in first

    on = clerk.post(f"{sheet}?at=1", {"v:1": "80", "seen": "1", "act": "next"})
    assert on.url == f"{sheet}?at=2"
    back = clerk.post(f"{sheet}?at=2", {"v:2": "4", "seen": "2", "act": "previous"})
    assert back.url == f"{sheet}?at=1"
    wrong = clerk.post(f"{sheet}?at=1", {"v:1": "many", "seen": "3", "act": "next"})
    assert (wrong.status_code, 'value="many"' in text_of(wrong)) == (422, True)
    last = clerk.post(f"{sheet}?at=11", {"seen": "3", "act": "hand_in"})
    assert last.url == sheet

    whole = text_of(clerk.get(sheet))
    assert "已填 2 / 11" in whole
    assert ('value="80"' in whole, 'value="4"' in whole) == (True, True)
    assert "交初审" in whole
    assert "第 1 条" not in text_of(clerk.get(f"{sheet}?at=nothing"))
