"""Asking the database in use how it would answer, and whether that grows with the rows."""

import json
import re

from django.db import connection, transaction

SORTED = 2_000
WALKED = 5_000
"""Half of the crowd: a list is walked until its page is full, not to its end."""
NAMED = re.compile(r'(?:FROM|JOIN) "(\w+)"(?: ([A-Z]+\d+)\b)?')
STEP = re.compile(r"^(SCAN|SEARCH) (\S+)(?: USING (?:COVERING )?INDEX (\w+)(?: \((.*)\))?)?")
LIMITED = re.compile(r"LIMIT \d+(?: OFFSET \d+)?\s*$")
HARDLY_CHOOSES = {"void=?", "programme_id=?"}


def complaints(query, grown):
    """Say what in the plan of a query, given as text and values, reads or sorts a grown table."""
    read = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}
    return read[connection.vendor](query, grown)


def _explain(prefix, query):
    sql, params = query
    with connection.cursor() as cursor:
        cursor.execute(f"{prefix} {sql}", params)
        return cursor.fetchall()


def _on_sqlite(query, grown):
    """A scan, also of a whole index, unless a limit ends it in the order in which it reads.

    Fetching a programme's rows is no scan, unless it is done to sort them for the first fifty.
    """
    sql, _params = query
    tables = {alias or table: table for table, alias in NAMED.findall(sql)}
    steps = [row[3] for row in _explain("EXPLAIN QUERY PLAN", query)]
    sorts = any("TEMP B-TREE FOR ORDER BY" in step for step in steps)
    limited = LIMITED.search(sql)
    found = []
    for step in steps:
        match = STEP.match(step)
        if not match or tables.get(match[2]) not in grown:
            continue
        fetched = limited and sorts and match[2] in grown and match[4] in HARDLY_CHOOSES
        scanned = match[1] == "SCAN" and not (limited and not sorts and match[3])
        if fetched or scanned:
            found.append(f"{step}{' + sort' if sorts else ''}")
    return found


def _on_postgresql(query, grown):
    """What is read whole, sorted in bulk, or read to be thrown away.

    Ten thousand rows fit into a few hundred pages, which PostgreSQL is right to read whole. Told
    to avoid that, it shows whether an index would serve the query when there are more.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL random_page_cost = 1.1")
        ((plan,),) = _explain("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON)", query)
    tree = json.loads(plan) if isinstance(plan, str) else plan
    return list(_walk(tree[0]["Plan"], grown))


def _walk(node, grown):
    kind, table = node["Node Type"], node.get("Relation Name")
    rows, thrown = node["Actual Rows"], node.get("Rows Removed by Filter", 0)
    if table in grown:
        if kind == "Seq Scan":
            yield f"Seq Scan on {table}"
        elif "Index Cond" not in node and rows > WALKED and "Bitmap" not in kind:
            yield f"{kind} on {table} reads {rows:.0f} rows"
        if thrown > WALKED:
            yield f"{kind} on {table} throws {thrown:.0f} rows away"
    if "Sort" in kind and node["Plans"][0]["Actual Rows"] > SORTED:
        yield f"{kind} of {node['Plans'][0]['Actual Rows']:.0f} rows"
    for part in node.get("Plans", ()):
        yield from _walk(part, grown)
