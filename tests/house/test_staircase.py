"""What the import linter cannot see: foreign keys written as strings, and templates."""

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "tongxin"
TEMPLATE = re.compile(r"{%\s*(?:extends|include)\s+[\"']([^\"']+)[\"']")


def layers():
    """The stairs from the bottom, as pyproject.toml has them for the import linter."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    stairs = next(contract["layers"] for contract in contracts if contract["id"] == "staircase")
    return [[room.strip() for room in stair.split("|")] for stair in reversed(stairs)]


HEIGHT = {room: height for height, stair in enumerate(layers()) for room in stair}


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("tongxin.")]


def steps_up(own, targets):
    """The rooms among the targets that do not stand below a room."""
    return {room for room in targets if room != own and HEIGHT[room] >= HEIGHT[own]}


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_down(model):
    own = model._meta.app_label
    fields = [*model._meta.fields, *model._meta.many_to_many]
    targets = {field.related_model._meta.app_label for field in fields if field.is_relation}

    # The journal names the actor of every act: the one exception, by settings.AUTH_USER_MODEL.
    allowed = {"accounts"} if model._meta.label == "journal.Entry" else set()

    assert steps_up(own, targets & HEIGHT.keys()) == allowed


def test_a_foreign_key_upwards_would_be_seen():
    assert steps_up("funds", {"sites", "brands", "trainings", "funds"}) == {"brands", "trainings"}


def test_every_room_stands_on_the_staircase():
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}

    assert rooms == set(HEIGHT)


def test_every_installed_room_is_listed_from_the_top_down(settings):
    names = [room.removeprefix("tongxin.") for room in settings.ROOMS]

    assert [HEIGHT[name] for name in names] == sorted(
        (HEIGHT[name] for name in names), reverse=True
    )


def templates_of(room):
    return sorted((PACKAGE / room).glob("templates/**/*.html"))


@pytest.mark.parametrize("room", HEIGHT)
def test_templates_build_on_rooms_below(room):
    used = {
        name.split("/")[0]
        for page in templates_of(room)
        for name in TEMPLATE.findall(page.read_text(encoding="utf-8"))
    }

    assert steps_up(room, used & HEIGHT.keys()) == set()
