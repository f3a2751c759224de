"""Check an exported journal without the platform: one file, the standard library, Python 3.10+.

    python verifier.py journal.jsonl --key PUBLIC [--head "NUMBER DIGITS"]

Each line of an export is JSON: a header, then entries, signing keys and checkpoints in the order
in which they came about, then the end. The hash of an entry is taken over its number, the hash
before it, and its body byte for byte as it stands in the line. A checkpoint holds the Merkle root
(as in RFC 6962) over its entries and the hash of the checkpoint before it, signed with Ed25519.
A key is signed by the key before it, the first one by itself.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:  # slower, and the same answers: see `signed_in_python`
    Ed25519PublicKey = None  # type: ignore[assignment,misc]

Digest = Callable[[bytes], bytes]
Point = tuple[int, int, int, int]
NOTHING = "0" * 64
FORMAT = 1
LENGTH = 64
EARLY = 16
ALGORITHMS = ("sha256", "sm3")
GROUPS, DIGITS = 8, 5


class Broken(Exception):
    """Where the chain breaks: among entries `first` to `last`, at a checkpoint or key if named."""

    def __init__(  # noqa: PLR0913  all that tells a place
        self,
        words: str,
        first: int,
        last: int | None = None,
        *,
        line: int = 0,
        checkpoint: int = 0,
        key: int = 0,
    ) -> None:
        super().__init__(words)
        self.words, self.line = words, line
        self.first, self.last = first, first if last is None else last
        self.checkpoint, self.key = checkpoint, key

    def __str__(self) -> str:
        place = f"entry {self.first}"
        if self.last != self.first:
            place = f"entries {self.first} to {self.last}"
        if self.checkpoint:
            place = f"checkpoint {self.checkpoint}, {place}"
        if self.key:
            place = f"key {self.key}, {place}"
        return f"{place} (line {self.line}): {self.words}"


# --- Hashes -----------------------------------------------------------------------------------
def hasher(algorithm: str) -> Digest:
    """Return a function from bytes to digest; SM3 also where OpenSSL was built without it."""
    if algorithm not in ALGORITHMS:
        raise ValueError(f"unknown algorithm {algorithm!r}")
    if algorithm == "sha256":
        return lambda data: hashlib.sha256(data).digest()
    try:
        hashlib.new("sm3")
    except ValueError:
        return sm3
    return lambda data: hashlib.new("sm3", data).digest()


def canonical(value: Any) -> bytes:
    """Return the bytes of a JSON value: keys sorted, no blanks, UTF-8."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def entry_hash(digest: Digest, sequence: int, previous: str, body: bytes) -> str:
    """Return the hash of an entry from its number, the hash before it, and its body in bytes."""
    return digest(b"\x00%d %s " % (sequence, previous.encode()) + body).hex()


