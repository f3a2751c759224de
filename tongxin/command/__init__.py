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
) -> None:
    """Prepare a home with Nantong's pilot of 2017, and serve it on 127.0.0.1."""
    boot(home, TONGXIN_DEMO="1")
    from . import steps  # noqa: PLC0415  needs Django

    steps.prepare()
    steps.load_demo(home)
    steps.greet(home, port)
    if serve:
        steps.serve(port)


@app.command()
def serve(home: Home = VAR, port: Annotated[int, typer.Option(envvar="PORT")] = 8000) -> None:
    """Bring the database up to date and serve: web and background work in one process."""
    boot(home)
    from . import steps  # noqa: PLC0415  needs Django

    steps.prepare()
    steps.serve(port)


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


def main() -> None:
    """Run the command."""
    runner: Callable[[], Any] = app
    runner()
