"""The frame around every page: navigation, programme, who is signed in, how it is shown."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tongxin.accounts.choices import Power
from tongxin.accounts.duties import first_of_all
from tongxin.accounts.permissions import holds
from tongxin.accounts.queries import Standing, standing

from .words import role_label

SIZES = ("large", "huge")
DENSE = "dense"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the navigation."""

    label: str
    url: str
    icon: str
    current: bool
    phone: bool = False
    badge: int | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What the shell shows."""

    nav: list[Item]
    programme: Any
    programmes: list[Any]
    who: str
    role: str
    demo: bool
    search_url: str
    size: str
    dense: bool
    language: str


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give templates the frame; error pages ask for it too, so it never fails for a stranger."""
    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> Frame:
    account = getattr(request, "user", None)
    known = account is not None and account.is_authenticated
    # Who has something to set up first is led nowhere else.
    free = known and not first_of_all(request, "")
    stand = standing(account) if free else None
    size = request.COOKIES.get(settings.SIZE_COOKIE_NAME, "")
    reads = stand is not None and (stand.has(Power.VIEW) or stand.has(Power.PUBLIC))
    return Frame(
        nav=_nav(request, stand) if stand else [],
        programme=getattr(request, "programme", None),
        programmes=getattr(request, "programmes", []),
        who=str(account) if known else "",
        role=role_label(standing(account)) if known else "",
        demo=settings.DEMO,
        search_url=reverse("desk:search") if reads else "",
        size=size if size in SIZES else "",
        dense=request.COOKIES.get(settings.DENSITY_COOKIE_NAME, "") == DENSE,
        language=get_language() or settings.LANGUAGE_CODE,
    )


def _nav(request: HttpRequest, stand: Standing) -> list[Item]:
    """What this account needs, most used first; five of them fit on a phone."""
    path = request.path
    entries = [(_("今日"), reverse("desk:home"), "home", True, True)]
    sees, accepts = stand.has(Power.VIEW), stand.has(Power.ACCEPT)
    judges = stand.holds_role("expert")
    keeps_own = stand.holds_role("organisation")
    reads_public = stand.has(Power.PUBLIC) and not keeps_own
    entries += [
        (_("汇总"), reverse("desk:dashboards"), "pin", sees, True),
        (_("审核"), reverse("reviews:queue"), "tick", accepts or stand.has(Power.EDIT), True),
        (_("台账"), reverse("registers:index"), "list", sees or reads_public, True),
        (
            _("本组织"),
            reverse("registers:list", args=["organisations"]),
            "building",
            keeps_own,
            True,
        ),
        (_("入驻申请"), reverse("incubation:calls"), "doc", keeps_own, True),
        (_("公示"), reverse("public_notices:index"), "flag", sees or reads_public, False),
        (_("数字"), reverse("indicators:index"), "chart", sees, not accepts),
        (_("简报"), reverse("briefings:index"), "doc", _briefs(request, stand), True),
        (_("评审"), reverse("panels:index"), "people", judges or accepts, judges),
        (_("标准"), reverse("standards:index"), "edit", sees, False),
        (_("区划"), reverse("divisions:tree"), "building", sees, False),
        (_("日志"), reverse("desk:journal"), "history", stand.has(Power.JOURNAL), not sees),
        (_("权限清单"), reverse("accounts:review"), "people", stand.has(Power.JOURNAL), not sees),
        (_("单位"), reverse("accounts:offices"), "building", stand.has(Power.OFFICES), True),
        (_("账号"), reverse("accounts:accounts"), "people", stand.has(Power.ACCOUNTS), True),
        (_("日历"), reverse("calendars:today"), "clock", stand.has(Power.CALENDAR), True),
        (_("任职"), reverse("accounts:postings"), "people", stand.has(Power.POSTINGS), True),
    ]
    home = reverse("desk:home")
    return [
        Item(label, url, icon, path == url if url == home else path.startswith(url), phone)
        for label, url, icon, shown, phone in entries
        if shown
    ]


def _briefs(request: HttpRequest, stand: Standing) -> bool:
    """Whether the account oversees the whole territory of the current programme."""
    programme: Any = getattr(request, "programme", None)
    if programme is None or not stand.has(Power.BRIEF):
        return False
    return holds(request.user, Power.BRIEF, programme.division_id)
