"""The search index of whole registers: made anew when it is kept in another form."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connections, models

from tongxin.core.text import pieces

from . import declaration
from .declaration import Register
from .models import Piece

KEPT_SINCE = ("registers", "0003_search_by_beginnings")
CHUNK = 5_000


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
    made = 0
    stream = _pieces(register, rows)
    while chunk := list(islice(stream, CHUNK)):
        made += len(Piece.objects.using(using).bulk_create(chunk))
    return made


def _pieces(register: Register, rows: models.QuerySet[Any]) -> Iterator[Piece]:
    found = list(rows.values_list("pk", *register.search, "initials"))
    for pk, *texts in found:
        for text in sorted(pieces(*map(str, texts))):
            yield Piece(register=register.key, text=text, subject_id=pk)
