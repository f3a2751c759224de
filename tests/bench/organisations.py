"""Invented organisations for the benchmark: the same ones on every machine, written in bulk.

Their names are put together from ordinary words, so that a search finds what a real search finds:
one word in most names, another in few, and each word again by its initials.
"""

import random
from collections.abc import Iterator
from itertools import islice
from textwrap import wrap

from django.db import connection, transaction
from django.db.models import Max
from stdnum.cn import uscc

from tongxin.core.text import PIECE_LENGTH, initials, sort_key
from tongxin.divisions.models import Version
from tongxin.organisations.choices import DemonstrationLevel, OrganisationKind, Status
from tongxin.organisations.models import Organisation
from tongxin.registers.models import Piece

KEY = "organisations"
SEED = 2017
CHUNK = 20_000
MANY = 100_000
"""From so many on, an index is cheaper made afresh than kept up."""
LONGEST = 40
WHOSE = wrap("同心邻里阳光爱心和合春晖金桥银龄红帆绿芽江海狼山濠河新苗守望众益", 2)
WHAT = wrap("助老助残济困文化法律环保科普健身书画调解矫治禁毒养护阅读曲艺巡防", 2)
HOW = ["服务社", "促进会", "协会", "互助会", "志愿队", "工作室", "联合会", "学会"]
RARE = "昆曲"
WORK = "为测量而编"
NAMES = len(WHOSE) * len(WHAT) * len(HOW)
"""How many names one town can have before a number is put behind them."""


def grow(count: int) -> None:
    """Bring the number of invented organisations up to `count`; the first ones never differ."""
    have = Organisation.objects.filter(work=WORK).count()
    _hurry()
    stream = islice(_stream(), have, count)
    last = Organisation.objects.aggregate(last=Max("pk"))["last"] or 0
    while chunk := list(islice(stream, CHUNK)):
        with transaction.atomic():
            Organisation.objects.bulk_create(chunk)
    if have < count:
        _index_after(last, many=count - have > MANY)
    settle()


def _index_after(last: int, *, many: bool) -> None:
    """Index the organisations after a number, as the product would: invented names are plain.

    The pieces come in order, so that an index grows at its end; the other one is made afterwards
    where there are many.
    """
    beside = next(each for each in Piece._meta.indexes if each.name == "pieces_of_a_record")
    texts = " UNION ".join(
        f"SELECT '{KEY}', substr({column}, at, {PIECE_LENGTH}), id "
        f"FROM {Organisation._meta.db_table}, places WHERE id > {last} AND at <= length({column})"
        for column in ("lower(name)", "initials")
    )
    if many:
        with connection.schema_editor() as editor:
            editor.remove_index(Piece, beside)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Piece._meta.db_table} (register, text, subject_id) "
            "WITH RECURSIVE places(at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM places "
            f"WHERE at < {LONGEST}) {texts} ORDER BY 2, 3"
        )
    if many:
        with connection.schema_editor() as editor:
            editor.add_index(Piece, beside)


def settle() -> None:
    """Let PostgreSQL do what it does by itself in time; SQLite does nothing by itself."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    if not connection.in_atomic_block:
        connection.close()


def _hurry() -> None:
    """Let SQLite write without waiting for the disk; `settle` ends that with the connection."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-400000")


def _stream() -> Iterator[Organisation]:
    """Yield organisations without end, each drawn from the same seeded dice."""
    dice = random.Random(SEED)
    places = _places()
    weights = [dice.gammavariate(2, 1) for _place in places]
    used: dict[int, int] = {}
    for number in range(10_000_000):
        division, place = dice.choices(places, weights)[0]
        turn = used[division] = used.get(division, -1) + 1
        name = _name(place, turn, rare=dice.random() < 0.002)
        yield _organisation(number, name, division, dice)


def _places() -> list[tuple[int, str]]:
    """Return number and short name of the towns, streets and counties that stand today."""
    rows = Version.objects.filter(until__isnull=True, level__in=("town", "county"))
    return [
        (pk, name.rstrip("区市县镇乡街道") or name)
        for pk, name in rows.order_by("division__key").values_list("division_id", "name")
    ]


def _name(place: str, turn: int, *, rare: bool) -> str:
    again, turn = divmod(turn * 1_237 % (NAMES * 50), NAMES)
    turn, whose = divmod(turn, len(WHOSE))
    how, what = divmod(turn, len(WHAT))
    number = str(again + 1) if again else ""
    return f"{place}{WHOSE[whose]}{RARE if rare else WHAT[what]}{HOW[how]}{number}"


def _organisation(number: int, name: str, division: int, dice: random.Random) -> Organisation:
    draw = dice.random()
    kind = OrganisationKind.COMMUNITY
    if draw > 0.3:
        kind = OrganisationKind.SERVICE if draw < 0.7 else OrganisationKind.ASSOCIATION
    if draw > 0.99:
        kind = OrganisationKind.FOUNDATION
    registered = kind != OrganisationKind.COMMUNITY
    return Organisation(
        name=name,
        sort_key=sort_key(name),
        initials=initials(name),
        division_id=division,
        kind=kind,
        status=Status.REGISTERED if registered else Status.FILED,
        credit_code=_code(kind, number) if registered else "",
        demonstration=DemonstrationLevel.PROVINCE if dice.random() < 0.002 else "",
        sample=True,
        work=WORK,
    )


def _code(kind: str, number: int) -> str:
    stem = f"{kind}320600MJ{number:07d}"
    return stem + uscc.calc_check_digit(stem)
