"""What cannot be right is said in the summary and beside the field; nothing is lost."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.kinds import fill
from tests.browser.watch import taps

TABLES = (
    "journal_entry",
    "organisations_organisation",
    "brands_recognition",
    "sites_designation",
    "accounts_posting",
    "accounts_office",
    "registers_submission",
    "registers_piece",
)
ORGANISATION = {"name": "同心互助会", "kind": "52", "credit_code": "52320613MJ0000001H"}
RECOGNITION = {"kind": "渠道推送", "channel": "江苏省委统战部微信公众号", "place": "启东市"}
POSTING = {
    "account": "street",
    "office": "虹桥街道办事处（样例）",
    "role": "经办员",
    "since": "2018-01-01",
}


@dataclass(frozen=True, slots=True)
class Bad:
    """One mistake: who makes it where, what is typed, and what the house says to it."""

    name: str
    role: str
    path: str
    typed: dict
    field: str
    words: str


MISTAKES = (
    Bad(
        "wrong check digit",
        "street",
        "/registers/organisations/new/",
        ORGANISATION | {"credit_code": "52320613MJ0000001A"},
        "credit_code",
        "统一社会信用代码“52320613MJ0000001A”的最后一位校验不符，多半是抄错了一位。对照登记证书改正",
    ),
    Bad(
        "code of 17 characters",
        "street",
        "/registers/organisations/new/",
        ORGANISATION | {"credit_code": "52320613MJ0000001"},
        "credit_code",
        "统一社会信用代码是 18 位，现在 17 位。对照登记证书补全",
    ),
    Bad(
        "designation in the future",
        "city",
        "/registers/designations/new/?site=9",
        {"level": "县级", "designated_on": "2099-01-01"},
        "designated_on",
        r"命名日期不能晚于今天（\d{4}-\d\d-\d\d）",
    ),
    Bad(
        "recognition in the future",
        "city",
        "/registers/recognitions/new/",
        RECOGNITION | {"recognised_on": "2099-01-01"},
        "recognised_on",
        r"取得日期不能晚于今天（\d{4}-\d\d-\d\d）",
    ),
    Bad(
        "unknown division",
        "city",
        "/registers/recognitions/new/",
        RECOGNITION | {"place": "启东县城"},
        "place",
        "没有叫“启东县城”的地区.*",
    ),
    Bad(
        "division out of scope",
        "county",
        "/registers/recognitions/new/",
        RECOGNITION | {"place": "海安县"},
        "place",
        "“海安县”不在你负责的范围里。填“启东市”，或它下面的地区",
    ),
    Bad(
        "name of 5,000 characters",
        "street",
        "/registers/organisations/new/",
        ORGANISATION | {"name": "同" * 5_000},
        "name",
        "名称最多 60 字，现在 5000 字",
    ),
    Bad(
        "posting that overlaps",
        "security",
        "/offices/postings/",
        POSTING,
        "since",
        "这个账号从 2017-03-01 起已在这个单位任职.*",
    ),
    Bad(
        "administrator with a second role",
        "security",
        "/offices/postings/",
        POSTING | {"account": "audit"},
        "role",
        "系统、安全、审计三种管理员要由不同的人担任.*",
    ),
)


@pytest.mark.parametrize("bad", MISTAKES, ids=lambda bad: bad.name)
def test_mistake_is_said_in_the_summary_and_beside_the_field_and_nothing_is_written(
    open_as, installation, bad
):
    page = open_as(bad.role)
    page.goto(bad.path)
    before = {table: installation.count(table) for table in TABLES}
    fill(page, bad.typed)
    with page.expect_navigation() as sent:
        page.locator("main form[method=post] .btn").first.click()

    words = re.compile(f"^{bad.words}$")
    summary = page.locator(".error-summary")
    field = page.locator(f"#id_{bad.field}")
    expect(summary).to_be_focused()
    expect(summary.locator("li")).to_have_text([words])
    expect(page.locator(f"#id_{bad.field}_error p")).to_have_text([words])
    expect(field).to_have_attribute("aria-invalid", "true")
    assert page.title().startswith("有错：")
    assert sent.value.status == 422
    summary.get_by_role("link").click()
    expect(field).to_be_focused()
    assert kept(page, bad.typed) == bad.typed
    assert {table: installation.count(table) for table in TABLES} == before


def test_on_a_phone_a_mistake_is_found_and_its_field_reached_with_two_presses(open_as):
    page = open_as("street", width=PHONE)
    page.goto("/registers/organisations/new/")
    typed = ORGANISATION | {"credit_code": "52320613MJ0000001"}
    fill(page, typed)
    before = taps(page)
    with page.expect_navigation():
        page.locator("main form[method=post] .btn").first.click()

    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    words = summary.get_by_role("link").inner_text()
    expect(page.locator("#id_credit_code_error p")).to_have_text(words)
    summary.get_by_role("link").click()
    expect(page.locator("#id_credit_code")).to_be_focused()
    assert taps(page) - before == 2
    assert kept(page, typed) == typed


def kept(page, typed):
    """Return what the fields hold now, as it was typed or chosen."""
    shown = "node => node.tagName === 'SELECT' ? node.selectedOptions[0] : node"
    found = {}
    for name, text in typed.items():
        field = page.locator(f"#id_{name}")
        values = field.evaluate(
            f"node => {{ const it = ({shown})(node); return [it.value, it.text] }}"
        )
        found[name] = text if text in values else values
    return found


def test_two_mistakes_are_both_told_in_the_order_of_the_form(open_as):
    page = open_as("street")
    page.goto("/registers/organisations/new/")
    page.locator("#id_place").fill("")
    page.get_by_role("button", name="登记社会组织").click()

    links = page.locator(".error-summary a")
    expect(links).to_have_text(["填写名称", "选择所属地区", "选择种类"])


def test_a_double_click_makes_one_record(open_as, changing):
    page = open_as("street")
    page.goto("/registers/organisations/new/")
    fill(page, ORGANISATION | {"credit_code": "", "status": "已备案"})
    before = changing.count("organisations_organisation"), changing.count("journal_entry")

    page.get_by_role("button", name="登记社会组织").dblclick()

    expect(page.locator("h1")).to_have_text("同心互助会")
    after = changing.count("organisations_organisation"), changing.count("journal_entry")
    assert after == (before[0] + 1, before[1] + 1)


def test_back_and_send_again_makes_one_record_and_says_so(open_as, changing):
    page = open_as("street")
    page.goto("/registers/organisations/new/")
    fill(page, ORGANISATION | {"credit_code": "", "status": "已备案"})
    before = changing.count("organisations_organisation")
    page.get_by_role("button", name="登记社会组织").click()
    expect(page.get_by_role("status")).to_contain_text("已登记“同心互助会”")

    page.go_back()
    expect(page.locator("#id_name")).to_have_value("同心互助会")
    page.get_by_role("button", name="登记社会组织").click()

    expect(page.get_by_role("status")).to_contain_text("这份表已经收到过，没有重复登记")
    assert changing.count("organisations_organisation") == before + 1


def test_an_edit_in_between_shows_both_versions_and_loses_neither(open_as, changing):
    page, other = open_as("street"), open_as("chongchuan")
    for each in (page, other):
        each.goto("/registers/organisations/1/edit/")
    other.locator("#id_work").fill("邻里互助")
    other.get_by_role("button", name="保存修改").click()
    expect(other.get_by_role("status")).to_contain_text("已保存")

    page.locator("#id_work").fill("为老服务")
    page.get_by_role("button", name="保存修改").click()

    conflict = page.get_by_role("alert")
    expect(conflict).to_contain_text("邻里互助")
    expect(page.locator("#id_work")).to_have_value("为老服务")
    page.get_by_role("button", name="保存修改").click()
    expect(page.locator("dl.facts")).to_contain_text("为老服务")
