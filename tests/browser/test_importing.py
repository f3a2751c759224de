"""An Excel is brought in with few presses: dropped, looked at, applied, undone."""

import io

import openpyxl
from playwright.sync_api import expect

from tests.browser import looking
from tests.browser.conftest import PHONE
from tests.browser.watch import taps
from tests.factories import credit_code

URL = "/exchange/organisations/"
HEAD = ("名称", "所属地区", "种类", "登记状态", "统一社会信用代码")
BAD = {"B11": "远方", "C102": "商会", "E203": "123"}
DROPPED = """async ({ name, bytes }) => {
  const file = new File([new Uint8Array(bytes)], name);
  const transfer = new DataTransfer();
  transfer.items.add(file);
  return transfer;
}"""


def workbook(rows=300, bad=BAD):
    """A list of organisations as Excel keeps it, with some cells that nobody can read."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名册"
    sheet.append(HEAD)
    for at in range(rows):
        name, code = f"第{at}服务社", credit_code(600_000 + at)
        sheet.append((name, "崇川区", "民办非企业单位", "已登记", code))
    for cell, text in bad.items():
        sheet[cell] = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def drop(page, content, name="名册.xlsx"):
    """Let a file fall on the page, as somebody's mouse does."""
    transfer = page.evaluate_handle(DROPPED, {"name": name, "bytes": list(content)})
    page.dispatch_event("main", "dragover", {"dataTransfer": transfer})
    expect(page.locator("form.dropping")).to_be_visible()
    with page.expect_navigation():
        page.dispatch_event("main", "drop", {"dataTransfer": transfer})


def named(content):
    return {"name": "名册.xlsx", "mimeType": "application/zip", "buffer": content}


def organisations(installation):
    return installation.count("organisations_organisation")


def test_three_hundred_rows_with_three_bad_cells_take_five_presses_with_the_undoing(
    open_as, changing
):
    page = open_as("chongchuan")
    before = organisations(changing)
    page.goto(URL)
    drop(page, workbook())

    expect(page.get_by_role("link", name="有错误 3")).to_be_visible()
    told = page.locator("p.error").all_inner_texts()
    assert [each.split()[0] for each in told] == ["B11", "C102", "E203"]
    with page.expect_download() as marked:
        page.get_by_role("link", name="下载标注了问题的表").click()
    sheet = openpyxl.load_workbook(io.BytesIO(marked.value.path().read_bytes())).active
    commented = [cell.coordinate for line in sheet for cell in line if cell.comment]
    assert commented == ["B11", "C102", "E203"]
    page.get_by_label("有错误的行先不导入").click()
    page.get_by_role("button", name="导入 297 行").click()
    expect(page.get_by_role("status")).to_contain_text("已导入“名册”")
    assert organisations(changing) == before + 297

    page.get_by_role("link", name="撤销这次导入").click()
    page.get_by_role("button", name="撤销这次导入").click()
    expect(page.get_by_role("status")).to_contain_text("已撤销“名册”")
    assert taps(page) == 5
    standing = "SELECT count(*) FROM organisations_organisation WHERE NOT void"
    assert changing.rows(standing) == [(before,)]


def test_three_hundred_good_rows_are_in_with_one_press(open_as, changing):
    page = open_as("chongchuan")
    page.goto(URL)
    drop(page, workbook(bad={}))
    page.get_by_role("button", name="导入 300 行").click()

    expect(page.get_by_role("status")).to_contain_text("已导入“名册”")
    assert taps(page) == 1


def test_a_file_that_is_chosen_is_sent_at_once_on_a_phone_too(open_as, changing):
    page = open_as("chongchuan", width=PHONE)
    page.goto(URL)
    assert looking.barriers(page) == []
    expect(page.get_by_text("不用再按")).to_be_visible()
    with page.expect_navigation():
        page.get_by_label("表格文件").set_input_files(named(workbook(rows=20, bad={})))

    expect(page.get_by_role("button", name="导入 20 行")).to_be_visible()
    assert looking.barriers(page) == []
    assert changing.count("exchange_batch") == 1


def test_what_is_no_workbook_is_refused_on_the_page_and_another_can_be_dropped(open_as, changing):
    page = open_as("chongchuan")
    page.goto(URL)
    drop(page, b"%PDF-1.7", "名册.pdf")
    expect(page.locator(".error-summary")).to_be_focused()

    drop(page, workbook(rows=3, bad={}))

    expect(page.get_by_role("button", name="导入 3 行")).to_be_visible()


def test_without_script_the_button_sends_the_file(open_as, changing):
    page = open_as("chongchuan", java_script_enabled=False)
    page.goto(URL)
    expect(page.get_by_text("不用再按")).to_be_hidden()
    page.get_by_label("表格文件").set_input_files(named(workbook(rows=3, bad={})))
    page.get_by_role("button", name="上传并核对").click()

    expect(page.get_by_role("button", name="导入 3 行")).to_be_visible()


def test_a_finger_is_not_told_to_drag_a_file(open_as):
    phone = open_as("chongchuan", width=PHONE, has_touch=True, is_mobile=True)
    phone.goto(URL)
    expect(phone.get_by_text("选好文件就上传并核对")).to_be_visible()
    expect(phone.get_by_text("拖到这一页")).to_be_hidden()

    desk = open_as("chongchuan")
    desk.goto(URL)
    expect(desk.get_by_text("拖到这一页")).to_be_visible()
