"""Every field of every table is sent to every form: only what the form asks for may change."""

import datetime as dt
import re

import pytest
from django.apps import apps
from django.db import models

from tests import factories as make
from tests.test_query_counts import filled
from tongxin.accounts.models import Account, Posting
from tongxin.files.models import Attachment
from tongxin.registers import declaration
from tongxin.registers.forms import RecordForm

pytestmark = pytest.mark.django_db
OWN = {"version", "changed_at", "sort_key", "initials"}  # what an allowed change moves itself
BOOKKEEPING = {"journal", "sessions", "account", "mfa", "django_tasks_database", "contenttypes"}


def forged(index=2):
    """A value for the name of every field of every table, and for the usual other names."""
    values = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            values[field.name] = values[field.attname] = value_of(field, index)
    more = ("is_superuser", "is_staff", "superuser", "admin", "roles", "powers", "by", "owner")
    return values | dict.fromkeys(more, "1")


def value_of(field, index):
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateTimeField):
        return "2001-02-03 04:05:06"
    if isinstance(field, models.DateField):
        return "2001-02-03"
    if field.choices:
        return str([*dict(field.flatchoices)][-1])
    if field.is_relation or isinstance(field, models.IntegerField | models.DecimalField):
        return str(index)
    return f"forged {field.name}"


def rows():
    """Every row of every table that people keep, field by field."""
    return {
        (model._meta.label, row["pk"]): row
        for model in apps.get_models()
        if model._meta.app_label not in BOOKKEEPING and not model._meta.label.endswith("Piece")
        for row in ({**each, "pk": str(each[model._meta.pk.name])} for each in plain(model))
    }


def plain(model):
    names = [field.attname for field in model._meta.concrete_fields]
    for row in model._default_manager.all():
        yield {name: getattr(row, name) for name in names} | {model._meta.pk.name: row.pk}


def changed(before, after):
    """Which fields of which rows differ, and which rows are new."""
    old = {
        (at[0], name)
        for at, row in after.items()
        if at in before
        for name, value in row.items()
        if before[at].get(name) != value
    }
    gone = [at for at in before if at not in after]
    return old, [at for at in after if at not in before], gone


def posted(client, address, **meant):
    """Open a form, add a forged value for every name that it does not ask for, and send it."""
    page = client.get(address)
    offered = make.offered(page) if page.context and "form" in page.context else {}
    before = rows()
    answer = client.post(address, forged() | offered | meant)
    return answer, set(offered), changed(before, rows())


@pytest.fixture
def world():
    readers, first = filled(2)
    for account in readers.values():
        account.set_password("a long sentence about tea")
        account.save(update_fields=["password"])
    return {who: make.client_of(account) for who, account in readers.items()}, first, readers


@pytest.mark.parametrize("key", [register.key for register in declaration.every()])
def test_a_forged_change_of_a_record_changes_what_the_form_asks_for_and_nothing_else(world, key):
    clients, first, _readers = world
    record = first[key]
    label = type(record)._meta.label

    answer, offered, (old, new, gone) = posted(clients["city"], f"{record.get_absolute_url()}edit/")

    assert answer.status_code in {302, 422}
    allowed = {(label, name) for name in OWN} | {(label, name) for name in offered}
    allowed |= {(label, f"{name}_id") for name in offered} | {(label, "name")}
    assert old <= allowed
    assert (new, gone) == ([], [])


@pytest.mark.parametrize("key", [register.key for register in declaration.every()])
def test_a_forged_entry_makes_one_record_of_who_entered_it_now(world, key):
    clients, first, readers = world
    register = declaration.get(key)
    link = (
        f"?{register.parent}={getattr(first[key], register.parent).pk}" if register.parent else ""
    )

    answer, _offered, (old, new, gone) = posted(clients["city"], f"/registers/{key}/new/{link}")

    assert answer.status_code in {302, 422}
    assert (old, gone) == (set(), [])
    made = [at for at in new if at[0] == register.model._meta.label]
    assert {at[0] for at in new} <= {register.model._meta.label, "registers.Submission"}
    assert len(made) == (answer.status_code == 302)
    for _label, number in made:
        record = register.model.objects.get(pk=number)
        assert (record.void, record.version, record.entered_by) == (False, 1, readers["city"])
        assert record.entered_at.date() >= dt.date(2017, 1, 1)


@pytest.mark.parametrize(
    ("who", "page", "meant", "may"),
    [
        ("city", "void/", {"reason": "登记重了"}, {("sites.Site", "void")}),
        ("city", "files/1/replace/", {}, {("files.Attachment", "sensitivity")}),
        (
            "city",
            "files/1/remove/",
            {"reason": "传错了", "void": "yes"},
            {("files.Attachment", "void")},
        ),
        ("city", "files/new/", {}, set()),
    ],
)
def test_a_forged_act_does_what_it_is_and_nothing_else(world, who, page, meant, may):
    clients, first, _readers = world
    number = str(Attachment.objects.earliest("pk").pk)
    page = re.sub(r"files/1/", f"files/{number}/", page)

    _answer, _offered, (old, new, gone) = posted(
        clients[who], f"{first['sites'].get_absolute_url()}{page}", **meant
    )

    moved = {("sites.Site", name) for name in OWN} | {("files.Attachment", "changed_at")}
    assert old - moved <= may
    assert (new, gone) == ([], [])


@pytest.mark.parametrize(
    ("who", "address", "may_make"),
    [
        ("system", "/offices/", {"accounts.Office"}),
        ("security", "/offices/postings/", {"accounts.Posting"}),
        ("city", "/account/password/", set()),
        ("city", "/display/", set()),
        ("city", "/language/", set()),
        ("city", "/programmes/choose/", set()),
        ("city", "/search/", set()),
        ("city", "/journal/", set()),
        ("organisation", "/", set()),
    ],
)
def test_a_forged_form_elsewhere_changes_no_row_that_is_there(world, who, address, may_make):
    clients, _first, _readers = world

    _answer, _offered, (old, new, gone) = posted(clients[who], address)

    assert old - {("accounts.Account", "rights_version")} == set()
    assert {at[0] for at in new} <= may_make
    assert gone == []


def test_nobody_signs_himself_up_to_more_by_a_forged_field(world):
    clients, _first, readers = world
    held = set(Posting.objects.values_list("account", "role"))

    for who, client in clients.items():
        for address in ("/", "/account/password/", "/display/", "/language/", "/offices/"):
            client.post(address, forged(index=readers[who].pk))

    assert set(Posting.objects.values_list("account", "role")) == held
    assert set(Account.objects.values_list("is_active", flat=True)) == {True}


def test_a_form_that_took_what_was_not_asked_would_be_caught(world, monkeypatch):
    clients, first, _readers = world
    meant = RecordForm.values
    monkeypatch.setattr(RecordForm, "values", lambda form: meant(form) | {"void": True})
    _answer, offered, (old, _new, _gone) = posted(
        clients["city"], f"{first['sites'].get_absolute_url()}edit/"
    )

    assert ("sites.Site", "void") in old
    assert "void" not in offered
