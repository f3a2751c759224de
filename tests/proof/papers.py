"""Attachments of the generated world: names and contents are canaries, older files too."""

from dataclasses import dataclass

from tests.proof.oracle import STRICTNESS
from tongxin.files import actions as files
from tongxin.files.choices import FileKind
from tongxin.files.gate import Passed
from tongxin.registers import declaration


@dataclass(frozen=True)
class Paper:
    """What the oracle is told of an attachment."""

    sensitivity: str
    uploader: object
    removed: bool


def attach_some(made, draw, number):
    """Attach files to a draw of the records, some of them replaced or removed."""
    for key in draw.sample(sorted(made.things), number):
        register = declaration.get(key[0])
        record = register.model.objects.get(pk=key[1])
        place, sensitivity = made.things[key].place, draw.choice(STRICTNESS)
        tokens = [made.token(), made.token()]
        facts = {"sensitivity": sensitivity, "place": place, "by": None}
        attached = files.attach(register=key[0], subject=record, passed=_passed(*tokens), **facts)
        if draw.random() < 0.5:
            tokens += [made.token(), made.token()]
            files.replace(attached, passed=_passed(*tokens[2:]), read=None, **facts)
        removed = draw.random() < 0.25
        if removed:
            tokens.append(made.token())
            files.set_removed(attached, by=None, removed=True, place=place, reason=tokens[-1])
        uploader = draw.choice([None, *(p.account.pk for p in made.people[:32])])
        type(attached).objects.filter(pk=attached.pk).update(entered_by=uploader)
        made.papers[*key, attached.pk] = Paper(sensitivity, uploader, removed)
        for token in tokens:
            made.note(token, "paper", (*key, attached.pk))


def _passed(name, word):
    content = f"%PDF-1.4 {word}".encode()
    return Passed(f"{name}.pdf", FileKind.PDF, "application/pdf", content)
