"""Invented records that wait to be accepted, and a notice about one of them; they count nowhere."""

import datetime as dt
from typing import Any

from django.utils import timezone

from tongxin.accounts.models import Account
from tongxin.divisions.models import Division
from tongxin.organisations.register import ORGANISATIONS
from tongxin.programmes.models import Programme
from tongxin.public_notices import actions as notices
from tongxin.public_notices.actions.objecting import Said
from tongxin.registers.actions import change, enter
from tongxin.trainings.register import TRAININGS

from .people import SINCE

WAITING = ("虹桥助老服务队（样例）", "虹桥青年读书会（样例）", "虹桥邻里调解队（样例）")
STREET = "t320602005"


def submit_samples() -> None:
    """Let the street hand up three new organisations, and a training that was corrected."""
    clerk = Account.objects.get(username="street")
    street = Division.objects.get(key=STREET)
    for name in WAITING:
        facts = {"name": name, "division": street, "kind": "community", "status": "filed"}
        enter(ORGANISATIONS, by=clerk, values=facts | {"sample": True})
    _put_up(WAITING[0])
    training = _accepted_training(street)
    change(TRAININGS, training, by=clerk, values={"attendances": 260, "persons": 150})


def _put_up(name: str) -> None:
    """Post a notice about an invented organisation two days ago; somebody has objected."""
    organisation = ORGANISATIONS.model._default_manager.get(name=name)
    day = timezone.localdate() - dt.timedelta(days=2)
    values = {
        "name": f"关于{name}备案的公示"[:60],
        "text": "样例：拟同意备案，征求意见。这份公示和下面的异议都是编的。",
        "put_up_at": "样例：社区公告栏",
        "count": 7,
        "unit": "working_days",
    }
    notice = notices.draft(ORGANISATIONS, organisation, by=None, values=values)
    notices.post(notice, by=None, starts_on=day)
    said = Said(day, "样例：活动场地的使用证明没有贴出来。")
    notices.object_to(notice, by=None, said=said)


def _accepted_training(street: Division) -> Any:
    """A training that was accepted before."""
    training, _fresh = enter(
        TRAININGS,
        by=None,
        values={
            "name": "社区调解员培训（样例）",
            "division": street,
            "programme": Programme.objects.get(key="nantong-2017"),
            "held_on": SINCE,
            "sessions": 1,
            "attendances": 26,
            "persons": 15,
            "organiser": "虹桥街道办事处（样例）",
            "sample": True,
        },
    )
    return training
