"""Asking the database in use how it would answer, and whether that grows with the rows."""

import json
import re

from django.db import connection

MOST_SORTED = 2_000
NAMED = re.compile(r'(?:FROM|JOIN) "(\w+)"(?: ([A-Z]+\d+)\b)?')
STEP = re.compile(r"^(SCAN|SEARCH) (\S+)(?: USING (?:COVERING )?INDEX (\w+)(?: \((.*)\))?)?")
HARDLY_CHOOSES = {"void=?"}


def complaints(sql, grown):
    """Say what in the plan of a query reads or sorts a table that grows."""
    read = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}
    return read[connection.vendor](sql, grown)


def _explain(prefix, sql):
    with connection.cursor() as cursor:
        cursor.execute(f"{prefix} {sql}")
        return cursor.fetchall()


def _on_sqlite(sql, grown):
    """A scan, also of a whole index, unless a limit ends it in the order in which it reads."""
    tables = {alias or table: table for table, alias in NAMED.findall(sql)}
    steps = [row[3] for row in _explain("EXPLAIN QUERY PLAN", sql)]
    sorts = any("TEMP B-TREE FOR ORDER BY" in step for step in steps)
    ends = "LIMIT" in sql and not sorts
    found = []
    for step in steps:
        match = STEP.match(step)
        if not match or tables.get(match[2]) not in grown:
            continue
        whole = match[1] == "SCAN" or match[4] in HARDLY_CHOOSES
        if whole and not (ends and match[3]):
            found.append(f"{step}{' + sort' if sorts else ''}")
    return found


def _on_postgresql(sql, grown):
    """A sequential scan of a grown table, many rows sorted, or many read to be thrown away."""
    ((plan,),) = _explain("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON)", sql)
    tree = json.loads(plan) if isinstance(plan, str) else plan
    return list(_walk(tree[0]["Plan"], grown))


def _walk(node, grown):
    kind, table = node["Node Type"], node.get("Relation Name")
    rows = node["Actual Rows"] * node["Actual Loops"]
    thrown = node.get("Rows Removed by Filter", 0) * node["Actual Loops"]
    if kind == "Seq Scan" and table in grown:
        yield f"Seq Scan on {table}, {rows:.0f} rows"
    if "Sort" in kind and node["Plans"][0]["Actual Rows"] > MOST_SORTED:
        yield f"{kind} of {node['Plans'][0]['Actual Rows']:.0f} rows"
    if table in grown and thrown > MOST_SORTED:
        yield f"{kind} on {table} throws {thrown:.0f} rows away"
    for part in node.get("Plans", ()):
        yield from _walk(part, grown)
