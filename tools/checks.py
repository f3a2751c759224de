"""Run the checks of the project and say in the end what was found.

    python tools/checks.py                    everything, as `make test` does
    python tools/checks.py lint unit          some of it

Every step runs, also after one has failed: one run names everything that is to be mended.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from tools import machine

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
OUTPUT = ROOT / ".test-output"
TESTS = ("pytest", "-q")
WORKERS = ("-n", "2", "--dist", "worksteal")


@dataclass(slots=True)
class Step:
    """One command; or the reason why it cannot run here, which is told and is not a failure."""

    name: str
    command: tuple[str, ...] = ()
    env: dict[str, str] = field(default_factory=dict)
    skipped: str = ""
    failed: bool = False
    seconds: float = 0.0
    counts: str = ""

    @property
    def report(self) -> Path:
        """The file in which pytest counts the tests of this step."""
        return OUTPUT / f"{self.name.lower().replace(' ', '-')}.xml"

    def line(self) -> str:
        """Say how it went."""
        if self.skipped:
            return f"  {self.name:<28}{self.skipped}"
        word = "FAILED" if self.failed else "passed"
        return f"  {self.name:<28}{word:<8}{self.seconds:6.1f} s  {self.counts}".rstrip()


def lint() -> Iterator[Step]:
    """Yield the checks that read the code without running it."""
    pages = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("tongxin/**/*.html"))
    python = str(PROGRAMS / "python")
    yield Step("Style", ("ruff", "check", "--quiet", "."))
    yield Step("Layout", ("ruff", "format", "--check", "--quiet", "."))
    if pages:
        yield Step("Templates", ("djade", "--target-version", "5.2", "--check", *pages))
    yield Step("Types", ("mypy",))
    yield Step("Staircase", ("lint-imports", "--no-logo"))
    yield Step("Migrations", (python, "manage.py", "makemigrations", "--check", "--dry-run"))


def unit() -> Iterator[Step]:
    """Yield the tests on SQLite."""
    yield Step("Tests on SQLite", (*TESTS, *WORKERS))


def postgres() -> Iterator[Step]:
    """Yield the same tests on PostgreSQL, but for those that make embedded databases anyway."""
    silence = machine.postgres_silence()
    if silence and not machine.postgres_asked_for():
        yield Step("Tests on PostgreSQL", skipped=f"PostgreSQL tests skipped: {silence}")
        return
    url = {"TONGXIN_DATABASE_URL": machine.postgres_url()}
    command = (*TESTS, *WORKERS, "-m", "not browser and not bench and not embedded")
    yield Step("Tests on PostgreSQL", command, url)


def browser() -> Iterator[Step]:
    """Yield the tests in a browser."""
    machine.install_browser(OUTPUT / "apt-get.log")
    if not Path(machine.chromium()).exists():
        reason = f"browser tests skipped: there is no {machine.chromium()}"
        yield Step("Tests in a browser", skipped=reason)
        return
    yield Step("Tests in a browser", (*TESTS, *WORKERS, "-m", "browser", "tests/browser"))


GROUPS: dict[str, Callable[[], Iterator[Step]]] = {
    "lint": lint,
    "unit": unit,
    "postgres": postgres,
    "browser": browser,
}


def environment(home: str) -> dict[str, str]:
    """Return the environment of a check: a home folder of its own, nobody's own settings."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("TONGXIN_") or name.startswith("TONGXIN_TEST_")
    }
    return {**kept, "TONGXIN_HOME": home, "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}


def run(step: Step, env: dict[str, str]) -> None:
    """Run one step, its output passing through."""
    print(f"\n== {step.name}", flush=True)
    if step.skipped:
        print(step.skipped, flush=True)
        return
    command = [*step.command]
    if command[0] == "pytest":
        step.report.unlink(missing_ok=True)
        command.append(f"--junitxml={step.report}")
    started = time.monotonic()
    step.failed = subprocess.run(command, cwd=ROOT, env=env | step.env, check=False).returncode != 0
    step.seconds = time.monotonic() - started
    if command[0] == "pytest" and step.report.exists():
        step.counts = counted(step.report)


def counted(report: Path) -> str:
    """Return how many tests pytest ran, from its own report."""
    suites = ET.parse(report).getroot().iter("testsuite")  # noqa: S314  our own file
    totals = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for suite in suites:
        for name in totals:
            totals[name] += int(suite.get(name, 0))
    return ", ".join(f"{count} {name}" for name, count in totals.items() if count)


def main(names: list[str]) -> int:
    """Run the groups named, all when none is, and close with a summary."""
    unknown = [name for name in names if name not in GROUPS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(GROUPS)}", file=sys.stderr)
        return 2
    OUTPUT.mkdir(exist_ok=True)
    steps: list[Step] = []
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tongxin-checks-") as home:
        for name in names or GROUPS:
            for step in GROUPS[name]():
                run(step, environment(home))
                steps.append(step)
    failed = [step.name for step in steps if step.failed]
    print("\nSummary")
    print("\n".join(step.line() for step in steps))
    spent = f"{time.monotonic() - started:.0f} s"
    print(f"\nFAILED: {', '.join(failed)} ({spent})" if failed else f"\nAll passed ({spent})")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
