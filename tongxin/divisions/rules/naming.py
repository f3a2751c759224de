"""Reading a division's name as people write it."""

from collections.abc import Collection, Iterable, Sequence

LEVEL_WORDS = frozenset("省市县区镇乡街道社")
FULL_CODE = 12


def is_path(text: str, steps: Sequence[Collection[str]]) -> bool:
    """Whether a text is made of the names of some of the steps, in their order, and nothing else.

    Each step is a division on the way down, with all the names it goes by.

    >>> is_path("南通市崇川区", [{"江苏省"}, {"南通市"}, {"崇川区"}])
    True
    """
    if not text:
        return True
    return any(
        text.startswith(name) and is_path(text[len(name) :], steps[at + 1 :])
        for at, names in enumerate(steps)
        for name in names
    )


def short_code(text: str) -> str:
    """Return a twelve-digit code without the zeros that only fill it up; other text as it is.

    >>> short_code("320602001000"), short_code("320602000000"), short_code("320600")
    ('320602001', '320602', '320600')
    """
    if len(text) == FULL_CODE and text.isdecimal():
        for kept in (6, 9):
            if not text[kept:].strip("0"):
                return text[:kept]
    return text


def near_names(text: str, names: Iterable[str], limit: int = 3) -> list[str]:
    """Return the names most like a text, by the characters shared beside the words of level."""
    wanted = set(text) - LEVEL_WORDS
    scored = []
    for name in dict.fromkeys(names):
        given = set(name) - LEVEL_WORDS
        if shared := len(wanted & given):
            scored.append((-shared / len(wanted | given), name))
    return [name for _, name in sorted(scored)[:limit]]
