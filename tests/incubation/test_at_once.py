"""Two are taken in at the same moment for the last place: one is, the other is told."""

import sqlite3
import threading
from contextlib import closing

import pytest
from django.db import connection, connections

from tests import factories as make
from tests.incubation.lives import TO_ADMIT, application, day, move, notice_over, taken_to
from tongxin.core.dates import Span
from tongxin.core.errors import Refused
from tongxin.incubation.actions import moving
from tongxin.incubation.choices import Verb
from tongxin.incubation.models import Base, Stay, Tenancy
from tongxin.incubation.queries import held_of
from tongxin.incubation.register import TENANCIES
from tongxin.incubation.rules.occupancy import peak
from tongxin.registers.actions import set_void

AT_ONCE = 4


@pytest.fixture
def at_once(transactional_db, tmp_path, monkeypatch):
    """Give a function that copies what was made so far to where several may write at once.

    SQLite in memory serves one connection, so there all that follows happens in a file.
    """

    def go():
        if connection.vendor != "sqlite":
            return
        connection.ensure_connection()
        path = tmp_path / "at-once.sqlite3"
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
        # Another dictionary: the connection in memory goes on reading the first one.
        there = {**connections.settings["default"], "NAME": str(path)}
        monkeypatch.setitem(connections.settings, "default", there)

    return go


def elsewhere(act):
    """Do something in a thread, which opens a connection of its own; return what came of it."""
    found = []

    def run():
        try:
            found.append(act())
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(60)
    return found[0]


@pytest.fixture
def last_place(transactional_db):
    """A base with one place, in real transactions."""
    tree = make.tree()
    return make.record("bases", place=tree.north, of=make.programme(tree.city), capacity=1)


def together(*acts):
    """Run acts at the same moment; return what came of each."""
    start, found = threading.Barrier(len(acts)), []

    def run(act):
        start.wait(10)
        try:
            act()
            found.append("done")
        except Refused as refusal:
            found.extend(problem.code for problem in refusal.problems)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(found)


def press(tenancy, verb, **said):
    return lambda: move(Tenancy.objects.get(pk=tenancy.pk), verb, on=day(40), **said)


def ready(base, verbs):
    """Some who are all one step before the last place."""
    return [taken_to(application(base), *verbs) for _each in range(AT_ONCE)]


def test_of_several_approved_at_once_one_gets_the_last_place(last_place, at_once):
    made = ready(last_place, (Verb.SUBMIT, Verb.CHECK))
    at_once()

    found = together(*(press(each, Verb.APPROVE) for each in made))

    assert found == ["done", *["incubation.full"] * (AT_ONCE - 1)]
    assert elsewhere(lambda: peak(held_of(last_place), Span(day(40)))) == 1


def test_of_several_admitted_at_once_one_gets_the_last_place(last_place, at_once):
    Base.objects.filter(pk=last_place.pk).update(capacity=AT_ONCE)
    made = ready(last_place, TO_ADMIT[:-1])
    # Their promises are taken away, as if the capacity had been entered wrongly at first.
    Tenancy.objects.update(premises="off")
    for each in made:
        notice_over(each)
    Base.objects.filter(pk=last_place.pk).update(capacity=1)
    at_once()

    found = together(*(press(each, Verb.ADMIT) for each in made))

    assert found == ["done", *["incubation.full"] * (AT_ONCE - 1)]
    assert elsewhere(Stay.objects.count) == 1


def test_of_those_brought_back_and_admitted_at_once_one_gets_the_last_place(last_place, at_once):
    first = taken_to(application(last_place), *TO_ADMIT)
    set_void(TENANCIES, first, by=None, void=True, reason="登记错了")
    others = ready(last_place, (Verb.SUBMIT, Verb.CHECK))
    at_once()

    def restore():
        set_void(TENANCIES, Tenancy.objects.get(pk=first.pk), by=None, void=False)

    found = together(restore, *(press(each, Verb.APPROVE) for each in others))

    assert found == ["done", *["incubation.full"] * AT_ONCE]


NO_ROW_LOCKS = "SQLite lets one writer in at a time: there is no row lock that could be left out"


@pytest.mark.skipif(connection.vendor == "sqlite", reason=NO_ROW_LOCKS)
def test_without_the_lock_on_the_base_the_last_place_would_go_to_several(last_place, monkeypatch):
    made = ready(last_place, (Verb.SUBMIT, Verb.CHECK))
    gate = threading.Barrier(AT_ONCE)
    finish = moving.finish

    def all_asked_before_one_writes(*args, **kwargs):
        gate.wait(10)
        return finish(*args, **kwargs)

    monkeypatch.setattr(moving, "base_locked", lambda pk: Base.objects.get(pk=pk))
    monkeypatch.setattr("tongxin.incubation.actions.applying.finish", all_asked_before_one_writes)

    found = together(*(press(each, Verb.APPROVE) for each in made))

    assert found == ["done"] * AT_ONCE
    assert peak(held_of(last_place), Span(day(40))) == AT_ONCE
