"""Rules asked of the values of a recognition, and how one is called."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone

from tongxin.core.errors import Problem

from .rules import Wording, compose, needed, recognition_problems

FACTS = ("venue", "form", "title", "channel")
NAME_LENGTH = 60


def check_recognition(values: Mapping[str, Any], recognition: Any) -> Iterator[Problem]:
    """Say what stands against a recognition with these values."""

    def asked(name: str) -> Any:
        return values.get(name, getattr(recognition, name, None))

    facts = {name: asked(name) or "" for name in FACTS}
    kind = asked("kind")
    if kind is None:
        return
    if asked("wording"):
        facts = dict.fromkeys(needed(kind.phrase), "-") | {k: v for k, v in facts.items() if v}
    yield from recognition_problems(
        kind.phrase, facts, asked("recognised_on"), timezone.localdate()
    )


def name_recognition(recognition: Any) -> str:
    """Return the name under which a recognition is listed: its phrase, without a shared subject."""
    facts = {name: getattr(recognition, name) for name in FACTS}
    words = Wording(recognition.kind.phrase, facts, recognition.subject, own=recognition.wording)
    (phrase,) = compose([words])
    return phrase if len(phrase) <= NAME_LENGTH else phrase[: NAME_LENGTH - 1] + "…"
