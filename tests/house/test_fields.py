"""Every field of every table is told of, and none has a name for what is never kept of a person."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tongxin.core.inventory import FACTS, forbidden, inventory
from tongxin.registers import declaration
from tools.fields import PAGE, fields_of, missing, page, tables

PERSONS = {"Account": "account", "Participant": "participant", "Consent": "participant"}


def told(model):
    """The names under which the fields of a model may stand in the inventory."""
    return {name for _field, names in fields_of(model) for name in names}


def names_of(model):
    """What a model's fields are called: in the program, and by people."""
    belongs = PERSONS.get(model.__name__, "")
    for field, _names in fields_of(model):
        yield f"{belongs} {field.name}"
        yield f"{belongs}{getattr(field, 'verbose_name', '')}"


def test_every_field_has_a_line_in_the_inventory():
    lines = missing()

    assert not lines, (
        f"add to {FACTS.name}, and correct what does not fit (categories, bases, retentions and "
        "viewers: tongxin/core/inventory.py), then run tools/fields.py:\n" + "\n".join(lines)
    )


def test_no_line_tells_of_a_field_that_is_gone():
    there = {name for model in tables() for name in told(model)}

    assert sorted(set(inventory()) - there) == []


@pytest.mark.parametrize("line", inventory().values(), ids=lambda line: line.field)
def test_a_line_says_what_for_on_what_basis_how_long_and_who_sees_it(line):
    assert line.problem() == ""


def test_no_field_has_a_name_for_what_is_never_kept():
    refused = {name: forbidden(name) for model in tables() for name in names_of(model)}

    assert {name: why for name, why in refused.items() if why} == {}


def test_no_form_and_no_list_has_a_heading_for_it():
    headings = [
        str(label)
        for register in declaration.every()
        for label in (
            register.title,
            *(column.label for column in register.columns),
            *(field.label for field in register.form.base_fields.values()),
        )
    ]

    assert headings
    assert [heading for heading in headings if forbidden(heading)] == []


def test_the_committed_page_is_written_from_the_inventory():
    written = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""

    assert written == page(), "run: uv run python tools/fields.py"


@isolate_apps("tongxin.trainings")
def test_a_field_of_a_new_table_would_be_missed_and_its_name_refused():
    class Learner(models.Model):
        nickname = models.CharField(max_length=20)
        is_party_member = models.BooleanField("党员")

        class Meta:
            app_label = "trainings"

        def __str__(self):
            return self.nickname

    unknown = {names for _field, names in fields_of(Learner) if not set(names) & set(inventory())}

    assert {"trainings.Learner.nickname"} <= {name for names in unknown for name in names}
    assert [name for name in names_of(Learner) if forbidden(name)] == [" is_party_member", "党员"]


def test_a_line_without_its_purpose_would_be_seen():
    line = inventory()["accounts.Account.email"]

    assert type(line)("a.B.c", "account").problem() == "purpose is empty"
    assert type(line)("a.B.c", "unknown").problem().startswith("category")
    assert type(line)("a.B.c", "account", "x", "whim").problem().startswith("basis")
    assert apps.get_model("accounts.Account")