def merkle_root(digest: Digest, hashes: Sequence[str]) -> str:
    """Return the root over the hashes of entries, themselves the leaves; a last odd one climbs."""
    level = [bytes.fromhex(each) for each in hashes]
    while len(level) > 1:
        pairs = [digest(b"\x01" + a + b) for a, b in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[-1:] if len(level) % 2 else pairs
    return level[0].hex()


def checkpoint_hash(digest: Digest, body: dict[str, Any], signature: str) -> str:
    """Return the hash by which the next checkpoint names this one."""
    return digest(b"\x02" + canonical(body) + signature.encode()).hex()


def digits_of(digest_hex: str) -> str:
    """Return a hash as eight groups of five digits, to be printed and read aloud."""
    number = str(int(digest_hex, 16) % 10 ** (GROUPS * DIGITS)).zfill(GROUPS * DIGITS)
    return " ".join(number[at : at + DIGITS] for at in range(0, len(number), DIGITS))


def sm3(data: bytes) -> bytes:
    """Return the SM3 digest (GB/T 32905-2016)."""
    mask = 0xFFFFFFFF

    def turn(x: int, n: int) -> int:
        n %= 32
        return ((x << n) | (x >> (32 - n))) & mask

    state = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600]
    state += [0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    padded = data + b"\x80" + b"\x00" * ((55 - len(data)) % 64) + (8 * len(data)).to_bytes(8, "big")
    for at in range(0, len(padded), 64):
        w = [int.from_bytes(padded[at + 4 * i : at + 4 * i + 4], "big") for i in range(16)]
        for i in range(16, 68):
            x = w[i - 16] ^ w[i - 9] ^ turn(w[i - 3], 15)
            w.append(x ^ turn(x, 15) ^ turn(x, 23) ^ turn(w[i - 13], 7) ^ w[i - 6])
        a, b, c, d, e, f, g, h = state
        for i in range(64):
            early = i < EARLY
            s1 = turn((turn(a, 12) + e + turn(0x79CC4519 if early else 0x7A879D8A, i)) & mask, 7)
            ff = a ^ b ^ c if early else (a & b) | (a & c) | (b & c)
            gg = e ^ f ^ g if early else (e & f) | (~e & mask & g)
            t1 = (ff + d + (s1 ^ turn(a, 12)) + (w[i] ^ w[i + 4])) & mask
            t2 = (gg + h + s1 + w[i]) & mask
            d, c, b, a = c, turn(b, 9), a, t1
            h, g, f, e = g, turn(f, 19), e, t2 ^ turn(t2, 9) ^ turn(t2, 17)
        state = [x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h), strict=True)]
    return b"".join(x.to_bytes(4, "big") for x in state)


