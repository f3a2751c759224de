"""What the pages of assessments have in common: finding one, reading a sheet, a form for an act."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongxin.accounts.views.asking import shown as page
from tongxin.assessments import queries
from tongxin.assessments.actions import Sheet
from tongxin.assessments.models import Assessment
from tongxin.core.errors import NotYours, Outdated, Problem, Refused
from tongxin.public_notices.forms import Versioned
from tongxin.standards.rules.filling import values_from

OUTDATED = gettext_lazy("别人刚办过这件事。看过现在的情况，再提交一次")


def found_at(request: HttpRequest, number: int) -> Assessment:
    """Find an assessment that the account sees, or answer as if there were none."""
    found = queries.assessment_for(request.user, number)
    if found is None:
        raise Http404
    return found


def sent(request: HttpRequest) -> dict[str, str]:
    """Return what was typed on a sheet."""
    return {name: value for name, value in request.POST.items() if isinstance(value, str)}


def ordered(found: Assessment, texts: dict[str, str]) -> Sheet:
    """Return a sheet as the actions want it."""
    standard = found.version.tree
    return Sheet(
        values_from(standard, texts),
        {
            each.name: texts[f"c:{each.name}"] == "yes"
            for each in standard.conditions
            if texts.get(f"c:{each.name}")
        },
        {clause.code: texts.get(f"r:{clause.code}", "") for clause in standard.leaves()},
    )


def way(found: Assessment, here: str = "") -> list[tuple[Any, str]]:
    """The way to an assessment's page, or to a page below it."""
    path = [(_("标准"), reverse("standards:index")), (_("评估"), reverse("assessments:index"))]
    path.append((str(found), found.get_absolute_url() if here else ""))
    return [*path, (here, "")] if here else path


def done(request: HttpRequest, form: Any, act: Callable[[], Any], words: str) -> Any:
    """Do what a form asks for and return what came of it; None when refused, in the form."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        made = act()
    except Refused as refusal:
        form.refuse(refusal.problems)
    except NotYours as stranger:
        raise Http404 from stranger
    except Outdated as outdated:
        if isinstance(form, Versioned):
            form.read_again(outdated.current.revision)
        form.refuse((Problem("assessments.outdated", OUTDATED),))
    else:
        messages.success(request, words)
        return made
    return None


def asked(  # noqa: PLR0913, PLR0917  what the page of a form says
    request: HttpRequest, form: Any, found: Assessment, here: str, back: str, words: Any = ""
) -> HttpResponse:
    """Answer with the page of a form for something done with an assessment."""
    context = {"assessment": found, "here": here, "back": back, "words": words}
    return page(request, "assessments/form.html", form, crumbs=way(found, here), **context)
