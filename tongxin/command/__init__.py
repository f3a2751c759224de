"""The `tongxin` command: what an operator types."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Tongxin: each fact entered once, at the lowest level.",
)
Home = Annotated[
    Path, typer.Option("--home", envvar="TONGXIN_HOME", help="Folder that keeps all data.")
]
Key = Annotated[
    Path,
    typer.Option("--key", envvar="TONGXIN_SIGNING_KEY", help="File with the private key."),
]
VAR = Path("var")


def boot(home: Path, **environment: str) -> None:
    """Point the settings at a home folder and start Django; nothing of it is loaded before."""
    home.mkdir(parents=True, exist_ok=True)
    os.environ["TONGXIN_HOME"] = str(home.resolve())
    os.environ.update(environment)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongxin.config.settings")
    import django  # noqa: PLC0415  settings are read here, after the home is known

    django.setup()


@app.command()
def demo(
    home: Home = VAR,
    port: Annotated[int, typer.Option(envvar="PORT")] = 8000,
    *,
    serve: Annotated[bool, typer.Option(help="Start the server after loading.")] = True,
    sample: Annotated[
        bool, typer.Option("--sample", envvar="SAMPLE", help="Load an invented programme, too.")
    ] = False,
) -> None:
    """Prepare a home with Nantong's pilot of 2017, and serve it on 127.0.0.1."""
    boot(home, TONGXIN_DEMO="1")
    from . import steps  # noqa: PLC0415  needs Django

    steps.prepare()
    steps.load_demo(home)
    if sample:
        steps.load_samples()
    steps.greet(home, port)
    if serve:
        steps.serve(port)


@app.command()
def init(home: Home = VAR) -> None:
    """Prepare a home without the demo: an empty database, and the divisions."""
    boot(home)
    from . import founding, steps  # noqa: PLC0415  needs Django

    steps.prepare()
    founding.found()


@app.command()
def appoint(  # noqa: PLR0913  who, as what, where
    *,
    division: Annotated[str, typer.Option(help="Key of the division, such as nantong.")],
    username: Annotated[str, typer.Option(help="Name to sign in with.")],
    role: Annotated[str, typer.Option(help="system_admin, security_admin or audit_admin.")],
    home: Home = VAR,
    office: Annotated[str, typer.Option(help="Office in that division.")] = "信息中心",
    site: Annotated[str, typer.Option(help="Address of the site, for the link.")] = "",
) -> None:
    """Make somebody an administrator at the top, and print the link to set a password."""
    boot(home)
    from . import founding  # noqa: PLC0415  needs Django

    founding.appoint(division, username, role, office, site or founding.site_of_settings())


@app.command()
def serve(home: Home = VAR, port: Annotated[int, typer.Option(envvar="PORT")] = 8000) -> None:
    """Bring the database up to date and serve, with the background work in a process beside."""
    boot(home)
    from . import steps  # noqa: PLC0415  needs Django

    steps.prepare()
    steps.serve(port)


@app.command()
def worker(home: Home = VAR, parent: Annotated[int, typer.Option(hidden=True)] = 0) -> None:
    """Do the background work until stopped; `serve` runs one by itself."""
    boot(home)
    from tongxin.config.worker import work  # noqa: PLC0415  needs Django

    work(parent)


@app.command()
def briefing(
    key: str,
    home: Home = VAR,
    format_: Annotated[str, typer.Option("--format", help="json, md, html or docx.")] = "md",
    output: Annotated[Path | None, typer.Option("-o", "--output")] = None,
) -> None:
    """Write a briefing with the figures of this moment."""
    boot(home)
    from . import steps  # noqa: PLC0415  needs Django

    steps.write_briefing(key, format_, output)


@app.command()
def score(
    standard: Annotated[str, typer.Argument(help="Its key, or a .json file that holds one.")],
    values: Annotated[
        Path | None,
        typer.Argument(
            help="What is told: JSON; - reads it from standard input. Without it, a form."
        ),
    ] = None,
    home: Home = VAR,
) -> None:
    """Score a standard for some values, and print score, vetoes, caps and grade as JSON."""
    boot(home)
    from . import scoring  # noqa: PLC0415  needs Django

    scoring.score_values(standard, values)


