"""Write docs/reference/asvs.md and mlps.md: each control with its test, a reason, or "open".

    uv run python tools/controls.py

The tables are the CSV files beside the pages, one line a control. Of `tests`, `reason` and `open`
exactly one is filled in; a test looks after it, and compares the committed pages with the tables.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
FIELDS = ("number", "level", "asks", "does", "tests", "reason", "open")
CHAPTERS = {
    "V1": "Encoding and sanitising",
    "V2": "Validation and the logic of the business",
    "V3": "The browser",
    "V4": "Web services",
    "V5": "Files",
    "V6": "Signing in",
    "V7": "Sessions",
    "V8": "Who may do what",
    "V9": "Self-contained tokens",
    "V10": "OAuth and OIDC",
    "V11": "Cryptography",
    "V12": "Encrypted connections",
    "V13": "Configuration",
    "V14": "Protection of data",
    "V15": "Code and packages",
    "V16": "Logs and errors",
    "V17": "WebRTC",
}
HEADS = {
    "asvs": """\
# ASVS 5.0: levels 1 and 2

The 253 requirements of the first two levels of the OWASP Application Security Verification
Standard 5.0.0, line by line: what is asked, in our words; what the house does; and the test that
shows it, the reason why it does not apply, or what is open. Judged by ourselves, not by an auditor.
""",
    "mlps": """\
# 等保2.0, level 3: controls of the application

GB/T 22239-2019, 8.1.4 安全计算环境, as far as software answers for it: what is asked, in our words;
what the house does; and the test that shows it, the reason why it does not apply, or what is open.
The letters count the points of each section. Judged by ourselves: a level is given to an
installation, with its machines, network and people, by those who assess it.
""",
}
WRITTEN = (
    "Written by `uv run python tools/controls.py` from [{0}.csv]({0}.csv); change that file.\n"
)


@dataclass(frozen=True, slots=True)
class Control:
    """One control: what is asked, and how it is answered."""

    number: str
    level: str
    asks: str
    does: str
    tests: tuple[str, ...]
    reason: str
    open: str

    @property
    def answers(self) -> int:
        """How many of the three ways to answer are taken; one is right."""
        return sum(map(bool, (self.tests, self.reason, self.open)))

    @property
    def state(self) -> str:
        """How it is answered, in one word."""
        return "shown" if self.tests else "not here" if self.reason else "open"


def controls(name: str) -> list[Control]:
    """Read a table of controls."""
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    return [Control(**(line | {"tests": tuple(line["tests"].split())})) for line in lines]


def page(name: str, found: list[Control]) -> str:
    """Return the page of a table: counts in the head, then a section for each chapter."""
    states = [control.state for control in found]
    counts = (
        f"**{len(found)} controls: {states.count('shown')} shown by tests, "
        f"{states.count('not here')} not applicable, {states.count('open')} open.**\n"
    )
    parts = [HEADS[name], WRITTEN.format(name), counts]
    for title in dict.fromkeys(chapter(control) for control in found):
        head = f"## {title}\n\n| | Level | Asked | What the house does | Shown by, or why not |\n"
        rows = "".join(row(control) for control in found if chapter(control) == title)
        parts.append(f"{head}|---|---|---|---|---|\n{rows}")
    return "\n".join(parts)


def chapter(control: Control) -> str:
    """Return the heading under which a control stands."""
    first = control.number.split(".")[0]
    if first in CHAPTERS:
        return f"{first} {CHAPTERS[first]}"
    return re.sub(r" [a-z]+$", "", control.number)


def row(control: Control) -> str:
    """Return the line of a control."""
    answer = "<br>".join(f"`{shortened(test)}`" for test in control.tests)
    if control.reason:
        answer = f"does not apply: {control.reason}"
    if control.open:
        answer = f"**open**: {control.open}"
    number = control.number.split()[-1]
    cells = (number, control.level, control.asks, control.does, answer)
    return f"| {' | '.join(cells)} |\n"


def shortened(test: str) -> str:
    """Return a test's name without what all have in common."""
    return test.removeprefix("tests/").replace(".py::", " ")


def main() -> None:
    """Write the pages."""
    for name in HEADS:
        found = controls(name)
        (REFERENCE / f"{name}.md").write_text(page(name, found), encoding="utf-8")
        states = [control.state for control in found]
        print(
            f"{name}: {', '.join(f'{states.count(each)} {each}' for each in sorted(set(states)))}"
        )


if __name__ == "__main__":
    main()
