"""Keys, seals and verification as an operator types them."""

import os

import pytest
import typer

from tests import factories as make
from tongxin.command import seals
from tongxin.journal.models import Checkpoint, SigningKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """Something that has been written down."""
    return make.tree().city


def code_of(work, *words):
    with pytest.raises(typer.Exit) as stopped:
        work(*words)
    return stopped.value.exit_code


def test_a_home_is_sealed_exported_and_verified(place, tmp_path, capsys):
    key, file = tmp_path / "key.pem", tmp_path / "journal.jsonl"

    seals.keygen(key, None)
    public = capsys.readouterr().out.splitlines()[0].rpartition(" ")[2]
    seals.sign(key, 0, 0)
    seals.write_export(file)
    seals.verify(None, public, "")
    seals.verify(file, public, "")

    assert capsys.readouterr().out.count("完好 WHOLE") == 2
    assert SigningKey.objects.get().public == public
    assert Checkpoint.objects.count() == 1
    file.write_bytes(file.read_bytes().replace(b"journal.key_added", b"journal.key_adder", 1))
    assert code_of(seals.verify, file, public, "") == 1
    assert "断裂 BROKEN at entry" in capsys.readouterr().out


def test_what_cannot_be_done_is_said_plainly(tmp_path, capsys):
    there, none, second = (tmp_path / name for name in ("there.pem", "none.pem", "second.pem"))
    seals.keygen(there, None)
    empty = tmp_path / "empty.pem"
    empty.write_text("no key")

    assert code_of(seals.keygen, there, None) == 2
    assert code_of(seals.keygen, second, None) == 2
    assert not second.exists()
    assert code_of(seals.keygen, second, none) == 2
    assert code_of(seals.sign, none, 0, 0) == 2
    assert code_of(seals.sign, empty, 0, 0) == 2
    assert code_of(seals.verify, none, "", "") == 2
    assert code_of(seals.verify, empty, "", "12") == 2
    assert code_of(seals.verify, empty, "", "") == 1
    seals.keygen(second, there)
    assert code_of(seals.sign, there, 0, 0) == 2
    assert "not the newest" in capsys.readouterr().err


def test_the_signer_of_a_single_machine_makes_a_key_once(settings, tmp_path, monkeypatch):
    settings.SIGNING_KEY = tmp_path / "signer" / "key.pem"
    started = []

    class Child:
        def __init__(self, command, **_options):
            started.append(command)

        def terminate(self):
            started.append("ended")

        def wait(self, _seconds):
            pass

    monkeypatch.setattr(seals.subprocess, "Popen", Child)

    for _time in range(2):
        with seals.signer():
            pass

    assert SigningKey.objects.count() == 1
    assert [each == "ended" for each in started] == [False, True, False, True]
    assert started[0][-1] == str(os.getpid())


def test_where_another_user_holds_the_key_no_signer_is_started(settings, tmp_path, monkeypatch):
    settings.SIGNING_KEY = tmp_path / "elsewhere" / "key.pem"
    seals.keygen(tmp_path / "key.pem", None)

    def refuse(*_args, **_options):
        raise AssertionError

    monkeypatch.setattr(seals.subprocess, "Popen", refuse)

    with seals.signer():
        pass

    assert not settings.SIGNING_KEY.exists()
