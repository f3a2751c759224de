"""Writing a draft in the browser: each page changes one thing, and says what is amiss."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tongxin.accounts.choices import Power
from tongxin.accounts.forms.house import HouseForm
from tongxin.accounts.views.asking import accepted, posted, pressed
from tongxin.accounts.views.asking import shown as page
from tongxin.core.access import access, power
from tongxin.core.errors import NotYours, Outdated, Problem, Refused
from tongxin.core.text import number_in
from tongxin.standards import actions, queries
from tongxin.standards.forms import ClauseForm, FoundForm, GeneralForm, SheetForm
from tongxin.standards.models import Version
from tongxin.standards.permissions import kept_from, may_keep
from tongxin.standards.rules import editing, tree
from tongxin.standards.rules.reading import clause_of, standard_of
from tongxin.standards.rules.typed import YES, typed_clause, typed_general
from tongxin.standards.rules.writing import plain
from tongxin.standards.sheets import Message, read_upload

from .reading import crumbs, readable

TICKS = ("veto", "capped")


@access(power(Power.STANDARDS))
def new(request: HttpRequest) -> HttpResponse:
    """Found a standard, empty or from another one."""
    roots = kept_from(request.user)
    if not roots:
        raise Http404
    starts = queries.starts(request.user)
    form = FoundForm(
        posted(request),
        starts=[(str(each.pk), str(each)) for each in starts],
        places=queries.places(roots),
        initial={"start": request.GET.get("from", "")},
    )
    made: list[Version] = []

    def found_it() -> None:
        told = form.cleaned_data
        start = next((each for each in starts if str(each.pk) == told["start"]), None)
        content = queries.whole(start).tree if start else None
        made.append(
            actions.found(
                by=request.user,
                division_id=int(told["division"]),
                key=told["key"],
                name=told["name"],
                content=content,
            )
        )

    if accepted(request, form, found_it):
        return redirect(made[0])
    way = [(_("标准"), reverse("standards:index")), (_("编写新标准"), "")]
    return page(request, "standards/new.html", form, crumbs=way)


@access(power(Power.STANDARDS))
@require_POST
def begin(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Begin the next version from the newest one."""
    found = kept(request, key, number)
    return redirect(actions.begin_draft(found.standard, by=request.user))


