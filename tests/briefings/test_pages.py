"""Reading a briefing, opening what stands behind it, and taking it away."""

import json
import re
from html import unescape

import pytest

from tests import factories as make
from tongxin.briefings.models import Briefing

pytestmark = pytest.mark.django_db

URL = "/briefings/nantong-2017/"
FORMATS = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def links(page):
    """Return the ways from figures and rows to what stands behind them."""
    return sorted({unescape(found) for found in re.findall(r'href="(\?trace=[^"#]+)', page)})


def test_the_briefing_is_listed_and_opens(nantong):
    client = nantong.client()

    assert URL in client.get("/briefings/").content.decode()
    page = client.get(URL).content.decode()
    assert "一、一“群体”一“特色”" in page
    assert "培训人数3400余人" in page
    assert "数字出处" in page


def test_every_figure_and_every_row_opens_what_stands_behind_it(nantong):
    client = nantong.client()
    found = links(client.get(URL).content.decode())
    urls = set()

    rows = [link for link in found if "row%3A" in link]
    assert (len(found) - len(rows), len(rows)) == (8, 23)
    for link in found:
        answer = client.get(URL + link, headers={"HX-Request": "true"})
        panel = answer.content.decode()
        assert answer.status_code == 200, link
        assert "从哪里来" in panel, link
        assert "<article" not in panel, link
        urls |= set(re.findall(r'href="(/registers/[^"]+)"', panel))
    assert len(urls) > 50
    for url in urls:
        assert client.get(url).status_code == 200, url


@pytest.mark.parametrize("link", ["?trace=figure:recognitions", "?trace=row:regional_brands:8"])
def test_without_javascript_the_whole_page_comes_with_what_stands_behind(nantong, link):
    page = nantong.client().get(URL + link).content.decode()

    assert "<article" in page
    assert "从哪里来" in page
    assert 'aria-current="true"' in page


def test_the_row_of_a_division_names_its_brand_and_its_recognitions(nantong):
    panel = nantong.client().get(f"{URL}?trace=row:regional_brands:1").context

    assert [record.name for _register, record in panel["records"]] == [
        "“线上线下同心圆”",
        "入选全省新的社会阶层人士统战工作重点项目",
        "新媒体从业人员“四步工作法”荣获全国统战工作实践创新成果奖",
    ]


def test_a_row_of_bases_shows_figure_and_records_together(nantong):
    panel = nantong.client().get(f"{URL}?trace=row:incubation_bases:0").context

    assert [record.name for _register, record in panel["records"]] == ["南通中华慈善博物馆"]
    assert panel["trace"].told.figure.text == "1个"


@pytest.mark.parametrize(
    "trace",
    [
        "figure:nothing",
        "figure:incubation_bases?level=moon",
        "row:nothing:0",
        "row:regional_brands:99",
        "row:regional_brands:-1",
        "row:regional_brands:x",
        "row:",
        "²",
        "row:regional_brands:²",
    ],
)
def test_a_way_that_leads_nowhere_is_not_found(nantong, trace):
    assert nantong.client().get(URL, {"trace": trace}).status_code == 404


@pytest.mark.parametrize("extension", sorted(FORMATS))
def test_a_briefing_is_taken_away_as_a_file(nantong, extension):
    answer = nantong.client().get(f"{URL}download/{extension}/")

    assert answer.status_code == 200
    assert answer["Content-Type"] == FORMATS[extension]
    name = f'attachment; filename="nantong-2017.{extension}"'
    assert answer["Content-Disposition"] == name
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert len(answer.content) > 3000


def test_the_json_file_holds_the_tables(nantong):
    answer = nantong.client().get(f"{URL}download/json/")

    assert len(json.loads(answer.content)["tables"]) == 4


def test_a_format_that_is_not_there_is_not_found(nantong):
    assert nantong.client().get(f"{URL}download/pdf/").status_code == 404


def test_an_auditor_reads_the_briefing_too(nantong):
    client = nantong.client("auditor")

    assert client.get(URL).status_code == 200
    assert client.get(f"{URL}download/md/").status_code == 200


@pytest.mark.parametrize(
    "username", ["county", "street", "organisation", "expert", "system", "security", "audit"]
)
def test_a_briefing_is_not_there_for_those_who_do_not_oversee_the_whole(nantong, username):
    client = nantong.client(username)

    assert client.get(URL).status_code == 404
    assert client.get(f"{URL}download/json/").status_code == 404
    assert client.get(f"{URL}?trace=figure:recognitions").status_code == 404


def test_a_stranger_is_asked_to_sign_in(nantong, client):
    for url in ("/briefings/", URL, f"{URL}download/docx/"):
        answer = client.get(url)
        assert (answer.status_code, "login" in answer.url) == (302, True)


def test_a_county_coordinator_finds_no_briefing_in_the_list(nantong):
    answer = nantong.client("county").get("/briefings/")

    assert answer.status_code == 200
    assert "还没有简报" in answer.content.decode()


def test_a_briefing_of_another_city_is_not_there(nantong):
    city = make.tree().city
    make.briefing(make.programme(city), "elsewhere")

    assert nantong.client().get("/briefings/elsewhere/").status_code == 404
    assert Briefing.objects.get(key="elsewhere").get_absolute_url() == "/briefings/elsewhere/"
