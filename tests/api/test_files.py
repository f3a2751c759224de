"""Files of records by a program: sent through the gate, taken away as files, older ones alike."""

import hashlib

import pytest

from tests import factories as make
from tests.api.programs import Program, codes
from tongxin.files.models import Attachment, Revision
from tongxin.files.storage import shelf
from tongxin.journal.models import Entry
from tongxin.registers.models import Submission

pytestmark = pytest.mark.django_db
FIRST, SECOND = "第一版".encode(), "第二版".encode()


@pytest.fixture
def program(small):
    return Program(small.account)


@pytest.fixture
def site(small):
    return make.site(small.pilot, small.tree.north, designated=False)


def test_a_file_is_attached_read_and_taken_away(site, program):
    made = program.upload(f"sites/{site.pk}/files/", FIRST, sensitivity="public")

    told = made.json()
    (version,) = told["revisions"]
    assert (made.status_code, told["name"], told["sensitivity"]) == (201, "通知.txt", "public")
    assert version["sha256"] == hashlib.sha256(FIRST).hexdigest()
    assert program.get(f"sites/{site.pk}/files/").json() == {"items": [told], "next": None}
    one = program.get(f"sites/{site.pk}/files/{told['id']}/")
    assert (one.json(), one["ETag"]) == (told, made["ETag"])

    taken = program.get(f"sites/{site.pk}/files/{told['id']}/revisions/1/")

    assert (taken.status_code, taken.content) == (200, FIRST)
    heads = ("Content-Type", "X-Content-Type-Options", "ETag")
    assert [taken[each] for each in heads] == ["text/plain", "nosniff", f'"{version["sha256"]}"']
    assert taken["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert taken["Content-Security-Policy"].endswith("sandbox")


def test_who_has_a_version_is_told_so(site, program):
    at = f"sites/{site.pk}/files/{make.attachment(site).pk}/"

    for path in (at, f"{at}revisions/1/"):
        tag = program.get(path)["ETag"]
        again = program.get(path, If_None_Match=tag)
        assert (again.status_code, again.content) == (304, b"")


def test_a_newer_version_and_the_older_one_beside_it(site, program):
    kept = make.attachment(site)
    at = f"sites/{site.pk}/files/{kept.pk}/"
    tag = program.get(at)["ETag"]

    blind = program.upload(f"{at}revisions/", SECOND)
    newer = program.upload(f"{at}revisions/", SECOND, If_Match=tag)
    again = program.upload(f"{at}revisions/", SECOND, If_Match=tag)
    late = program.upload(f"{at}revisions/", FIRST, If_Match=tag)

    assert (blind.status_code, codes(blind)) == (428, [("api.no_version", "If-Match")])
    assert [each["number"] for each in newer.json()["revisions"]] == [2, 1]
    assert (again.status_code, again.json()) == (200, newer.json())
    assert (late.status_code, codes(late)) == (412, [("api.outdated", "If-Match")])
    assert late.json()["current"] == newer.json()
    assert program.get(f"{at}revisions/1/").content == "附件".encode()
    assert program.get(f"{at}revisions/3/").status_code == 404


def test_what_is_sent_twice_makes_one_file(site, program):
    at, key = f"sites/{site.pk}/files/", {"Idempotency_Key": "月报附件"}
    first = program.upload(at, FIRST, **key)
    number = first.json()["id"]
    program.upload(f"{at}{number}/revisions/", SECOND, If_Match=first["ETag"])

    again = program.upload(at, FIRST, **key)
    other = program.upload(at, "别的".encode(), **key)
    plainly = program.upload(at, SECOND)

    assert (again.status_code, again.json()["id"]) == (200, number)
    assert (other.status_code, codes(other)) == (422, [("files.key_used", "Idempotency-Key")])
    assert (plainly.status_code, plainly.json()["id"]) == (200, number)
    assert (Attachment.objects.count(), Submission.objects.count()) == (1, 1)


def test_a_key_of_a_file_is_none_of_a_record(site, small, program):
    key = {"Idempotency_Key": "同一个键"}

    attached = program.upload(f"sites/{site.pk}/files/", FIRST, **key)
    entered = program.post("brands/", {"name": "红帆", "place": "北镇", "work": "打造品牌"}, **key)

    assert (attached.status_code, entered.status_code) == (201, 201)


def test_who_may_know_of_a_file_is_changed(site, program):
    at = f"sites/{site.pk}/files/{make.attachment(site).pk}/"

    blind = program.patch(at, {"sensitivity": "public"})
    done = program.patch(at, {"sensitivity": "public"}, version=1)
    odd = program.patch(at, {"sensitivity": "secret"}, version=1)
    more = program.patch(at, {"name": "x"}, version=1)

    assert (blind.status_code, done.json()["sensitivity"]) == (428, "public")
    assert codes(odd) == [("registers.invalid_choice", "sensitivity")]
    assert codes(more) == [("api.unknown_field", "name")]


def test_a_file_is_removed_with_a_reason_and_put_back(site, program):
    at = f"sites/{site.pk}/files/{make.attachment(site).pk}/"

    silent = program.post(f"{at}remove/", {})
    late = program.post(f"{at}remove/", {"reason": "传错"}, If_Match='"2"')
    gone = program.post(f"{at}remove/", {"reason": "传错"}, If_Match='"1"')
    listed = program.get(f"sites/{site.pk}/files/").json()["items"]
    with_void = program.get(f"sites/{site.pk}/files/?void=true").json()["items"]
    replaced = program.upload(f"{at}revisions/", SECOND, If_Match='"1"')
    back = program.post(f"{at}restore/", {})

    assert (silent.status_code, codes(silent)) == (422, [("files.no_reason", "reason")])
    assert (late.status_code, gone.json()["void"]) == (412, True)
    assert (listed, len(with_void), replaced.status_code) == ([], 1, 404)
    assert (back.status_code, back.json()["void"]) == (200, False)
    verbs = Entry.objects.filter(subject_type="files.attachment").order_by("sequence")
    assert [each.verb for each in verbs] == ["files.attached", "files.removed", "files.returned"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("工具.exe", b"MZ", "files.kind"),
        ("通知.pdf", b"plain words", "files.disagrees"),
        ("通知.txt", b"", "files.empty"),
        ("11010519491231002X.txt", b"x", None),
    ],
)
def test_the_gate_is_that_of_the_page(site, program, name, content, code):
    answer = program.upload(f"sites/{site.pk}/files/", content, name)

    assert answer.status_code == 422
    ((said, field),) = codes(answer)
    assert field == "file"
    assert said == code or code is None
    assert not Revision.objects.exists()


