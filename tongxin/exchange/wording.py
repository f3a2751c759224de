"""Messages in every language of the house, so that a script and a page say the same."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.utils.translation import override

from tongxin.core.errors import Problem

from .choices import Severity
from .report import Message

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


def in_each_language(ask: Callable[[], Iterable[Problem]]) -> list[tuple[Problem, dict[str, str]]]:
    """Ask once in each language, and pair what is said by its order."""
    said = []
    for code in LANGUAGES:
        with override(code):
            said.append([(problem, str(problem.message)) for problem in ask()])
    first = said[0]
    pairs = []
    for at, (problem, words) in enumerate(first):
        texts = {LANGUAGES[0]: words}
        for code, others in zip(LANGUAGES[1:], said[1:], strict=True):
            texts[code] = others[at][1] if at < len(others) else words
        pairs.append((problem, texts))
    return pairs


def messages(
    ask: Callable[[], Iterable[Problem]],
    *,
    severity: Severity = Severity.ERROR,
    sheet: str = "",
    row: int | None = None,
    column: int | None = None,
) -> tuple[Message, ...]:
    """Return what is said as messages of one place."""
    return tuple(
        Message(severity, problem.code, words, sheet, row, column, problem.field)
        for problem, words in in_each_language(ask)
    )
