"""A standard with one thing in it changed: each edit returns a new one."""

from collections.abc import Callable
from dataclasses import replace

from . import tree

Clauses = tuple[tree.Clause, ...]


def found(standard: tree.Standard, code: str) -> tree.Clause | None:
    """The first clause with a code."""
    return next((clause for _depth, clause in standard.walk() if clause.code == code), None)


def parent_of(standard: tree.Standard, code: str) -> str:
    """The code of the heading above a clause; "" at the top."""
    for _depth, clause in standard.walk():
        if any(each.code == code for each in clause.clauses):
            return clause.code
    return ""


def is_bonus(standard: tree.Standard, code: str) -> bool:
    """Whether a clause lies among those of the bonus."""
    return any(clause.code == code for _depth, clause in tree.walk_of(standard.bonus, 0))


def added(
    standard: tree.Standard, clause: tree.Clause, *, under: str = "", bonus: bool = False
) -> tree.Standard:
    """Add a clause at the end of a heading, or at the end of the top."""
    if not under:
        if bonus:
            return replace(standard, bonus=(*standard.bonus, clause))
        return replace(standard, clauses=(*standard.clauses, clause))

    def grow(heading: tree.Clause) -> Clauses:
        return (replace(heading, rule=None, clauses=(*heading.clauses, clause)),)

    return _everywhere(standard, lambda clauses: _mapped(clauses, under, grow))


def changed(standard: tree.Standard, code: str, clause: tree.Clause) -> tree.Standard:
    """Put a clause in the place of another; what lies below that one stays below it."""
    return _everywhere(
        standard,
        lambda clauses: _mapped(clauses, code, lambda old: (replace(clause, clauses=old.clauses),)),
    )


def removed(standard: tree.Standard, code: str) -> tree.Standard:
    """Take a clause away with all that lies below it."""
    return _everywhere(standard, lambda clauses: _mapped(clauses, code, lambda _old: ()))


def moved(standard: tree.Standard, code: str, by: int) -> tree.Standard:
    """Move a clause among those beside it; at the end of them it stays where it is."""

    def shift(clauses: Clauses) -> Clauses:
        at = next((at for at, each in enumerate(clauses) if each.code == code), None)
        if at is None:
            return tuple(replace(each, clauses=shift(each.clauses)) for each in clauses)
        to = max(0, min(len(clauses) - 1, at + by))
        others = [*clauses[:at], *clauses[at + 1 :]]
        return (*others[:to], clauses[at], *others[to:])

    return _everywhere(standard, shift)


def _everywhere(standard: tree.Standard, change: Callable[[Clauses], Clauses]) -> tree.Standard:
    return replace(standard, clauses=change(standard.clauses), bonus=change(standard.bonus))


def _mapped(clauses: Clauses, code: str, into: Callable[[tree.Clause], Clauses]) -> Clauses:
    made: list[tree.Clause] = []
    for each in clauses:
        if each.code == code:
            made += into(each)
        else:
            made.append(replace(each, clauses=_mapped(each.clauses, code, into)))
    return tuple(made)
