"""Lines of the log: nobody writes a line of his own into it, and no secret stands there."""

import logging

import pytest

from tests import factories as make
from tongxin.core.logs import OneLine

SECRET = "canary-7f3e-secret"


def line(message, *values, failed=None):
    """An event as it is written."""
    formatter = OneLine("%(levelname)s %(name)s %(message)s")
    info = (type(failed), failed, failed.__traceback__) if failed else None
    return formatter.format(
        logging.LogRecord("tongxin", logging.WARNING, "", 0, message, values, info)
    )


@pytest.mark.parametrize(
    "typed", ["a\nERROR tongxin all is lost", "a\r\nb", "a\x1b[2Jb", "a\u2028b", "a\u202eb", "a\0b"]
)
def test_what_somebody_typed_begins_no_line(typed):
    written = line("refused: %s", typed)

    assert written.splitlines() == [written]
    assert written.isprintable()


def test_the_words_of_an_error_begin_no_line_either():
    def broken():
        raise ValueError("typed\nINFO tongxin.security in: account 1")

    try:
        broken()
    except ValueError as failed:
        written = line("broken", failed=failed)

    first, *rest = written.splitlines()
    assert first == "WARNING tongxin broken"
    assert [each for each in rest if not each.startswith("    ")] == []
    assert "INFO tongxin.security in" in written


def test_a_plain_formatter_would_be_caught():
    record = logging.LogRecord("tongxin", logging.WARNING, "", 0, "a\nb", (), None)

    assert len(logging.Formatter("%(message)s").format(record).splitlines()) == 2


@pytest.fixture
def everything_logged(caplog):
    caplog.set_level(logging.DEBUG)
    return caplog


@pytest.mark.django_db
def test_no_secret_stands_in_the_log_at_any_level(everything_logged, client, settings):
    account = make.coordinator(make.tree().city)
    account.set_password(f"{SECRET} password")
    account.save(update_fields=["password"])
    door = {"login": account.username, "password": f"{SECRET} password"}

    client.post("/account/login/", {"login": f"{SECRET} name", "password": f"{SECRET} wrong"})
    client.post("/account/login/", door)
    client.get(f"/search/?q={SECRET}")
    client.post("/account/password/", {"oldpassword": f"{SECRET} o", "password1": f"{SECRET} n"})
    client.post("/display/", {"size": SECRET, "next": f"//{SECRET}"})
    client.get("/nowhere/")
    forged = type(client)(enforce_csrf_checks=True)
    forged.post("/account/login/", door | {"csrfmiddlewaretoken": f"{SECRET} token"})

    written = "\n".join(
        OneLine("%(message)s").format(record) for record in everything_logged.records
    )
    assert everything_logged.records
    assert SECRET not in written
    assert settings.SECRET_KEY not in written
    for cookie in client.cookies.values():
        assert not cookie.value or cookie.value not in written
