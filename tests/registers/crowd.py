"""Ten thousand records in every register, made by the database itself in a few seconds."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import F

from tests import factories as make
from tongxin.accounts.models import Account
from tongxin.divisions.actions import drafts, rebuild_reach
from tongxin.divisions.choices import Level
from tongxin.divisions.models import Division, Version
from tongxin.journal.models import Entry, Head
from tongxin.programmes.models import Programme
from tongxin.registers import declaration
from tongxin.registers.models import Piece

ROWS = 10_000
COUNTIES, TOWNS = 6, 8
SHARE = 97
"""One record in so many belongs to the programme that is looked at."""
SEARCHED = ("organisations", "sites")
COMMON = ("服", "f", "示", "s")
"""What begins with these in the name of the first record stands in all the others too."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """A city full of records, and the accounts that look at them."""

    city: Account
    county: Account
    street: Account
    auditor: Account
    wide_clerk: Account
    expert: Account
    programme: Programme
    first: dict[str, int]
    """The number of one record of each register, in the street's own town and programme."""


def crowd():
    """Found a city of 6 counties and 48 towns, with full registers."""
    city, counties, towns = places()
    other = make.programme(city, "other", begins="2016-01")
    pilot = make.programme(city, "pilot", begins="2018-01")
    make.briefing(pilot)
    first = {}
    for register in declaration.every():
        first[register.key] = fill(register, towns, pilot, other, first)
    for key in SEARCHED:
        index(declaration.get(key))
    copy(Entry.objects.first(), {"subject_id": "subject_id + i", "sequence": "sequence + i"})
    Head.objects.update(sequence=F("sequence") + ROWS)
    analyse()
    return Crowd(
        make.coordinator(city),
        make.coordinator(counties[0]),
        make.clerk(towns[0]),
        make.posted("auditor", city),
        make.clerk(city),
        make.posted("expert", city),
        pilot,
        first,
    )


def places():
    """Found the tree in one go: the numbers of the towns follow one another."""
    city = Division.objects.create(key="city")
    counties = [Division.objects.create(key=f"county{at}") for at in range(COUNTIES)]
    towns = [Division.objects.create(key=f"town{at}") for at in range(COUNTIES * TOWNS)]
    rows = [(city, "甲市", Level.CITY, None)]
    rows += [(one, f"{one.key}县", Level.COUNTY, city) for one in counties]
    rows += [
        (one, f"{one.key}镇", Level.TOWN, counties[at // TOWNS]) for at, one in enumerate(towns)
    ]
    Version.objects.bulk_create(
        drafts.version(division=one, name=name, level=level, parent=parent)
        for one, name, level, parent in rows
    )
    rebuild_reach()
    return city, counties, towns


def fill(register, towns, pilot, other, first):
    """Enter one record in the first town, and copy it into all towns and both programmes."""
    values = {}
    if register.parent:
        field = register.model._meta.get_field(register.parent)
        parent = field.related_model.objects.get(pk=first[declaration.of(field.related_model).key])
        values[register.parent] = parent
    if register.key == "participations":
        organisation = register.model._meta.get_field("organisation").related_model
        values["organisation"] = organisation.objects.get(pk=first["organisations"])
    model = make.record(register.key, place=towns[0], of=pilot, **values)
    if register.key == "tenancies":  # what happens to a tenant is told from its first day on
        model.admitted_on = make.EARLY
        model.save(update_fields=["admitted_on"])
    number = "CAST(i AS text)"
    own = {
        "name": f"name || {number}",
        "sort_key": f"sort_key || {number}",
        "changed_at": moment(),
        "division_id": f"division_id + i % {len(towns)}",
        "programme_id": f"CASE WHEN i % {SHARE} = 0 THEN {pilot.pk} ELSE {other.pk} END",
        "credit_code": number,
        "demonstration": "CASE WHEN i % 499 = 0 THEN 'province' ELSE '' END",
        "year": "1990 + i",
        "part": number,
        "organisation_id": "organisation_id + i",
        "sensitivity": f"CASE WHEN i % {SHARE} = 1 THEN 'public' "
        f"WHEN i % {SHARE} = 2 THEN 'restricted' ELSE 'internal' END",
    }
    if register.parent:
        own[f"{register.parent}_id"] = f"{register.parent}_id + i"
    copy(model, own)
    return model.pk


def moment():
    """A moment that differs from row to row."""
    if connection.vendor == "sqlite":
        return "strftime('%Y-%m-%d %H:%M:%S', changed_at, '-' || i || ' minutes')"
    return "changed_at - i * interval '1 minute'"


def copy(record, own):
    """Copy a row ROWS times, with columns of its own for each copy."""
    table = record._meta.db_table
    names = [field.column for field in record._meta.concrete_fields if not field.primary_key]
    wanted = ", ".join(own.get(name, f'"{name}"') for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({columns}) '
            f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS}) "
            f'SELECT {wanted} FROM "{table}", n WHERE "{table}".id = {record.pk}'
        )


def index(register):
    """Give every record of a register the pieces that are searched for."""
    table, records = Piece._meta.db_table, register.model._meta.db_table
    known = Piece.objects.filter(register=register.key)
    with connection.cursor() as cursor:
        for piece in [each for each in known if each.text.startswith(COMMON)]:
            cursor.execute(
                f'INSERT INTO "{table}" (register, text, subject_id) '
                f'SELECT %s, %s, id FROM "{records}" WHERE id <> {piece.subject_id}',
                [register.key, piece.text],
            )


def analyse():
    """Tell PostgreSQL how many rows there are; SQLite is used without statistics, as installed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def grown():
    """The tables that grow with the work of the offices."""
    records = {register.model._meta.db_table for register in declaration.every()}
    return frozenset(records | {Piece._meta.db_table, Entry._meta.db_table})
