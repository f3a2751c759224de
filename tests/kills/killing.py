"""A worker applies a batch in a process of its own, is killed, and another one takes over."""

import os
import random
import shutil
import signal
import time
from contextlib import contextmanager
from dataclasses import dataclass

from tests.kills import homes, points, scene

NOTHING, ALL, HALF = "nothing", "all", "half"


@dataclass
class Verdict:
    """What was found after one kill, and after the work was taken up again."""

    name: str
    killed: bool
    left: str = ""
    """How much of the batch was there right after the kill."""
    chained: bool = False
    again: str = ""
    """What differs from an undisturbed run once the work was done again; empty for nothing."""

    @property
    def wrong(self):
        """What is not as it has to be; empty when all is well."""
        if not self.killed:
            return "never came by"
        if self.left == HALF:
            return "half of it was there"
        return "" if self.chained and not self.again else self.again or "the chain is broken"


class Loop:
    """A home, the batch that waits in it, and what it comes to when nobody is killed."""

    def __init__(self):
        self.home, self.database = homes.found()
        scene.set_up(self.home)
        self.before = scene.told()
        self.database.keep()
        self.renew()
        counted = self.home / "calls"
        assert self.in_a_child(lambda: _count_calls(counted)) == 0
        self.after = scene.told()
        self.calls = int(counted.read_text())
        assert self.after != self.before

    def close(self):
        """Take everything away."""
        _closed()
        self.database.close()
        shutil.rmtree(self.home)

    def renew(self):
        """Put the home back to the moment before the worker begins."""
        _closed()
        self.database.renew()
        for name in ("uploads", "progress"):
            shutil.rmtree(self.home / name, ignore_errors=True)
        shutil.copytree(self.home / "uploads.base", self.home / "uploads")

    def in_a_child(self, work):
        """Do something in a process of its own; return its code, negative for a signal."""
        _closed()
        child = os.fork()
        if child == 0:
            try:
                work()
            except BaseException:  # noqa: BLE001  the parent must not go on twice
                os._exit(1)
            os._exit(0)
        _child, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status)

    def at(self, point, *, twin=None):
        """Kill the worker at a named point."""

        def work():
            points.set_trap(point)
            with (twin or _nothing)():
                _work()

        return self._judged(point.name, self.in_a_child_of_a_new_home(work))

    def at_any(self, number, *, twin=None):
        """Kill the worker at some call of a function."""

        def work():
            with (twin or _nothing)(), points.Calls(number):
                _work()

        return self._judged(f"call {number:,}", self.in_a_child_of_a_new_home(work))

    def in_a_child_of_a_new_home(self, work):
        """Put the home back and let a child work in it."""
        self.renew()
        return self.in_a_child(work)

    def drawn(self, count, seed):
        """Return calls at which to kill, drawn from all that an undisturbed run makes."""
        draw = random.Random(seed)
        return [draw.randint(1, self.calls) for _number in range(count)]

    def _judged(self, name, code):
        verdict = Verdict(name, code == -signal.SIGKILL)
        left = scene.told()
        verdict.left = {True: ALL}.get(left == self.after, HALF)
        if left == self.before:
            verdict.left = NOTHING
        verdict.chained = self.database.whole() and _chained()
        again = self.in_a_child(_again)
        ended = scene.told()
        differ = [table for table in self.after if ended[table] != self.after[table]]
        if again or differ or not _chained():
            verdict.again = f"done again it ends otherwise: {', '.join(differ) or again}"
        elif any((self.home / "uploads").iterdir()) and verdict.left == NOTHING:
            verdict.again = "the workbook is still there"
        return verdict


def _work():
    from tongxin.exchange.background.jobs import carry_out
    from tongxin.exchange.models import Job

    carry_out.call(Job.objects.get().pk)


def _again():
    """What another worker does after the lease: it takes the job up again and ends it."""
    from tongxin.exchange.background import beats
    from tongxin.exchange.background.jobs import look_after
    from tongxin.exchange.choices import JobState
    from tongxin.exchange.models import Job

    for path in beats.folder().iterdir():
        os.utime(path, (time.time() - 60, time.time() - 60))
    Job.objects.update(started_at="2020-01-01T00:00:00Z")
    look_after()
    if Job.objects.get().state == JobState.WAITING:
        _work()
    assert Job.objects.get().state == JobState.DONE, Job.objects.get().said


def _count_calls(kept):
    with points.Calls() as calls:
        _work()
    kept.write_text(str(calls.count))


def _chained():
    from tongxin.journal import export, verifier

    whole, _words = verifier.check(export.export(), "", "")
    return whole


def _closed():
    from django.db import connections

    connections.close_all()


@contextmanager
def _nothing():
    yield


@contextmanager
def without_a_transaction():
    """The broken twin: every statement is committed by itself."""
    from django.db import connection, transaction

    transaction.Atomic.__enter__ = lambda _self: None
    transaction.Atomic.__exit__ = lambda _self, *_what: None
    connection.features.has_select_for_update = False
    yield
