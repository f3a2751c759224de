"""What every act on a panel does first: hold its row."""

from typing import Any

from tongxin.core.errors import NotYours, Problem, Refused
from tongxin.core.words import gettext as _
from tongxin.panels.choices import Kind, PanelState
from tongxin.panels.models import Member, Panel
from tongxin.panels.permissions import leads


def held(panel: Panel, *, by: Any) -> Panel:
    """Hold an open panel for whoever leads it. Raises NotYours, Refused."""
    current = Panel.objects.select_for_update().get(pk=panel.pk)
    if by is not None and not leads(by, current):
        raise NotYours
    if current.state != PanelState.OPEN:
        raise Refused(Problem("panels.closed", _("评审已经结束，不能再改")))
    return current


def own_seat(panel: Panel, *, by: Any, kind: Kind | None = None) -> Member:
    """Hold the seat of an account, and its panel first, where it is of a kind. Raises NotYours."""
    current = Panel.objects.select_for_update().get(pk=panel.pk)
    rows = Member.objects.select_for_update(of=("self",)).select_related("account")
    seat = rows.filter(panel=current, account=by).first()
    if seat is None or kind not in {None, current.kind}:
        raise NotYours
    seat.panel = current
    return seat
