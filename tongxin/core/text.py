"""Chinese text as registers need it: normal form, pinyin, and the pieces a search looks up."""

import unicodedata

from pypinyin import Style, lazy_pinyin

SORT_KEY_LENGTH = 160
INITIALS_LENGTH = 60
NUMBER_LENGTH = 18
MARKS = {"P", "Z", "C", "S"}


def plain(text: str) -> str:
    """Return text in the form in which names are compared: half-width, lower case, no marks.

    >>> plain("“同心·社会组织联盟” ＡＢ")
    '同心社会组织联盟ab'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if unicodedata.category(char)[0] not in MARKS)


def initials(text: str) -> str:
    """Return the pinyin initials of a name, as typed to find it.

    >>> initials("崇川区")
    'ccq'
    """
    letters = lazy_pinyin(plain(text), style=Style.FIRST_LETTER)
    return "".join(letters)[:INITIALS_LENGTH]


def sort_key(text: str) -> str:
    """Return a key that puts names in the order of their pinyin, the same in every database.

    >>> sort_key("如皋市") < sort_key("通州区")
    True
    """
    return " ".join(lazy_pinyin(plain(text)))[:SORT_KEY_LENGTH]


def pieces(*texts: str) -> set[str]:
    """Return the single characters and overlapping pairs of texts: what an index keeps.

    The normal Chinese query has two characters, so pairs rather than triples.
    """
    found: set[str] = set()
    for text in texts:
        clean = plain(text)
        found.update(clean)
        found.update(clean[at : at + 2] for at in range(len(clean) - 1))
    return found


def pieces_wanted(query: str) -> list[str]:
    """Return the pieces that every match of a query must hold: its pairs, or its one character."""
    clean = plain(query)
    if len(clean) <= 1:
        return [clean] if clean else []
    return list(dict.fromkeys(clean[at : at + 2] for at in range(len(clean) - 1)))


def number_in(text: str) -> int | None:
    """Return the number that an address carries, if it could be a record's at all."""
    return int(text) if text.isdecimal() and len(text) <= NUMBER_LENGTH else None
