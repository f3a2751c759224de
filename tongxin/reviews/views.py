"""The queue, the page of one review, and a door for each thing that can be done with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tongxin.accounts.choices import Power
from tongxin.accounts.queries import standing
from tongxin.core.access import SIGNED_IN, access, power
from tongxin.core.errors import NotYours, Outdated, Refused
from tongxin.core.redirects import back
from tongxin.core.text import number_in
from tongxin.registers import actions as records
from tongxin.registers import declaration
from tongxin.registers.choices import Act, Stage
from tongxin.registers.doors import record_at
from tongxin.registers.history import change_in_words

from . import actions, pages, queries
from .choices import Kind, Reason
from .models import Review, Step

TABS = {
    "": (gettext_lazy("待我处理"), queries.waiting_for),
    "elsewhere": (gettext_lazy("等别人处理"), queries.waiting_elsewhere),
    "sent": (gettext_lazy("我报送的"), queries.sent_by),
    "decided": (gettext_lazy("我处理过的"), queries.decided_by),
}
REASON_LIMIT = 300
OFF = "off"


@access(power(Power.ACCEPT, Power.EDIT))
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for somebody, the exceptions first, and the first of it ready to be decided."""
    tab = _tab(request)
    rows = queries.page_of(TABS[tab][1](request.user), request.GET.get("after", ""))
    first = rows.rows[0] if rows.rows and not tab else None
    found = _found(request, first.pk) if first is not None else None
    return _page(request, rows, found)


@access(SIGNED_IN)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One review with the queue beside it: what differs, what is noticed, what was done."""
    return _page(request, None, _found(request, pk))


@access(SIGNED_IN)
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the version that was read."""
    return _decide(
        request, pk, lambda found, version: actions.accept(found, by=request.user, version=version)
    )


@access(SIGNED_IN)
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a record back, with a reason on a field."""
    chip = request.POST.get("chip", "")
    words = [str(Reason(chip).label)] if chip in Reason.values else []
    typed = _typed(request, "reason").strip()
    reason = "，".join([*words, *([typed] if typed else [])])
    return _decide(
        request,
        pk,
        lambda found, version: actions.give_back(
            found,
            by=request.user,
            version=version,
            reason=reason[:REASON_LIMIT],
            field=request.POST.get("field", ""),
        ),
    )


@access(SIGNED_IN)
@require_POST
def hand_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a decision on to a colleague."""
    to = number_in(request.POST.get("to", "")) or 0
    return _decide(
        request,
        pk,
        lambda found, version: actions.hand_on(found, by=request.user, version=version, to=to),
    )


@access(SIGNED_IN)
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a colleague to sign as well, or ask no longer."""
    to = None if "nobody" in request.POST else number_in(request.POST.get("to", "")) or 0
    return _decide(
        request,
        pk,
        lambda found, version: actions.ask(found, by=request.user, version=version, to=to),
    )


@access(SIGNED_IN)
@require_POST
def cosign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign as the colleague who was asked."""
    return _decide(
        request, pk, lambda found, version: actions.cosign(found, by=request.user, version=version)
    )


@access(SIGNED_IN)
@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a remark beside a record."""
    return _decide(
        request,
        pk,
        lambda found, _version: actions.comment(
            found, by=request.user, text=_typed(request, "text")
        ),
        stay=True,
    )


@access(SIGNED_IN)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what waits."""
    return _decide(
        request, pk, lambda found, _version: actions.withdraw(found, by=request.user), stay=True
    )


@access(SIGNED_IN)
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a draft, or what came back, to whoever accepts it."""
    found, record, acts = _found(request, pk)
    if Act.CHANGE not in acts or found.state not in {Stage.DRAFT, Stage.RETURNED}:
        raise Http404
    register = declaration.get(found.register)
    version = number_in(request.POST.get("version", ""))
    try:
        records.change(register, record, by=request.user, values={}, version=version)
    except NotYours as stranger:
        raise Http404 from stranger
    except Refused as refusal:
        return _page(request, None, _found(request, pk), problems=refusal.problems, status=422)
    except Outdated:
        return _outdated(request, pk, version or 0)
    messages.success(request, _("“%(name)s”已提交审核") % {"name": found.name})
    return redirect(found)


@access(power(Power.ACCEPT))
def accept_all(request: HttpRequest) -> HttpResponse:
    """Ask once more, then accept everything in which nothing was noticed."""
    if request.method != "POST":
        rows = queries.clean_ones(request.user)
        context = {"lines": pages.lines_of(tuple(rows), None, ""), "crumbs": _crumbs(_("一起同意"))}
        return render(request, "reviews/accept_all.html", context)
    try:
        done = actions.accept_all(_read(request), by=request.user)
    except Refused as refusal:
        rows = queries.clean_ones(request.user)
        context = {
            "lines": pages.lines_of(tuple(rows), None, ""),
            "crumbs": _crumbs(_("一起同意")),
            "problems": refusal.problems,
        }
        return render(request, "reviews/accept_all.html", context, status=422)
    if done.left:
        words = _("%(count)d 条在你看过以后变了，没有同意，留在队列里")
        messages.warning(request, words % {"count": len(done.left)})
    return redirect(f"{reverse('reviews:queue')}?done={done.batch}")


@access(SIGNED_IN)
@require_POST
def undo(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Take back what one has just done."""
    try:
        undone = actions.undo(batch, by=request.user, now=timezone.now())
    except NotYours as stranger:
        raise Http404 from stranger
    except Refused as refusal:
        for problem in refusal.problems:
            messages.warning(request, str(problem))
        return redirect("reviews:queue")
    messages.success(request, _("已撤销，%(count)d 条回到待审") % {"count": len(undone.done)})
    if undone.left:
        words = _("%(count)d 条之后又有人办过，没有撤销")
        messages.warning(request, words % {"count": len(undone.left)})
    return redirect(undone.done[0] if len(undone.done) == 1 else "reviews:queue")


