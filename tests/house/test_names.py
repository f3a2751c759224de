"""Names, sizes and migrations: what a newcomer relies on without being told."""

import ast
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parents[2]
JUNK_DRAWERS = {"utils", "helpers", "common", "misc"}
FILE_LINES = 500
FUNCTION_LINES = 60
OURS = ("tongxin", "tests", "tools")


def is_migration(path):
    return "migrations" in path.parts


@cache
def python_files():
    return [path for folder in OURS for path in sorted((ROOT / folder).rglob("*.py"))]


def named(paths):
    return sorted(path.relative_to(ROOT).as_posix() for path in paths)


@cache
def our_migrations():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return [
        migration
        for (label, _name), migration in loader.disk_migrations.items()
        if apps.get_app_config(label).name.startswith("tongxin.")
    ]


def test_there_is_no_junk_drawer():
    junk = [
        path
        for path in python_files()
        if not JUNK_DRAWERS.isdisjoint({path.stem, *path.relative_to(ROOT).parts})
    ]

    assert named(junk) == []


def test_migrations_are_named_by_hand():
    assert [str(migration) for migration in our_migrations() if "_auto_" in migration.name] == []


def test_every_step_of_a_migration_can_be_taken_back():
    steps = [
        (str(migration), step)
        for migration in our_migrations()
        for step in migration.operations
        if isinstance(step, RunPython)
    ]

    assert [name for name, step in steps if not step.reversible] == []


def test_every_room_with_tables_has_a_migration():
    with_tables = {
        model._meta.app_label
        for model in apps.get_models()
        if model.__module__.startswith("tongxin.")
    }

    assert with_tables - {migration.app_label for migration in our_migrations()} == set()


def test_files_stay_readable():
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in python_files()
        if not is_migration(path)
        and (lines := path.read_text(encoding="utf-8").count("\n")) > FILE_LINES
    }

    assert long == {}


def functions_of(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_stay_readable():
    long = {
        f"{path.relative_to(ROOT).as_posix()} {name}": lines
        for path in python_files()
        if not is_migration(path)
        for name, lines in functions_of(path)
        if lines > FUNCTION_LINES
    }

    assert long == {}


def test_test_files_mirror_the_rooms():
    rooms = {path.parent.name for path in ROOT.glob("tongxin/*/__init__.py")}
    folders = {path.parent.name for path in ROOT.glob("tests/*/test_*.py")}

    assert folders - rooms - {"house", "browser", "bench", "stories", "proof", "kills"} == set()


@pytest.mark.parametrize("folder", OURS)
def test_every_folder_is_looked_at(folder):
    assert [path for path in python_files() if path.is_relative_to(ROOT / folder)]
