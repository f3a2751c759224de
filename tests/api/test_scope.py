"""What a program may not: see, send, change; and what is told of it."""

import json

import pytest

from tests import factories as make
from tests.api.programs import Program, codes, token_of
from tests.house.test_mass_assignment import changed, forged, rows
from tongxin.accounts.choices import Role
from tongxin.journal.models import Entry
from tongxin.registers import declaration
from tongxin.registers.forms import RecordForm

pytestmark = pytest.mark.django_db
ABSENT = 99_999_999


@pytest.fixture
def clerk(small):
    return Program(make.clerk(small.tree.river))


@pytest.mark.parametrize(
    ("method", "more", "sent"),
    [
        ("get", "", None),
        ("get", "history/", None),
        ("patch", "", {"name": "x"}),
        ("patch", "", b"{"),
        ("post", "void/", {"reason": "x"}),
        ("post", "restore/", {}),
    ],
)
def test_what_lies_elsewhere_is_as_what_never_was(small, clerk, method, more, sent):
    hidden = make.site(small.pilot, small.tree.north)

    answers = [
        clerk.ask(method, f"sites/{number}/{more}", sent, If_Match='"1"')
        for number in (hidden.pk, ABSENT)
    ]

    assert [each.status_code for each in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert answers[0].headers == answers[1].headers


def test_an_unknown_register_and_one_where_nothing_may_be_entered_are_alike(small):
    auditor = Program(make.posted(Role.AUDITOR, small.tree.city))

    answers = [auditor.post(f"{key}/", {"name": "x"}) for key in ("sites", "palaces")]

    assert [each.status_code for each in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_a_parent_that_is_hidden_is_as_one_that_is_not_there(small, clerk):
    hidden = make.site(small.pilot, small.tree.north)

    answers = [
        clerk.post("designations/", {"site": number, "level": "city"})
        for number in (hidden.pk, ABSENT)
    ]

    assert [codes(each) for each in answers] == [[("api.parent", "site")]] * 2
    told = [
        each.content.replace(str(n).encode(), b"")
        for each, n in zip(answers, (hidden.pk, ABSENT), strict=True)
    ]
    assert told[0] == told[1]


def test_a_list_holds_what_the_page_holds(small, clerk):
    make.site(small.pilot, small.tree.north)
    own = make.site(small.pilot, small.tree.river)

    assert [each["id"] for each in clerk.get("sites/").json()["items"]] == [own.pk]


def test_a_token_that_reads_does_not_write(small):
    reader = Program(small.account, "read")
    site = make.site(small.pilot, small.tree.north)

    answers = [
        reader.post("sites/", {"name": "x"}),
        reader.patch(f"sites/{site.pk}/", {"name": "x"}, version=1),
        reader.patch(f"sites/{ABSENT}/", {"name": "x"}, version=1),
        reader.post(f"sites/{site.pk}/void/", {"reason": "x"}),
        reader.post(f"sites/{site.pk}/restore/"),
    ]

    assert [each.status_code for each in answers] == [403] * 5
    assert reader.get(f"sites/{site.pk}/").status_code == 200


def test_a_token_whose_posting_is_over_sees_nothing(small):
    account = make.clerk(small.tree.north)
    program = Program(account)
    assert program.get("sites/").status_code == 200

    account.postings.update(until=make.EARLY.replace(year=2018))  # the day has come, nobody did it

    assert program.get("sites/").json()["items"] == []
    assert program.post("brands/", {"name": "x"}).status_code == 404


def test_reading_a_restricted_record_is_written_down_once_for_a_record_and_for_a_list(small):
    program = Program(small.account)
    kept = small.record("sites", sensitivity="restricted")
    small.record("sites")

    program.get(f"sites/{kept.pk}/")
    program.get("sites/")
    program.get("organisations/")
    program.patch(f"sites/{kept.pk}/", {}, version=1)

    read = Entry.objects.filter(verb="sites.read").order_by("sequence")
    assert [each.subject_id for each in read] == [kept.pk, 0, kept.pk]
    assert read[1].facts == {"records": [kept.pk]}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_refusal_is_told_in_the_language_asked_for(small, language):
    program = Program(small.account, language=language)

    told = program.post("sites/", {"name": "甲"}).json()

    words = {"zh-hans": ("有内容要改", "选择群体"), "en": ("Something has to be corrected", None)}
    assert told["title"] == words[language][0]
    assert told["code"] == "registers.required"
    assert language == "en" or told["errors"][0]["field"] in {"group", "place"}


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b" ", 400, "api.unreadable"),
        (b"{", 400, "api.unreadable"),
        (b"[]", 400, "api.unreadable"),
        (b'"x"', 400, "api.unreadable"),
        (b'{"name": NaN}', 400, "api.unreadable"),
        (b'{"name": 1, "name": 2}', 400, "api.unreadable"),
        (b"[" * 100_000, 400, "api.unreadable"),
        (b'{"name": ' + b"9" * 9_000 + b"}", 422, "registers.max_length"),
        (b'{"name": "\xff"}', 400, "api.unreadable"),
        (b'{"name": "\\ud800"}', 422, "api.characters"),
        (b'{"name": "a\\u0000"}', 422, "api.characters"),
        (b'{"name": ["a"]}', 422, "api.not_a_value"),
        (b'{"name": {"a": 1}}', 422, "api.not_a_value"),
        (b'{"title": "a"}', 422, "api.unknown_field"),
        (b'{"\\ud800": "\\ud800"}', 422, "api.unknown_field"),
        (b'{"name": "' + b"x" * 1_000_001 + b'"}', 413, "api.too_big"),
    ],
)
def test_what_cannot_be_read_is_refused(small, raw, status, code):
    answer = Program(small.account).ask("post", "sites/", raw)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize("path", ["sites/x/", "sites/1.5/", "/api/v1/", "/api/v2/sites/"])