@access(SIGNED_IN)
@require_POST
def keys(request: HttpRequest) -> HttpResponse:
    """Remember whether somebody wants to decide with single keys."""
    response = back(request, "reviews:queue")
    response.set_cookie(
        settings.KEYS_COOKIE_NAME,
        OFF if "off" in request.POST else "",
        max_age=31_536_000,
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
    return response


def _tab(request: HttpRequest) -> str:
    tab = request.GET.get("tab", "")
    return tab if tab in TABS else ""


def _typed(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\0", "")[:REASON_LIMIT]


def _read(request: HttpRequest) -> dict[int, int]:
    """Return which versions were on the page of what is accepted together."""
    read = {}
    for each in request.POST.getlist("read")[: queries.AT_ONCE]:
        pk, _mark, version = each.partition(":")
        number, seen = number_in(pk), number_in(version)
        if number is not None and seen is not None:
            read[number] = seen
    return read


def _found(request: HttpRequest, pk: int) -> tuple[Review, Any, frozenset[str]]:
    """Find a review by its record: who sees the record and its past sees how it is decided."""
    rows = Review.objects.select_related("author", "assignee", "cosigner", "turn")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    _register, record, acts = record_at(request, found.register, found.subject_id, Act.HISTORY)
    return found, record, acts


def _decide(
    request: HttpRequest, pk: int, work: Callable[[Review, int], Step], *, stay: bool = False
) -> HttpResponse:
    """Do one thing with a review, and go on to the next; what was typed is kept when it fails."""
    found, _record, _acts = _found(request, pk)
    version = number_in(request.POST.get("version", "")) or 0
    try:
        step = work(found, version)
    except NotYours as stranger:
        raise Http404 from stranger
    except Outdated:
        return _outdated(request, pk, version)
    except Refused as refusal:
        codes = {problem.code for problem in refusal.problems}
        status = 409 if "reviews.not_waiting" in codes else 422
        return _page(request, None, _found(request, pk), problems=refusal.problems, status=status)
    if stay:
        messages.success(request, str(pages.DONE[Kind(step.kind)]))
        return redirect(found)
    target = _next(request)
    if step.batch:
        return redirect(f"{target}?done={step.batch}")
    messages.success(request, str(pages.DONE[Kind(step.kind)]))
    return redirect(target)


def _next(request: HttpRequest) -> str:
    """The address of what comes next in the queue: the row below the one that was decided."""
    number = number_in(request.POST.get("then", ""))
    if number is not None and queries.waiting_for(request.user).filter(pk=number).exists():
        return reverse("reviews:review", args=[number])
    return reverse("reviews:queue")


def _outdated(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """Show both texts after an edit in between: what was read, and what stands there now."""
    found, record, acts = _found(request, pk)
    read = queries.values_at(found, version) or {}
    now = queries.values_at(found, record.version) or {}
    model = declaration.get(found.register).model
    conflict = [
        change_in_words(model, name, read, now) for name in now if read.get(name) != now[name]
    ]
    return _page(request, None, (found, record, acts), conflict=conflict, status=409)


def _page(
    request: HttpRequest,
    rows: queries.Queue | None,
    found: tuple[Review, Any, frozenset[str]] | None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Show the queue, and beside it the review that is looked at."""
    tab = _tab(request)
    if rows is None:
        rows = queries.page_of(TABS[tab][1](request.user), request.GET.get("after", ""))
    current = found[0] if found else None
    lines = pages.lines_of(rows.rows, current, tab)
    named = request.path != reverse("reviews:queue")
    context: dict[str, Any] = {
        "tabs": [(key, label, key == tab) for key, (label, _rows) in _tabs(request)],
        "tab": tab,
        "lines": lines,
        "load": queries.load_of(request.user),
        "older": f"?tab={tab}&after={rows.following}" if rows.following else "",
        "done": pages.pressed(request, request.GET.get("done", "")),
        "crumbs": _crumbs(current.name if current and named else ""),
        "keys": request.COOKIES.get(settings.KEYS_COOKIE_NAME) != OFF,
        "typed": {name: _typed(request, name) for name in ("reason", "field", "text")},
        **pages.beside(lines),
        **more,
    }
    if found is not None:
        review_, record, acts = found
        if request.method != "POST":
            register = declaration.get(review_.register)
            records.note_reading(register, record, by=request.user)
        context |= pages.panel(request, review_, record, acts)
    return render(request, "reviews/queue.html", context, status=status)


def _tabs(request: HttpRequest) -> list[tuple[str, Any]]:
    accepts = standing(request.user).has(Power.ACCEPT)
    return [(key, each) for key, each in TABS.items() if accepts or key == "sent"]


def _crumbs(here: str) -> list[tuple[Any, str]]:
    way = [(_("审核"), reverse("reviews:queue") if here else "")]
    return [*way, (here, "")] if here else way
