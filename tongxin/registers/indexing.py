"""The search index of whole registers: made anew when it is kept in another form."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connections, models

from tongxin.core.many import insert
from tongxin.core.text import pieces

from . import declaration
from .declaration import Register
from .models import Piece

KEPT_SINCE = ("registers", "0003_search_by_beginnings")


def after_migrating(*, using: str, plan: Iterable[Any] = (), **_told: Any) -> None:
    """Index every register once the migration that emptied the index has run."""
    done = {(step.app_label, step.name) for step, backwards in plan if not backwards}
    if KEPT_SINCE not in done:
        return
    tables = set(connections[using].introspection.table_names())
    for register in declaration.every():
        if register.model._meta.db_table in tables:
            index(register, using)


def index(register: Register, using: str = "default") -> int:
    """Index every record of a register that has no piece yet; return how many pieces were made.

    Reads names and initials only, so that it works whatever else a table has.
    """
    held = Piece.objects.using(using).filter(
        register=register.key, subject_id=models.OuterRef("pk")
    )
    rows = register.model._default_manager.using(using).filter(~models.Exists(held)).order_by("pk")
    found = list(rows.values_list("pk", *register.search, "initials"))
    return put(register, ((pk, texts) for pk, *texts in found), using)


def put(
    register: Register, told: Iterable[tuple[int, Iterable[str]]], using: str = "default"
) -> int:
    """Write the pieces of records that have none yet, given with their texts; return how many.

    A name of ten characters has some twenty pieces: made into objects one by one, they would cost
    more than everything else that is written for a record.
    """
    return insert(Piece, ("register", "text", "subject_id"), _pieces(register, told), using)


def _pieces(
    register: Register, told: Iterable[tuple[int, Iterable[str]]]
) -> Iterator[tuple[str, str, int]]:
    for pk, texts in told:
        for text in sorted(pieces(*map(str, texts))):
            yield register.key, text, pk
