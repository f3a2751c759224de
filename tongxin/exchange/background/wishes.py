"""What was asked of a list, as a job keeps it until it is done."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from tongxin.registers.declaration import Register
from tongxin.registers.queries import Place, Wish

NAMES = ("text", "chosen", "by_place", "division", "sort", "with_void", "columns")


def kept_of(wish: Wish) -> dict[str, Any]:
    """Return a wish as plain values, without the page it begins at."""
    kept = asdict(wish)
    return {**{name: kept[name] for name in NAMES}, "columns": list(wish.columns)}


def wish_of(kept: Mapping[str, Any], register: Register, programme: Any) -> Wish:
    """Return a wish that was kept."""
    told = {name: kept[name] for name in NAMES}
    told["division"] = Place(**told["division"]) if told["division"] else None
    told["columns"] = tuple(told["columns"])
    return Wish(**told, fixed={register.within: programme} if register.within else None)
