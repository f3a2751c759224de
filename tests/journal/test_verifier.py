"""The verifier of one file: known answers, every attack, and faults planted in itself."""

import hashlib
import json
import random
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.journal.mutants import MUTANTS
from tests.proof import tampering
from tongxin.journal import verifier

SOURCE = verifier.__file__
ROUNDS = 3 * len(tampering.ATTACKS)
EMPTY_LEAF = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
# RFC 8032, section 7.1: secret omitted, public key, message, signature.
SIGNED = (
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            "d25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
            "387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
)


def whole(algorithm="sha256"):
    found = tampering.world(random.Random(1))
    found.algorithm = algorithm
    return found, found.lines()


def test_a_whole_journal_is_found_whole():
    found, lines = whole()
    key, head = tampering.witness(found, lines)

    told = verifier.Journal(key, head).read(lines)

    assert (told.sequence, told.sealed, told.checkpoints, len(told.keys)) == (60, 55, 7, 2)


def test_a_witness_may_hold_either_key_and_any_earlier_head():
    found, lines = whole()
    number, _previous, own, _body = tampering.split(lines[tampering.entries_in(lines)[9]])
    digits = verifier.digits_of(own)

    for key in found.keys:
        verifier.Journal(tampering.public_of(key), (number, digits)).read(lines)


@pytest.mark.parametrize("attack", tampering.ATTACKS, ids=lambda attack: attack.__name__)
def test_every_way_of_tampering_is_located(attack):
    tried = [tampering.located(attack, random.Random(seed)) for seed in range(20)]

    assert tried == [True] * len(tried)


def test_the_proof_counts_what_it_tried_and_located():
    assert tampering.run(42, seed=7) == (42, 42)


def mutant(old, new):
    """The verifier with a fault in it."""
    text = Path(SOURCE).read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    made = ModuleType("mutant")
    exec(compile(text.replace(old, new), "mutant", "exec"), made.__dict__)
    return made


def caught(made):
    """Whether known answers, a whole journal or some attack show the fault."""
    found, lines = whole()
    key, head = tampering.witness(found, lines)
    if made.merkle_root(made.hasher("sha256"), ["00" * 32] * 3) != merkle_of_three():
        return True
    try:
        made.Journal(key, head).read(lines)
        made.Journal("", None).read(lines)
        source = random.Random(3)
        for number in range(ROUNDS):
            attack = tampering.ATTACKS[number % len(tampering.ATTACKS)]
            if not tampering.located(attack, source, made):
                return True
        return not reads_forgeries_right(made)
    except Exception:  # noqa: BLE001  a verifier that falls over has been caught
        return True


def merkle_of_three():
    def pair(a, b):
        return hashlib.sha256(b"\x01" + a + b).digest()

    return pair(pair(bytes(32), bytes(32)), bytes(32)).hex()


def forgeries():
    """Journals that are signed with the right keys and still wrong, by a signer gone astray."""
    found, lines = whole()
    at = tampering.checkpoints_in(lines)[-1]
    for name, value in (
        ("previous", "00" * 32),
        ("first", 1),
        ("number", 1),
        ("root", "00" * 32),
        ("head", "00" * 32),
        ("last", 70),
        ("last", 9),
        ("algorithm", "sm3"),
    ):
        forged = json.loads(lines[at])["checkpoint"] | {name: value}
        mark = found.keys[1].sign(b"tongxin checkpoint\n" + verifier.canonical(forged)).hex()
        yield replaced(lines, at, tampering.line({"checkpoint": forged, "signature": mark}))
    yield replaced(lines, 1, tampering.line({"key": json.loads(lines[1])["key"], "signature": ""}))
    yield [lines[0], *lines[2:]]
    second = tampering.place_of(lines, b'{"key"')[1]
    for told, signer in (({"from": 1}, 0), ({"by": ""}, 1)):
        body = json.loads(lines[second])["key"] | told
        mark = found.keys[signer].sign(b"tongxin key\n" + verifier.canonical(body)).hex()
        yield replaced(lines, second, tampering.line({"key": body, "signature": mark}))
    yield replaced(lines, -1, tampering.end_line(7, verifier.NOTHING, 60))
    yield replaced(lines, at, json.dumps(json.loads(lines[at])).encode() + b"\n")
    yield replaced(lines, 2, lines[2][:-2] + b"]\n")
    yield [*lines, lines[-1]]
    yield lines[:-1]


