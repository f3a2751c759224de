"""Two organisations that are one: what was assessed of either is found at the one that stays."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests import factories as make
from tests.assessments.conftest import MUSTS
from tests.assessments.judged import DAY, decided, now
from tests.refusals import refused
from tests.registers.twofold import Cast
from tongxin.assessments import queries
from tongxin.assessments.actions import Sheet, cancel, open_assessment, save
from tongxin.assessments.models import Assessment
from tongxin.assessments.rules.freezing import COLUMNS, TABLE
from tongxin.registers.merging.actions import unmerge

pytestmark = pytest.mark.django_db
ROUND = "2026 年度"


@pytest.fixture
def cast(graded, tree):
    cast = Cast(tree)
    cast.clerk = make.clerk(cast.tree.north)
    cast.county = make.coordinator(cast.tree.east)
    return cast


def opened(cast, graded, subject, round_=ROUND):
    return open_assessment(graded, "organisations", subject, by=cast.clerk, round_=round_)


def done(cast, graded, subject):
    """An assessment that was decided, with a grade."""
    made = opened(cast, graded, subject)
    sheet = Sheet(MUSTS | {"1": "960"}, {"party_unit": True})
    save(made, sheet, by=cast.clerk, seen=1, hand_in=True)
    decided(made, cast.county)
    return now(made)


def part(cast):
    return unmerge(cast.register, list(cast.fresh())[1], by=cast.city)


def test_open_and_decided_ones_go_over_and_come_back(cast, graded):
    over = done(cast, graded, cast.twin)
    still = opened(cast, graded, cast.twin, "2027 年度")
    before = Assessment.objects.filter(pk=over.pk).values().get()

    cast.merge()

    found = queries.of_record(cast.city, "organisations", cast.kept.pk)
    assert {each.pk for each in found} == {over.pk, still.pk}
    assert Assessment.objects.filter(pk=over.pk).values().get() == before | {
        "subject_id": cast.kept.pk
    }
    part(cast)
    assert Assessment.objects.filter(pk=over.pk).values().get() == before
    assert now(still).subject_id == cast.twin.pk


def test_two_open_ones_of_a_round_keep_two_apart_until_one_is_taken_back(cast, graded):
    opened(cast, graded, cast.kept)
    other = opened(cast, graded, cast.twin)

    with refused("两条记录都有没办完的"):
        cast.merge()

    cancel(other, by=cast.clerk, seen=1, reason="同一家，评一次")
    cast.merge()
    assert len(queries.of_record(cast.city, "organisations", cast.kept.pk)) == 1


def test_of_two_decided_ones_of_a_round_either_stays_what_it_is_of(cast, graded):
    one, other = done(cast, graded, cast.kept), done(cast, graded, cast.twin)

    cast.merge()

    assert (now(one).subject_id, now(other).subject_id) == (cast.kept.pk, cast.twin.pk)
    assert queries.assessment_for(cast.city, other.pk) == other
    part(cast)
    assert now(other).subject_id == cast.twin.pk


def test_what_was_filled_in_since_keeps_them_together(cast, graded):
    made = opened(cast, graded, cast.twin)
    cast.merge()
    save(now(made), Sheet({"1": "900"}), by=cast.clerk, seen=1)

    with refused("合并时改指过来的记录，后来又改过或移走了"):
        part(cast)


def test_the_database_lets_nothing_else_of_a_decided_one_change(cast, graded):
    over = done(cast, graded, cast.kept)
    columns = {field.column for field in Assessment._meta.concrete_fields}
    assert columns - {"subject_id"} == set(COLUMNS[TABLE])

    def altered(column):
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {TABLE} SET {column} = {column} WHERE id = %s", [over.pk])

    for column in COLUMNS[TABLE]:
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            altered(column)
    altered("subject_id")
    assert now(over).decided_on == DAY
