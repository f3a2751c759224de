"""Collect the words of the interface and keep their English translation.

    uv run python tools/messages.py             update django.po and django.mo
    uv run python tools/messages.py --check     say what is missing or stale, change nothing
    uv run python tools/messages.py --missing   list the messages without a translation

Chinese is the source language: a message is its own key. No gettext programs are needed.
"""

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.template.base import Lexer, TokenType
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "tongxin"
PO = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
# A date that moved at every run would make every change touch the file's head.
STAMP = datetime(2026, 1, 1, tzinfo=UTC)

# What the arguments of each function are: a context, the message, its plural.
SHAPES = {
    "_": "m",
    "gettext": "m",
    "gettext_lazy": "m",
    "gettext_noop": "m",
    "ngettext": "mp",
    "ngettext_lazy": "mp",
    "pgettext": "cm",
    "pgettext_lazy": "cm",
    "npgettext": "cmp",
    "npgettext_lazy": "cmp",
}
LITERAL = r"""(u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))"""
CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*{LITERAL}(?:,\s*{LITERAL})?(?:,\s*{LITERAL})?")
PLACE = re.compile(r"%\((\w+)\)|\{(\w+)\}")
CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
# One character alone is a unit or a mark, and data: 元, 家, 、
HAN_WORD = re.compile(r"[\u3400-\u9fff]{2}")
# An element that names its language is meant to be read in it, whatever the page speaks.
OWN_LANGUAGE = re.compile(r'lang="zh-Hans">[^<]*')

Key = tuple[str, str, str]


@dataclass(slots=True)
class Message:
    """One message, and every file and line where it stands."""

    text: str
    plural: str = ""
    context: str = ""
    places: list[tuple[str, int]] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """What makes it one message."""
        return self.context, self.text, self.plural


def collect(package: Path = PACKAGE) -> dict[Key, Message]:
    """Return all the messages of the Python files and templates of a package."""
    found: dict[Key, Message] = {}
    for path in sorted(package.rglob("*.py")):
        if "migrations" not in path.parts:
            _gather(found, path, in_python(path.read_text(encoding="utf-8"), path))
    for path in templates(package):
        _gather(found, path, in_template(path.read_text(encoding="utf-8")))
    return found


def templates(package: Path = PACKAGE) -> list[Path]:
    """Return the templates of a package."""
    return [
        path
        for path in sorted(package.rglob("*"))
        if path.suffix in {".html", ".txt"} and "templates" in path.parts
    ]


def _gather(found: dict[Key, Message], path: Path, messages: Iterable[tuple[Message, int]]) -> None:
    for message, line in messages:
        known = found.setdefault(message.key, message)
        known.places.append((path.relative_to(ROOT).as_posix(), line))


def in_python(source: str, path: Path | str = "") -> Iterator[tuple[Message, int]]:
    """Yield the messages of a Python file. Raises ValueError for one that is put together."""
    for node in ast.walk(ast.parse(source, str(path))):
        name = _called(node)
        if not isinstance(node, ast.Call) or name not in SHAPES:
            continue
        shape = SHAPES[name]
        words = node.args[: len(shape)]
        if any(isinstance(word, ast.JoinedStr | ast.BinOp) for word in words):
            message = f"{path}:{node.lineno}: {name}() must be given a plain string"
            raise ValueError(message)
        texts = [word.value for word in words if isinstance(word, ast.Constant)]
        if len(texts) == len(shape):
            yield _message(shape, [str(text) for text in texts]), node.lineno


def _called(node: ast.AST) -> str:
    """The last name of a function that is called here; empty for any other node."""
    if not isinstance(node, ast.Call):
        return ""
    return str(getattr(node.func, "id", getattr(node.func, "attr", "")))


def bare_strings(source: str) -> Iterator[tuple[str, int]]:
    """Yield the Chinese strings of a Python file that pass through no translation.

    A register's `naming` composes the name that is kept with a record: data, not interface.
    """
    tree = ast.parse(source)
    spoken: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            spoken.add(id(node.value))  # a docstring
        elif isinstance(node, ast.keyword) and node.arg == "naming":
            spoken.update(id(part) for part in ast.walk(node.value))
        elif isinstance(node, ast.Call) and _called(node) in SHAPES:
            spoken.update(id(word) for word in node.args)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in spoken:
            continue
        if isinstance(node.value, str) and HAN_WORD.search(node.value):
            yield node.value, node.lineno


def in_template(source: str) -> Iterator[tuple[Message, int]]:
    """Yield the messages of a template."""
    _know_template_tags()
    text = templatize(source)
    for call in CALL.finditer(text):
        shape = SHAPES[call[1]]
        words = [ast.literal_eval(word) for word in call.groups()[1:] if word]
        if len(words) >= len(shape):
            yield _message(shape, words), text.count("\n", 0, call.start()) + 1


