"""What every test stands on: a home folder of its own, quick passwords, and two guards."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

# The settings are read once, so the environment of a test run is made before anything asks for
# them. What a developer has set for their own installation does not reach the tests.
for _name in [name for name in os.environ if name.startswith("TONGXIN_")]:
    if _name != "TONGXIN_DATABASE_URL" and not _name.startswith("TONGXIN_TEST_"):
        del os.environ[_name]
_home = tempfile.mkdtemp(prefix="tongxin-tests-")
(Path(_home) / "static").mkdir()  # whitenoise warns where there is none
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["TONGXIN_HOME"] = _home
os.environ["TONGXIN_PLAIN_STATIC"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "tongxin.config.settings"

HERE = Path(__file__).resolve().parent
MARKED_FOLDERS = ("browser", "bench")


def pytest_configure():
    """Hash passwords quickly: a test signs in often and guards nothing."""
    from django.conf import settings

    # A worker of a parallel run has read the settings with its parent's home before it comes here.
    settings.HOME = Path(_home).resolve()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    empty_the_journal_with_the_rest()


def empty_the_journal_with_the_rest():
    """Take the guards off while a test with real commits empties the tables after it."""
    import django.db.models  # noqa: F401  first, or the import below goes in a circle
    from django.db.backends.base.operations import BaseDatabaseOperations

    from tongxin.assessments.rules.freezing import COLUMNS, DECIDED
    from tongxin.journal import triggers
    from tongxin.standards.rules import freezing

    empty = BaseDatabaseOperations.execute_sql_flush

    def execute_sql_flush(self, statements):
        vendor = self.connection.vendor
        frozen = (*freezing.VERSIONS, *DECIDED)
        off = [*triggers.drop(vendor), *freezing.drop(vendor, frozen)]
        on = [*triggers.create(vendor), *freezing.create(vendor, frozen, COLUMNS)]
        empty(self, [*off, *statements, *on])

    BaseDatabaseOperations.execute_sql_flush = execute_sql_flush


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark the tests of tests/browser and tests/bench by where they lie."""
    for item in items:
        folder = item.path.relative_to(HERE).parts[0]
        if folder in MARKED_FOLDERS:
            item.add_marker(folder)


@pytest.fixture(autouse=True)
def every_change_is_recorded(monkeypatch):
    """Fail a request that changes a record without an action, and so without a journal entry."""
    from django.db import connection
    from django.test import Client

    from tests.guard import refuse_silent_changes

    answer = Client.request

    def request(client, **environ):
        with connection.execute_wrapper(refuse_silent_changes):
            return answer(client, **environ)

    monkeypatch.setattr(Client, "request", request)


@pytest.fixture(autouse=True)
def no_language_is_left_over():
    """Begin each test in the language of the house: a request leaves that of its reader behind."""
    from django.utils import translation

    translation.deactivate()
