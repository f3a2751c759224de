"""The words for what was done."""

import ast

import pytest
from django.utils.translation import override

from tongxin.divisions.choices import ChangeKind
from tongxin.journal.choices import VERBS, words_for
from tongxin.journal.models import Entry
from tools.messages import PACKAGE


def recorded():
    """The verbs that actions record, where they are written out."""
    for path in PACKAGE.rglob("actions*/**/*.py"):
        yield from _verbs(path)
    for path in PACKAGE.rglob("actions.py"):
        yield from _verbs(path)


def _verbs(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
            verb = node.args[1]
            if isinstance(verb, ast.Constant):
                yield verb.value


def test_every_verb_that_is_recorded_has_words():
    verbs = {verb.rpartition(".")[2] for verb in recorded()}

    assert len(verbs) > 5
    assert verbs - VERBS.keys() == set()


@pytest.mark.parametrize("kind", [ChangeKind.RENAME, ChangeKind.UPGRADE, ChangeKind.TRANSFER])
def test_a_change_that_leaves_the_division_in_being_has_words(kind):
    assert kind.value in VERBS


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "作废"), ("en", "Voided")])
def test_an_entry_says_what_was_done_in_the_language_of_the_reader(language, words):
    with override(language):
        assert Entry(verb="sites.voided").done == words


def test_a_verb_without_words_is_shown_as_it_is():
    assert words_for("sites.polished") == "sites.polished"
