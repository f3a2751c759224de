"""A bar that survives a reload and a killed worker, with script and without."""

import contextlib
import os
import signal
import time
from pathlib import Path

from playwright.sync_api import expect

from tests.browser import looking
from tests.factories import credit_code

URL = "/exchange/organisations/"
RUNNING = "SELECT id FROM exchange_job WHERE kind = 'apply' AND state = 'running'"
HEAD = "名称,所属地区,种类,登记状态,统一社会信用代码"
BULK = "情" * 300
"""With it in every row a file is not opened while its page is waited for."""


def workbook(rows, more=""):
    """A list of organisations of a county, longer than what is waited for.

    `more` stands in a column of its own, which is not read.
    """
    lines = [f"{HEAD},其他情况"]
    lines += [
        f"第{n}服务社,崇川区,民办非企业单位,已登记,{credit_code(700_000 + n)},{more}"
        for n in range(rows)
    ]
    return {
        "name": "名册.csv",
        "mimeType": "text/csv",
        "buffer": "\r\n".join(lines).encode(),
    }


def send(page, file, *, script=True):
    """Choose a file, which sends it; without script a button does."""
    page.goto(URL)
    with page.expect_navigation():
        page.get_by_label("表格文件").set_input_files(file)
        if not script:
            page.get_by_role("button", name="上传并核对").click()


def workers(installation):
    """The numbers of the background workers of an installation."""
    wanted = ["tongxin.command", "worker", "--home", str(installation.home.resolve())]
    found = []
    for told in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = told.read_bytes().decode(errors="replace").split("\0")
            if words[2:6] == wanted:
                found.append(int(told.parent.name))
    return found


def until(answer, seconds=60):
    end = time.monotonic() + seconds
    while not answer():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_the_bar_is_still_there_after_a_reload_and_leads_to_what_was_imported(open_as, changing):
    page = open_as("chongchuan")
    send(page, workbook(800, BULK))
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert looking.barriers(page) == []
    page.reload()
    expect(page.get_by_role("button", name="导入 800 行")).to_be_visible(timeout=60_000)

    page.get_by_role("button", name="导入 800 行").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="正在导入“名册”")).to_be_visible()

    expect(page.get_by_role("link", name="撤销这次导入")).to_be_visible(timeout=120_000)
    assert changing.count("organisations_organisation") >= 800

    page.get_by_role("link", name="撤销这次导入").click()
    page.get_by_role("button", name="撤销这次导入").click()
    expect(page.get_by_role("heading", name="正在撤销“名册”")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert looking.barriers(page) == []
    expect(page.get_by_text("已撤销")).to_be_visible(timeout=120_000)
    assert looking.barriers(page) == []


def test_a_worker_that_is_killed_is_followed_by_another_and_all_is_there_once(open_as, changing):
    page = open_as("chongchuan")
    send(page, workbook(1_500))
    known = changing.count("organisations_organisation")
    page.get_by_role("button", name="导入 1500 行").click(timeout=120_000)
    until(lambda: changing.rows(RUNNING))

    running = workers(changing)
    assert running
    for number in running:
        os.kill(number, signal.SIGKILL)

    expect(page.locator("#job")).to_contain_text("中断了", timeout=60_000)
    page.reload()
    expect(page.get_by_role("link", name="撤销这次导入")).to_be_visible(timeout=180_000)
    assert changing.count("organisations_organisation") == known + 1_500
    assert changing.rows("SELECT attempts FROM exchange_job WHERE kind = 'apply'") == [(2,)]


def test_without_script_the_page_comes_again_by_itself(open_as, changing):
    page = open_as("chongchuan", java_script_enabled=False)
    send(page, workbook(600), script=False)
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_role("link", name="刷新")).to_be_visible()

    expect(page.get_by_role("button", name="导入 600 行")).to_be_visible(timeout=120_000)
    assert changing.count("exchange_job") == 1


def test_a_bulky_file_that_does_not_open_is_told_without_script_too(open_as, changing):
    page = open_as("chongchuan", java_script_enabled=False)
    spoilt = {"name": "名册.xlsx", "mimeType": "application/zip", "buffer": b"PK" + b"x" * 600_000}
    send(page, spoilt, script=False)
    page.reload()

    expect(page.get_by_role("alert")).to_contain_text("再上传", timeout=120_000)
    page.get_by_role("button", name="放弃这份表，再上传一次").click()
    expect(page.get_by_label("表格文件")).to_be_visible()


def test_a_large_workbook_is_given_back_with_comments_without_script(open_as, changing):
    page = open_as("chongchuan", java_script_enabled=False)
    file = workbook(600)
    send(
        page,
        file | {"buffer": file["buffer"].replace("崇川区".encode(), "远方".encode(), 3)},
        script=False,
    )
    expect(page.get_by_role("link", name="下载标注了问题的表")).to_be_visible(timeout=120_000)
    page.get_by_role("link", name="下载标注了问题的表").click()
    page.get_by_role("button", name="在后台准备").click()
    expect(page.get_by_text("准备好了。")).to_be_visible(timeout=120_000)

    with page.expect_download() as download:
        page.get_by_role("link", name="下载", exact=True).click()

    assert download.value.suggested_filename.startswith("marked-")
    page.get_by_role("link", name="回到核对").click()
    expect(page.get_by_role("heading", name="核对“名册.csv”")).to_be_visible()
