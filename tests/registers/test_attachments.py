"""Files of a record: added, replaced, removed, taken; and who finds which of them."""

import hashlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import factories as make
from tests.files import samples
from tongxin.accounts.choices import Role
from tongxin.files.models import Attachment, Revision
from tongxin.files.storage import lying, shelf
from tongxin.journal.models import Entry

pytestmark = pytest.mark.django_db
KINDS = ("public", "internal", "restricted")


@pytest.fixture
def world():
    """A tree, a site in 北镇, and a client of the city's coordinator."""
    tree = make.tree()
    programme = make.programme(tree.city)
    site = make.site(programme, tree.north, "服务站")
    return tree, site, make.client_of(make.coordinator(tree.city))


def upload(name="批文.pdf", content=samples.PDF, declared="application/pdf"):
    return SimpleUploadedFile(name, content, declared)


def files_of(site):
    return f"/registers/sites/{site.pk}/files/"


def attached(client, site, file=None, **typed):
    """Attach a file by the page, and return it."""
    before = set(Attachment.objects.values_list("pk", flat=True))
    client.post(f"{files_of(site)}new/", {"file": file or upload(), **typed})
    return Attachment.objects.exclude(pk__in=before).get()


def taken(client, site, attachment, number=1):
    return client.get(f"{files_of(site)}{attachment.pk}/revisions/{number}/")


def test_a_file_is_attached_shown_on_the_record_and_given_back_byte_for_byte(world):
    _tree, site, client = world

    made = attached(client, site)
    page = client.get(f"/registers/sites/{site.pk}/").content.decode()
    answer = taken(client, site, made)

    assert "批文.pdf" in page
    assert answer.content == samples.PDF
    revision = Revision.objects.get()
    assert revision.sha256 == hashlib.sha256(samples.PDF).hexdigest()
    assert (revision.number, revision.size, revision.kind) == (1, len(samples.PDF), "pdf")
    entry = Entry.objects.get(verb="files.attached")
    assert (entry.subject_id, entry.place_id) == (made.pk, site.division_id)
    assert entry.facts == {"register": "sites", "record": site.pk}


def test_nothing_that_somebody_typed_has_a_part_in_the_name_on_the_disk(world):
    _tree, site, client = world

    attached(client, site, upload("../../../etc/批文\u202efdp.pdf"))

    revision = Revision.objects.get()
    assert set(revision.stored) <= set("0123456789abcdef/")
    assert revision.name == "批文fdp.pdf"
    assert sorted(lying()).count(revision.stored) == 1


def test_a_file_is_handed_over_as_a_file_and_as_nothing_else(world):
    _tree, site, client = world
    answer = taken(client, site, attached(client, site))

    told = {name: answer.headers[name] for name in answer.headers}

    assert told["Content-Disposition"] == ("attachment; filename*=utf-8''%E6%89%B9%E6%96%87.pdf")
    assert told["Content-Type"] == "application/pdf"
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert told["Content-Security-Policy"].endswith("; sandbox")
    assert told["Cache-Control"] == "private, no-store"
    assert told["Content-Length"] == str(len(samples.PDF))


def test_a_newer_file_stands_before_the_older_and_both_are_given(world):
    _tree, site, client = world
    made = attached(client, site)
    newer = samples.PDF + b"%%EOF\n"

    client.post(
        f"{files_of(site)}{made.pk}/replace/",
        {"file": upload("批文二.pdf", newer), "sensitivity": "internal", "read": 1},
    )

    made.refresh_from_db()
    assert (made.newest, made.name) == (2, "批文二.pdf")
    assert taken(client, site, made, 1).content == samples.PDF
    assert taken(client, site, made, 2).content == newer
    assert taken(client, site, made, 3).status_code == 404
    entry = Entry.objects.get(verb="files.replaced")
    assert (entry.before["number"], entry.after["number"]) == (1, 2)


