"""Invented records that wait to be accepted, so that the queue can be tried; they count nowhere."""

from typing import Any

from tongxin.accounts.models import Account
from tongxin.divisions.models import Division
from tongxin.organisations.register import ORGANISATIONS
from tongxin.programmes.models import Programme
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
    training = _accepted_training(street)
    change(TRAININGS, training, by=clerk, values={"attendances": 260, "persons": 150})


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
