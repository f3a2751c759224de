"""Assessments of before keep their values and get their grade; the way back loses neither."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = [("assessments", None), ("standards", "0004_decided_is_frozen")]
DECIDED_ON = dt.date(2026, 3, 2)
UNTIL = dt.date(2031, 3, 1)


def migrated(targets=None):
    """Go to some migrations, or to the newest of all; return the models as they are there."""
    executor = MigrationExecutor(connection)
    targets = targets or executor.loader.graph.leaf_nodes()
    executor.migrate(targets)
    known = [target for target in targets if target[1]]
    return MigrationExecutor(connection).loader.project_state(known).apps


@pytest.fixture
def old():
    """The models of before, and a place and a published version; in the end all is new again."""
    tree = make.tree()
    version = make.standard(tree.city)
    try:
        apps = migrated(BEFORE)
        yield (
            apps.get_model("standards", "Assessment"),
            {
                "version_id": version.pk,
                "place_id": tree.city.pk,
                "register": "bases",
                "changed_at": timezone.now(),
                "round": "2026 年度",
            },
        )
    finally:
        migrated()


def test_what_was_decided_keeps_its_grade_there_and_back(old):
    model, facts = old
    decided = model.objects.create(
        **facts,
        subject_id=1,
        name="甲基地",
        state="decided",
        result="{}",
        total="88.5",
        grade="4A",
        decided_on=DECIDED_ON,
        valid_until=UNTIL,
        certificate="证-1",
        plaque="牌-1",
    )
    failed = model.objects.create(
        **facts,
        subject_id=2,
        name="乙基地",
        state="decided",
        result="{}",
        total="10",
        decided_on=DECIDED_ON,
    )

    apps = migrated()

    grade = apps.get_model("assessments", "Grade").objects.get()
    kept = apps.get_model("assessments", "Assessment").objects.get(pk=decided.pk)
    assert (grade.assessment_id, grade.name, grade.state) == (decided.pk, "4A", "in_force")
    assert (grade.confirmed_on, grade.valid_until) == (DECIDED_ON, UNTIL)
    assert (grade.certificate, grade.plaque) == ("证-1", "牌-1")
    assert (kept.name, kept.total, kept.grade) == ("甲基地", Decimal("88.5"), "4A")
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        kept.save()

    apps = migrated(BEFORE)

    back = apps.get_model("standards", "Assessment").objects.in_bulk()
    assert set(back) == {decided.pk, failed.pk}
    assert (back[decided.pk].grade, back[decided.pk].valid_until) == ("4A", UNTIL)
    assert (back[decided.pk].certificate, back[failed.pk].valid_until) == ("证-1", None)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        back[decided.pk].save()
