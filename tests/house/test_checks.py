"""`make test` tells the truth: what failed fails it, what was left out is said."""

import pytest

from tools import checks, machine
from tools.checks import Step


@pytest.fixture
def groups(monkeypatch, tmp_path):
    """Small groups in place of the real ones, and an output folder of their own."""
    monkeypatch.setattr(checks, "OUTPUT", tmp_path)
    steps = {
        "good": lambda: iter([Step("Good", ("true",))]),
        "bad": lambda: iter([Step("Bad", ("false",)), Step("After it", ("true",))]),
        "absent": lambda: iter([Step("Absent", skipped="absent tests skipped: nothing there")]),
    }
    monkeypatch.setattr(checks, "GROUPS", steps)


@pytest.mark.usefixtures("groups")
@pytest.mark.parametrize(
    ("names", "code", "last"),
    [
        (["good"], 0, "All passed"),
        (["good", "absent"], 0, "All passed"),
        (["bad", "good"], 1, "FAILED: Bad"),
        ([], 1, "FAILED: Bad"),
    ],
)
def test_one_failed_step_fails_the_whole(names, code, last, capfd):
    assert checks.main(names) == code
    assert capfd.readouterr().out.splitlines()[-1].startswith(last)


@pytest.mark.usefixtures("groups")
def test_what_follows_a_failed_step_still_runs(capfd):
    checks.main(["bad"])

    assert "After it                    passed" in capfd.readouterr().out


@pytest.mark.usefixtures("groups")
def test_an_unknown_group_is_refused(capfd):
    assert checks.main(["gud"]) == 2
    assert "unknown: gud" in capfd.readouterr().err


def test_a_check_sees_nobody_s_own_settings(monkeypatch):
    monkeypatch.setenv("TONGXIN_DEMO", "1")
    monkeypatch.setenv("TONGXIN_TEST_POSTGRES", "postgresql://somewhere/")

    env = checks.environment("home")

    assert {name: env[name] for name in env if name.startswith("TONGXIN_")} == {
        "TONGXIN_HOME": "home",
        "TONGXIN_TEST_POSTGRES": "postgresql://somewhere/",
    }


def test_a_silent_server_is_skipped_in_words_unless_it_was_named(monkeypatch):
    monkeypatch.delenv("TONGXIN_TEST_POSTGRES", raising=False)
    monkeypatch.setattr(machine, "POSTGRES", "postgresql://postgres@127.0.0.1:9/tongxin")

    (step,) = checks.postgres()
    assert step.skipped == "PostgreSQL tests skipped: nothing answers at 127.0.0.1:9"

    monkeypatch.setenv("TONGXIN_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:9/tongxin")
    (step,) = checks.postgres()
    assert step.command


def test_a_missing_browser_is_said(monkeypatch):
    monkeypatch.setenv("TONGXIN_TEST_CHROMIUM", "/nowhere/chromium")
    monkeypatch.setattr(machine, "install_browser", lambda _log: None)

    (step,) = checks.browser()

    assert step.skipped == "browser tests skipped: there is no /nowhere/chromium"
