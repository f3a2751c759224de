"""What every act on a panel does first: hold its row."""

from typing import Any

from tongxin.core.errors import NotYours, Problem, Refused
from tongxin.core.words import gettext as _
from tongxin.panels.choices import PanelState
from tongxin.panels.models import Member, Panel
from tongxin.panels.permissions import may_convene


def held(panel: Panel, *, by: Any) -> Panel:
    """Hold an open panel for whoever calls panels together there. Raises NotYours, Refused."""
    current = Panel.objects.select_for_update().get(pk=panel.pk)
    if by is not None and not may_convene(by, current.place_id):
        raise NotYours
    if current.state != PanelState.OPEN:
        raise Refused(Problem("panels.closed", _("评审已经结束，不能再改")))
    return current


def own_seat(panel: Panel, *, by: Any) -> Member:
    """Hold the seat of an account, and its panel first. Raises NotYours."""
    current = Panel.objects.select_for_update().get(pk=panel.pk)
    rows = Member.objects.select_for_update(of=("self",)).select_related("account")
    seat = rows.filter(panel=current, account=by).first()
    if seat is None:
        raise NotYours
    seat.panel = current
    return seat
