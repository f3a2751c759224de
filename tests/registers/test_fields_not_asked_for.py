"""A form changes what it asks for, whatever else is sent with it."""

import datetime as dt
import uuid

import pytest
from django.db import models

from tests import factories as make
from tests.test_query_counts import filled
from tongxin.registers import declaration

pytestmark = pytest.mark.django_db
# What an action itself writes down about a change.
WRITTEN_BY_ACTIONS = {"changed_at", "version"}


def hostile(field):
    """A value that a stranger would like to see in a column."""
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateTimeField | models.DateField):
        return dt.date(1999, 1, 1).isoformat()
    if isinstance(field, models.UUIDField):
        return str(uuid.UUID(int=7))
    if isinstance(field, models.CharField | models.TextField):
        return "x"
    return "1"


def unasked(form, model):
    """The columns of a record that its form does not ask for, each with a hostile value."""
    asked = {*form.fields, *WRITTEN_BY_ACTIONS}
    columns = [each for each in model._meta.concrete_fields if each.name not in asked]
    sent = {each.name: hostile(each) for each in columns}
    return columns, sent | {each.attname: hostile(each) for each in columns}


def stand(model, number, columns):
    return model._default_manager.values(*(each.attname for each in columns)).get(pk=number)


@pytest.mark.parametrize("key", [each.key for each in declaration.every()])
def test_a_change_leaves_alone_what_its_form_does_not_ask(key):
    readers, first = filled(1)
    client = make.client_of(readers["city"])
    record, model = first[key], declaration.get(key).model
    url = f"{record.get_absolute_url()}edit/"
    page = client.get(url)
    columns, sent = unasked(page.context["form"], model)
    before = stand(model, record.pk, columns)

    typed = make.offered(page)
    note = next((name for name in ("name", "title", "source", "work") if name in typed), None)
    changed = {note: "换了一个名称"} if note else {}
    answer = client.post(url, sent | typed | changed)

    assert answer.status_code == 302, answer.context["form"].errors
    assert columns
    after = stand(model, record.pk, columns)
    derived = {"sort_key", "initials", "place_state", "division_id"}
    derived |= {"name"} if declaration.get(key).naming else set()
    assert {k: v for k, v in after.items() if k not in derived} == {
        k: v for k, v in before.items() if k not in derived
    }
    assert after.get("division_id") == before.get("division_id")


def test_a_new_record_is_its_writers_and_in_force_whatever_was_sent():
    readers, _first = filled(1)
    clerk, other = readers["street"], readers["auditor"]
    sent = {
        "void": "on",
        "entered_by": other.pk,
        "entered_by_id": other.pk,
        "version": "9",
        "id": "9",
    }

    make.fill(
        make.client_of(clerk),
        "/registers/organisations/new/",
        name="夜读会", kind="community", status="filed", **sent,
    )  # fmt: skip

    made = declaration.get("organisations").model.objects.get(name="夜读会")
    assert (made.void, made.entered_by, made.version) == (False, clerk, 1)
    assert made.pk != 9