def test_too_large_a_file_is_refused_and_nothing_is_kept(site, program):
    answer = program.upload(f"sites/{site.pk}/files/", b"a" * 20_000_001)

    assert (answer.status_code, codes(answer)) == (422, [("registers.size", "file")])
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("kind", "body", "told"),
    [
        ("application/json", b"{}", (415, "api.not_multipart")),
        ("multipart/form-data", b"x", (400, "api.unreadable")),
        ("multipart/form-data; boundary=x", b"no parts", (422, "registers.required")),
        ("multipart/form-data; boundary=\xff", b"x", (400, "api.unreadable")),
    ],
)
def test_what_is_no_form_with_a_file_is_refused(site, program, kind, body, told):
    answer = program.ask("post", f"sites/{site.pk}/files/", body, Content_Type=kind)

    assert (answer.status_code, answer.json()["code"]) == told


def test_what_no_page_asks_is_refused_by_name(site, program):
    at = f"sites/{site.pk}/files/"

    more = program.upload(at, FIRST, name_of="x")
    twice = program.upload(at, FIRST, sensitivity=["public", "internal"])

    assert (more.status_code, codes(more)) == (422, [("api.unknown_field", "name_of")])
    assert (twice.status_code, codes(twice)) == (422, [("api.sent_twice", "sensitivity")])


def test_pages_of_files_follow_each_other(site, program):
    numbers = [make.attachment(site, f"附件{each}").pk for each in range(3)]

    seen, path = [], f"sites/{site.pk}/files/?limit=2"
    while path:
        page = program.get(path).json()
        seen.append([each["id"] for each in page["items"]])
        path = page["next"]

    assert seen == [numbers[:2], numbers[2:]]


def test_a_restricted_file_is_there_for_those_who_are_cleared(site, small, program):
    kept = make.attachment(site, sensitivity="restricted")
    clerk = Program(make.clerk(small.tree.north))
    at = f"sites/{site.pk}/files/"

    assert clerk.get(at).json()["items"] == []
    hidden = clerk.get(f"{at}{kept.pk}/revisions/1/")
    absent = clerk.get(f"{at}99999999/revisions/1/")
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert program.get(f"{at}{kept.pk}/revisions/1/").status_code == 200
    (taken,) = Entry.objects.filter(verb="files.downloaded")
    assert taken.facts["number"] == 1


def test_a_file_is_no_other_records(site, small, program):
    kept = make.attachment(make.site(small.pilot, small.tree.north, designated=False))

    assert program.get(f"sites/{site.pk}/files/{kept.pk}/").status_code == 404


def test_a_file_that_is_not_what_was_kept_is_given_to_nobody(site, program):
    revision = make.attachment(site).revisions.get()
    with open(shelf().path(revision.stored), "ab") as content:  # noqa: PTH123  as the shelf names it
        content.write(b"more")

    answer = program.get(f"sites/{site.pk}/files/{revision.attachment_id}/revisions/1/")

    assert (answer.status_code, answer.json()["code"]) == (500, "files.damaged")


def test_who_only_reads_sends_nothing(site, small):
    reader = Program(small.account, "read")

    assert reader.upload(f"sites/{site.pk}/files/", FIRST).status_code == 403
    assert reader.get(f"sites/{site.pk}/files/").status_code == 200
