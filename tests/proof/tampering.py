"""An attacker rewrites an exported journal in every way we know; the verifier has to say where.

The verifier is given what a witness holds: the public key and the head of the day. It has located a
tampering when the break that it names holds the place, and is no wider than a checkpoint. Where the
end was taken off or replaced by an older export, the break begins at the first entry that is gone.
"""

import json
import random
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tongxin.journal import verifier

RANGE = 8
ENTRIES = 60
UNSEALED = 5
ROTATED_AFTER = 4


def key_from(source):
    return Ed25519PrivateKey.from_private_bytes(source.randbytes(32))


def public_of(key):
    return key.public_key().public_bytes_raw().hex()


@dataclass
class World:
    """An export taken apart: bodies of entries, seals and keys, from which its lines are made."""

    bodies: list
    keys: list
    algorithm: str = "sha256"
    seals: list = field(default_factory=list)

    def lines(self):
        """The lines of the export, every hash and signature right."""
        digest = verifier.hasher(self.algorithm)
        made = [line({"tongxin_journal": 1, "algorithm": self.algorithm})]
        made.append(self.key_line(0, 1))
        previous, name, hashes, number = verifier.NOTHING, "", [], 0
        sealed = len(self.bodies) - UNSEALED
        for sequence, body in enumerate(self.bodies, 1):
            text = verifier.canonical(body)
            own = verifier.entry_hash(digest, sequence, previous, text)
            made.append(entry_line(sequence, previous, own, text))
            hashes.append(own)
            previous = own
            if sequence <= sealed and (sequence % RANGE == 0 or sequence == sealed):
                number += 1
                key = self.keys[0 if number <= ROTATED_AFTER else 1]
                seal = {
                    "algorithm": self.algorithm,
                    "at": f"2026-01-{number:02}T00:00:00.000000Z",
                    "first": sequence - len(hashes) + 1,
                    "head": own,
                    "key": public_of(key),
                    "last": sequence,
                    "number": number,
                    "previous": name,
                    "root": verifier.merkle_root(digest, hashes),
                }
                mark = key.sign(b"tongxin checkpoint\n" + verifier.canonical(seal)).hex()
                made.append(line({"checkpoint": seal, "signature": mark}))
                name, hashes = verifier.checkpoint_hash(digest, seal, mark), []
                if number == ROTATED_AFTER:
                    made.append(self.key_line(1, number + 1))
        made.append(end_line(number, previous, len(self.bodies)))
        return made

    def key_line(self, number, since):
        by = self.keys[number - 1] if number else None
        body = {"by": public_of(by) if by else "", "from": since}
        body["public"] = public_of(self.keys[number])
        mark = (by or self.keys[number]).sign(b"tongxin key\n" + verifier.canonical(body)).hex()
        return line({"key": body, "signature": mark})


def line(value):
    return verifier.canonical(value) + b"\n"


def entry_line(sequence, previous, own, text):
    start = f'{{"sequence":{sequence},"previous":"{previous}","hash":"{own}","entry":'
    return start.encode() + text + b"}\n"


def end_line(checkpoints, newest, last):
    return line({"end": {"checkpoints": checkpoints, "hash": newest, "last": last}})


def world(source, entries=ENTRIES):
    """A journal of random acts."""
    bodies = [
        {
            "actor": source.choice([None, 1, 2, 30]),
            "after": {"name": f"示范点{source.randrange(999)}"},
            "at": f"2026-01-01T00:00:{number:02}.000000Z",
            "before": source.choice([{}, {"name": "旧名"}]),
            "facts": source.choice([{}, {"reason": "因“改名”"}]),
            "name_commitment": source.choice(["", source.randbytes(32).hex()]),
            "place": source.choice([None, 7, 8]),
            "subject_id": source.randrange(1, 99),
            "subject_name": f"对象{number}",
            "subject_type": "sites.site",
            "verb": source.choice(["sites.entered", "sites.changed", "sites.voided"]),
        }
        for number in range(entries)
    ]
    return World(bodies, [key_from(source), key_from(source)])


# --- The attacks. Each returns the lines, and a question to the break that was found. ----------
def place_of(lines, kind):
    """Where the lines of one kind stand."""
    return [at for at, each in enumerate(lines) if each.startswith(kind)]


def entries_in(lines):
    return place_of(lines, b'{"sequence"')


def checkpoints_in(lines):
    return place_of(lines, b'{"checkpoint"')


def holds(number, *, exact=False):
    """The break holds an entry, and is no wider than a checkpoint."""
    width = 0 if exact else RANGE

    def located(broken):
        return broken.first <= number <= broken.last and broken.last - broken.first <= width

    return located


def altered(source, value):
    """Another value than this one, of the kind that an attacker would write."""
    if value is None or isinstance(value, int):
        return (value or 0) + source.randrange(1, 9)
    if isinstance(value, dict):
        return {**value, "name": f"伪造{source.randrange(10**9)}"}
    return f"{value}改" if source.random() < 0.5 or not value else value[:-1]


