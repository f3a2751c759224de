"""Who may stand above whom."""

from tongxin.divisions.choices import Level

HEIGHT = {level.value: -depth for depth, level in enumerate(Level)}


def stands_above(upper: str, lower: str) -> bool:
    """Whether a division of one level may be the parent of a division of another."""
    return HEIGHT[upper] > HEIGHT[lower]
