"""Where a worker is killed: points with a name, and any call of a function at all."""

import importlib
import os
import re
import signal
import sys
from dataclasses import dataclass

BEFORE, AFTER = "before", "after"
COMMIT = "COMMIT"


@dataclass(frozen=True)
class Point:
    """A statement (a pattern), a commit, or a function (module:name); the nth time it comes by."""

    name: str
    when: str
    what: str
    nth: int = 1


POINTS = (
    Point("the job is taken up, not committed", AFTER, r'UPDATE "exchange_job"'),
    Point("the job is taken up", AFTER, COMMIT),
    Point("the workbook is about to be read", BEFORE, "tongxin.exchange.actions:read"),
    Point("the workbook is read", AFTER, "tongxin.exchange.actions:read"),
    Point("every row is judged", AFTER, "tongxin.exchange.actions:preflight"),
    Point("records are about to change", BEFORE, r'UPDATE "organisations_organisation"'),
    Point("records have changed", AFTER, r'UPDATE "organisations_organisation"'),
    Point("what changed records were found by is gone", AFTER, r'DELETE FROM "registers_piece"'),
    Point("new records are about to come", BEFORE, r'INSERT INTO "organisations_organisation"'),
    Point("new records are there", AFTER, r'INSERT INTO "organisations_organisation"'),
    Point("a part of the index is there", AFTER, r'INSERT INTO "registers_piece"'),
    Point("a first review is opened", AFTER, r'INSERT INTO "reviews_review"'),
    Point("a first step of a review is written", AFTER, r'INSERT INTO "reviews_step"'),
    Point("the lines are about to be written", BEFORE, r'INSERT INTO "exchange_line"'),
    Point("the lines are written", AFTER, r'INSERT INTO "exchange_line"'),
    Point("the batch is about to be marked", BEFORE, r'UPDATE "exchange_batch"'),
    Point("the batch is marked", AFTER, r'UPDATE "exchange_batch"'),
    Point("the journal is about to be locked", BEFORE, "tongxin.journal.chain:locked_head"),
    Point("entries are written", AFTER, r'INSERT INTO "journal_entry"'),
    Point("the head of the journal has moved", AFTER, r'UPDATE "journal_head"'),
    Point("everything is about to be committed", BEFORE, COMMIT, 2),
    Point("everything is committed", AFTER, COMMIT, 2),
    Point("the workbook is taken away", AFTER, "tongxin.exchange.actions:_discard"),
    Point("the job is about to end", BEFORE, r'UPDATE "exchange_job"', 2),
    Point("the job has ended", AFTER, r'UPDATE "exchange_job"', 2),
)

WRITING = tuple(each for each in POINTS if each.when == AFTER and each.what.startswith("INSERT"))
"""Where a transaction that is none has left half of the batch behind."""


def die():
    """End this process as `kill -9` does: nothing is flushed, closed, rolled back or said."""
    os.kill(os.getpid(), signal.SIGKILL)


def set_trap(point):
    """Let this process die at a point."""
    trap = _Trap(point)
    if point.what == COMMIT:
        _around_commits(trap)
    elif re.fullmatch(r"[\w.]+:\w+", point.what):
        module, name = point.what.split(":")
        found = importlib.import_module(module)
        setattr(found, name, trap.around(getattr(found, name)))
    else:
        from django.db import connection

        pattern = re.compile(point.what)

        def execute(run, sql, params, many, context):
            if not pattern.match(sql):
                return run(sql, params, many, context)
            return trap.around(run)(sql, params, many, context)

        connection.execute_wrappers.append(execute)


class _Trap:
    """Counts how often something comes by."""

    def __init__(self, point):
        self.point, self.seen = point, 0

    def around(self, function):
        """The same function, and death before or after the nth call."""

        def run(*args, **kwargs):
            self.seen += 1
            here = self.seen == self.point.nth
            if here and self.point.when == BEFORE:
                die()
            result = function(*args, **kwargs)
            if here:
                die()
            return result

        return run


def _around_commits(trap):
    from django.db import connection

    connection._commit = trap.around(connection._commit)


class Calls:
    """Counts the calls of functions in this thread; dies at the one that was drawn, if any."""

    def __init__(self, at=None):
        self.at, self.count = at, 0

    def __enter__(self):
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_what):
        sys.setprofile(None)

    def _note(self, _frame, event, _what):
        if event in {"call", "c_call"}:
            self.count += 1
            if self.count == self.at:
                die()
