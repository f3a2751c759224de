"""Files of records for programs: through the same gate, by the same actions, to the same people."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja import Query

from tongxin.accounts.choices import Sensitivity
from tongxin.core.errors import Outdated, Refused
from tongxin.files.models import Attachment, Revision
from tongxin.files.queries import newest_of_each, revisions_of
from tongxin.files.storage import Damaged
from tongxin.registers.attached import actions
from tongxin.registers.attached.forms import AttachForm, ReplaceForm
from tongxin.registers.attached.giving import handed_over
from tongxin.registers.attached.permissions import may_label
from tongxin.registers.attached.queries import opened
from tongxin.registers.choices import Act
from tongxin.registers.declaration import Register

from . import entering, reading
from .answering import given, has_it, tagged
from .asking import Files, refuse_unknown
from .door import READS, WRITES, api
from .looking import page_url
from .problems import Declined, Wrong
from .views import record_at

AT = "registers/{key}/{int:pk}/files/"
ONE = f"{AT}{{int:number}}/"


@api.get(AT, url_name="files", auth=READS)
def files(request: HttpRequest, key: str, pk: int, asked: Query[Files]) -> HttpResponse:
    """The files of a record that the account may open, each with its newest version."""
    register, found = record_at(request, key, pk, Act.SEE)
    refuse_unknown(request, Files.model_fields)
    rows = opened(request.user, register, found).filter(pk__gt=asked.after)
    if not asked.void:
        rows = rows.filter(void=False)
    page = list(rows.order_by("pk")[: asked.limit + 1])
    shown = page[: asked.limit]
    following = str(shown[-1].pk) if len(page) > len(shown) else ""
    newest = newest_of_each(shown)
    return given(
        {
            "items": [_told(each, [newest[each.pk]]) for each in shown],
            "next": page_url(request, "after", following),
        }
    )


@api.post(AT, url_name="files", auth=WRITES)
def attach(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Attach a file to a record. The same file again, or the same key, makes no other."""
    register, found = record_at(request, key, pk, Act.CHANGE)
    kept = reading.key_in(request, f"{register.key}/{pk}/files")
    form = _read(AttachForm, request, register, found)
    usual = found.sensitivity if "sensitivity" in form.fields else Sensitivity.INTERNAL
    made, fresh = _done(
        form,
        lambda: actions.attach(
            register,
            found,
            by=request.user,
            passed=form.taken,
            sensitivity=form.wanted(usual),
            key=kept,
        ),
    )
    return _one(request, made, status=201 if fresh else 200)


@api.get(ONE, url_name="file", auth=READS)
def file(request: HttpRequest, key: str, pk: int, number: int) -> HttpResponse:
    """One file with all its versions, the newest first."""
    register, found = record_at(request, key, pk, Act.SEE)
    return _one(request, _found(request, register, found, number))


@api.patch(ONE, url_name="file", auth=WRITES)
def label(request: HttpRequest, key: str, pk: int, number: int) -> HttpResponse:
    """Change who may know of a file. If-Match names the version that was read."""
    register, found = record_at(request, key, pk, Act.CHANGE)
    kept = _in_force(request, register, found, number)
    version = reading.version_in(request, needed=True)
    empty = ReplaceForm(None, request=request, asks=may_label(request.user, register, found))
    sent = reading.texts_of(reading.body_of(request), set(empty.fields) & {"sensitivity"})
    form = ReplaceForm(sent, request=request, asks="sensitivity" in empty.fields)
    _refuse_wrong(form)
    return _replaced(request, register, found, kept, form, version)


@api.post(f"{ONE}revisions/", url_name="revisions", auth=WRITES)
def replace(request: HttpRequest, key: str, pk: int, number: int) -> HttpResponse:
    """Add a newer version of a file. If-Match names the version that was read."""
    register, found = record_at(request, key, pk, Act.CHANGE)
    kept = _in_force(request, register, found, number)
    version = reading.version_in(request, needed=True)
    form = _read(AttachForm, request, register, found)
    return _replaced(request, register, found, kept, form, version)


@api.post(f"{ONE}remove/", url_name="remove_file", auth=WRITES)
def remove(request: HttpRequest, key: str, pk: int, number: int) -> HttpResponse:
    """Remove a file from its record, with a reason; all its versions stay."""
    return _set_removed(request, key, pk, number, removed=True)


@api.post(f"{ONE}restore/", url_name="restore_file", auth=WRITES)
def put_back(request: HttpRequest, key: str, pk: int, number: int) -> HttpResponse:
    """Put a removed file back."""
    return _set_removed(request, key, pk, number, removed=False)


@api.get(f"{ONE}revisions/{{int:revision}}/", url_name="download", auth=READS)
def download(request: HttpRequest, key: str, pk: int, number: int, revision: int) -> HttpResponse:
    """The content of one version, as a file. Its ETag is its checksum."""
    register, found = record_at(request, key, pk, Act.SEE)
    kept = _found(request, register, found, number)
    wanted = revisions_of(kept).filter(number=revision).first()
    if wanted is None:
        raise Http404
    tag = f'"{wanted.sha256}"'
    if has_it(request, tag):
        return HttpResponse(status=304, headers={"ETag": tag})
    try:
        answer = handed_over(register, found, wanted, by=request.user)
    except Damaged as damaged:
        words = _("这份文件和上传时的校验值对不上，没有交给你。告诉系统管理员：附件需要从备份恢复")
        raise Declined(500, Wrong("files.damaged", words)) from damaged
    answer["ETag"] = tag
    return answer