def test_a_newer_file_from_somebody_else_in_between_is_told_and_both_stay(world):
    _tree, site, client = world
    made = attached(client, site)
    url = f"{files_of(site)}{made.pk}/replace/"
    client.post(url, {"file": upload(content=samples.PDF + b"1 %%EOF"), "read": 1})

    late = client.post(url, {"file": upload(content=samples.PDF + b"2 %%EOF"), "read": 1})
    again = client.post(
        url,
        {
            "file": upload(content=samples.PDF + b"2 %%EOF"),
            "read": late.context["form"]["read"].value(),
        },
    )

    assert (late.status_code, again.status_code) == (409, 302)
    assert "有人上传了第 2 版" in late.content.decode()
    assert made.revisions.count() == 3


def test_a_form_sent_twice_attaches_one_file(world):
    _tree, site, client = world
    url = f"{files_of(site)}new/"

    client.post(url, {"file": upload()})
    again = client.post(url, {"file": upload()}, follow=True)

    assert (Attachment.objects.count(), Revision.objects.count()) == (1, 1)
    assert "没有重复添加" in again.content.decode()


def test_a_removed_file_leaves_the_record_with_a_reason_and_comes_back(world):
    _tree, site, client = world
    made = attached(client, site)
    url = f"{files_of(site)}{made.pk}/remove/"

    refused = client.post(url, {"reason": " "})
    client.post(url, {"reason": "传错了"})
    page = client.get(f"/registers/sites/{site.pk}/").context["attachments"]
    everything = client.get(files_of(site)).content.decode()
    client.post(url, {"void": "no"})

    assert refused.status_code == 422
    assert "写一句移除的原因" in refused.content.decode()
    assert (page["rows"], page["more"]) == ([], True)
    assert "批文.pdf" in everything
    assert "批文.pdf" in client.get(f"/registers/sites/{site.pk}/").content.decode()
    assert Entry.objects.get(verb="files.removed").facts["reason"] == "传错了"


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (None, "选择要上传的文件"),
        (upload("批文.pdf", b""), "“批文.pdf”是空的"),
        (upload("工具.exe", b"MZ"), "“工具.exe”不是能接收的类型"),
        (upload("图.svg", b"<svg/>"), "另存为 png 再上传"),
        (upload("批文.pdf", b"MZ\0\0"), "名为 pdf，内容却是 exe"),
        (upload("大.pdf", b"%PDF-" + bytes(20_000_001)), "超过 20.0 MB"),
        (upload("11010519491231002X.pdf"), "不存个人的证件号"),
    ],
)
def test_a_refused_file_says_why_and_leaves_nothing_behind(world, file, words):
    _tree, site, client = world
    before = sorted(lying())

    answer = client.post(f"{files_of(site)}new/", {"file": file} if file else {})

    assert answer.status_code == 422
    assert words in answer.context["form"].errors["file"][0]
    assert (Attachment.objects.count(), sorted(lying())) == (0, before)


def test_what_was_chosen_beside_a_refused_file_is_kept(world):
    _tree, site, client = world

    answer = client.post(
        f"{files_of(site)}new/", {"file": upload("a.exe"), "sensitivity": "restricted"}
    )

    assert answer.context["form"]["sensitivity"].value() == "restricted"
    assert "改好后再选一次" in answer.content.decode()


def test_a_file_that_cannot_be_recorded_leaves_nothing_on_the_shelf(world, monkeypatch):
    _tree, site, client = world
    before = sorted(lying())

    def broken(**_facts):
        raise RuntimeError("the row cannot be made")

    monkeypatch.setattr(Revision.objects, "create", broken)

    with pytest.raises(RuntimeError):
        client.post(f"{files_of(site)}new/", {"file": upload()})

    assert (Attachment.objects.count(), sorted(lying())) == (0, before)


def test_a_file_altered_on_the_disk_is_given_to_nobody(world):
    _tree, site, client = world
    made = attached(client, site)
    stored = Revision.objects.get().stored
    with shelf().open(stored, "wb") as content:
        content.write(samples.PDF + b"altered")

    answer = taken(client, site, made)

    assert answer.status_code == 500
    assert "校验值对不上" in answer.content.decode()


def test_taking_a_restricted_file_is_written_down_and_another_is_not(world):
    _tree, site, client = world
    plain = attached(client, site)
    kept = attached(
        client, site, upload("名单.pdf", samples.PDF + b"%%EOF"), sensitivity="restricted"
    )

    taken(client, site, plain)
    taken(client, site, kept)

    entry = Entry.objects.get(verb="files.downloaded")
    assert (entry.subject_id, entry.facts["number"]) == (kept.pk, 1)


