"""The list of standards, a version as a tree, and what differs between two versions."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongxin.core.access import SIGNED_IN, access
from tongxin.standards import queries
from tongxin.standards.choices import State
from tongxin.standards.models import Standard, Version
from tongxin.standards.permissions import kept_from, may_keep, visible_to
from tongxin.standards.rules.checking import problems_of
from tongxin.standards.rules.differing import differences
from tongxin.standards.sheets import workbook_of

from . import shown

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@access(SIGNED_IN)
def index(request: HttpRequest) -> HttpResponse:
    """Every standard with its newest version, and the draft where one is being written."""
    context = {
        "standards": queries.listed(request.user),
        "may_found": bool(kept_from(request.user)),
        "crumbs": [(_("标准"), "")],
    }
    return render(request, "standards/index.html", context)


@access(SIGNED_IN)
def standard(request: HttpRequest, key: str) -> HttpResponse:
    """The newest published version; the draft, where nothing is published yet."""
    found = queries.version_for(request.user, key)
    if found is None:
        rows = visible_to(request.user).filter(standard__key=key)
        found = rows.order_by("-number").first()
    if found is None:
        raise Http404
    return redirect(found)


@access(SIGNED_IN)
def version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A version as a tree; whoever writes it also sees what keeps a draft from being published."""
    found = readable(request, key, number)
    keeps = may_keep(request.user, found.standard)
    writes = keeps and found.state == State.DRAFT
    problems = problems_of(found.tree) if writes else []
    versions = queries.versions_of(request.user, found.standard)
    context = {
        "version": found,
        "tree": found.tree,
        "rows": shown.rows_of(found.tree, problems),
        "facts": shown.facts_of(found.tree),
        "grades": shown.grades_of(found.tree),
        "caps": shown.caps_of(found.tree),
        "problems": problems,
        "whole_problems": [each for each in problems if not each.field],
        "writes": writes,
        "may_begin": keeps and not writes and all(each.state != State.DRAFT for each in versions),
        "may_found": bool(kept_from(request.user)),
        "others": [each for each in versions if each.number != number],
        "crumbs": crumbs(found.standard, found, _("第 %(number)s 版") % {"number": number}),
    }
    return render(request, "standards/version.html", context)


@access(SIGNED_IN)
def compare(request: HttpRequest, key: str, number: int, other: int) -> HttpResponse:
    """What differs between two versions of a standard, from the older to the newer."""
    low, high = sorted((number, other))
    old, new = readable(request, key, low), readable(request, key, high)
    context = {
        "old": old,
        "new": new,
        "changes": shown.changes_of(differences(old.tree, new.tree)),
        "crumbs": crumbs(old.standard, new, _("有什么不同")),
    }
    return render(request, "standards/compare.html", context)


@access(SIGNED_IN)
def download(request: HttpRequest, key: str, number: int, extension: str) -> HttpResponse:
    """A version as a workbook, which also serves to write the next one; or as JSON."""
    found = readable(request, key, number)
    if extension == "xlsx":
        response = HttpResponse(workbook_of(found.tree), content_type=XLSX)
    elif extension == "json":
        response = HttpResponse(found.text, content_type="application/json")
    else:
        raise Http404
    name = f"{key}-{number}.{extension}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def readable(request: HttpRequest, key: str, number: int) -> Version:
    """Return a version that the account may read."""
    found = queries.version_for(request.user, key, number)
    if found is None:
        raise Http404
    return found


def crumbs(of: Standard, found: Version, here: Any) -> list[tuple[Any, str]]:
    """The way to a page of a version."""
    return [
        (_("标准"), reverse("standards:index")),
        (of.name, found.get_absolute_url()),
        (here, ""),
    ]
