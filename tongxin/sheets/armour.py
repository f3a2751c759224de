"""Texts that a spreadsheet would take for a formula, and how they travel in a csv.

A csv has no types: what begins with = is computed by whoever opens it. Such a text gets an
apostrophe before it, and reading takes it off again. A text that begins with apostrophes before
such a sign gets one more, so that every text comes back as it was.
"""

import re

APOSTROPHE = "'"
# Signs that begin a formula or a command, half and full width; tab and line ends, after which some
# programs look again; and any blanks before a sign, which some programs drop.
DANGEROUS = re.compile(
    r"'*(?:[\t\r\n]|[\s\u200b\u200e\u200f\u2060\ufeff]*[=+\-@|%\uff1d\uff0b\uff0d\uff20\u2212])"
)


def armoured(text: str) -> str:
    """Return a text as it is written into a csv.

    >>> armoured("=1+1"), armoured("'=1"), armoured("'tis"), armoured("a=1")
    ("'=1+1", "''=1", "'tis", 'a=1')
    """
    return APOSTROPHE + text if DANGEROUS.match(text) else text


def bared(text: str) -> str:
    """Return a text from a csv as it was before it was written.

    >>> bared("'=1+1"), bared("''=1"), bared("'tis"), bared("=1")
    ('=1+1', "'=1", "'tis", '=1')
    """
    return text[1:] if text.startswith(APOSTROPHE) and DANGEROUS.match(text) else text