def seen(who, site):
    """The names of the files of a site that an account finds on its page."""
    client = make.client_of(who)
    page = client.get(f"/registers/sites/{site.pk}/")
    if page.status_code == 404:
        return None
    return [each.name for each in page.context["attachments"]["rows"]]


@pytest.mark.parametrize("level", KINDS)
def test_who_opens_which_file(world, level):
    tree, site, client = world
    type(site).objects.filter(pk=site.pk).update(sensitivity=level)
    for number, kind in enumerate(KINDS):
        name = f"{kind}.pdf"
        attached(client, site, upload(name, samples.PDF + b"%%EOF" * number), sensitivity=kind)
    every = [f"{kind}.pdf" for kind in KINDS]
    clerk, expert = make.clerk(tree.north), make.posted(Role.EXPERT, tree.city)
    hidden = level == "restricted"

    assert seen(make.coordinator(tree.east), site) == every
    assert seen(clerk, site) == (None if hidden else every[:2])
    assert seen(make.clerk(tree.river), site) is None
    assert seen(expert, site) == (every[:1] if level == "public" else None)


def test_who_uploaded_a_restricted_file_still_opens_it(world):
    tree, site, _client = world
    clerk = make.clerk(tree.north)
    made = attached(make.client_of(clerk), site, sensitivity="restricted")

    assert seen(clerk, site) == [made.name]
    assert seen(make.clerk(tree.north), site) == []


def test_a_clerk_cannot_shut_himself_out(world):
    tree, site, client = world
    made = attached(client, site)

    answer = make.client_of(make.clerk(tree.north)).post(
        f"{files_of(site)}{made.pk}/replace/", {"sensitivity": "restricted", "read": 1}
    )

    made.refresh_from_db()
    assert (answer.status_code, made.sensitivity) == (422, "internal")
    assert "你自己也打不开" in answer.context["form"].errors["sensitivity"][0]


def bytes_of(response):
    """A page without what differs at every answer: the token of its forms, and its own address."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return re.sub(r"/files/\d+/", "/files/0/", page)


def addresses(site, attachment):
    base = f"{files_of(site)}{attachment.pk}/"
    return [base, f"{base}replace/", f"{base}remove/", *(f"{base}revisions/{n}/" for n in (1, 2))]


def test_a_file_that_an_account_may_not_open_is_not_there_in_any_revision(world):
    tree, site, client = world
    made = attached(client, site, sensitivity="restricted")
    newer = {"file": upload(content=samples.PDF + b"%%EOF"), "read": 1, "sensitivity": "restricted"}
    client.post(f"{files_of(site)}{made.pk}/replace/", newer)
    clerk = make.client_of(make.clerk(tree.north))

    hidden = [clerk.get(url) for url in addresses(site, made)]
    made.pk = 99_999
    absent = [clerk.get(url) for url in addresses(site, made)]

    assert {answer.status_code for answer in hidden} == {404}
    assert [bytes_of(each) for each in hidden] == [bytes_of(each) for each in absent]


def test_a_file_is_found_only_through_its_own_record(world):
    tree, site, client = world
    other = make.site(site.programme, tree.north, "另一处")
    made = attached(client, site)

    assert {client.get(url).status_code for url in addresses(other, made)} == {404}


def test_a_void_record_takes_no_file_and_still_gives_those_it_has(world):
    _tree, site, client = world
    made = attached(client, site)
    client.post(f"/registers/sites/{site.pk}/void/", {"reason": "登记重了"})

    assert client.get(f"{files_of(site)}new/").status_code == 404
    assert client.post(f"{files_of(site)}{made.pk}/remove/", {"reason": "x"}).status_code == 404
    assert taken(client, site, made).status_code == 200


def test_an_auditor_reads_files_and_adds_none(world):
    tree, site, client = world
    made = attached(client, site)
    auditor = make.client_of(make.posted(Role.AUDITOR, tree.city))

    assert taken(auditor, site, made).status_code == 200
    assert auditor.post(f"{files_of(site)}new/", {"file": upload()}).status_code == 404
    assert Attachment.objects.count() == 1
