"""Records of another programme in the same places: what a dashboard must not pay for."""

import datetime as dt
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

from django.db import models

from tongxin.brands.models import Brand, Recognition
from tongxin.divisions.models import Division
from tongxin.incubation.models import Base
from tongxin.party_building.models import Project
from tongxin.programmes.actions import found_programme
from tongxin.programmes.models import Programme
from tongxin.sites.models import Designation, Site
from tongxin.trainings.models import Training

from .organisations import CHUNK, settle

KEY = "elsewhere"
HELD_ON = dt.date(2016, 6, 1)
WORDS = {
    "groups": [{"key": "group", "name": "群体"}],
    "recognition_kinds": [{"key": "kind", "name": "种类", "phrase": "入选{title}"}],
}


def open_programme() -> Programme:
    """Found an older programme of the same city, still without a record."""
    known = Programme.objects.filter(key=KEY).first()
    if known is not None:
        return known
    city = Division.objects.get(key="nantong")
    facts = {"key": KEY, "name": "另一个项目", "division": city, "begins": "2001-01"}
    return found_programme(by=None, facts=facts, words=WORDS)


def fill(programme: Programme, count: int) -> int:
    """Bring its registers up to `count` records in all, and return how many there are."""
    makers = _makers(programme)
    each = count // (len(makers) + 1)
    for model, facts in makers.items():
        have = model._default_manager.filter(programme=programme).count()
        _add(model, islice(_records(programme), have, each), facts)
    sites = Site.objects.filter(programme=programme, designations__isnull=True)
    rows = sites.values_list("id", "name", "sort_key").iterator(CHUNK)
    named = [{"site_id": pk, "name": name, "sort_key": key} for pk, name, key in rows]
    _add(Designation, iter(named), {"level": "city_or_county"})
    settle()
    held = Designation.objects.filter(site__programme=programme).count()
    return held + sum(
        model._default_manager.filter(programme=programme).count() for model in makers
    )


def _makers(programme: Programme) -> dict[type[models.Model], dict[str, Any]]:
    group = programme.occupationalgroup_words.get()
    kind = programme.recognitionkind_words.get()
    return {
        Site: {"group": group},
        Base: {"level": "town"},
        Brand: {"work": "工作"},
        Recognition: {"kind": kind, "title": "项目"},
        Project: {},
        Training: {"held_on": HELD_ON, "attendances": 40},
    }


def _records(programme: Programme) -> Iterator[dict[str, Any]]:
    """Yield what every record needs, without end, over all divisions in turn."""
    places = cycle(Division.objects.order_by("key").values_list("pk", flat=True))
    for number, place in enumerate(places):
        yield {
            "programme": programme,
            "division_id": place,
            "name": f"记录{number}",
            "sort_key": f"ji lu {number:07d}",
            "initials": f"jl{number}",
        }


def _add(model: type[models.Model], rows: Iterator[dict[str, Any]], facts: dict[str, Any]) -> None:
    while chunk := [model(**row, **facts) for row in islice(rows, CHUNK)]:
        model._default_manager.bulk_create(chunk)