@app.command(name="import")
def import_(  # noqa: PLR0913  what may be said of a workbook
    register: str,
    file: Path,
    home: Home = VAR,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False,
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    as_: Annotated[str, typer.Option("--as", help="Whose scope; without it, all places.")] = "",
    programme: Annotated[str, typer.Option(help="Its key; without it, the newest.")] = "",
    name: Annotated[str, typer.Option(help="What this import is called.")] = "",
    reason: Annotated[str, typer.Option(help="Why warnings are in order.")] = "",
    blanks_erase: Annotated[
        bool, typer.Option("--blanks-erase", help="Empty cells erase what is there.")
    ] = False,
    conflicts: Annotated[
        str, typer.Option(help="Where both were changed: database (as it is) or file.")
    ] = "database",
    without_errors: Annotated[
        bool, typer.Option("--without-errors", help="Apply the rows that are in order.")
    ] = False,
) -> None:
    """Bring a workbook into a register: all that is amiss at once, then all or nothing."""
    boot(home)
    from . import exchange  # noqa: PLC0415  needs Django

    exchange.bring_in(
        register,
        file,
        dry_run=dry_run,
        format_=format_,
        username=as_,
        programme=programme,
        name=name,
        reason=reason,
        blanks_erase=blanks_erase,
        side=conflicts,
        without_errors=without_errors,
    )


@app.command()
def export(  # noqa: PLR0913  what may be said of a list
    register: str,
    home: Home = VAR,
    *,
    format_: Annotated[str, typer.Option("--format", help="xlsx, csv or json.")] = "xlsx",
    output: Annotated[Path | None, typer.Option("-o", "--output")] = None,
    as_: Annotated[str, typer.Option("--as", help="Whose scope; without it, all places.")] = "",
    programme: Annotated[str, typer.Option(help="Its key; without it, the newest.")] = "",
    void: Annotated[bool, typer.Option("--void", help="Void records too.")] = False,
) -> None:
    """Take a register out as it stands; the journal knows of it."""
    boot(home)
    from . import exchange  # noqa: PLC0415  needs Django

    exchange.take(
        register,
        format_=format_,
        output=output,
        username=as_,
        programme=programme,
        with_void=void,
    )


@app.command()
def due(
    date: Annotated[str, typer.Argument(help="The day from which the period runs: 2026-09-25.")],
    count: Annotated[str, typer.Argument(metavar="N", help="How many.")],
    home: Home = VAR,
    *,
    unit: Annotated[
        str, typer.Option(help="working_days, days, months or years.")
    ] = "working_days",
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Print the last day of N working days from DATE, and the days it left out."""
    boot(home)
    from . import counting  # noqa: PLC0415  needs Django

    counting.due(date, count, unit, format_)


@app.command(name="check-files")
def check_files(
    home: Home = VAR,
    *,
    clear: Annotated[bool, typer.Option(help="Take away contents that no row names.")] = False,
) -> None:
    """Compare every attachment with its checksum, and say what is amiss."""
    boot(home)
    from . import steps  # noqa: PLC0415  needs Django

    steps.check_files(clear=clear)


@app.command("erase-account")
def erase_account(username: str, home: Home = VAR) -> None:
    """Delete name and address of an account holder who has left; what was done stays."""
    boot(home)
    from . import erasing  # noqa: PLC0415  needs Django

    erasing.erase_account(username)


@app.command("erasures-reapply")
def erasures_reapply(
    home: Home = VAR,
    list_: Annotated[
        Path | None, typer.Option("--list", help="Another list than erasures.jsonl in the home.")
    ] = None,
) -> None:
    """Erase again what a database brought back from a copy still holds."""
    boot(home)
    from . import erasing  # noqa: PLC0415  needs Django

    erasing.reapply(list_)


@app.command()
def keygen(
    key: Key,
    home: Home = VAR,
    *,
    by: Annotated[
        Path | None, typer.Option("--by", help="The key that signed until now, to replace it.")
    ] = None,
) -> None:
    """Make a key that seals the journal, and let the log know its public half."""
    boot(home)
    from . import seals  # noqa: PLC0415  needs Django

    seals.keygen(key, by)


@app.command()
def sign(
    key: Key,
    home: Home = VAR,
    every: Annotated[int, typer.Option(help="Go on, sealing every so many seconds.")] = 0,
    parent: Annotated[int, typer.Option(hidden=True)] = 0,
) -> None:
    """Seal the entries of the journal that wait: run it as a user of its own."""
    boot(home)
    from . import seals  # noqa: PLC0415  needs Django

    seals.sign(key, every, parent)


@app.command("journal-export")
def journal_export(file: Path, home: Home = VAR) -> None:
    """Write the journal to a file that an outsider can verify."""
    boot(home)
    from . import seals  # noqa: PLC0415  needs Django

    seals.write_export(file)


@app.command()
def verify(
    file: Annotated[Path | None, typer.Argument(help="An export; without it, the home.")] = None,
    home: Home = VAR,
    key: Annotated[str, typer.Option(help="The public key you hold.")] = "",
    head: Annotated[str, typer.Option(help="A head you hold: number and digits.")] = "",
) -> None:
    """Check the journal of a home, or an export of one; say where it breaks first."""
    boot(home)
    from . import seals  # noqa: PLC0415  needs Django

    seals.verify(file, key, head)


def main() -> None:
    """Run the command."""
    runner: Callable[[], Any] = app
    runner()