def replaced(lines, at, new):
    changed = list(lines)
    changed[at] = new
    return changed


def reads_forgeries_right(made):
    for lines in forgeries():
        try:
            made.Journal().read(lines)
        except made.Broken:
            continue
        return False
    return True


def test_what_a_signer_gone_astray_has_signed_is_refused():
    assert len(list(forgeries())) == 17
    assert reads_forgeries_right(verifier)


def test_without_a_fault_nothing_is_caught():
    """The sound twin of the mutants."""
    assert not caught(mutant("import argparse", "import argparse"))


@pytest.mark.parametrize(("old", "new"), MUTANTS)
def test_a_fault_in_the_verifier_is_caught(old, new):
    assert caught(mutant(old, new))


@pytest.mark.parametrize(("public", "message", "mark"), SIGNED)
def test_signatures_are_judged_alike_with_and_without_the_library(public, message, mark):
    key, text, made = (bytes.fromhex(each) for each in (public, message, mark))

    assert verifier.signed_in_python(key, text, made)
    assert verifier.signed(public, text, mark)
    for place in (0, 31, 32, 63):
        other = bytearray(made)
        other[place] ^= 1
        assert not verifier.signed_in_python(key, text, bytes(other))
        assert not verifier.signed(public, text, bytes(other).hex())
    assert not verifier.signed_in_python(key, text + b"x", made)
    assert not verifier.signed_in_python(key[:-1], text, made)
    assert not verifier.signed("zz", text, mark)


@pytest.mark.parametrize("length", [0, 1, 55, 56, 63, 64, 200])
def test_sm3_is_the_same_with_and_without_openssl(length):
    text = bytes(range(length))

    assert verifier.sm3(text) == hashlib.new("sm3", text).digest()


def test_sm3_gives_the_answer_of_the_standard():
    assert verifier.sm3(b"abc").hex() == (
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )


def test_sm3_is_at_hand_where_openssl_lacks_it(monkeypatch):
    def new(*_args):
        raise ValueError

    monkeypatch.setattr(hashlib, "new", new)

    assert verifier.hasher("sm3") is verifier.sm3
    assert verifier.Journal().read(whole("sm3")[1]).algorithm == "sm3"


def test_leaves_are_marked_as_in_rfc_6962():
    assert hashlib.sha256(b"\x00").hexdigest() == EMPTY_LEAF
    assert verifier.merkle_root(verifier.hasher("sha256"), [EMPTY_LEAF]) == EMPTY_LEAF


def test_a_head_is_read_as_it_is_printed():
    digits = verifier.digits_of("ab" * 32)

    assert [len(group) for group in digits.split()] == [5] * 8
    assert verifier.read_head(f" 12 {digits}\n") == (12, digits)
    assert verifier.read_head("12 " + digits.replace(" ", "")) == (12, digits)
    for wrong in ("", "12", digits, f"x {digits}", f"12 {digits[:-1]}"):
        with pytest.raises(ValueError, match="eight groups"):
            verifier.read_head(wrong)


@pytest.mark.parametrize(
    "line", [b"", b"{}\n", b"[]\n", b'{"tongxin_journal":2,"algorithm":"sha256"}\n']
)
def test_what_is_no_export_is_called_so(line):
    with pytest.raises(verifier.Broken, match="export"):
        verifier.Journal().read([line])


def test_the_file_runs_alone_without_any_library(tmp_path):
    """With `-S` and `-I` Python knows neither the project nor what is installed beside it."""
    found, lines = whole()
    key, head = tampering.witness(found, lines)
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_bytes(b"".join(lines))
    bad.write_bytes(b"".join([*lines[:4], *lines[5:]]))
    run = [sys.executable, "-I", "-S", SOURCE]
    told = ["--key", key, "--head", f"{head[0]} {head[1]}"]

    fine = subprocess.run([*run, good, *told], capture_output=True, text=True, check=False)
    broken = subprocess.run([*run, bad, *told], capture_output=True, text=True, check=False)

    assert (fine.returncode, fine.stderr) == (0, "")
    assert "WHOLE: 60 entries, 55 of them sealed by 7 checkpoints" in fine.stdout
    assert "No key" not in fine.stdout
    assert (broken.returncode, broken.stderr) == (1, "")
    assert "BROKEN at entry 3 (line 5): missing; entry 4 follows" in broken.stdout
