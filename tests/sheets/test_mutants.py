"""Spoilt workbooks in small: `make sheets` reads two thousand."""

import time

import pytest

from tests.sheets.mutants import bases, met, mutants

FEW = 150
SECONDS = 2


@pytest.fixture(scope="module")
def fate(tmp_path_factory):
    return met(FEW, tmp_path_factory.mktemp("mutants"))


def test_every_mutant_is_read_or_told_what_to_do_and_soon(fate):
    assert sum(fate.answers.values()) == FEW
    # Of the processor; on a busy machine it is longer by the clock.
    assert fate.most_spent < SECONDS
    assert len(fate.strange) <= 1


def test_mutants_reach_the_parser(fate):
    assert fate.answers["read as xlsx"] >= 10
    assert fate.answers["damaged"] >= 10


def test_the_same_number_gives_the_same_mutants():
    first = list(mutants(10, bases()))
    time.sleep(1.1)  # a workbook tells to the second when it was made

    assert list(mutants(10, bases())) == first
