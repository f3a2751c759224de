"""What is kept about me: to know, to copy, to correct."""

import json
import time

import pytest

from tests import factories as make
from tongxin.core.inventory import line_of
from tongxin.desk.own_data import copy_of, facts_of, rows_about
from tongxin.journal.models import Entry
from tongxin.participants.queries import links_to_accounts

pytestmark = pytest.mark.django_db
PAGE = "/account/data/"


def test_the_page_tells_what_is_kept_what_for_and_until_when(small):
    make.record("bases", place=small.tree.north, of=small.pilot, by=small.account)

    page = small.client.get(PAGE).content.decode()

    for words in (small.account.username, "登录和署名", "离开后抹除时删除", "只存摘要，不能还原"):
        assert words in page
    assert small.account.password not in page
    assert "incubation.Base.entered_by" in page


def test_the_menu_leads_to_it(small):
    assert f'href="{PAGE}"' in small.client.get("/").content.decode()


def test_every_table_that_names_the_account_is_told_of(small):
    make.record("bases", place=small.tree.north, of=small.pilot, by=small.account)

    labels = {fact.label for fact in rows_about(small.account)}

    assert {"incubation.Base.entered_by", "journal.Entry.actor"} <= labels


def test_no_link_to_an_account_is_without_a_line():
    links = links_to_accounts()

    assert len(links) > 10
    assert [link for link in links if line_of(link.related_model, link.field.name) is None] == []


def test_the_copy_holds_what_the_page_tells_and_the_acts(small):
    make.record("bases", place=small.tree.north, of=small.pilot, by=small.account)

    answer = small.client.get(f"{PAGE}copy/")

    told = json.loads(answer.content)
    assert answer["Content-Disposition"].startswith("attachment")
    assert told["account"]["用户名"] == small.account.username
    assert [row["role"] for row in told["postings"]] == ["coordinator"]
    assert "bases.entered" in [act["verb"] for act in told["acts"]]
    assert small.account.password not in answer.content.decode()
    assert Entry.objects.filter(verb="accounts.exported").count() == 1


def test_what_is_wrong_is_corrected_and_put_on_record(small):
    client = small.client

    answer = client.post(PAGE, {"display_name": "李更正", "email": "li@example.org"})

    small.account.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, PAGE)
    assert (small.account.display_name, small.account.email) == ("李更正", "li@example.org")
    entry = Entry.objects.get(verb="accounts.corrected")
    assert "李更正" not in json.dumps([entry.before, entry.after, entry.subject_name])


def test_a_correction_that_changes_nothing_leaves_no_entry(small):
    small.client.post(PAGE, {"display_name": "", "email": ""})

    assert not Entry.objects.filter(verb="accounts.corrected").exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"email": "nowhere"}, "邮箱按“名字@单位.cn”填写"),
        ({"display_name": "李" * 61}, "最多 60 字，现在 61 字"),
        ({"display_name": "李11010519491231002X"}, "显示名里有身份证号（110*************2X）"),
        ({"display_name": "李13812345678"}, "显示名里有电话号码（138******78）"),
    ],
)
def test_what_stands_against_a_correction_is_said_and_what_was_typed_stays(small, typed, words):
    answer = small.client.post(PAGE, {"display_name": "", "email": ""} | typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert f'value="{next(iter(typed.values()))}"' in page


def test_who_corrects_shows_the_password_again(small):
    small.account.set_password("a password that is known")
    small.account.save()
    client = make.client_of(small.account)
    session = client.session
    session["account_authentication_methods"] = [
        {**method, "at": time.time() - 3600}
        for method in session.get("account_authentication_methods", [])
    ]
    session.save()

    answer = client.post(PAGE, {"display_name": "别人", "email": ""})

    assert answer.status_code == 302
    assert answer.url.startswith("/account/reauthenticate/")
    small.account.refresh_from_db()
    assert small.account.display_name == ""


def test_nobody_reads_of_another(small):
    other = make.clerk(small.tree.north)

    page = make.client_of(other).get(PAGE).content.decode()

    assert small.account.username not in page.replace(other.username, "")
    assert {str(fact.value) for fact in facts_of(other)} >= {other.username}
    assert copy_of(other)["acts_in_all"] == 0