def bare_words(source: str) -> Iterator[tuple[str, int]]:
    """Yield the Chinese text of a template that stands outside every translation tag."""
    _know_template_tags()
    inside = ""
    for token in Lexer(source).tokenize():
        words = token.split_contents() if token.token_type == TokenType.BLOCK else [""]
        if words[0] in {"blocktrans", "blocktranslate", "comment"}:
            inside = f"end{words[0]}"
        elif inside:
            inside = "" if words[0] == inside else inside
        elif token.token_type == TokenType.TEXT:
            for number, line in enumerate(token.contents.split("\n"), token.lineno or 1):
                if CHINESE.search(OWN_LANGUAGE.sub("", line)):
                    yield line.strip(), number


def _know_template_tags() -> None:
    # The lexer asks one setting, whether a template is being debugged.
    if not settings.configured:
        settings.configure()


def _message(shape: str, words: list[str]) -> Message:
    parts = dict(zip(shape, words, strict=False))
    return Message(parts["m"], parts.get("p", ""), parts.get("c", ""))


def read() -> Catalog:
    """Return the committed translations, none when there is no file yet."""
    if not PO.exists():
        return Catalog(locale="en")
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def translations(catalog: Catalog) -> dict[Key, tuple[str, ...]]:
    """Return the translations of a catalogue by message; empty strings where there is none."""
    known: dict[Key, tuple[str, ...]] = {}
    for entry in catalog:
        if not entry.id:
            continue
        ids = (entry.id, "") if isinstance(entry.id, str) else tuple(entry.id)
        texts = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
        # Babel leaves the context undecoded when it reads the compiled form.
        context: str | bytes = entry.context or ""
        context = context.decode() if isinstance(context, bytes) else context
        known[context, ids[0], ids[1]] = texts
    return known


def updated(found: dict[Key, Message], known: dict[Key, tuple[str, ...]]) -> Catalog:
    """Return a catalogue of exactly the messages found, with the translations already known."""
    catalog = Catalog(
        locale="en",
        project="Tongxin",
        version="en",
        msgid_bugs_address="see README.md",
        last_translator="the contributors of Tongxin",
        language_team="the contributors of Tongxin",
        header_comment="# English translation of Tongxin. Updated by tools/messages.py.",
        creation_date=STAMP,
        revision_date=STAMP,
        fuzzy=False,
    )
    for key in sorted(found, key=lambda key: (found[key].places[0], key)):
        message = found[key]
        texts = known.get(key, ("", "") if message.plural else ("",))
        catalog.add(
            (message.text, message.plural) if message.plural else message.text,
            texts if message.plural else texts[0],
            locations=sorted({(place, 0) for place, _ in message.places}),
            context=message.context or None,
        )
    return catalog


def compiled(catalog: Catalog) -> bytes:
    """Return a catalogue in the form that programs read."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def write(catalog: Catalog) -> None:
    """Write both files."""
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalog, width=98, include_lineno=False)
    MO.write_bytes(compiled(catalog))


def untranslated(found: dict[Key, Message], known: dict[Key, tuple[str, ...]]) -> list[Message]:
    """Return the messages that have no translation, or only half of one."""
    return [message for key, message in found.items() if not all(known.get(key, ("",)))]


def problems(found: dict[Key, Message], catalog: Catalog) -> list[str]:
    """Return everything in which messages, translations and compiled file disagree."""
    known = translations(catalog)
    said = [
        f"{message.places[0][0]}:{message.places[0][1]} no translation: {message.text}"
        for message in untranslated(found, known)
    ]
    said += [f"django.po: nobody says this any more: {key[1]}" for key in known.keys() - found]
    for key, texts in known.items():
        wanted = set(PLACE.findall(key[1])) | set(PLACE.findall(key[2]))
        said += [
            f"django.po: a placeholder is missing or new: {text}"
            for text in texts[-1:]
            if text and set(PLACE.findall(text)) != wanted
        ]
    if said:
        return said
    if not MO.exists() or translations(read_mo(io.BytesIO(MO.read_bytes()))) != known:
        said.append("django.mo is older than django.po: run tools/messages.py")
    return said


def main() -> int:
    """Update, check or list."""
    parser = argparse.ArgumentParser(description="Words of the interface and their translation.")
    parser.add_argument("--check", action="store_true", help="change nothing, say what is wrong")
    parser.add_argument("--missing", action="store_true", help="list what has no translation")
    chosen = parser.parse_args()
    found, catalog = collect(), read()
    if chosen.check:
        said = problems(found, catalog)
        print("\n".join(said) if said else f"{len(found)} messages, all translated")
        return 1 if said else 0
    missing = untranslated(found, translations(catalog))
    if chosen.missing:
        print("\n".join(message.text for message in missing))
        return 0
    write(updated(found, translations(catalog)))
    print(f"{len(found)} messages, {len(missing)} without a translation")
    return 0


if __name__ == "__main__":
    sys.exit(main())
