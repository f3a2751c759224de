"""Spoilt workbooks: `python -m tests.sheets.mutants 2000` reads so many and says what became.

Half are spoilt as files, half in their markup and packed again, so that the parser gets to see
them. The same number gives the same mutants.
"""

import io
import os
import random
import re
import resource
import sys
import tempfile
import time
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

SEED = 20_170_301
# What a parser may stumble over, put in the place of a number.
NUMBERS = (
    b"-1", b"0", b"1048577", b"4294967295", b"4294967296", b"18446744073709551615",
    b"99999999999999999999", b"1e308", b"-1e999", b"NaN", b"", b"\xff", b"0x10", b" 1 ", b"16385",
)  # fmt: skip
PIECES = (
    b"<", b">", b"&", b"&#0;", b"&#x110000;", b"&lt;", b"]]>", b"<!--", b"<![CDATA[", b'"', b"\0",
    b"\xe4\xb8", b"<c>", b"</row>", b"<row>", b"</sheetData>", b'r="A0"', b'r="ZZZZZ9"', b't="s"',
    b'r="XFD1048576"', b't="e"', b"<f>", b"</is>", b"_x0000_", b"_xD800_", b's="9999"',
)  # fmt: skip
TIME = re.compile(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass(slots=True)
class Fate:
    """What became of some mutants."""

    answers: Counter = field(default_factory=Counter)
    most_spent: float = 0.0
    slowest: float = 0.0
    strange: list = field(default_factory=list)


def spent():
    """The time of the processor that this process and its children took so far."""
    return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def spoilt_file(chance, content):
    spoilt = bytearray(content)
    for _time in range(chance.randint(1, 12)):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    if chance.random() < 0.2:
        del spoilt[chance.randrange(1, len(spoilt)) :]
    return bytes(spoilt)


def spoilt_markup(chance, content):
    """A workbook of which some parts were changed and packed again, as if they were right."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for _time in range(chance.randint(1, 4)):
        name = chance.choice([name for name in parts if parts[name]])
        parts[name] = chance.choice((other_number, other_piece, cut, doubled, turned))(
            chance, parts[name]
        )
    if chance.random() < 0.1:
        del parts[chance.choice(list(parts))]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def other_number(chance, text):
    found = list(re.finditer(rb"\d+", text))
    if not found:
        return text
    one = chance.choice(found)
    return text[: one.start()] + chance.choice(NUMBERS) + text[one.end() :]


def other_piece(chance, text):
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(PIECES) + text[at + chance.choice((0, 1, 5)) :]


def cut(chance, text):
    start = chance.randrange(len(text))
    return text[:start] + text[start + chance.randint(1, 200) :]


def doubled(chance, text):
    tags = list(re.finditer(rb"<[^>]+>", text))
    if not tags:
        return text * 2
    one, other = chance.choice(tags), chance.choice(tags)
    return text[: one.start()] + other[0] * chance.choice((1, 2, 50)) + text[one.start() :]


def turned(chance, text):
    spoilt = bytearray(text)
    for _time in range(chance.randint(1, 5)):
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def mutants(count, bases):
    chance = random.Random(SEED)
    for number in range(count):
        kind, content = bases[number % len(bases)]
        way = spoilt_markup if kind == "xlsx" and chance.random() < 0.6 else spoilt_file
        yield kind, way(chance, content)


def bases():
    """Good workbooks: one of ours, one with much in it, an old one, a csv."""
    from tests.sheets import whole

    ours, rich = timeless(whole.ours()), timeless(whole.rich())
    return [
        ("xlsx", ours),
        ("xlsx", rich),
        ("xls", whole.old()),
        ("xlsx", rich),
        ("csv", whole.csv()),
    ]


def timeless(content):
    """The same workbook without the time at which it was made: mutants come out alike each day."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as package,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in package.namelist():
            text = TIME.sub(b"2017-03-01T00:00:00Z", package.read(name))
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def met(count, folder):
    """Read as many mutants; return what became of them."""
    from tongxin.sheets.book import Unreadable
    from tongxin.sheets.reading import read

    fate = Fate()
    path = Path(folder) / "mutant"
    for number, (kind, content) in enumerate(mutants(count, bases())):
        path.write_bytes(content)
        began, spent_before = time.monotonic(), spent()
        try:
            answer = f"read as {read(path, f'a.{kind}').kind}"
        except Unreadable as unreadable:
            answer = unreadable.code
            str(unreadable)
        took = time.monotonic() - began
        fate.answers[answer] += 1
        fate.slowest = max(fate.slowest, took)
        fate.most_spent = max(fate.most_spent, spent() - spent_before)
        if answer in {"broke", "slow", "memory", "long"}:
            fate.strange.append((number, answer))
            if keep := os.environ.get("MUTANTS_KEPT"):
                (Path(keep) / f"{number}-{answer}.{kind}").write_bytes(content)
    return fate


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongxin.config.settings")
    import django

    django.setup()
    with tempfile.TemporaryDirectory() as place:
        fate = met(int(sys.argv[1]), place)
    for answer, times in fate.answers.most_common():
        print(f"{times:6} {answer}")  # noqa: T201
    print(f"most {fate.most_spent:.2f} s CPU, {fate.slowest:.2f} s; {fate.strange}")  # noqa: T201
