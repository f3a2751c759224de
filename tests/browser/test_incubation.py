"""A tenant from the application to the premises handed back, by the people concerned."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE
from tests.browser.looking import faults
from tests.browser.pressing import follow, press

STATES = 'SELECT "state" FROM "incubation_tenancy" ORDER BY "id"'


def states(installation):
    return [state for (state,) in installation.rows(STATES)]


def base_opened(page, places="1"):
    """Enter a base in the clerk's street, and go to its places."""
    page.goto("/registers/bases/new/")
    page.get_by_label("名称").fill("虹桥孵化点")
    page.get_by_label("所属地区").fill("虹桥街道")
    page.get_by_label("级别").select_option("镇（街道）级")
    page.locator("#id_capacity").fill(places)
    press(page, "登记孵化基地")
    follow(page.get_by_role("link", name="入驻情况"))
    return re.search(r"/incubation/bases/(\d+)/", page.url).group(1)


def apply(page, base, **typed):
    """Enter an application, note its papers, and go to its steps."""
    page.goto(f"/registers/tenancies/new/?base={base}")
    for name, text in typed.items():
        page.locator(f"#id_{name}").fill(text)
    page.locator("#id_plan").fill("两年内登记")
    page.get_by_label("入驻类型").select_option("初创或能力较弱")
    press(page, "登记入驻")
    follow(page.get_by_role("link", name="办理", exact=True))
    follow(page.get_by_role("link", name="登记收到的材料"))
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "收到的材料")
    expect(page.get_by_role("status")).to_contain_text("已记下收到的材料")
    return page.url


def step(page, url, verb, **typed):
    """Make one step from the page of a tenancy."""
    page.goto(url)
    follow(page.get_by_role("main").get_by_role("link", name=verb, exact=True))
    for name, text in typed.items():
        if name == "choose":
            page.get_by_role("radio", name=text, exact=True).check()
        else:
            page.locator(f"#id_{name}").fill(text)
    press(page, verb, exact=True)


def put_up(clerk, county, url, on):
    """Draft the notice of an application, of which only the place is typed, and post it."""
    clerk.goto(url)
    follow(clerk.get_by_role("link", name="起草公示"))
    expect(clerk.get_by_label("标题")).to_have_value("关于“虹桥邻里服务社（样例）”拟入驻的公示")
    clerk.get_by_label("公示地点或网址").fill("虹桥街道公告栏")
    press(clerk, "存草稿")
    county.goto(clerk.url)
    follow(county.get_by_role("link", name="发布公示"))
    county.get_by_label("发布日期").fill(on)
    press(county, "发布公示")
    return county.url


def objected_and_closed(clerk, county, notice):
    """Let somebody object, refuse to close over it, answer, and close on a day that is right."""
    clerk.goto(notice)
    follow(clerk.get_by_role("link", name="登记异议"))
    clerk.get_by_label("收到日期").fill("2017-10-20")
    clerk.get_by_label("异议内容").fill("场地证明没有贴出来")
    press(clerk, "登记异议")
    county.goto(notice)
    county.get_by_label("结束日期").fill("2017-10-25")
    press(county, "结束公示")
    expect(county.get_by_role("alert")).to_contain_text("还有 1 条异议没有答复")
    assert faults(county) == []
    follow(county.get_by_role("link", name="答复", exact=True))
    county.get_by_label("异议不成立").check()
    county.get_by_label("核实情况和理由").fill("已补贴，场地符合")
    county.get_by_label("答复日期").fill("2017-10-23")
    press(county, "登记答复")
    county.get_by_label("结束日期").fill("2017-10-22")
    press(county, "结束公示")
    expect(county.get_by_role("alert")).to_contain_text("公示到 2017-10-24 为止")
    county.get_by_label("结束日期").fill("2017-10-25")
    press(county, "结束公示")
    expect(county.get_by_text("公示结束").first).to_be_visible()


