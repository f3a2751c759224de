"""Write docs/reference/fields.md: what is kept about whom, from the inventory of fields.

    uv run python tools/fields.py              write the page
    uv run python tools/fields.py --missing    print the lines that the inventory lacks

A test compares the committed page with the inventory, and the inventory with the tables.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "fields.md"
TEXT_TYPES = {"CharField", "TextField", "JSONField"}
HEAD = """\
# What is kept about whom

Written by `uv run python tools/fields.py` from `tongxin/core/facts/fields.csv`, which has a line
for every field of every table, ours and those of the libraries. Here stand those that are about a
person; the other {others} fields are about none. Why there are no more:
[no profiles of people](../explanation/no-profiles-of-people.md).

A field that is not in the inventory, or whose name stands for what is never kept of a person,
fails the build. The articles are named from commentaries, not from the official text: have a
lawyer read them before relying on this page.
"""


def fields_of(model: Any) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Return each field of a model, with the names under which it may stand in the inventory.

    A field of an abstract model is told once for all the tables that have it.
    """
    for field in model._meta.get_fields():
        if not getattr(field, "concrete", False):
            continue
        names = [f"{model._meta.label}.{field.name}"]
        for base in model.__mro__[1:]:
            meta = getattr(base, "_meta", None)
            if meta is not None and meta.abstract and _has(meta, field.name):
                names.append(f"{_room(base)}.{base.__name__}.{field.name}")
        yield field, tuple(names)


def tables() -> list[Any]:
    """Return every table of the installation, in the order of names."""
    from django.apps import apps  # noqa: PLC0415  needs settings, which main() sets up

    return sorted(apps.get_models(include_auto_created=True), key=lambda each: each._meta.label)


def missing() -> list[str]:
    """Return the lines that the inventory lacks, ready to be completed."""
    from tongxin.core.inventory import inventory  # noqa: PLC0415  as above

    known = inventory()
    lines: dict[str, None] = {}
    for model in tables():
        for field, names in fields_of(model):
            if not any(name in known for name in names):
                lines[suggested(field, names[-1])] = None
    return list(lines)


def suggested(field: Any, name: str) -> str:
    """Return the line to begin with: what a field looks like, to be checked by whoever adds it."""
    target = field.related_model
    if target is not None and target._meta.label == "accounts.Account":
        return f"{name},trace,who did it,security,number,scope"
    if field.get_internal_type() in TEXT_TYPES and not field.choices and field.editable:
        return f"{name},words,what the record says,duty,record,scope"
    return f"{name},none,,,,"


def page() -> str:
    """Return the page of the inventory."""
    from tongxin.core import inventory as words  # noqa: PLC0415  as above

    lines = words.inventory().values()
    personal = [line for line in lines if line.category != words.NO_PERSON]
    parts = [HEAD.format(others=len(lines) - len(personal))]
    for category, meaning in words.CATEGORIES.items():
        rows = [line for line in personal if line.category == category]
        if not rows:
            continue
        parts.append(f"\n## {meaning[0].upper()}{meaning[1:]}\n\n")
        parts.append("| field | what for | basis | kept | who sees it |\n|---|---|---|---|---|\n")
        parts += [
            f"| `{row.field}` | {row.purpose} | {row.basis} | {words.RETENTIONS[row.retention]} |"
            f" {words.VIEWERS[row.seen_by]} |\n"
            for row in rows
        ]
    parts.append("\n## Bases\n\n| word | meaning |\n|---|---|\n")
    parts += [f"| {word} | {meaning} |\n" for word, meaning in words.BASES.items()]
    return "".join(parts)


def _has(meta: Any, name: str) -> bool:
    return any(field.name == name for field in meta.get_fields())


def _room(model: Any) -> str:
    """The room or library in which an abstract model stands."""
    parts = model.__module__.split(".")
    return str(parts[1] if parts[0] == "tongxin" else parts[-2])


def main(arguments: list[str]) -> None:
    """Write the page, or say what is missing."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongxin.config.settings")
    import django  # noqa: PLC0415  after the path is set

    django.setup()
    if "--missing" in arguments:
        print("\n".join(missing()))
        return
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE.relative_to(ROOT))


if __name__ == "__main__":
    main(sys.argv[1:])
