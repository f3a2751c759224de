"""The pages of attachments. Each is reached through its record, and asks of both."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tongxin.accounts.choices import Sensitivity
from tongxin.core.access import SIGNED_IN, access
from tongxin.core.errors import NotYours, Outdated, Refused
from tongxin.files.models import Attachment, Revision
from tongxin.files.queries import revisions_of
from tongxin.files.storage import Damaged
from tongxin.journal.queries import entries_of
from tongxin.registers.choices import Act
from tongxin.registers.declaration import Register
from tongxin.registers.doors import crumbs, record_at

from . import actions
from .forms import AttachForm, ReplaceForm
from .giving import handed_over
from .permissions import may_label
from .queries import opened

REASON_LENGTH = 300


@access(SIGNED_IN)
def listing(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Every attachment of a record, removed ones too."""
    register, record, acts = record_at(request, key, pk)
    context = {
        "rows": opened(request.user, register, record).order_by("void", "id"),
        "acts": acts,
        **_frame(register, record, _("附件")),
    }
    return render(request, "registers/attachments.html", context)


@access(SIGNED_IN)
def new(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Attach a file to a record."""
    register, record, _acts = record_at(request, key, pk, Act.CHANGE)
    form = AttachForm(
        *_sent(request),
        request=request,
        asks=may_label(request.user, register, record),
        initial={"sensitivity": record.sensitivity},
    )
    if request.method == "POST" and form.is_valid():
        made = _attach(request, register, record, form)
        if made is not None:
            return redirect(_address("file", register, record, made))
    context = {"form": form, **_frame(register, record, _("添加附件"))}
    status = 422 if form.errors else 200
    return render(request, "registers/attach.html", context, status=status)


@access(SIGNED_IN)
def attachment(request: HttpRequest, key: str, pk: int, number: int) -> HttpResponse:
    """One attachment: its files, newest first, and what was done with it."""
    register, record, acts = record_at(request, key, pk)
    found = _found(request, register, record, number)
    context = {
        "attachment": found,
        "revisions": revisions_of(found),
        "entries": entries_of(found)[:100] if Act.HISTORY in acts else [],
        "acts": acts,
        **_frame(register, record, found.name),
    }
    return render(request, "registers/attachment.html", context)


@access(SIGNED_IN)
def replace(request: HttpRequest, key: str, pk: int, number: int) -> HttpResponse:
    """Upload a newer file, or change who may know of the attachment."""
    register, record, _acts = record_at(request, key, pk, Act.CHANGE)
    found = _found(request, register, record, number)
    if found.void:
        raise Http404
    form = ReplaceForm(
        *_sent(request),
        request=request,
        asks=may_label(request.user, register, record),
        initial={"sensitivity": found.sensitivity, "read": found.newest},
    )
    status = 200
    context: dict[str, Any] = {"form": form, "attachment": found}
    if request.method == "POST":
        if form.is_valid():
            context["conflict"] = _replace(request, register, record, found, form)
            if not context["conflict"] and not form.errors:
                return redirect(_address("file", register, record, found))
        status = 409 if context.get("conflict") else 422
    context |= _frame(register, record, found.name)
    return render(request, "registers/attach.html", context, status=status)


@access(SIGNED_IN)
def remove(request: HttpRequest, key: str, pk: int, number: int) -> HttpResponse:
    """Remove an attachment, with a reason, or bring it back."""
    register, record, _acts = record_at(request, key, pk, Act.CHANGE)
    found = _found(request, register, record, number)
    problems: tuple[Any, ...] = ()
    if request.method == "POST":
        removed = request.POST.get("void") != "no"
        reason = request.POST.get("reason", "").replace("\0", "")[:REASON_LENGTH]
        try:
            actions.set_removed(
                register, record, found, by=request.user, removed=removed, reason=reason
            )
        except Refused as refusal:
            problems = refusal.problems
        except NotYours as stranger:
            raise Http404 from stranger
        else:
            words = _("已移除“%(name)s”，可以随时恢复") if removed else _("已恢复“%(name)s”")
            messages.success(request, words % {"name": found.name})
            return redirect(record)
    context = {
        "attachment": found,
        "problems": problems,
        "reason": request.POST.get("reason", ""),
        **_frame(register, record, found.name),
    }
    status = 422 if problems else 200
    return render(request, "registers/attachment_remove.html", context, status=status)


@access(SIGNED_IN)
@require_safe
def download(request: HttpRequest, key: str, pk: int, number: int, revision: int) -> HttpResponse:
    """Hand over one file, as a file: no browser shows it, runs it, or keeps it."""
    register, record, _acts = record_at(request, key, pk)
    found = _found(request, register, record, number)
    wanted = revisions_of(found).filter(number=revision).first()
    if wanted is None:
        raise Http404
    return given_or_damaged(request, register, record, wanted)


def given_or_damaged(
    request: HttpRequest, register: Register, record: Any, wanted: Revision
) -> HttpResponse:
    """Hand over one file of a record to somebody who may open it, or say that it is damaged."""
    try:
        return handed_over(register, record, wanted, by=request.user)
    except Damaged:
        context = {
            "attachment": wanted.attachment,
            **_frame(register, record, wanted.attachment.name),
        }
        return render(request, "registers/attachment_damaged.html", context, status=500)


def _attach(request: HttpRequest, register: Register, record: Any, form: AttachForm) -> Any:
    """Attach what the form holds; None when it was refused, with the reasons in the form."""
    try:
        made, fresh = actions.attach(
            register,
            record,
            by=request.user,
            passed=form.taken,
            sensitivity=form.wanted(Sensitivity.INTERNAL),
        )
    except Refused as refusal:
        form.refuse(refusal.problems)
        return None
    except NotYours as stranger:
        raise Http404 from stranger
    if fresh:
        messages.success(request, _("已添加附件“%(name)s”") % {"name": made.name})
    else:
        messages.info(request, _("这份文件已经在这条记录下，没有重复添加"))
    return made


def _replace(
    request: HttpRequest, register: Register, record: Any, found: Attachment, form: ReplaceForm
) -> Attachment | None:
    """Replace the file; return the attachment as it is now when somebody was faster."""
    try:
        actions.replace(
            register,
            record,
            found,
            by=request.user,
            passed=form.passed,
            sensitivity=form.wanted(found.sensitivity),
            read=form.cleaned_data["read"],
        )
    except Refused as refusal:
        form.refuse(refusal.problems)
    except NotYours as stranger:
        raise Http404 from stranger
    except Outdated as outdated:
        form.read_again(outdated.current.newest)
        current: Attachment = outdated.current
        return current
    else:
        messages.success(request, _("已保存“%(name)s”") % {"name": (form.passed or found).name})
    return None


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    """What was sent: fields and files."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _found(request: HttpRequest, register: Register, record: Any, number: int) -> Attachment:
    """Find an attachment of this record that the account may open, or answer as if none were."""
    found = opened(request.user, register, record).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _address(name: str, register: Register, record: Any, attachment: Attachment) -> str:
    return reverse(f"registers:{name}", args=[register.key, record.pk, attachment.pk])


def _frame(register: Register, record: Any, here: str) -> dict[str, Any]:
    """What every page of attachments shows: whose they are, and the way back."""
    return {"register": register, "record": record, "crumbs": crumbs(register, record, here)}
