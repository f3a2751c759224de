"""Keeping the derived table of reach true to versions and successions."""

from django.db import transaction
from django.utils.translation import gettext as _

from tongxin.core.dates import Span
from tongxin.core.errors import Problem, Refused
from tongxin.divisions.models import Division, Reach, Version
from tongxin.divisions.queries.lineage import read_heirs
from tongxin.divisions.rules import LoopFound, Standing, compose_reach


def lock_tree() -> None:
    """Let one change of the tree follow another: each rewrites the whole table of reach."""
    Division.objects.select_for_update().order_by("pk").first()


@transaction.atomic
def rebuild_reach() -> int:
    """Compute the table of reach anew and return its number of rows.

    It holds nothing of its own, so it needs no entry in the journal. Refused when a division
    would stand below itself.
    """
    rows = Version.objects.order_by("division_id", "id").values_list(
        "division_id", "parent_id", "since", "until"
    )
    standings = (Standing(row[0], row[1], Span(row[2], row[3])) for row in rows)
    try:
        reach = compose_reach(standings, read_heirs())
    except LoopFound as loop:
        raise Refused(
            Problem("divisions.loop", _("这样改会使一个地区成为自己的下级。换一个上级"), "parent")
        ) from loop
    Reach.objects.all().delete()
    Reach.objects.bulk_create(
        Reach(
            ancestor_id=row.ancestor, descendant_id=row.descendant, since=row.since, until=row.until
        )
        for row in reach
    )
    return len(reach)
