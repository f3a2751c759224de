"""An assessment in the browser: filled in without JavaScript, judged on a phone, publicised."""

import datetime as dt

from playwright.sync_api import expect

from tests.browser import looking
from tests.browser.conftest import PHONE, WIDE
from tests.browser.pressing import follow, press

TODAY = dt.date.today()  # noqa: DTZ011  the server reads the same clock
NAME = "虹桥青年读书会（样例）"
GRADES = 'SELECT "name", "state" FROM "assessments_grade" ORDER BY "id"'


def handed_in(open_as):
    """Fill in the self-assessment on a phone and hand it in; return its path."""
    page = open_as("street", width=PHONE, java_script_enabled=False)
    page.goto("/standards/organisation-grade-1000/")
    follow(page.get_by_role("link", name="开始评估"))
    page.get_by_label("社会组织").check()
    page.get_by_label("名称").fill(NAME)
    page.get_by_label("轮次").fill("2026 年度（样例）")
    press(page, "开始评估")
    for at in range(1, 6):
        page.locator(f'[name="v:0.{at}"]').select_option("yes")
    page.locator('[name="v:1"]').fill("960")
    page.locator('[name="c:party_unit"]').select_option("yes")
    press(page, "交初审")
    expect(page.get_by_text("已交初审")).to_be_visible()
    return page.url


def test_an_assessment_is_opened_from_its_record_and_taken_back(open_as, changing):
    page = open_as("street", width=PHONE)
    page.goto("/registers/organisations/?q=虹桥青年读书会")
    follow(page.get_by_role("link", name=NAME).first)
    follow(page.get_by_role("link", name="评估", exact=True))
    follow(page.get_by_role("link", name="开始评估"))
    expect(page.get_by_label("轮次")).to_have_value(f"{TODAY.year} 年度")
    press(page, "开始评估")
    expect(page.locator(".error-summary")).to_contain_text("从列表里选")
    assert looking.faults(page) == []
    page.get_by_label("社会组织评估计分（千分制）").check()
    page.get_by_label("轮次").fill("2031 年度（样例）")
    press(page, "开始评估")
    expect(page.locator("h1")).to_have_text(NAME)

    follow(page.get_by_role("link", name="撤销评估"))
    page.get_by_label("为什么撤销").fill("样例：开错了对象")
    assert looking.faults(page) == []
    press(page, "撤销评估")
    expect(page.get_by_text("评估已撤销")).to_be_visible()
    expect(page.get_by_role("link", name="开始评估")).to_be_visible()


def called(open_as, path):
    """Let the county ask the expert of the demo."""
    chief = open_as("chongchuan", width=WIDE)
    chief.goto(path)
    follow(chief.get_by_role("link", name="邀请专家评分"))
    press(chief, "邀请专家评分")
    expect(chief.locator(".error-summary")).to_contain_text("选了 0 人，至少要 1 人")
    chief.locator('[name="members"]').first.check()
    press(chief, "邀请专家评分")
    expect(chief.get_by_text("待声明利害关系")).to_be_visible()
    return chief


def led(open_as):
    """Let the expert come from the home page to the panel, on a phone."""
    expert = open_as("expert", width=PHONE)
    expert.goto("/")
    follow(expert.get_by_role("link", name="项评审等你"))
    follow(expert.get_by_role("link", name=NAME))
    follow(expert.get_by_role("link", name="声明利害关系"))
    return expert


def test_an_organisation_is_assessed_judged_and_its_grade_put_up(open_as, changing):
    path = handed_in(open_as)
    chief = called(open_as, path)
    press(chief, "汇总")
    expect(chief.locator(".error-summary")).to_contain_text("还有 1 人没有提交")

    expert = led(open_as)
    expert.get_by_label("没有利害关系").check()
    press(expert, "声明利害关系")
    follow(expert.get_by_role("link", name="评分", exact=True))
    expert.locator('[name="v:1"]').fill("930")
    press(expert, "提交评分")
    expect(expert.locator(".error-summary")).to_contain_text("条目 1 初审 960 分，专家 930 分")
    expect(expert.locator('[name="v:1"]')).to_have_value("930")
    expert.locator('[name="r:1"]').fill("样例：材料缺两份")
    assert looking.faults(expert) == []
    press(expert, "提交评分")
    expect(expert.get_by_text("已提交").first).to_be_visible()

    press(chief, "汇总")
    chief.goto(path)
    chief.get_by_label("评定日期").fill(TODAY.isoformat())
    chief.get_by_label("先公示").check()
    press(chief, "评定")
    expect(chief.get_by_text("拟定，待公示")).to_be_visible()
    assert looking.barriers(chief) == []
    follow(chief.get_by_role("link", name="公示评定结果"))
    chief.get_by_label("公示地点或网址").fill("样例：区政府网站")
    press(chief, "公示评定结果")
    assert changing.rows(GRADES)[-1] == ("4A", "proposed")


def test_an_expert_with_an_interest_is_refused_in_words(open_as, changing):
    called(open_as, handed_in(open_as))
    expert = led(open_as)
    panel = expert.url.removesuffix("declare/")

    press(expert, "声明利害关系")
    expect(expert.locator(".error-summary")).to_contain_text("选一项：有没有利害关系")
    expert.get_by_label("与被评单位有经济往来或竞争").check()
    press(expert, "声明利害关系")

    expect(expert.get_by_text("你已回避这次评审，不能评")).to_be_visible()
    expect(expert.get_by_role("link", name="评分", exact=True)).to_have_count(0)
    expert.goto(panel)
    assert looking.barriers(expert) == []
