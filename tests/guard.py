"""The guard that watches the writes of a request; tests/conftest.py sets it on every client."""

import re
from functools import cache

WRITE = re.compile(
    r'^\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+"?(?P<table>\w+)', re.IGNORECASE
)


class SilentChange(AssertionError):
    """A record was changed outside an action: the journal does not know of it."""


@cache
def watched_tables() -> frozenset[str]:
    """The tables whose every change belongs into the journal."""
    from django.apps import apps

    from tongxin.registers.models import Record

    watched = {
        "accounts.invitation",
        "accounts.office",
        "accounts.posting",
        "files.attachment",
        "files.revision",
        "calendars.day",
        "calendars.year",
        "public_notices.objection",
        "public_notices.publicnotice",
        "registers.savedview",
    }
    return frozenset(
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, Record)
        or model._meta.app_label == "divisions"
        or model._meta.label_lower in watched
    )


def refuse_silent_changes(execute, sql, params, many, context):
    """Run a statement, unless it writes to a watched table while no action is under way."""
    from tongxin.journal.actions import acting

    write = WRITE.match(sql)
    if write and write["table"] in watched_tables() and not acting():
        raise SilentChange(f"{write['table']} is written outside an action: {sql[:120]}")
    return execute(sql, params, many, context)