def split(text):
    """Sequence, previous, hash and body of the line of an entry."""
    found = json.loads(text)
    return found["sequence"], found["previous"], found["hash"], found["entry"]


def edit_a_field(_world, lines, source):
    at = source.choice(entries_in(lines))
    number, previous, own, body = split(lines[at])
    name = source.choice(sorted(body))
    body[name] = altered(source, body[name])
    lines[at] = entry_line(number, previous, own, verifier.canonical(body))
    return lines, holds(number, exact=True)


def edit_the_frame(_world, lines, source):
    at = source.choice(entries_in(lines))
    number, previous, own, body = split(lines[at])
    told = [number, previous, own]
    which = source.randrange(3)
    told[which] = number + 900 if which == 0 else source.randbytes(32).hex()
    lines[at] = entry_line(*told, verifier.canonical(body))
    return lines, holds(number, exact=True)


def edit_and_hash_again(_world, lines, source):
    at = source.choice(entries_in(lines))
    number, previous, _own, body = split(lines[at])
    body["subject_name"] = altered(source, body["subject_name"])
    lines[at] = forged(number, previous, body)
    return lines, holds(number)


def forged(number, previous, body):
    """A line that is right in itself."""
    text = verifier.canonical(body)
    digest = verifier.hasher("sha256")
    return entry_line(number, previous, verifier.entry_hash(digest, number, previous, text), text)


def delete_an_entry(_world, lines, source):
    at = source.choice(entries_in(lines))
    number = split(lines[at])[0]
    del lines[at]
    return lines, holds(number)


def delete_many(_world, lines, source):
    places = entries_in(lines)
    first = source.randrange(len(places) - 3)
    gone = places[first : first + source.randrange(2, 4)]
    lines = [each for at, each in enumerate(lines) if at not in gone]
    return lines, holds(first + 1)


def insert_an_entry(_world, lines, source):
    at = source.choice(entries_in(lines))
    number, previous, _own, body = split(lines[at])
    lines.insert(at, forged(number, previous, {**body, "actor": 99}))
    return lines, holds(number)


def insert_before_a_seal(_world, lines, source):
    """Slip an entry in that follows from the last one, and leave the seal as it is."""
    at = source.choice(checkpoints_in(lines))
    number, _previous, own, body = split(lines[max(e for e in entries_in(lines) if e < at)])
    lines.insert(at, forged(number + 1, own, {**body, "actor": 99}))
    return lines, holds(number + 1, exact=True)


def copy_an_entry(_world, lines, source):
    places = entries_in(lines)
    origin, at = source.choice(places), source.choice(places)
    due, number = places.index(at) + 1, split(lines[origin])[0]
    lines.insert(at, lines[origin])
    if due in (number, number + 1):  # two equal lines, one after the other
        return lines, holds(number)
    return lines, lambda broken: broken.first == due


def swap_two(_world, lines, source):
    one, other = sorted(source.sample(entries_in(lines), 2))
    number = split(lines[one])[0]
    lines[one], lines[other] = lines[other], lines[one]
    return lines, lambda broken: broken.first == number


def truncate_the_tail(_world, lines, source):
    """Take entries off the end, with the seals over them, and write a new end."""
    places = entries_in(lines)
    keep = source.randrange(1, len(places))
    lines = lines[: places[keep - 1] + 1]
    lines.append(end_line(len(checkpoints_in(lines)), split(lines[-1])[2], keep))
    return lines, lambda broken: broken.first == keep + 1


def cut_the_file(_world, lines, source):
    """Lose the end of the file."""
    at = source.randrange(2, len(lines))
    return lines[:at], lambda broken: broken.first == len(entries_in(lines[:at])) + 1


def chain_the_tail_again(world_, lines, source):
    """Change an entry and make all hashes and roots after it right; only signatures cannot be."""
    number = source.randrange(1, len(world_.bodies) + 1)
    bodies = [dict(body) for body in world_.bodies]
    bodies[number - 1]["actor"] = 99
    new = World(bodies, world_.keys).lines()
    if source.random() < 0.5:  # the seals as they were, or new ones under the old signatures
        for at in checkpoints_in(lines):
            new[at] = lines[at]
    else:
        for at in checkpoints_in(lines):
            seal = json.loads(new[at])
            seal["signature"] = json.loads(lines[at])["signature"]
            new[at] = line(seal)
    return new, holds(number)


def chain_the_tail_again_without_seals(world_, lines, source):
    """The same, and every seal from there on is left out."""
    sealed = json.loads(lines[checkpoints_in(lines)[-1]])["checkpoint"]["last"]
    number = source.randrange(sealed + 1, len(world_.bodies) + 1)
    bodies = [dict(body) for body in world_.bodies]
    bodies[number - 1]["facts"] = {"reason": "补写"}
    return World(bodies, world_.keys).lines(), holds(number)


