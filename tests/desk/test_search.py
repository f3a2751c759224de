"""Search over all registers, the journal, and how a page is shown."""

import pytest

pytestmark = pytest.mark.django_db


def found(client, text):
    answer = client.get("/search/", {"q": text})
    return {register.key: [row.name for row in rows] for register, rows in answer.context["found"]}


@pytest.mark.parametrize(
    ("text", "register", "name"),
    [
        ("虹桥", "sites", "崇川区虹桥街道"),
        ("ztkjjt", "sites", "中天科技集团"),
        ("ZTKJ", "sites", "中天科技集团"),
        ("91家纺", "sites", "91家纺网总部"),
        ("慈善博物馆", "bases", "南通中华慈善博物馆"),
        ("三字经", "brands", "“三字经”工作法"),
        ("爱心当铺", "projects", "爱心当铺"),
    ],
)
def test_records_are_found_by_name_and_by_pinyin_initials(nantong, text, register, name):
    assert name in found(nantong.client(), text)[register]


def test_every_record_found_opens(nantong):
    client = nantong.client()
    answer = client.get("/search/", {"q": "hq"})

    for _register, rows in answer.context["found"]:
        for row in rows:
            assert client.get(row.get_absolute_url()).status_code == 200


def test_nobody_finds_what_lies_outside_the_own_scope(nantong):
    assert found(nantong.client("county"), "虹桥") == {}
    assert list(found(nantong.client("street"), "虹桥")) == ["organisations", "sites"]


def test_nothing_found_says_what_to_try(nantong):
    page = nantong.client().get("/search/", {"q": "<没有>"}).content.decode()

    assert "没有找到" in page
    assert "换一个词试试" in page
    assert "<没有>" not in page


@pytest.mark.parametrize("text", ["", "   ", "……", "“”"])
def test_a_search_for_no_words_finds_nothing_and_does_not_fail(nantong, text):
    assert nantong.client().get("/search/", {"q": text}).status_code == 200


def test_a_void_record_is_not_found(nantong):
    client = nantong.client()
    url = client.get("/search/", {"q": "爱心当铺"}).context["found"][0][1][0].get_absolute_url()

    client.post(f"{url}void/", {"reason": "误记"})

    assert found(client, "爱心当铺") == {}


@pytest.mark.parametrize(
    ("username", "status"),
    [("auditor", 200), ("audit", 200), ("city", 404), ("street", 404), ("security", 404)],
)
def test_the_journal_is_for_auditors(nantong, username, status):
    assert nantong.client(username).get("/journal/").status_code == status


def test_the_journal_is_read_page_by_page_newest_first(nantong):
    client = nantong.client("audit")
    seen, url = [], "/journal/"
    while url:
        context = client.get(url).context
        seen += [line.act.entry.pk for _day, lines in context["days"] for line in lines]
        url = "/journal/" + context["following"] if context["following"] else ""

    assert seen == sorted(seen, reverse=True)
    assert len(seen) == len(set(seen)) > 50


def test_a_place_in_the_journal_that_is_no_number_is_the_first_page(nantong):
    assert nantong.client("audit").get("/journal/?before=x").status_code == 200


def test_a_change_stands_in_the_journal_with_who_made_it(nantong):
    city = nantong.client()
    url = city.get("/search/", {"q": "爱心当铺"}).context["found"][0][1][0].get_absolute_url()
    city.post(f"{url}void/", {"reason": "误记"})

    entry = nantong.client("auditor").get("/journal/").context["days"][0][1][0].act.entry

    assert (entry.verb, str(entry.actor)) == ("projects.voided", str(nantong.account("city")))


@pytest.mark.parametrize(
    ("typed", "url", "kept"),
    [
        ({"size": "large", "next": "/figures/"}, "/figures/", "large"),
        ({"size": "huge"}, "/", "huge"),
        ({"size": "enormous", "next": "https://elsewhere.example/"}, "/", ""),
        ({"next": "//elsewhere.example/"}, "/", ""),
    ],
)
def test_the_size_of_text_is_remembered_and_nobody_is_sent_elsewhere(client, db, typed, url, kept):
    answer = client.post("/display/", typed)

    assert (answer.status_code, answer.url) == (302, url)
    assert answer.cookies["size"].value == kept


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("示范点", "/figures/demonstration_sites/"),
        ("社会组织", "/registers/organisations/"),
        ("新建示范", "/registers/sites/new/"),
        ("sfd", "/registers/sites/"),
    ],
)
def test_figures_registers_and_forms_are_found_by_their_names(nantong, text, way):
    page = nantong.client("city").get(f"/search/?q={text}")

    assert way in [url for _label, url in page.context["ways"]]
    assert f'href="{way}"' in page.content.decode()


@pytest.mark.parametrize("text", ["·", "无此名"])
def test_what_names_nothing_leads_nowhere(nantong, text):
    assert nantong.client("city").get(f"/search/?q={text}").context["ways"] == []


@pytest.mark.parametrize(("typed", "kept"), [("dense", "dense"), ("", ""), ("crowded", "")])
def test_the_height_of_rows_is_remembered_and_leaves_the_size_alone(client, db, typed, kept):
    answer = client.post("/display/", {"density": typed})

    assert answer.status_code == 302
    assert answer.cookies["density"].value == kept
    assert "size" not in answer.cookies
    page = client.get("/account/login/").content.decode()
    assert ('<html lang="zh-hans" class=" dense">' in page) is (kept == "dense")


def test_the_size_of_text_is_changed_by_a_form_only(client, db):
    assert client.get("/display/").status_code == 405
