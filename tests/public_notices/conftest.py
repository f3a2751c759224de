"""A tree, the people of one county, the official calendar, and a record to be put up."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest

TODAY = dt.date(2017, 10, 20)
DRAFT = {
    "name": "关于拟命名示范点的公示",
    "text": "拟命名下列场所为示范点。",
    "put_up_at": "县政府网站",
    "basis": "示范点管理办法第九条",
    "count": 7,
    "unit": "working_days",
    "least_count": 5,
    "least_unit": "working_days",
    "names": "",
    "names_basis": "",
    "names_until": None,
}


@dataclass
class Cast:
    """Who takes part."""

    tree: Any
    record: Any
    register: Any
    clerk: Any
    coordinator: Any
    """Of the county, which accepts what the town enters."""
    neighbour: Any
    """The coordinator of the county beside it."""
    expert: Any


@pytest.fixture
def cast(db):
    from tests import factories as make
    from tongxin.accounts.choices import Role
    from tongxin.calendars.actions import seed
    from tongxin.registers import declaration

    seed()
    tree = make.tree()
    pilot = make.programme(tree.city)
    site = make.site(pilot, tree.north)
    return Cast(
        tree,
        site,
        declaration.get("sites"),
        make.clerk(tree.north),
        make.coordinator(tree.east),
        make.coordinator(tree.west),
        make.posted(Role.EXPERT, tree.city),
    )


@pytest.fixture
def on(monkeypatch):
    """Give a function that makes it another day."""

    def turn(day):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_moment: day)

    turn(TODAY)
    return turn
