"""Standards in the browser: read by everybody, written by those who hold the power."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from tests import factories as make
from tongxin.accounts.choices import Role
from tongxin.sheets.reading import read
from tongxin.standards.actions import begin_draft, seed
from tongxin.standards.models import Standard, Version
from tongxin.standards.queries import supplied
from tongxin.standards.rules.writing import plain
from tongxin.standards.sheets import content_of, workbook_of

pytestmark = pytest.mark.django_db
BASE = "/standards/city-table/1"
CLAUSE = {"code": "12", "text": "新条目", "maximum": "4", "kind": "threshold"}


@pytest.fixture
def browser(writer):
    return make.client_of(writer)


def text_of(answer):
    return answer.content.decode()


def now(number=1):
    return Version.objects.get(standard__key="city-table", number=number)


def saves(browser, path, **values):
    return browser.post(f"{BASE}/{path}", {"seen": now().revision, **values})


def test_a_clerk_reads_what_is_published_and_finds_no_door_to_write(published, tree, writer):
    begin_draft(published.standard, by=writer)
    clerk = make.client_of(make.clerk(tree.river))

    page = text_of(clerk.get(f"{BASE}/"))

    assert "不到 50 个不得分，达到得 5 分" in page
    assert "第 2 版" not in page
    assert "编写" not in page.split("<main")[1]
    for path in ("/standards/city-table/2/", f"{BASE}/general/", "/standards/new/"):
        assert clerk.get(path).status_code == 404
    for path in ("begin/", "publish/", "discard/", "arrange/"):
        assert clerk.post(f"{BASE}/{path}", {"code": "1", "act": "up"}).status_code == 404


def test_an_expert_reads_what_is_published(published, tree):
    expert = make.client_of(make.posted(Role.EXPERT, tree.city))

    assert expert.get("/standards/").status_code == 200
    assert expert.get("/standards/city-table/", follow=True).redirect_chain[-1][0] == f"{BASE}/"


def test_a_county_does_not_know_of_the_draft_of_its_city(draft, tree):
    county = make.client_of(make.coordinator(tree.east))

    assert "甲市评价表" not in text_of(county.get("/standards/"))
    assert county.get("/standards/city-table/").status_code == 404
    assert county.get(f"{BASE}/clauses/1/").status_code == 404
    assert saves(county, "clauses/1/", **CLAUSE).status_code == 404


def test_the_list_names_every_standard_with_its_versions(published, browser, writer):
    seed()
    begin_draft(published.standard, by=writer)

    page = text_of(browser.get("/standards/"))

    assert page.count("随产品提供") == 7
    assert "第 2 版草稿" in page
    assert "甲市" in page


def test_a_standard_is_written_from_nothing_to_its_publication(tree, browser):
    told = {"name": "基地标准", "key": "bases", "division": tree.city.pk, "start": ""}
    made = browser.post("/standards/new/", told)
    assert made.url == "/standards/bases/1/"
    base, seen = "/standards/bases/1", 1

    def sends(path, **values):
        nonlocal seen
        answer = browser.post(f"{base}/{path}", {"seen": seen, **values})
        assert answer.status_code == 302, text_of(answer)
        seen += 1

    sends("add/", code="1", text="场地", maximum="10", kind="")
    rule = ">=500: 6\n>=200 <500: 3\n<200: 0"
    sends("add/?under=1", code="1.1", text="面积", maximum="6", kind="tiers", rule=rule)
    told = {"kind": "pass_fail", "veto": "on", "methods": "看现场、查材料", "evidence": "检查记录"}
    sends("add/?under=1", code="1.2", text="消防", maximum="4", **told)
    sends("add/?bonus=1", code="2", text="附加", maximum="3", kind="manual")
    page = text_of(browser.get(f"{base}/"))
    assert "各条满分相加是 10，标准的总分写的是 100" in page
    grades = "甲: >=8\n乙: >=5 <8"
    whole = {"name": "基地标准", "maximum": "10", "bonus_cap": "2", "final_cap": "10"}
    sends(
        "general/",
        **whole,
        grades=grades,
        conditions="party: 建立了党组织",
        caps="party=否: 乙",
        sources="本市通知",
    )
    assert "没有问题，可以发布" in text_of(browser.get(f"{base}/"))
    sends("publish/")

    content = Version.objects.get(standard__key="bases").tree
    assert plain(content)["clauses"][0]["clauses"][1]["methods"] == ["visit", "documents"]
    assert [grade.name for grade in content.grades] == ["甲", "乙"]
    assert content.caps[0].holds is False
    page = text_of(browser.get(f"{base}/"))
    assert "没有“建立了党组织”的，最高 乙" in page
    assert "一票否决" in page
    assert "编写下一版" in page


def test_a_clause_is_changed_and_its_form_shows_what_it_says(draft, browser):
    page = text_of(browser.get(f"{BASE}/clauses/4/"))
    assert "host_joint: 0.5 与其他单位共同主办" in page

    answer = saves(
        browser,
        "clauses/1/",
        **CLAUSE | {"code": "1", "text": "工位", "maximum": "10", "rule": "50: 6\n+2: 0.1"},
    )

    assert answer.url == f"{BASE}/#c-1"
    clause = now().tree.clauses[0]
    assert (clause.text, str(clause.rule.points), str(clause.rule.step)) == ("工位", "6", "2")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"code": ""}, "填写“编号”"),
        ({"maximum": "many"}, "“many” 不是数字"),
        ({"rule": "about fifty"}, "第 1 行“about fifty”看不懂"),
        ({"rule": "50: 5\n+0: 1"}, "“step”要大于 0"),
        ({"kind": "", "rule": "50: 5"}, "没有选是哪一种"),
        ({"kind": "magic"}, "从列表里选评分办法"),
        ({"methods": "猜"}, "没有“猜”这种核查方式"),
        ({"rounding": "some"}, "“some” 看不懂"),
        ({"code": "3"}, "编号与前面的条目相同"),
        ({"code": "a b"}, "编号只能用字母"),
    ],
)
def test_what_cannot_be_read_is_said_and_everything_typed_is_kept(draft, browser, values, words):
    answer = saves(browser, "add/", **CLAUSE | {"rule": "50: 5", "note": "别丢掉这句"} | values)

    assert answer.status_code == 422
    assert words in text_of(answer).replace("&quot;", '"')
    assert "别丢掉这句" in text_of(answer)
    assert now().revision == 1


def test_somebody_elses_change_in_between_is_told_and_nothing_typed_is_lost(draft, browser):
    saves(browser, "arrange/", code="1", act="down")

    late = browser.post(f"{BASE}/add/", {"seen": 1, **CLAUSE, "rule": "50: 4", "note": "我的"})

    assert late.status_code == 422
    assert "别人刚改过这一版" in text_of(late)
    assert "我的" in text_of(late)
    assert 'name="seen" value="2"' in text_of(late)
    assert saves(browser, "add/", **CLAUSE, rule="50: 4").status_code == 302


def test_clauses_are_moved_and_removed_by_buttons(draft, browser):
    saves(browser, "arrange/", code="2", act="up")
    saves(browser, "arrange/", code="11", act="remove")

    assert [each.code for each in now().tree.clauses][:2] == ["2", "1"]
    assert len(now().tree.clauses) == 10
    assert browser.post(f"{BASE}/arrange/", {"code": "99", "act": "up"}).status_code == 404
    stale = browser.post(f"{BASE}/arrange/", {"code": "1", "act": "up", "seen": "1"}, follow=True)
    assert "别人刚改过这一版" in text_of(stale)


def test_a_draft_with_problems_is_not_published_and_says_why(draft, browser):
    saves(browser, "arrange/", code="11", act="remove")

    answer = browser.post(f"{BASE}/publish/", {"seen": now().revision}, follow=True)

    assert "各条满分相加是 92" in text_of(answer)
    assert now().state == "draft"


def test_the_next_version_shows_what_differs(published, browser):
    assert browser.post(f"{BASE}/begin/").url == "/standards/city-table/2/"
    second = "/standards/city-table/2"
    told = {"code": "1", "text": "工位数", "maximum": "10", "kind": "threshold", "seen": 1}
    browser.post(f"{second}/clauses/1/", told | {"rule": "40: 5\n+1: 0.1"})

    page = text_of(browser.get(f"{second}/against/1/"))

    assert '<del class="lines">50: 5' in page
    assert '<ins class="lines">40: 5' in page
    assert "两版一样" in text_of(browser.get(f"{BASE}/against/1/"))


def test_a_draft_is_thrown_away(draft, browser):
    assert browser.post(f"{BASE}/discard/", {"seen": 1}).url == "/standards/"
    assert not Standard.objects.filter(key="city-table").exists()


def test_a_version_is_taken_as_json_that_scores_the_same(published, browser):
    answer = browser.get(f"{BASE}/as/json/")

    assert json.loads(answer.content) == plain(published.tree)
    assert browser.get(f"{BASE}/as/pdf/").status_code == 404


def workbook(browser):
    return load_workbook(BytesIO(browser.get(f"{BASE}/as/xlsx/").content))


def sends(browser, book, name="标准.xlsx"):
    out = BytesIO()
    book.save(out)
    return browser.post(
        f"{BASE}/upload/",
        {"seen": now().revision, "file": SimpleUploadedFile(name, out.getvalue())},
    )


def test_a_workbook_that_is_taken_out_comes_back_unchanged(draft, browser):
    before = now().tree

    answer = sends(browser, workbook(browser))

    assert answer.status_code == 302
    assert (now().tree, now().revision) == (before, 1)


@pytest.mark.parametrize("key", ["incubation-base-city-example", "organisation-grade-1000"])
def test_every_supplied_standard_survives_the_workbook(key, tmp_path):
    content, path = supplied(key), tmp_path / "a.xlsx"
    path.write_bytes(workbook_of(content))

    assert content_of(read(path, "a.xlsx"), content) == (content, [])


def test_a_changed_workbook_changes_the_draft(draft, browser):
    book = workbook(browser)
    clauses = book["条目"]
    head = [cell.value for cell in clauses[2]]
    at = {str(name).rstrip("*").strip(): number for number, name in enumerate(head, 1)}
    clauses.cell(3, at["怎么计分"]).value = "40: 5\n+1: 0.1\nplaces 0"
    clauses.append(["12", None, "附加", 2, "直接打分", None, *[None] * 7, "是"])
    book["总则"]["B4"].value = 2

    assert sends(browser, book).status_code == 302

    content = now().tree
    assert str(content.clauses[0].rule.start) == "40"
    assert [each.code for each in content.bonus] == ["12"]


def test_every_error_of_a_workbook_is_said_at_once_with_its_cell(draft, browser):
    book = workbook(browser)
    clauses = book["条目"]
    clauses["D3"].value = "ten"
    clauses["E4"].value = "magic"
    clauses["B5"].value = "77"
    clauses["A6"].value = "1"
    clauses["C7"].value = None
    book["总则"]["B3"].value = "x"

    answer = sends(browser, book)

    page = text_of(answer)
    assert answer.status_code == 422
    for cell in ("条目!D3", "条目!E4", "条目!B5", "条目!A6", "条目!C7", "总则!B3"):
        assert cell in page
    assert "有 6 处要改" in page
    assert now().revision == 1


def test_what_is_no_workbook_is_refused_in_words(draft, browser):
    values = {"seen": 1, "file": SimpleUploadedFile("a.xlsx", b"nothing of the kind")}

    answer = browser.post(f"{BASE}/upload/", values)

    assert answer.status_code == 422
    assert "没有名为“条目”" in text_of(answer)
    assert "选一个工作簿" in text_of(browser.post(f"{BASE}/upload/", {"seen": 1}))


def test_a_workbook_of_something_else_says_what_is_missing(draft, browser):
    from openpyxl import Workbook

    answer = sends(browser, Workbook())

    assert "没有名为“条目”" in text_of(answer)
    assert "没有名为“总则”" in text_of(answer)
