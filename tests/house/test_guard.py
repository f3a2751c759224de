"""The guard over writes is awake: it stops what a careless view would do, and only that."""

import pytest
from django.db import connection

from tests.guard import SilentChange, refuse_silent_changes, watched_tables
from tongxin.accounts.models import SignIn
from tongxin.divisions.models import Division
from tongxin.journal.actions import action, record

pytestmark = pytest.mark.django_db


def write_silently():
    """What a view must not do: change a record and tell nobody."""
    return Division.objects.create(key="quiet")


@action
def write_openly():
    """The same change as an action, with its entry."""
    division = Division.objects.create(key="open")
    record(None, "divisions.added", division)
    return division


def test_a_write_outside_an_action_is_stopped():
    with connection.execute_wrapper(refuse_silent_changes), pytest.raises(SilentChange):
        write_silently()


@pytest.mark.parametrize(
    "write",
    [
        lambda rows: rows.update(position=2),
        lambda rows: rows.delete(),
        lambda rows: Division.objects.bulk_create([Division(key="many")]),
    ],
)
def test_every_kind_of_write_is_stopped(write):
    write_silently()

    with connection.execute_wrapper(refuse_silent_changes), pytest.raises(SilentChange):
        write(Division.objects.all())


def test_the_same_write_in_an_action_passes():
    with connection.execute_wrapper(refuse_silent_changes):
        division = write_openly()

    assert Division.objects.get() == division


def test_what_is_no_record_may_be_written_at_any_time():
    with connection.execute_wrapper(refuse_silent_changes):
        SignIn.objects.all().delete()
        Division.objects.count()


def test_records_divisions_and_postings_are_watched():
    from django.apps import apps

    from tongxin.registers.models import Record

    records = {model._meta.db_table for model in apps.get_models() if issubclass(model, Record)}

    assert {"divisions_division", "accounts_posting", "accounts_office"} < watched_tables()
    assert records
    assert records <= watched_tables()
    assert "journal_entry" not in watched_tables()


def test_requests_of_the_test_client_are_watched(client, settings):
    from types import ModuleType

    from django.urls import path

    from tongxin.config import urls
    from tongxin.core.access import ANYONE, access

    @access(ANYONE)
    def careless(_request):
        write_silently()

    routes = ModuleType("routes_with_a_careless_one")
    routes.urlpatterns = [path("careless/", careless), *urls.urlpatterns]
    settings.ROOT_URLCONF = routes

    with pytest.raises(SilentChange):
        client.get("/careless/")
