"""The page of the audit administrator: who holds what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongxin.accounts.choices import PostingState, Power
from tongxin.accounts.queries import holding, named, postings_within, standing
from tongxin.accounts.rules import powers_of
from tongxin.core.access import access, power
from tongxin.divisions.queries import names_on

from .asking import one_of, paged
from .postings import ORDER


@access(power(Power.JOURNAL))
def review(request: HttpRequest) -> HttpResponse:
    """Accounts, postings and powers in one's territory, and when each was last signed in to."""
    stand = standing(request.user)
    text = request.GET.get("q", "").strip()[:60]
    state = one_of(PostingState, request.GET.get("state", PostingState.STANDING))
    rows = holding(postings_within(stand.roots(Power.JOURNAL)), state, stand.on)
    rows = named(rows, text, "account__username", "account__display_name", "office__name")
    found, following = paged(request, rows, *ORDER)
    names = names_on([each.office.division_id for each in found], stand.on)
    context = {
        "postings": [(each, names[each.office.division_id], _powers(each.role)) for each in found],
        "following": following,
        "text": text,
        "state": state,
        "states": PostingState.choices,
    }
    return render(request, "accounts/review.html", context)


def _powers(role: str) -> list[str]:
    """The powers of a role in words, in the order of the house."""
    given = powers_of(role)
    return [str(each.label) for each in Power if each in given]
