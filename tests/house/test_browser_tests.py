"""The tests in a browser never look at a page that is just being taken away."""

import ast
from itertools import pairwise
from pathlib import Path

import pytest

BROWSER = Path(__file__).parent.parent / "browser"
WAIT = {"expect", "until", "wait_for_url"}
# What is read at once, where Playwright's own questions wait for what they ask after.
AT_ONCE = {
    "all", "all_inner_texts", "barriers", "content", "count", "evaluate", "faults", "is_visible",
    "results_of", "rows", "states", "url", "wait_for_load_state",
}  # fmt: skip


def _clicked(statement):
    """Say whether the statement is nothing but a click."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    return (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "click"
    )


def _read_at_once(statement):
    """Return what the statement's first line reads without waiting."""
    head = statement.iter if isinstance(statement, ast.For) else statement
    if isinstance(head, ast.If | ast.With):
        return set()
    names = {node.attr for node in ast.walk(head) if isinstance(node, ast.Attribute)}
    names |= {node.id for node in ast.walk(head) if isinstance(node, ast.Name)}
    return set() if names & WAIT else names & AT_ONCE


def looked_too_early(source):
    """Return the lines that read a page at once after a click."""
    found = []
    for node in ast.walk(ast.parse(source)):
        body = getattr(node, "body", None)
        if not isinstance(body, list):
            continue
        found += [
            after.lineno
            for before, after in pairwise(body)
            if _clicked(before) and _read_at_once(after)
        ]
    return found


@pytest.mark.parametrize("path", sorted(BROWSER.glob("*.py")), ids=lambda path: path.stem)
def test_a_page_is_waited_for_before_it_is_read(path):
    assert looked_too_early(path.read_text(encoding="utf-8")) == []


EARLY = """
def test_one(page):
    page.get_by_role("link").click()
    for box in page.get_by_role("checkbox").all():
        box.check()
"""


def test_a_test_that_looks_too_early_would_be_noticed():
    assert looked_too_early(EARLY) == [4]
    assert looked_too_early(EARLY.replace('page.get_by_role("link").click()', "follow(page)")) == []
