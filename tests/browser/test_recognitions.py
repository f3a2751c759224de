"""A recognition entered once changes the table of the briefing, the map, and the figure."""

from playwright.sync_api import expect

from tests.browser.pressing import follow

VENUE = "全省新的社会阶层人士统战工作会议"
PHRASE = f"在{VENUE}上作大会交流"
TILE = ".tile:has-text('启东市')"


def enter_recognition(page, place):
    """Enter a speech at a conference as a recognition of a place."""
    page.goto("/registers/recognitions/")
    follow(page.get_by_role("link", name="新建成果"))
    page.get_by_label("所属地区").fill(place)
    page.get_by_label("种类").select_option("会议交流")
    page.get_by_label("级别").select_option("全省")
    page.locator("#id_venue").fill(VENUE)
    page.locator("#id_form").fill("大会交流")
    page.get_by_role("button", name="登记成果").click()
    expect(page.get_by_role("status")).to_contain_text(f"已登记“{PHRASE}”")


def results_of(page, place):
    """Return the cell of the briefing's table that lists what a place achieved."""
    page.goto("/briefings/nantong-2017/")
    rows = page.locator(".paper table", has_text="工作成效").locator("tbody tr")
    return rows.filter(has=page.locator("th", has_text=place)).locator("td").last


def tile_number(page, place):
    """Return the number that the city's map shows for a place."""
    page.goto("/")
    return page.locator(f".tile:has-text('{place}') b").inner_text()


def test_the_city_adds_a_recognition_and_table_map_and_figure_follow(open_as, changing):
    page = open_as("city")
    before = results_of(page, "启东市").inner_text()
    assert tile_number(page, "启东市") == "1"

    enter_recognition(page, "启东市")

    assert tile_number(page, "启东市") == "2"
    after = results_of(page, "启东市").inner_text()
    assert before != after
    assert PHRASE in after
    assert after.count("推送") == before.count("推送")
    page.goto("/figures/recognitions/")
    expect(page.locator(".big")).to_contain_text("15")


def test_a_county_adds_its_own_recognition_and_it_counts_once_the_city_accepts_it(
    open_as, changing
):
    city, county = open_as("city"), open_as("county")

    enter_recognition(county, "启东市")

    assert PHRASE not in results_of(city, "启东市").inner_text()
    assert tile_number(city, "启东市") == "1"
    city.goto("/reviews/")
    expect(city.locator("#review-name")).to_contain_text(PHRASE)
    follow(city.get_by_role("button", name="同意", exact=True))

    assert tile_number(city, "启东市") == "2"
    assert PHRASE in results_of(city, "启东市").inner_text()
    assert tile_number(city, "海安县") == "2"


def test_a_recognition_that_is_voided_leaves_table_and_map_again(open_as, changing):
    page = open_as("county")
    enter_recognition(page, "启东市")
    follow(page.get_by_role("link", name="登记错了，作废这条记录"))
    page.get_by_role("button", name="作废这条记录").click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_label("作废的原因").fill("填错了地区")
    page.get_by_role("button", name="作废这条记录").click()
    expect(page.get_by_role("status")).to_contain_text("已作废")

    city = open_as("city")

    assert tile_number(city, "启东市") == "1"
    assert PHRASE not in results_of(city, "启东市").inner_text()