def mentored(page, url, on):
    """Enter an event of a tenancy."""
    page.goto(url)
    follow(page.get_by_role("link", name="登记孵化记录"))
    page.locator("#id_name").fill("财务辅导")
    page.get_by_label("种类").select_option("导师辅导")
    page.locator("#id_happened_on").fill(on)
    press(page, "登记孵化记录")
    expect(page.get_by_role("status")).to_contain_text("已登记“财务辅导”")


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_a_whole_life_and_the_wrong_moves_in_words(open_as, changing, width):
    clerk, county = open_as("street", width=width), open_as("chongchuan", width=width)
    base = base_opened(county)
    first = apply(clerk, base, organisation="虹桥邻里服务社（样例）")
    second = apply(clerk, base, applicant="青年读书会筹备组")
    for url in (first, second):
        step(clerk, url, "提交申请", on="2017-09-29")
        expect(clerk.get_by_text("最迟 2017-10-12 核对完")).to_be_visible()
        step(clerk, url, "核对通过", on="2017-10-09")
    assert faults(clerk) == []

    step(county, first, "评审通过", on="2017-10-16")
    step(county, second, "评审通过", on="2017-10-16")
    expect(county.get_by_role("alert")).to_contain_text("席位不够：共 1 个，已占用或已答应 1 个")
    assert faults(county) == []
    step(county, second, "列入候补", on="2017-10-16")

    step(clerk, first, "转入公示", on="2017-10-17")
    expect(clerk.get_by_role("alert")).to_contain_text("还没有发布公示。先在办理页起草公示")
    notice = put_up(clerk, county, first, "2017-10-17")
    step(clerk, first, "转入公示", on="2017-10-17")
    expect(clerk.get_by_text("公示到 2017-10-24：自 2017-10-17 次日起 5 个工作日")).to_be_visible()
    assert faults(clerk) == []
    step(clerk, first, "签协议入驻", on="2017-10-25", until="2019-10-24")
    expect(clerk.get_by_role("alert")).to_contain_text("公示还没有结束，结束后再办")
    objected_and_closed(clerk, county, notice)
    step(clerk, first, "签协议入驻", on="2017-10-24", until="2019-10-24")
    expect(clerk.get_by_role("alert")).to_contain_text("公示还没有结束，结束后再办")
    clerk.locator("#id_on").fill("2017-10-25")
    press(clerk, "签协议入驻")
    expect(clerk.get_by_role("status")).to_contain_text("签协议入驻已办")
    mentored(clerk, first, "2018-03-05")
    clerk.goto(first)
    expect(clerk.get_by_text("另有 1 条孵化记录待审核，通过后计入。")).to_be_visible()
    mentored(county, first, "2018-04-09")
    clerk.goto(first)
    expect(clerk.get_by_role("rowheader", name="2018-04")).to_be_visible()

    clerk.goto(f"{first}admit/")
    expect(clerk.get_by_role("alert")).to_contain_text("现在是“在孵”，不能办“签协议入驻”")
    step(clerk, first, "中期评估", on="2018-10-25", choose="达到目标")
    step(clerk, first, "出壳评估", on="2019-10-08", choose="达到目标")
    step(county, first, "出壳", on="2019-10-18", choose="独立运营")
    expect(county.get_by_text("最迟 2019-11-08 交还场地")).to_be_visible()
    step(county, second, "评审通过", on="2019-10-20")
    expect(county.get_by_role("alert")).to_contain_text("席位不够")
    step(clerk, first, "交还场地", on="2019-11-05")
    step(county, second, "评审通过", on="2019-11-06")

    expect(county.get_by_role("status")).to_contain_text("评审通过已办")
    assert states(changing) == ["graduated", "approved"]
    county.goto(f"/incubation/bases/{base}/?year=2019")
    expect(county.get_by_role("row", name="2019-11").get_by_role("cell").first).to_have_text("1")
    expect(county.get_by_role("row", name="2019-12").get_by_role("cell").first).to_have_text("0")
    assert faults(county) == []


def test_without_javascript_a_step_is_refused_in_words_and_made(open_as, changing):
    page = open_as("chongchuan", java_script_enabled=False)
    url = apply(page, base_opened(page), applicant="青年读书会筹备组")

    step(page, url, "提交申请", on="2999-01-01")
    expect(page.get_by_role("alert")).to_contain_text("办理日期不能晚于今天")
    page.locator("#id_on").fill("2017-10-25")
    press(page, "提交申请")

    expect(page.get_by_role("status")).to_contain_text("提交申请已办")
    assert states(changing) == ["submitted"]
