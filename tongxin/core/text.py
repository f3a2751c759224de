"""Chinese text as registers need it: normal form, pinyin, and the pieces a search looks up."""

import unicodedata
from functools import lru_cache
from typing import Any

from pypinyin import Style, lazy_pinyin
from pypinyin.seg.simpleseg import seg

SORT_KEY_LENGTH = 160
INITIALS_LENGTH = 60
NUMBER_LENGTH = 18
PIECE_LENGTH = 6
SURROGATES = range(0xD800, 0xE000)
LAST = 0x10FFFF
MARKS = {"P", "Z", "C", "S"}
REMEMBERED = 20_000
"""So many texts and words are remembered: names share their words, and a name is asked often."""


class _Unmarked(dict[int, Any]):
    """What becomes of each character once marks are left out; each is asked once."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.category(chr(code))[0] in MARKS else code
        self[code] = kept
        return kept


UNMARKED = _Unmarked()


@lru_cache(REMEMBERED)
def plain(text: str) -> str:
    """Return text in the form in which names are compared: half-width, lower case, no marks.

    >>> plain("“同心·社会组织联盟” ＡＢ")
    '同心社会组织联盟ab'
    """
    before, now = None, text
    # What a mark parted may compose once it is gone: "A´" is an A, a space, and an accent.
    while now != before:
        before, folded = now, unicodedata.normalize("NFKC", now).casefold()
        now = folded.translate(UNMARKED)
    return now


def initials(text: str) -> str:
    """Return the pinyin initials of a name, as typed to find it.

    >>> initials("崇川区")
    'ccq'
    """
    letters = "".join(map(_letters_of, _words_in(plain(text))))
    return letters[:INITIALS_LENGTH]


def sort_key(text: str) -> str:
    """Return a key that puts names in the order of their pinyin, the same in every database.

    >>> sort_key("如皋市") < sort_key("通州区")
    True
    """
    key = " ".join(map(_syllables_of, _words_in(plain(text))))
    return key[:SORT_KEY_LENGTH]


@lru_cache(REMEMBERED)
def _words_in(text: str) -> tuple[str, ...]:
    """Return the words in which a text is read: a character sounds as its word has it."""
    return tuple(seg(text))


@lru_cache(REMEMBERED)
def _syllables_of(word: str) -> str:
    return " ".join(lazy_pinyin(word))


@lru_cache(REMEMBERED)
def _letters_of(word: str) -> str:
    return "".join(lazy_pinyin(word, style=Style.FIRST_LETTER))


def pieces(*texts: str) -> set[str]:
    """Return what begins at each character of some texts: what an index keeps to find a part.

    A part of a text is the beginning of one of its pieces, whether it has one character or six.

    >>> sorted(pieces("虹桥街"))
    ['桥街', '虹桥街', '街']
    """
    found: set[str] = set()
    for text in texts:
        clean = plain(text)
        found.update(clean[at : at + PIECE_LENGTH] for at in range(len(clean)))
    return found


def pieces_wanted(query: str) -> list[str]:
    """Return with what some piece of every match of a query begins: itself, or each six in a row.

    >>> pieces_wanted("虹桥"), pieces_wanted("abcdefgh")
    (['虹桥'], ['abcdef', 'bcdefg', 'cdefgh'])
    """
    clean = plain(query)
    last = max(len(clean) - PIECE_LENGTH, 0)
    return list(dict.fromkeys(clean[at : at + PIECE_LENGTH] for at in range(last + 1) if clean))


def next_after(beginning: str) -> str:
    """Return the first text, in the order of code points, after all that begin with one.

    >>> next_after("虹桥")
    '虹桦'
    """
    code = ord(beginning[-1]) + 1
    if code in SURROGATES:
        code = SURROGATES.stop
    return beginning[:-1] + chr(min(code, LAST))


def number_in(text: str) -> int | None:
    """Return the number that an address carries, if it could be a record's at all."""
    return int(text) if text.isdecimal() and len(text) <= NUMBER_LENGTH else None