def test_an_address_that_is_none_is_answered_as_a_program_reads_it(small, path):
    program = Program(small.account)

    answer = program.get(path)

    assert (answer.status_code, answer.content) == (404, program.get("sites/99999999/").content)
    assert program.get("sites/?q=%00").json()["code"] == "api.unreadable"


def test_what_is_not_json_is_refused(small):
    program = Program(small.account)

    answer = program.client.post(
        "/api/v1/registers/sites/",
        {"name": "x"},
        headers={"Authorization": f"Bearer {program.secret}"},
    )

    assert (answer.status_code, answer.json()["code"]) == (415, "api.not_json")


@pytest.mark.parametrize("key", ["sites", "organisations", "budgets", "observations"])
def test_a_forged_field_is_refused_and_nothing_changes(small, key):
    program, record = Program(small.account), small.record(key)
    before = rows()

    answer = program.patch(f"{key}/{record.pk}/", forged(), version=1)
    entered = program.post(f"{key}/", forged())

    names = {each["field"] for each in answer.json()["errors"]}
    assert (answer.status_code, entered.status_code) == (422, 422)
    assert {"void", "entered_by", "version", "is_superuser", "changed_at"} <= names
    assert not names & set(declaration.get(key).form._meta.fields)
    old, new, gone = changed(before, rows())
    assert old - {("accounts.Token", "last_used_on")} == set()
    assert (new, gone) == ([], [])


def test_a_form_that_took_more_than_it_asks_would_be_caught(small, monkeypatch):
    meant = RecordForm.values
    monkeypatch.setattr(RecordForm, "values", lambda form: meant(form) | {"void": True})
    program, record = Program(small.account), small.record("brands")
    before = rows()

    program.patch(f"brands/{record.pk}/", {"work": "别的"}, version=1)

    assert ("brands.Brand", "void") in changed(before, rows())[0]


def test_no_answer_is_kept_by_a_cache_and_none_sets_a_cookie(small):
    program = Program(small.account)
    site = make.site(small.pilot, small.tree.north)

    for answer in (program.get("sites/"), program.get(f"sites/{site.pk}/"), program.get("x/")):
        assert answer["Cache-Control"] == "private, no-store"
        assert not answer.cookies


def test_the_log_tells_of_a_token_that_is_refused_without_the_token(small, caplog):
    secret = token_of(small.account)
    small.account.tokens.update(digest="0" * 64)

    with caplog.at_level("INFO", "tongxin.security"):
        Program(None, secret=secret).get("")

    assert "token refused: an unknown one" in caplog.text
    assert secret not in caplog.text
    assert json.loads(Program(None, secret=secret).get("").content)["status"] == 401