# --- Signatures (Ed25519, RFC 8032) -----------------------------------------------------------
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def signed(public: str, message: bytes, signature: str) -> bool:
    """Whether a signature over a message was made with the key of which this is the public half."""
    try:
        key, mark = bytes.fromhex(public), bytes.fromhex(signature)
    except (TypeError, ValueError):
        return False
    if Ed25519PublicKey is None:
        return signed_in_python(key, message, mark)
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(mark, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def signed_in_python(key: bytes, message: bytes, mark: bytes) -> bool:
    """Answer as `signed` does, without any library."""
    if len(mark) != LENGTH or len(key) * 2 != LENGTH:
        return False
    a, r, s = _point(key), _point(mark[:32]), int.from_bytes(mark[32:], "little")
    if a is None or r is None or s >= ORDER:
        return False
    h = int.from_bytes(hashlib.sha512(mark[:32] + key + message).digest(), "little") % ORDER
    left, right = _times(s, BASE), _plus(r, _times(h, a))
    return not (left[0] * right[2] - right[0] * left[2]) % P and not (
        (left[1] * right[2] - right[1] * left[2]) % P
    )


def _point(data: bytes) -> Point | None:
    """Read a point in extended coordinates, or None where there is none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(CURVE * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (not x and sign):
        return None
    x = x if x % 2 == sign else P - x
    return (x, y, 1, x * y % P)


def _plus(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * CURVE % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(number: int, point: Point) -> Point:
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = _plus(total, point)
        point, number = _plus(point, point), number >> 1
    return total


BASE: Any = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


# --- The chain --------------------------------------------------------------------------------
class Journal:
    """Reads an export line by line; raises Broken at the first line that does not fit."""

    def __init__(self, key: str = "", head: tuple[int, str] | None = None) -> None:
        self.pinned = key.lower()
        self.wanted, self.wanted_digits = head or (0, "")
        self.line = self.sequence = self.sealed = self.checkpoints = 0
        self.hash, self.checkpoint = NOTHING, ""
        self.keys: list[str] = []
        self.open: list[str] = []
        self.ended = False

    def read(self, lines: Iterable[bytes]) -> "Journal":
        """Read the lines, as bytes. Returns itself, to tell what was found."""
        lines = iter(lines)
        self._header(next(lines, b""))
        for self.line, line in enumerate(lines, 2):
            if self.ended:
                raise self._broken("something stands after the end", self.sequence)
            if line.startswith(b'{"sequence":'):
                self._entry(line)
            else:
                self._other(line)
        self._finish()
        return self

    def _broken(self, words: str, first: int, last: int | None = None, **place: int) -> Broken:
        return Broken(words, first, last, line=self.line, **place)

    def _header(self, line: bytes) -> None:
        self.line = 1
        try:
            head = json.loads(line)
            known = head["tongxin_journal"] == FORMAT
            self.algorithm = head["algorithm"]
            self.digest = hasher(self.algorithm)
        except (ValueError, KeyError, TypeError) as problem:
            raise self._broken(f"this is no export of a journal: {problem}", 0) from None
        if not known or line != canonical(head) + b"\n":
            raise self._broken("this is an export of another format", 0)

    def _entry(self, line: bytes) -> None:
        number = self.sequence + 1
        start = b'{"sequence":%d,"previous":"%s","hash":"' % (number, self.hash.encode())
        at = len(start) + LENGTH
        if not line.startswith(start) or line[at : at + 10] != b'","entry":':
            raise self._misplaced(line, number)
        if line[-2:] != b"}\n":
            raise self._broken("the line is cut off", number)
        told = line[len(start) : at].decode("ascii", "replace")
        if entry_hash(self.digest, number, self.hash, line[at + 10 : -2]) != told:
            raise self._broken("what it says does not give its hash", number)
        self.sequence, self.hash = number, told
        self.open.append(told)
        if number == self.wanted and digits_of(told) != self.wanted_digits:
            self._known_key()
            raise self._broken("this is not the head you hold", self.sealed + 1, number)

    def _misplaced(self, line: bytes, number: int) -> Broken:
        """Say why an entry does not follow the one before it."""
        try:
            found = json.loads(line)
            there, previous = found["sequence"], found["previous"]
            intact = found["hash"] == entry_hash(
                self.digest, there, previous, canonical(found["entry"])
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            return self._broken("the line cannot be read", number)
        if there != number and intact and there > number:
            return self._broken(f"missing; entry {there} follows", number, there - 1)
        if there != number and intact:
            first = number - 1 if there == number - 1 else number
            return self._broken(f"entry {there} stands where {number} is due", first, number)
        if intact and previous != self.hash and number > 1:
            words = f"entry {number} follows another entry {number - 1} than the one before it"
            return self._broken(words, number - 1, number)
        return self._broken("number, hash before it, or layout were altered", number)

    def _other(self, line: bytes) -> None:
        number = self.sequence + 1
        try:
            found = json.loads(line)
            whole = line == canonical(found) + b"\n"
        except ValueError:
            raise self._broken("the line cannot be read", number) from None
        if not isinstance(found, dict) or not whole:
            raise self._broken("the line is not written as exports are", number)
        try:
            if "checkpoint" in found:
                self._checkpoint(found["checkpoint"], found["signature"])
            elif "key" in found:
                self._key(found["key"], found["signature"])
            else:
                self._end(found["end"])
        except (KeyError, TypeError, AttributeError):
            raise self._broken("the line lacks something", number) from None

    def _key(self, body: dict[str, Any], signature: str) -> None:
        number, here = len(self.keys) + 1, self.sequence + 1
        by = self.keys[-1] if self.keys else ""
        if body["by"] != by or body["from"] != self.checkpoints + 1:
            raise self._broken("it does not follow the keys before it", here, key=number)
        if not signed(by or body["public"], b"tongxin key\n" + canonical(body), signature):
            raise self._broken("the key before it did not sign it", here, key=number)
        self.keys.append(body["public"])

    def _checkpoint(self, body: dict[str, Any], signature: str) -> None:
        number, first = self.checkpoints + 1, self.sealed + 1
        last = max(first, self.sequence)

        def wrong(words: str) -> Broken:
            return self._broken(words, first, last, checkpoint=number)

        if not self.keys:
            raise wrong("no key was told before it")
        if body["number"] > number:
            raise wrong(f"missing; checkpoint {body['number']} follows")
        if not signed(self.keys[-1], b"tongxin checkpoint\n" + canonical(body), signature):
            raise wrong("the signature is not that of the key")
        due = {"number": number, "previous": self.checkpoint, "first": first, "key": self.keys[-1]}
        if any(body[name] != value for name, value in due.items()):
            raise wrong("it does not follow the checkpoint before it")
        if body["last"] > self.sequence:
            raise self._broken("missing, and sealed", self.sequence + 1, body["last"])
        if body["last"] < self.sequence:
            raise self._broken("too many before the seal", body["last"] + 1, self.sequence)
        if body["algorithm"] != self.algorithm or not self.open:
            raise wrong("it is made with another hash, or seals nothing")
        if body["root"] != merkle_root(self.digest, self.open) or body["head"] != self.hash:
            raise wrong("the entries it seals have been altered")
        self.checkpoints, self.sealed, self.open = number, self.sequence, []
        self.checkpoint = checkpoint_hash(self.digest, body, signature)

    def _end(self, body: dict[str, Any]) -> None:
        if body["last"] > self.sequence:
            raise self._broken("missing at the end", self.sequence + 1, body["last"])
        if body != {"checkpoints": self.checkpoints, "hash": self.hash, "last": self.sequence}:
            raise self._broken("the end names another last entry", self.sequence)
        self.ended = True

    def _finish(self) -> None:
        if not self.ended:
            raise self._broken("the export is cut off", self.sequence + 1)
        if self.sequence < self.wanted:
            words = f"the export ends at entry {self.sequence}; you hold entry {self.wanted}"
            raise self._broken(words, self.sequence + 1, self.wanted)
        self._known_key()

    def _known_key(self) -> None:
        if self.pinned and self.pinned not in self.keys:
            raise self._broken("none of the keys is the one you hold", 1, key=1)


def read_head(text: str) -> tuple[int, str]:
    """Read a head as it is printed: the number of the entry, then its digits."""
    number, _, digits = text.strip().partition(" ")
    digits = "".join(digits.split())
    if not number.isdigit() or len(digits) != GROUPS * DIGITS or not digits.isdigit():
        raise ValueError("a head is the number of an entry and eight groups of five digits")
    return int(number), " ".join(digits[at : at + DIGITS] for at in range(0, len(digits), DIGITS))


def check(lines: Iterable[bytes], key: str = "", head: str = "") -> tuple[bool, str]:
    """Check the lines of an export; return whether it is whole, and what to say of it."""
    try:
        found = Journal(key, read_head(head) if head else None).read(lines)
    except Broken as broken:
        return False, f"断裂 BROKEN at {broken}"
    sealed = f"{found.sealed} of them sealed by {found.checkpoints} checkpoints"
    words = [
        f"完好 WHOLE: {found.sequence} entries, {sealed}; {found.algorithm}",
        f"日志头 Head: {found.sequence} {digits_of(found.hash)}",
        *(f"公钥 Key {number}: {each}" for number, each in enumerate(found.keys, 1)),
    ]
    if found.sealed < found.sequence:
        words.append(f"Not sealed yet: entries {found.sealed + 1} to {found.sequence}")
    if not key:
        words.append("No key was given: compare the keys above with the one you hold.")
    if not head:
        words.append("No head was given: entries taken off the end would not be noticed.")
    return True, "\n".join(words)


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a file and say what was found; the code is 0 when all is whole, else 1."""
    parser = argparse.ArgumentParser(description="Check an exported journal of Tongxin.")
    parser.add_argument("file")
    parser.add_argument("--key", default="", help="the public key you hold, in hexadecimal")
    parser.add_argument("--head", default="", help="a head you hold: number and digits")
    asked = parser.parse_args(arguments)
    with Path(asked.file).open("rb") as lines:
        whole, words = check(lines, asked.key, asked.head)
    sys.stdout.write(words + "\n")
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
