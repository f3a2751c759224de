"""The land of the proof: two cities, three levels below, and everything that a tree can live
through: a merger, a split, a transfer yesterday and one tomorrow, an end without an heir, and a
division that does not stand yet. Built by the product's own actions; the oracle reads the rows.
"""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from tests import factories as make
from tests.proof.oracle import Oracle
from tongxin.divisions.actions import Decree, merge, split, transfer
from tongxin.divisions.choices import Level
from tongxin.divisions.models import Division, Succession, Version

DAY = dt.timedelta(days=1)
TREE = (
    ("province", "丙省", Level.PROVINCE, ""),
    ("city", "甲市", Level.CITY, "province"),
    ("east", "东县", Level.COUNTY, "city"),
    ("west", "西县", Level.COUNTY, "city"),
    ("north", "北镇", Level.TOWN, "east"),
    ("south", "南镇", Level.TOWN, "east"),
    ("village", "村社区", Level.COMMUNITY, "north"),
    ("river", "河镇", Level.TOWN, "west"),
    ("moved", "迁镇", Level.TOWN, "west"),  # since yesterday below east
    ("leaving", "别镇", Level.TOWN, "east"),  # from tomorrow below west
    ("ended", "终镇", Level.TOWN, "east"),  # ended without an heir
    ("parted", "分镇", Level.TOWN, "west"),  # split into two
    ("first", "前镇", Level.TOWN, "west"),
    ("second", "后镇", Level.TOWN, "west"),
    ("old", "旧县", Level.COUNTY, "city"),  # merged into the new county
    ("older", "老县", Level.COUNTY, "city"),  # likewise, and one of the towns stays with the other
    ("other", "乙市", Level.CITY, "province"),
    ("far", "远县", Level.COUNTY, "other"),
    ("remote", "偏镇", Level.TOWN, "far"),
)


def land():
    """Found the land and return its divisions by key."""
    today = timezone.localdate()
    places = {}
    for key, name, level, parent in TREE:
        places[key] = make.division(key, name, level, places.get(parent))
    yesterday, long_ago = Decree(today - DAY), Decree(today - 400 * DAY)
    since = long_ago.effective_on
    places["new"] = make.division("new", "新县", Level.COUNTY, places["city"], since)
    places["harbour"] = make.division("harbour", "港镇", Level.TOWN, places["new"], since)
    merge([places["old"], places["older"]], places["new"], long_ago, by=None)
    transfer(places["moved"], places["east"], yesterday, by=None)
    half = Decimal("0.5")
    split(places["parted"], {places["first"]: half, places["second"]: half}, yesterday, by=None)
    end_without_heir(places["ended"], today - DAY)
    tomorrow = Decree(today + DAY)
    transfer(places["leaving"], places["west"], tomorrow, by=None)
    places["coming"] = make.division("coming", "来镇", Level.TOWN, places["east"], today + DAY)
    return places


def end_without_heir(division, day):
    """Close a division as the editions of statistics do: it is simply no longer there."""
    from tongxin.divisions.actions import rebuild_reach

    Version.objects.filter(division=division, until__isnull=True).update(until=day)
    rebuild_reach()


def oracle():
    """Return the oracle of today over the tree as it stands in the database."""
    stands = Version.objects.values_list("division_id", "parent_id", "since", "until")
    follows = Succession.objects.values_list(
        "predecessor_id", "successor_id", "change__effective_on"
    )
    tops = Version.objects.filter(level__in=("city", "province"), until__isnull=True)
    rows = tops.values_list("division_id", flat=True)
    return Oracle(timezone.localdate(), list(stands), list(follows), list(rows))


def reached_by_the_product():
    """Return every pair that the product's own table of reach holds today."""
    from tongxin.divisions.models import Reach
    from tongxin.divisions.queries import on_day

    rows = Reach.objects.filter(on_day(timezone.localdate()))
    return set(rows.values_list("ancestor_id", "descendant_id"))


def reached_by_walking():
    """Return the same by the oracle."""
    asked = oracle()
    ids = list(Division.objects.values_list("pk", flat=True))
    return {(a, d) for a in ids for d in ids if asked.answers(a, d)}
