"""Rows written straight are those that the framework writes, and are refused like those."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tongxin.core.many import insert, numbers_for, update
from tongxin.journal import rules
from tongxin.organisations.choices import Status
from tongxin.organisations.models import Organisation
from tongxin.registers.models import Piece
from tongxin.reviews.models import Step

pytestmark = pytest.mark.django_db


def columns(model):
    return [field.attname for field in model._meta.concrete_fields]


def values(row):
    return [getattr(row, name) for name in columns(type(row))]


def test_a_row_comes_back_as_it_was_written_with_a_number_of_its_own():
    one = make.organisation(make.tree().north)
    stood = Organisation.objects.get(pk=one.pk)
    one = Organisation.objects.get(pk=one.pk)
    (one.pk,) = numbers_for(Organisation, 1)
    one.credit_code, one.registered_on = make.credit_code(77), dt.date(2017, 2, 28)
    one.status = Status.REGISTERED

    assert insert(Organisation, columns(Organisation), [values(one)]) == 1

    assert one.pk > stood.pk
    assert values(Organisation.objects.get(pk=one.pk)) == values(one)
    assert numbers_for(Organisation, 2)[0] > one.pk


def test_what_the_database_refuses_it_refuses_here():
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Piece, ("register", "text", "subject_id"), [("r", "一", 1), ("r", "一", 1)])

    assert not Piece.objects.exists()


def test_a_row_that_says_something_else_by_now_is_left_alone():
    one = make.organisation(make.tree().north)

    assert (
        update(Organisation, ("id", "version"), ("name", "version"), [(one.pk, 9, "甲", 10)]) == 0
    )
    assert update(Organisation, ("id", "version"), ("name", "version"), [(one.pk, 1, "乙", 2)]) == 1

    one.refresh_from_db()
    assert (one.name, one.version) == ("乙", 2)


def test_a_column_that_is_none_is_named():
    with pytest.raises(ValueError, match="has no column colour"):
        insert(Step, ("colour",), [(1,)])


@pytest.mark.parametrize("name", ["“同心”\n\u2028 é 😀", ""])
@pytest.mark.parametrize("place", [None, 3])
def test_a_body_put_together_from_texts_is_the_body_that_is_verified(name, place):
    at, told = dt.datetime(2017, 9, 1, 8, tzinfo=dt.UTC), {"b": [1, None], "a": {"id": 2}}
    texts = rules.Texts("{}", rules.text_of(told), rules.text_of({"reason": name}))
    frame = rules.frame_of(None, rules.moment(at), "sites.entered", "sites.site")

    assert rules.body_with(frame, (7, name, "ab"), place, texts) == rules.body_of(
        at=at,
        actor=None,
        verb="sites.entered",
        subject=("sites.site", 7, name, "ab"),
        place=place,
        before={},
        after=told,
        facts={"reason": name},
    )
