"""The clocks of a base."""

from collections.abc import Mapping
from typing import Any

from tongxin.core.errors import NotYours, refuse_if
from tongxin.incubation.models import Base
from tongxin.incubation.permissions import may_set_clocks
from tongxin.incubation.rules.bases import MOST_DAYS, MOST_MONTHS, clock_problems
from tongxin.journal.actions import action, record, unchanged
from tongxin.registers import declaration

CLOCKS = ("check", "notice", "handback")
SETTINGS = (*(f"{name}_{part}" for name in CLOCKS for part in ("days", "unit")), "term_months")


@action
def set_clocks(base: Base, *, by: Any, values: Mapping[str, Any]) -> Base:
    """Set how long a base takes for each step; what already runs keeps its day.

    Raises NotYours, Refused.
    """
    base = Base.objects.select_for_update(of=("self",)).get(pk=base.pk)
    if base.void or not may_set_clocks(by, base):
        raise NotYours
    refuse_if(
        [
            *(
                problem
                for name in CLOCKS
                for problem in clock_problems(f"{name}_days", values[f"{name}_days"], 1, MOST_DAYS)
            ),
            *clock_problems("term_months", values["term_months"], 1, MOST_MONTHS),
        ]
    )
    names = [name for name in SETTINGS if getattr(base, name) != values[name]]
    if not names:
        unchanged()
        return base
    before = {name: getattr(base, name) for name in names}
    for name in names:
        setattr(base, name, values[name])
    base.version += 1
    base.save(update_fields=[*names, "version", "changed_at"])
    record(
        by,
        f"{declaration.of(Base).key}.clocks_set",
        base,
        before=before,
        after={name: values[name] for name in names},
        place=base.division_id,
    )
    return base
