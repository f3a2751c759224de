"""A programme's page, and the choice between several."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tongxin.core.access import SIGNED_IN, access
from tongxin.divisions.queries import names_on

from . import queries
from .middleware import CHOSEN
from .models import Programme


@access(SIGNED_IN)
def programme(request: HttpRequest, key: str) -> HttpResponse:
    """What a programme is: period, founding document, pillars, groups, functions."""
    found = _mine(request, key)
    context = {
        "programme": found,
        "place": names_on([found.division_id], found.day)[found.division_id],
        "pillars": queries.pillars_of(found),
        "groups": queries.groups_of(found),
        "functions": queries.functions_of(found),
        "kinds": queries.recognition_kinds_of(found),
    }
    return render(request, "programmes/programme.html", context)


@access(SIGNED_IN)
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Work in another programme from now on."""
    found = _mine(request, request.POST.get("programme", ""))
    request.session[CHOSEN] = found.key
    return redirect("desk:home")


def _mine(request: HttpRequest, key: str) -> Programme:
    for each in request.programmes:  # type: ignore[attr-defined]
        if key in {each.key, str(each.pk)}:
            found: Programme = each
            return found
    raise Http404
