"""What stood publicised by a step alone gets its notice, and loses it again untouched."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps

from tests.incubation.lives import TO_ADMIT, application, base, move, taken_to
from tongxin.core.errors import Refused
from tongxin.incubation.choices import State, Verb
from tongxin.incubation.models import Tenancy
from tongxin.public_notices import actions as notices
from tongxin.public_notices.models import Objection, PublicNotice
from tongxin.public_notices.queries import notice_for

pytestmark = pytest.mark.django_db
migration = import_module("tongxin.incubation.migrations.0007_notices_of_applications")


@pytest.fixture
def publicised_by_a_step(small):
    """An application that was put up before notices were records, and one that is still asked."""
    held = base(small, capacity=5)
    old = taken_to(application(held, "读书会"), *TO_ADMIT[:-1])
    taken_to(application(held), *TO_ADMIT[:-2])
    taken_to(application(held), *TO_ADMIT)
    PublicNotice.objects.filter(subject_id=old.pk).delete()
    return old


def test_it_gets_the_notice_that_its_step_stood_for_and_goes_on_by_it(publicised_by_a_step):
    old, others = publicised_by_a_step, set(PublicNotice.objects.all())

    migration.give_notices(apps, None)
    migration.give_notices(apps, None)  # a second time makes no second one

    (made,) = set(PublicNotice.objects.all()) - others
    assert (made.subject_id, made.starts_on, made.announced_until) == (
        old.pk,
        old.state_on,
        old.due_on,
    )
    on = old.due_on + dt.timedelta(days=1)
    with pytest.raises(Refused, match=r"public_notices\.not_closed"):
        move(old, Verb.ADMIT, on=on)
    notices.close(made, by=None, on=on)
    assert move(old, Verb.ADMIT, on=on).state == State.INCUBATING


def test_the_way_back_takes_away_what_nobody_touched_and_nothing_else(publicised_by_a_step):
    before = set(PublicNotice.objects.all())
    migration.give_notices(apps, None)

    migration.take_notices(apps, None)
    assert set(PublicNotice.objects.all()) == before

    migration.give_notices(apps, None)
    made = notice_for(publicised_by_a_step)
    said = notices.objecting.Said(made.starts_on, "不同意")
    notices.object_to(made, by=None, said=said)
    migration.take_notices(apps, None)

    assert set(PublicNotice.objects.all()) == before | {made}
    assert (Objection.objects.count(), Tenancy.objects.count()) == (1, 3)