def _set_removed(
    request: HttpRequest, key: str, pk: int, number: int, *, removed: bool
) -> HttpResponse:
    register, found = record_at(request, key, pk, Act.CHANGE)
    kept = _found(request, register, found, number)
    version = reading.version_in(request, needed=False)
    reason = entering.reason_in(request)
    try:
        kept = actions.set_removed(
            register,
            found,
            kept,
            by=request.user,
            removed=removed,
            reason=reason,
            read=version,
        )
    except Refused as refusal:
        wrongs = [Wrong(e.code, e.message, e.field, reason) for e in refusal.problems]
        raise Declined(422, wrongs) from refusal
    except Outdated as outdated:
        raise _newer(outdated) from outdated
    return _one(request, kept)


def _replaced(  # noqa: PLR0913, PLR0917  what is replaced, by what, and what was read
    request: HttpRequest,
    register: Register,
    record: Any,
    kept: Attachment,
    form: AttachForm,
    version: int | None,
) -> HttpResponse:
    changed = _done(
        form,
        lambda: actions.replace(
            register,
            record,
            kept,
            by=request.user,
            passed=form.passed,
            sensitivity=form.wanted(kept.sensitivity),
            read=version,
        ),
    )
    return _one(request, changed)


def _done(form: AttachForm, act: Callable[[], Any]) -> Any:
    """Do one thing with a file. Raises Declined for what the form cannot know."""
    try:
        return act()
    except Refused as refusal:
        unseen = [each for each in refusal.problems if each.field not in form.fields]
        form.refuse(tuple(each for each in refusal.problems if each not in unseen))
        beside = [Wrong(each.code, each.message, each.field) for each in unseen]
        raise Declined(422, [*reading.wrongs_in(form), *beside]) from refusal
    except Outdated as outdated:
        raise _newer(outdated) from outdated


def _newer(found: Outdated) -> Declined:
    """Tell what a file is now, to those who were about to change it."""
    now = found.current
    words = _("你读过以后，文件换过，现在是第 %(number)d 版。看过现在的文件再改")
    wrong = Wrong("api.outdated", words % {"number": now.newest}, "If-Match")
    return Declined(412, wrong, current=_told(now, revisions_of(now)))


def _read(
    kind: type[AttachForm], request: HttpRequest, register: Register, record: Any
) -> AttachForm:
    """Read an upload as its page does: the form sends the file through the gate."""
    asks = may_label(request.user, register, record)
    sent, sent_files = _parts(request)
    known = {"sensitivity", "file"} if asks else {"file"}
    for name in [*sent, *sent_files]:
        if len(sent.getlist(name)) + len(sent_files.getlist(name)) > 1:
            words = _("“%(name)s”只送一次") % {"name": name}
            raise Declined(422, Wrong("api.sent_twice", words, name))
    reading.texts_of({**dict(sent.items()), **dict.fromkeys(sent_files, "")}, known)
    form = kind(sent, sent_files, request=request, asks=asks)
    _refuse_wrong(form)
    return form


def _parts(request: HttpRequest) -> tuple[Any, Any]:
    """Return the fields and the files that were sent. Raises Declined for what is no form."""
    if request.content_type != "multipart/form-data":
        words = _("文件用 multipart/form-data 送，放在 file 里，现在是“%(type)s”")
        told = words % {"type": request.content_type}
        raise Declined(415, Wrong("api.not_multipart", told, value=request.content_type))
    try:
        return request.POST, request.FILES
    except RequestDataTooBig:
        words = _("除文件以外的内容最多 1 MB。分几次送")
        raise Declined(413, Wrong("api.too_big", words)) from None
    except (MultiPartParserError, SuspiciousOperation):
        words = _("请求的内容要是完整的 multipart/form-data，最多一个文件")
        raise Declined(400, Wrong("api.unreadable", words)) from None


def _refuse_wrong(form: AttachForm) -> None:
    if not form.is_valid():
        raise Declined(422, reading.wrongs_in(form))


def _found(request: HttpRequest, register: Register, record: Any, number: int) -> Attachment:
    """Find a file of this record that the account may open, or answer as if there were none."""
    found = opened(request.user, register, record).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _in_force(request: HttpRequest, register: Register, record: Any, number: int) -> Attachment:
    """Find a file that was not removed: a removed one is put back before it is changed."""
    found = _found(request, register, record, number)
    if found.void:
        raise Http404
    return found


def _one(request: HttpRequest, kept: Attachment, *, status: int = 200) -> HttpResponse:
    """Answer with a file and all its versions."""
    body = _told(kept, revisions_of(kept))
    return tagged(request, body, kept.newest, status=status)


def _told(kept: Attachment, revisions: Any) -> dict[str, Any]:
    """Return a file as it is told, with some of its versions."""
    return {
        "id": kept.pk,
        "version": kept.newest,
        "name": kept.name,
        "sensitivity": kept.sensitivity,
        "void": kept.void,
        "entered_at": kept.entered_at.isoformat(),
        "changed_at": kept.changed_at.isoformat(),
        "revisions": [_version(each) for each in revisions],
    }


def _version(revision: Revision) -> dict[str, Any]:
    return {
        "number": revision.number,
        "name": revision.name,
        "kind": revision.kind,
        "size": revision.size,
        "sha256": revision.sha256,
        "cleaned": revision.cleaned,
        "received_at": revision.received_at.isoformat(),
    }
