"""How a fault is planted: one function of the product is swapped, wherever it was imported to."""

import sys
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module

from django.db import transaction

CELLS, POWERS, GRANTS, ACCEPTING = "cells", "powers", "grants", "accepting"


@dataclass(frozen=True)
class Fault:
    """A mistake that somebody could make, and where the proof is expected to see it first."""

    name: str
    where: str
    """The function, as `module:attribute` below tongxin, or empty for a fault in the data."""
    twin: Callable
    """Takes the function and returns the wrong one; for data it is called as it is."""
    seen_in: tuple = (CELLS,)
    local: bool = False
    """Swapped only where it is named, not wherever it was imported: one channel forgets it."""

    @contextmanager
    def planted(self):
        """Plant the fault, and take everything back afterwards."""
        with transaction.atomic():
            undo = self._swap() if self.where else [self.twin() or (lambda: None)]
            try:
                yield
            finally:
                for each in undo:
                    each()
                transaction.set_rollback(True)

    def _swap(self):
        module, _, path = self.where.partition(":")
        *owners, name = path.split(".")
        holder = import_module(f"tongxin.{module}")
        for owner in owners:
            holder = getattr(holder, owner)
        right = holder.__dict__[name]
        wrong = self.twin(right)
        places = [holder]
        if not owners and not self.local:
            loaded = [m for n, m in sys.modules.items() if n.startswith("tongxin.") and m]
            places += [m for m in loaded if m is not holder and m.__dict__.get(name) is right]
        for place in places:
            setattr(place, name, wrong)
        return [lambda p=p: setattr(p, name, right) for p in places]
