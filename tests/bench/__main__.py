"""Measure pages, briefing and journal: `make bench`, or `python -m tests.bench --help`.

Each database is measured in a process of its own, on a home that is made for it and goes with it.
"""

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

from tools import machine

from . import homes
from .report import console, show

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / ".test-output"
MOST_ELSEWHERE = 100_000
"""So many records of another programme show whether a desk page asks for them."""


def options() -> argparse.Namespace:
    """Read what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000", help="organisations, rising")
    parser.add_argument("--pairs", type=int, default=100, help="requests of each page")
    parser.add_argument("--entries", type=int, default=1_000_000, help="of a journal to verify")
    parser.add_argument("--names", type=int, default=1_000_000, help="to search among")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="only this one")
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    """Measure every database that answers; write the numbers, print them as tables."""
    asked = options()
    if asked.into:
        measure(asked)
        return 0
    OUTPUT.mkdir(exist_ok=True)
    found: dict[str, Any] = {"machine": described(), "databases": {}}
    silence = machine.postgres_silence()
    for database in [asked.database] if asked.database else ["sqlite", "postgresql"]:
        if database == "postgresql" and silence:
            console.print(f"PostgreSQL is not measured: {silence}")
            continue
        found["databases"][database] = told = measured(database)
        show(database, told["rows"])
        for moment, size in told["memory"].items():
            console.print(f"memory {moment}: {size['VmRSS']:.0f} MiB, most {size['VmHWM']:.0f} MiB")
        for line in told["uneven"]:
            console.print(f"queries depend on the records: {line}")
    found["machine"]["load at the end"] = os.getloadavg()[0]
    kept = OUTPUT / "bench.json"
    kept.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    console.print(f"\n{found['machine']}\nAll numbers: {kept.relative_to(ROOT)}")
    return 1 if any(told["uneven"] for told in found["databases"].values()) else 0


def measured(database: str) -> dict[str, Any]:
    """Return the numbers of one database, measured by a process of its own."""
    into = OUTPUT / f"bench-{database}.json"
    with homes.home(database) as environment:
        command = [sys.executable, "-m", "tests.bench", *sys.argv[1:], "--into", str(into)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
    told: dict[str, Any] = json.loads(into.read_text(encoding="utf-8"))
    return told


def measure(asked: argparse.Namespace) -> None:
    """Measure in the home that the environment names, and write the numbers."""
    homes.start()
    from django.db import connection

    from . import journal, measures, meter, searching

    sizes = [int(size) for size in asked.sizes.split(",")]
    rows = [*measures.briefing(max(asked.pairs // 4, 3))]
    memory = {"after the briefing": meter.memory()}
    for row in measures.lists(sizes, asked.pairs):
        rows.append(row)
        memory[f"{row['records']} organisations"] = meter.memory()
    rows += measures.dashboards([each for each in sizes[1:] if each <= MOST_ELSEWHERE], asked.pairs)
    memory["in the end"] = meter.memory()
    if asked.names:
        rows += measures.lists([asked.names], asked.pairs) if asked.names not in sizes else []
        rows += searching.names(asked.names, 3)
    rows += journal.writing(asked.pairs)
    if connection.vendor == "sqlite":  # an export has no database: once is enough
        rows += journal.checking(asked.entries)
    told = {
        "rows": rows,
        "uneven": measures.uneven(rows),
        "memory": memory,
        "disk": sum(path.stat().st_size for path in homes.folder().glob("*.sqlite3*")),
    }
    asked.into.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def described() -> dict[str, Any]:
    """Say on what kind of machine this runs, and how busy it was."""
    lines = Path("/proc/cpuinfo").read_text(encoding="ascii").splitlines()
    models = {line.partition(":")[2].strip() for line in lines if line.startswith("model name")}
    return {
        "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "processor": ", ".join(sorted(models)),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load at the start": os.getloadavg()[0],
    }


if __name__ == "__main__":
    sys.exit(main())
