"""The divisions of Nantong, and a small invented tree whose every day is easy to see.

Models are imported inside the fixtures: this file is read before the rooms are installed.
"""

import datetime as dt

import pytest


@pytest.fixture
def nantong(db):
    """Return the identities of all divisions of Nantong by their keys."""
    from tongxin.divisions.actions import load_divisions
    from tongxin.divisions.models import Division

    load_divisions()
    return dict(Division.objects.values_list("key", "pk"))


@pytest.fixture
def small_tree(db):
    """Found a city with two counties, of which one has two towns; returned by key."""
    from tongxin.divisions.actions import found
    from tongxin.divisions.choices import Level

    city = found("city", "甲市", Level.CITY, None, None, by=None, codes={"stats": "110100"})
    east = found("east", "东县", Level.COUNTY, city, None, by=None, codes={"stats": "110121"})
    west = found("west", "西县", Level.COUNTY, city, None, by=None, codes={"stats": "110122"})
    north = found("north", "北镇", Level.TOWN, east, None, by=None, codes={"stats": "110121100"})
    south = found("south", "南镇", Level.TOWN, east, dt.date(2010, 1, 1), by=None)
    return {"city": city, "east": east, "west": west, "north": north, "south": south}