def roll_back(world_, lines, source):
    """Hand in an older export, whole in itself."""
    keep = source.randrange(1, len(world_.bodies))
    places = entries_in(lines)
    older = lines[: places[keep]] if keep < len(places) else lines[:-1]
    newest = split(lines[places[keep - 1]])[2]
    older = [*older, end_line(len(checkpoints_in(older)), newest, keep)]
    return older, lambda broken: (broken.first, broken.last) == (keep + 1, len(places))


def replace_the_keys(world_, _lines, source):
    """Sign everything again with keys of one's own."""
    bodies = world_.bodies
    if source.random() < 0.5:
        bodies = [dict(body) for body in bodies]
        source.choice(bodies[:-UNSEALED])["actor"] = 99
    new = World(bodies, [key_from(source), key_from(source)])
    return new.lines(), lambda broken: broken.key == 1


def replace_one_key(_world, lines, source):
    """Put a key of one's own in the place of one, with a signature of one's own."""
    number, at = source.choice(list(enumerate(place_of(lines, b'{"key"'), 1)))
    own = key_from(source)
    body = {**json.loads(lines[at])["key"], "public": public_of(own)}
    lines[at] = line({"key": body, "signature": own.sign(b"tongxin key\n" + line(body)[:-1]).hex()})
    due = 1 if number == 1 else ROTATED_AFTER + 1
    return lines, lambda broken: broken.key == number or broken.checkpoint == due


def drop_a_key(_world, lines, source):
    number, at = source.choice(list(enumerate(place_of(lines, b'{"key"'), 1)))
    del lines[at]
    due = 1 if number == 1 else ROTATED_AFTER + 1
    return lines, lambda broken: broken.checkpoint == due


def edit_a_checkpoint(_world, lines, source):
    number, at = source.choice(list(enumerate(checkpoints_in(lines), 1)))
    found = json.loads(lines[at])
    name = source.choice([*sorted(found["checkpoint"]), "signature"])
    where = found if name == "signature" else found["checkpoint"]
    where[name] = altered(source, where[name])
    lines[at] = line(found)
    return lines, lambda broken: broken.checkpoint == number


def drop_a_checkpoint(_world, lines, source):
    places = checkpoints_in(lines)
    number, at = source.choice(list(enumerate(places, 1)))
    del lines[at]
    if number == len(places):
        return lines, lambda broken: broken.line == len(lines)
    if number == ROTATED_AFTER:
        return lines, lambda broken: broken.checkpoint == number or broken.key == 2
    return lines, lambda broken: broken.checkpoint == number


def swap_checkpoints(_world, lines, source):
    places = checkpoints_in(lines)
    (number, one), (_other, other) = sorted(source.sample(list(enumerate(places, 1)), 2))
    lines[one], lines[other] = lines[other], lines[one]
    return lines, lambda broken: broken.checkpoint == number


def flip_a_bit(_world, lines, source):
    """One bit anywhere in the file, not knowing what it is."""
    at = source.randrange(len(lines))
    place = source.randrange(len(lines[at]))
    changed = bytearray(lines[at])
    changed[place] ^= 1 << source.randrange(8)
    lines[at] = bytes(changed)
    whole = b"".join(lines)
    return whole.splitlines(keepends=True), lambda broken: broken.line == at + 1


def append_after_the_end(_world, lines, source):
    lines.append(source.choice(lines))
    return lines, lambda broken: broken.line == len(lines)


ATTACKS = (
    edit_a_field,
    edit_the_frame,
    edit_and_hash_again,
    delete_an_entry,
    delete_many,
    insert_an_entry,
    insert_before_a_seal,
    copy_an_entry,
    swap_two,
    truncate_the_tail,
    cut_the_file,
    chain_the_tail_again,
    chain_the_tail_again_without_seals,
    roll_back,
    replace_the_keys,
    replace_one_key,
    drop_a_key,
    edit_a_checkpoint,
    drop_a_checkpoint,
    swap_checkpoints,
    flip_a_bit,
    append_after_the_end,
)


def witness(world_, lines):
    """What somebody outside holds: a public key, and the head of the day."""
    number, _previous, own, _body = split(lines[entries_in(lines)[-1]])
    return public_of(world_.keys[0]), (number, verifier.digits_of(own))


def located(attack, source, verify=verifier):
    """Attack a journal once; return whether the verifier says where."""
    found = world(source)
    lines = found.lines()
    key, head = witness(found, lines)
    tampered, question = attack(found, list(lines), source)
    if tampered == lines:
        return True
    try:
        verify.Journal(key, head).read(tampered)
    except verify.Broken as broken:
        return bool(question(broken))
    return False


def run(count, seed):
    """Attack so often, each way in turn; return how many were tried and how many located."""
    source = random.Random(seed)
    tried = [located(ATTACKS[number % len(ATTACKS)], source) for number in range(count)]
    return len(tried), sum(tried)


if __name__ == "__main__":
    print(run(10_000, 1))  # noqa: T201
