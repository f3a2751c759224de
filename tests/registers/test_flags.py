"""Void records are left out in a way that both databases have an index for."""

import pytest

from tongxin.organisations.models import Organisation
from tongxin.registers.models import Flag


def test_a_flag_is_asked_by_its_value():
    said = str(Organisation.objects.filter(void=False).query)

    assert '"organisations_organisation"."void" = ' in said
    assert "NOT" not in said


def test_a_flag_is_a_plain_boolean_to_migrations():
    _name, path, _args, kwargs = Flag(default=False).deconstruct()

    assert path == "django.db.models.BooleanField"
    assert kwargs == {"default": False}


@pytest.mark.django_db
def test_a_flag_finds_what_it_is_asked_for():
    assert list(Organisation.objects.filter(void=True)) == []
    assert Organisation.objects.exclude(void=True).count() == 0
