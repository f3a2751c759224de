"""A home for the benchmark: a folder and a database that go when it is done."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tools import machine


@contextmanager
def home(database: str) -> Iterator[dict[str, str]]:
    """Make an empty home on a kind of database, and give the environment that leads to it."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("TONGXIN_")}
    with tempfile.TemporaryDirectory(prefix="tongxin-bench-") as folder:
        environment = {**own, "TONGXIN_HOME": folder}
        if database == "sqlite":
            yield environment
        else:
            with _database(f"tongxin_bench_{os.getpid()}") as url:
                yield {**environment, "TONGXIN_DATABASE_URL": url}


@contextmanager
def _database(name: str) -> Iterator[str]:
    server = urlsplit(machine.postgres_url())
    admin = server._replace(path="/postgres").geturl()
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield server._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(admin, autocommit=True) as connection:
            statement = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            connection.execute(statement.format(sql.Identifier(name)))


def start() -> None:
    """Start the product in the home that the environment names, with the demo's facts in it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tongxin.config.settings"
    import django

    django.setup()
    from django.conf import settings

    from tongxin.command import steps
    from tongxin.demo.actions import load

    settings.ROOT_URLCONF = "tests.bench.bare"
    steps.prepare()
    load("a password that nobody types")


def folder() -> Path:
    """Return the folder in which this home lies."""
    return Path(os.environ["TONGXIN_HOME"])
