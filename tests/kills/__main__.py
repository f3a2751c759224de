"""Kill workers in the middle of an import: `make kills KILLS="--random 1000"`.

Each kill is judged: nothing or all of the batch is there, the journal is chained, and done again it
ends in the rows of an undisturbed run. Then the same for a broken twin, which has to be caught.
"""

import argparse
import json
import sys
import time

from tests.kills.points import POINTS, WRITING


def run(random, twins, seed):
    """Kill at every named point and at some drawn ones; return what was found."""
    from tests.kills.killing import Loop, without_a_transaction

    loop = Loop()
    try:
        found = {
            "named": [loop.at(point) for point in POINTS],
            "random": [loop.at_any(number) for number in loop.drawn(random, seed)],
            "twin": [loop.at(point, twin=without_a_transaction) for point in WRITING[:twins]],
        }
        return {
            "calls": loop.calls,
            **{
                kind: [(each.name, each.left, each.wrong) for each in verdicts]
                for kind, verdicts in found.items()
            },
        }
    finally:
        loop.close()


def main():
    """Print a table, or JSON; the status says whether all is as it has to be."""
    asked = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__)
    asked.add_argument("--random", type=int, default=100)
    asked.add_argument("--twins", type=int, default=len(WRITING), help="at how many points")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--json", action="store_true")
    told = asked.parse_args()
    began = time.monotonic()
    found = run(told.random, told.twins, told.seed)
    if told.json:
        print(json.dumps(found, ensure_ascii=False))  # noqa: T201
        return
    wrong = [each for kind in ("named", "random") for each in found[kind] if each[2]]
    caught = sum(bool(each[2]) for each in found["twin"])
    for name, left, words in (*found["named"], *wrong):
        print(f"{name:44} {left:8} {words}")  # noqa: T201
    for kind in ("named", "random"):
        count = len(found[kind])
        nothing = sum(left == "nothing" for _name, left, _words in found[kind])
        print(f"{kind}: {count} kills, {nothing} left nothing, {count - nothing} all")  # noqa: T201
    print(f"broken twin: caught {caught} of {len(found['twin'])} times")  # noqa: T201
    print(f"wrong: {len(wrong)}; {time.monotonic() - began:.0f} s")  # noqa: T201
    sys.exit(1 if wrong or caught < len(found["twin"]) else 0)


if __name__ == "__main__":
    main()