@access(power(Power.STANDARDS))
def add(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Add a clause below a heading, or at the top."""
    found = kept(request, key, number)
    under, bonus = request.GET.get("under", ""), request.GET.get("bonus") == "1"
    if under and editing.found(found.tree, under) is None:
        raise Http404
    form = ClauseForm(posted(request))

    def add_it() -> tree.Standard:
        return editing.added(found.tree, clause_of(form.told), under=under, bonus=bonus)

    if changed(request, form, found, add_it):
        messages.success(request, _("已加上 %(code)s") % {"code": form.cleaned_data["code"]})
        return redirect(_at(found, form.cleaned_data["code"]))
    title = _("在 %(code)s 下加一条") % {"code": under} if under else _("加一条")
    title = _("加一条加分项") if bonus and not under else title
    return _clause_page(request, form, found, title)


@access(power(Power.STANDARDS))
def clause(request: HttpRequest, key: str, number: int, code: str) -> HttpResponse:
    """Change a clause."""
    found = kept(request, key, number)
    old = editing.found(found.tree, code)
    if old is None:
        raise Http404
    texts: dict[str, Any] = dict(typed_clause(old))
    texts |= {name: texts[name] == YES for name in TICKS}
    form = ClauseForm(posted(request), initial=texts)

    def change_it() -> tree.Standard:
        return editing.changed(found.tree, code, clause_of(form.told))

    if changed(request, form, found, change_it):
        messages.success(request, _("已改 %(code)s") % {"code": form.cleaned_data["code"]})
        return redirect(_at(found, form.cleaned_data["code"]))
    return _clause_page(request, form, found, _("改 %(code)s") % {"code": code})


@access(power(Power.STANDARDS))
def general(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Change what the standard says as a whole."""
    found = kept(request, key, number)
    form = GeneralForm(posted(request), initial=typed_general(found.tree))

    def change_it() -> tree.Standard:
        told = plain(found.tree)
        kept_names = ("key", "version", "clauses", "bonus", "example")
        return standard_of({name: told[name] for name in kept_names if name in told} | form.told)

    if changed(request, form, found, change_it):
        messages.success(request, _("已改总则"))
        return redirect(found)
    context = {"version": found, "seen": _seen(found), "crumbs": _way(found, _("总则"))}
    return page(request, "standards/general.html", form, **context)


@access(power(Power.STANDARDS))
@require_POST
def arrange(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Move a clause up or down among those beside it, or take it away."""
    found = kept(request, key, number)
    code, act = request.POST.get("code", ""), request.POST.get("act", "")
    if editing.found(found.tree, code) is None or act not in {"up", "down", "remove"}:
        raise Http404
    if act == "remove":
        content = editing.removed(found.tree, code)
        done = _("已删去 %(code)s") % {"code": code}
    else:
        content = editing.moved(found.tree, code, -1 if act == "up" else 1)
        done = _("已移动 %(code)s") % {"code": code}
    _press(
        request,
        lambda: actions.change(found, content, by=request.user, seen=_told_seen(request)),
        done,
    )
    return redirect(_at(found, code) if act != "remove" else found)


@access(power(Power.STANDARDS))
@require_POST
def publish(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Publish a draft."""
    found = kept(request, key, number)
    done = _("已发布第 %(number)s 版，从此不再改动") % {"number": number}
    _press(request, lambda: actions.publish(found, by=request.user, seen=_told_seen(request)), done)
    return redirect(found)


@access(power(Power.STANDARDS))
@require_POST
def discard(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Throw a draft away."""
    found = kept(request, key, number)
    if _press(
        request,
        lambda: actions.discard(found, by=request.user, seen=_told_seen(request)),
        _("草稿已放弃"),
    ):
        return redirect("standards:index")
    return redirect(found)


@access(power(Power.STANDARDS))
def upload(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Put what a workbook says in the place of the draft, or say all that is amiss."""
    found = kept(request, key, number)
    sent = request.method == "POST"
    form = SheetForm(posted(request), request.FILES if sent else None, request=request)
    said: list[Message] = []

    def take_it() -> tree.Standard:
        content, told = read_upload(form.cleaned_data["file"], found.tree)
        said.extend(told)
        if content is None:
            words = _("有 %(count)s 处要改，什么都没有写入。改好工作簿再传") % {"count": len(told)}
            raise Refused(Problem("standards.sheet", words, "file"))
        return content

    if changed(request, form, found, take_it):
        messages.success(request, _("已换成工作簿里的内容"))
        return redirect(found)
    context = {"version": found, "seen": _seen(found), "said": said}
    context["crumbs"] = _way(found, _("从 Excel 写"))
    return page(request, "standards/upload.html", form, **context)


def kept(request: HttpRequest, key: str, number: int) -> Version:
    """Return a version of a standard that the account writes."""
    found = readable(request, key, number)
    if not may_keep(request.user, found.standard):
        raise Http404
    return found


def changed(
    request: HttpRequest, form: HouseForm, found: Version, make: Callable[[], tree.Standard]
) -> bool:
    """Whether a form was sent and its change was made; what stands against it is in the form."""

    def act() -> None:
        try:
            actions.change(found, make(), by=request.user, seen=_told_seen(request))
        except Outdated as outdated:
            found.revision = outdated.current.revision
            words = _("别人刚改过这一版。看看有没有冲突，再提交一次就以你的为准")
            raise Refused(Problem("standards.outdated", words)) from outdated
        except NotYours as strange:
            raise Http404 from strange

    return accepted(request, form, act)


def _press(request: HttpRequest, act: Callable[[], Any], done: str) -> bool:
    """Do what a button asks for; False where somebody changed the draft in between."""
    try:
        pressed(request, act, done)
    except Outdated:
        messages.error(request, _("别人刚改过这一版，没有动它。看过以后再按一次"))
        return False
    except NotYours as strange:
        raise Http404 from strange
    return True


def _told_seen(request: HttpRequest) -> int:
    return number_in(request.POST.get("seen", "")) or 0


def _seen(found: Version) -> int:
    return found.revision


def _at(found: Version, code: str) -> str:
    return f"{found.get_absolute_url()}#c-{code}"


def _way(found: Version, here: Any) -> list[tuple[Any, str]]:
    return crumbs(found.standard, found, here)


def _clause_page(
    request: HttpRequest, form: ClauseForm, found: Version, title: str
) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {
        "form": form,
        "version": found,
        "seen": _seen(found),
        "title": title,
        "crumbs": _way(found, title),
    }
    return render(request, "standards/clause.html", context, status=status)
