"""Where points lie in a drawing: a site among the others, without any map to fetch."""

from collections.abc import Collection
from dataclasses import dataclass
from math import cos, radians

Point = tuple[float, float]
"""Longitude and latitude, in degrees."""
SIDE = 200
EDGE = 12
LEAST = 0.02
"""Degrees that a drawing shows at least, so that a single point has some land around it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A point and the others, in a square of `SIDE`: x to the right, y down."""

    here: tuple[int, int]
    others: tuple[tuple[int, int], ...]


def drawn(here: Point, others: Collection[Point]) -> Drawn:
    """Return points as they lie in the square, north up, distances true at their latitude."""
    points = [here, *others]
    shrink = cos(radians(here[1]))
    flat = [(longitude * shrink, latitude) for longitude, latitude in points]
    west, east = min(x for x, _y in flat), max(x for x, _y in flat)
    south, north = min(y for _x, y in flat), max(y for _x, y in flat)
    span = max(east - west, north - south, LEAST)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2

    def place(point: Point) -> tuple[int, int]:
        x = (point[0] - middle_x) / span + 0.5
        y = 0.5 - (point[1] - middle_y) / span
        room = SIDE - 2 * EDGE
        return round(EDGE + x * room), round(EDGE + y * room)

    first, *rest = (place(point) for point in flat)
    return Drawn(first, tuple(rest))
