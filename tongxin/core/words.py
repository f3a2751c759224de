"""Translation for drawers that must not know the framework: the same functions, one door."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import TypeVar

from django.conf import settings
from django.utils.functional import keep_lazy_text
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, override

Made = TypeVar("Made")
__all__ = (
    "get_language",
    "gettext",
    "gettext_lazy",
    "in_every_language",
    "in_source_language",
    "inline",
    "listed",
    "ngettext",
)


def in_source_language() -> AbstractContextManager[None]:
    """Return a block in which words are those of the source language: for words that are kept."""
    return override(settings.LANGUAGE_CODE)


def in_every_language(make: Callable[[], Made]) -> list[Made]:
    """Return what is made in each language of the house: for words that come back from outside."""
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.append(make())
    return found


def listed(names: Iterable[object]) -> str:
    """Return names one after another, with the mark between them that the reader's language has."""
    return gettext("、").join(str(name) for name in names)


@keep_lazy_text
def inline(label: object) -> str:
    """Return a label as it stands within a sentence: a first capital goes, an abbreviation stays.

    >>> inline("Start date"), inline("ID"), inline("开始日期")
    ('start date', 'ID', '开始日期')
    """
    text = str(label)
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
