"""The same work with JavaScript switched off."""

from playwright.sync_api import expect

from tests.browser.test_recognitions import PHRASE, enter_recognition, results_of, tile_number
from tests.browser.test_signing_in import sign_in


def test_signing_in_needs_no_javascript(open_as):
    page = open_as(None, java_script_enabled=False)
    page.goto("/registers/sites/")
    sign_in(page, "street")
    expect(page.locator("h1")).to_have_text("示范点")


def test_the_dashboard_is_drilled_down_without_javascript(open_as):
    page = open_as("city", java_script_enabled=False)
    page.goto("/")
    page.locator(".tile", has_text="崇川区").click()
    page.locator(".tile", has_text="虹桥街道").click()
    page.get_by_role("link", name="爱心当铺").click()
    expect(page.locator("h1")).to_have_text("爱心当铺")


def test_a_list_is_filtered_and_searched_by_initials_without_javascript(open_as):
    page = open_as("city", java_script_enabled=False)
    page.goto("/registers/sites/")
    page.get_by_label("名称或拼音首字母").fill("tx")
    page.get_by_role("button", name="筛选").click()
    names = page.locator(".ledger tbody th")
    expect(names).to_have_text(["海门市“同心·社会组织联盟”", "如皋“同心•律师服务团”"])

    page.get_by_role("link", name="清除").click()
    page.locator("#f-place_state").select_option("未写明")
    page.get_by_role("button", name="筛选").click()

    expect(names).to_have_count(3)


def test_a_recognition_is_entered_without_javascript(open_as, changing):
    page = open_as("city", java_script_enabled=False)
    enter_recognition(page, "启东市")
    assert tile_number(page, "启东市") == "2"
    assert PHRASE in results_of(page, "启东市").inner_text()


def test_errors_are_told_and_what_was_typed_is_kept_without_javascript(open_as):
    page = open_as("street", java_script_enabled=False)
    page.goto("/registers/organisations/new/")
    page.locator("#id_name").fill("爱心社")
    page.get_by_role("button", name="登记社会组织").click()
    expect(page.locator(".error-summary")).to_contain_text("选择种类")
    expect(page.locator("#id_name")).to_have_value("爱心社")


def test_lineage_opens_without_javascript(open_as):
    page = open_as("city", java_script_enabled=False)
    page.goto("/briefings/nantong-2017/")
    page.locator(".paper tr", has_text="13个").get_by_role("link").click()
    expect(page.locator("#trace .big")).to_contain_text("13")


def test_the_language_changes_without_javascript(open_as):
    page = open_as("city", java_script_enabled=False)
    page.goto("/registers/sites/?q=tx")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#q")).to_have_value("tx")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
