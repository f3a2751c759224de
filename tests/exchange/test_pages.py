"""Bringing a workbook in through the pages, from the template to the undoing."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import factories as make
from tongxin.accounts.choices import Role
from tongxin.exchange.models import Batch
from tongxin.journal.models import Entry
from tongxin.organisations.models import Organisation
from tongxin.sites.models import Designation

pytestmark = pytest.mark.django_db
BASE = "/exchange/organisations/"
HEAD = ["名称", "所属地区", "种类", "登记状态", "统一社会信用代码"]


def workbook(*rows, head=HEAD):
    out = io.BytesIO()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名册"
    for row in (head, *rows):
        sheet.append(row)
    book.save(out)
    book.close()
    return out.getvalue()


def row(name, number, place="北镇"):
    return [name, place, "民办非企业单位", "已登记", make.credit_code(number)]


@pytest.fixture
def client(office):
    return make.client_of(office.account)


def send(client, content, name="名册.xlsx", base=BASE):
    return client.post(base, {"file": SimpleUploadedFile(name, content)})


def sent(client, *rows, **how):
    """Send a workbook and return the address of its page."""
    response = send(client, workbook(*rows, **how))
    assert response.status_code == 302
    return response["Location"]


def seen(client, url):
    return client.get(url).context["looked"].seen


def test_a_workbook_is_sent_looked_through_applied_and_undone(client):
    url = sent(client, row("一社", 1), row("二社", 2))
    page = client.get(url)
    assert page.status_code == 200
    assert "一社" in page.content.decode()
    assert Organisation.objects.count() == 0

    client.post(f"{url}apply/", {"name": "年底名册", "seen": seen(client, url)})
    assert Organisation.objects.filter(void=False).count() == 2
    assert "撤销这次导入" in client.get(url).content.decode()

    client.post(f"{url}undo/")
    assert Organisation.objects.filter(void=False).count() == 0
    assert Batch.objects.get().state == "undone"


def test_a_cell_is_mended_on_the_page(client):
    url = sent(client, row("一社", 1, "远方"))
    page = client.get(url).content.decode()
    assert "名册!B2" in page

    client.post(f"{url}mend/", {"at-0": "名册!B2", "was-0": "远方", "cell-0": "南镇"})
    client.post(f"{url}apply/", {"name": "名册", "seen": seen(client, url)})

    assert Organisation.objects.get().division.key == "south"


def test_the_same_workbook_comes_back_with_comments_in_the_bad_cells(client):
    url = sent(client, row("一社", 1, "远方"), row("二社", 2))

    content = client.get(f"{url}marked/").content

    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    comments = {cell.coordinate: cell.comment.text for r in sheet for cell in r if cell.comment}
    assert list(comments) == ["B2"]
    assert "远方" in comments["B2"]


def test_what_was_mended_on_the_page_is_said_in_the_copy(client):
    url = sent(client, row("一社", 1, "远方"), row("二社", 2, "更远"))
    client.post(f"{url}mend/", {"at-0": "名册!B2", "was-0": "远方", "cell-0": "南镇"})

    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{url}marked/").content)).active

    assert "页面上已改成“南镇”" in sheet["B2"].comment.text
    assert "更远" in sheet["B3"].comment.text


def test_a_csv_comes_back_as_a_workbook_with_comments(client):
    content = "\n".join([",".join(HEAD), ",".join(row("一社", 1, "远方"))]).encode("gb18030")
    url = send(client, content, "名册.csv")["Location"]

    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{url}marked/").content)).active

    assert sheet["B2"].comment is not None
    assert sheet["E2"].value == make.credit_code(1)


def test_a_head_that_nobody_knows_is_pointed_out(client):
    head = ["甲", "乙", "丙", "丁", "戊"]
    url = sent(client, row("一社", 1), head=head)
    assert "没有认出表头" in client.get(url).content.decode()

    page = client.get(f"{url}heads/")
    assert page.status_code == 200
    columns = ["name", "place", "kind", "status", "credit_code"]
    answer = {"row": "0"} | {f"column-{at}": name for at, name in enumerate(columns)}
    client.post(f"{url}heads/", answer)

    assert client.get(url).context["looked"].report.counts["new"] == 1


@pytest.mark.parametrize(
    "answer",
    [
        {"row": "0"},
        {"row": "x", "column-0": "name"},
        {"row": "0", "column-0": "name", "column-1": "name"},
    ],
)
def test_a_head_that_makes_no_sense_is_asked_for_again(client, answer):
    url = sent(client, row("一社", 1), head=["甲", "乙", "丙", "丁", "戊"])

    assert client.post(f"{url}heads/", answer).status_code == 422


def test_errors_keep_the_batch_out_and_everything_typed_stays(client):
    url = sent(client, row("一社", 1, "远方"), row("二社", 2))

    refused = client.post(f"{url}apply/", {"name": "我的名册", "seen": seen(client, url)})

    assert refused.status_code == 422
    assert "我的名册" in refused.content.decode()
    assert Organisation.objects.count() == 0
    client.post(
        f"{url}apply/", {"name": "我的名册", "seen": seen(client, url), "without_errors": "on"}
    )
    assert [each.name for each in Organisation.objects.all()] == ["二社"]


def test_what_was_not_seen_is_not_applied(client):
    url = sent(client, row("一社", 1))

    assert client.post(f"{url}apply/", {"name": "名册", "seen": "0" * 16}).status_code == 409
    assert client.post(f"{url}apply/", {"name": "名册"}).status_code == 409
    assert Organisation.objects.count() == 0


def test_blanks_erase_only_when_that_is_chosen(client):
    url = sent(client, row("一社", 1))

    client.post(f"{url}mend/", {"blanks": "erase"})
    assert client.get(url).context["looked"].blanks_erase
    client.post(f"{url}mend/", {"blanks": "keep"})
    assert not client.get(url).context["looked"].blanks_erase


def test_a_draft_is_put_away(client):
    url = sent(client, row("一社", 1))

    client.post(f"{url}put-away/")

    assert Batch.objects.get().state == "discarded"
    assert client.get(f"{url}marked/").status_code == 404


def test_what_is_no_table_is_refused_with_the_remedy(client):
    answer = send(client, b"\x89PNG\r\n\x1a\n" + bytes(200), "名册.xlsx")

    assert answer.status_code == 422
    assert "xlsx、xls、csv" in answer.content.decode()
    assert client.post(BASE, {}).status_code == 422


def test_nobody_opens_the_workbook_of_another(office, client):
    url = sent(client, row("一社", 1))
    other = make.client_of(make.coordinator(office.tree.east))

    for path, method in (
        ("", "get"),
        ("heads/", "get"),
        ("marked/", "get"),
        ("undo/", "get"),
        ("mend/", "post"),
        ("apply/", "post"),
        ("put-away/", "post"),
    ):
        assert getattr(other, method)(f"{url}{path}").status_code == 404, path
    assert Batch.objects.get().state == "draft"


def test_designations_are_brought_in_under_their_sites(office, client):
    make.site(office.pilot, office.tree.north, "一号点", designated=False)
    head = ["示范点", "命名级别", "命名日期"]
    response = send(
        client,
        workbook(["一号点", "市级", "2017-05-01"], head=head),
        base="/exchange/designations/",
    )

    url = response["Location"]
    client.post(f"{url}apply/", {"name": "命名", "seen": seen(client, url)})

    (designation,) = Designation.objects.all()
    assert (designation.site.name, designation.level) == ("一号点", "city")
    assert designation.entered_by == office.account


def test_who_only_reads_brings_nothing_in_but_takes_out(office):
    auditor = make.client_of(make.posted(Role.AUDITOR, office.tree.east))
    make.organisation(office.tree.north, "一社")

    assert auditor.get(BASE).status_code == 404
    assert auditor.get(f"{BASE}template/").status_code == 404
    assert auditor.get(f"{BASE}export/xlsx/").status_code == 200


def test_a_list_is_taken_out_as_it_is_shown(office, client):
    make.organisation(office.tree.north, "一社", kind="52")
    make.organisation(office.tree.south, "二会", kind="51", credit_code=make.credit_code(9, "51"))
    make.organisation(office.tree.river, "西县社")

    answer = client.get(f"{BASE}export/json/?kind=51&sort=-name")

    content = answer.json()
    assert [each["name"] for each in content["rows"]] == ["二会"]
    assert "社会团体" in content["scope"]
    assert (
        answer["X-Journal-Head"] == f"{content['journal']['number']} {content['journal']['digits']}"
    )
    assert Entry.objects.latest("sequence").facts["narrowed"]


def test_the_template_is_a_workbook_with_lists(client):
    content = client.get(f"{BASE}template/").content

    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.worksheets[0].data_validations.dataValidation
    assert book.worksheets[-1].sheet_state != "visible"


def test_lists_lead_to_both(client):
    page = client.get("/registers/organisations/?kind=51").content.decode()

    assert f'href="{BASE}"' in page
    assert f'href="{BASE}export/xlsx/?kind=51"' in page
