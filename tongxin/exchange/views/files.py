"""Files that are taken out: a template, a list as shown, a workbook with comments."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tongxin.core.access import SIGNED_IN, access
from tongxin.core.words import listed
from tongxin.divisions.queries import names_on
from tongxin.exchange import actions
from tongxin.exchange.background import queries
from tongxin.exchange.background.jobs import ask_for_export, ask_for_marks
from tongxin.exchange.background.queries import is_large
from tongxin.exchange.background.wishes import kept_of
from tongxin.exchange.choices import State
from tongxin.exchange.marking import marked_workbook
from tongxin.exchange.queries import asker_of
from tongxin.exchange.taking import Plan, plan_of, take_out
from tongxin.exchange.writing import WRITERS, template_of
from tongxin.registers.declaration import Register
from tongxin.registers.doors import register_at
from tongxin.registers.queries import Wish
from tongxin.registers.wishes import wish_of

from . import jobs
from .doors import batch_at, crumbs, entering_at, programme_of

XLSX = WRITERS["xlsx"][1]


@access(SIGNED_IN)
def template(request: HttpRequest, key: str) -> HttpResponse:
    """An empty workbook of a register, with the choices of this account."""
    register = entering_at(request, key)
    asker = asker_of(request.user, programme_of(request))
    return _file(template_of(register, asker), f"{register.key}-template.xlsx", XLSX)


@access(SIGNED_IN)
def export(request: HttpRequest, key: str, extension: str) -> HttpResponse:
    """A list as it is shown, as a file; a long one is made in the background when that is wanted.

    The journal knows who took it.
    """
    register = register_at(key)
    programme = programme_of(request)
    if extension not in WRITERS or (register.within and programme is None):
        raise Http404
    wish = wish_of(request, register)
    narrowed = _narrowed(request, register, wish)
    plan = plan_of(register, by=request.user, programme=programme, wish=wish, narrowed=narrowed)
    if plan.count > queries.FEW:
        return _in_background(request, plan, wish, extension)
    content, extract = take_out(plan, extension)
    day = timezone.localdate().isoformat()
    response = _file(content, f"{register.key}-{day}.{extension}", WRITERS[extension][1])
    response["X-Journal-Head"] = str(extract.head)
    return response


def _in_background(request: HttpRequest, plan: Plan, wish: Wish, extension: str) -> HttpResponse:
    """Offer to make a long list in the background, and begin when that is wanted."""
    if request.method == "POST":
        wishes = {"wish": kept_of(wish), "extension": extension, "narrowed": plan.narrowed}
        job = ask_for_export(
            plan.register, by=request.user, programme=plan.programme, wishes=wishes
        )
        return redirect(job)
    context = {
        "register": plan.register,
        "count": plan.count,
        "narrowed": plan.narrowed,
        "hours": jobs.HOURS,
        "crumbs": jobs.crumbs(plan.register, _("在后台准备")),
    }
    return render(request, "exchange/long.html", context)


@access(SIGNED_IN)
def marked(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The workbook that was sent, with a comment in every cell that has to be mended.

    A large one is made in the background when that is wanted.
    """
    register, batch = batch_at(request, key, pk)
    if batch.state != State.DRAFT or not batch.stored:
        raise Http404
    if is_large(batch) and not batch.looked:
        return redirect(batch)
    if not batch.looked:
        content = marked_workbook(batch, actions.look_through(batch))
        return _file(content, f"marked-{batch.pk}.xlsx", XLSX)
    if request.method == "POST":
        return redirect(ask_for_marks(batch, by=request.user))
    context = {
        "register": register,
        "batch": batch,
        "hours": jobs.HOURS,
        "crumbs": crumbs(register, _("标注问题"), batch),
    }
    return render(request, "exchange/marking.html", context)


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _narrowed(request: HttpRequest, register: Register, wish: Wish) -> str:
    """Say in words by what a list is narrowed."""
    words = [_("“%(text)s”") % {"text": wish.text}] if wish.text else []
    for wanted in register.filters:
        value = (wish.chosen or {}).get(wanted.path)
        labels = {str(option): label for option, label in wanted.options(request)}
        if value:
            words.append(f"{wanted.label} {labels.get(value, value)}")
    if wish.division is not None:
        day = getattr(request, "day_of_map", None) or timezone.localdate()
        words.append(names_on([wish.division.pk], day)[wish.division.pk])
    if wish.with_void:
        words.append(_("连已作废的"))
    return listed(words)
