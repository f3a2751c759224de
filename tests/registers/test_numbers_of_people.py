"""Numbers of people typed into a record: refused, or asked about, and nothing typed is lost."""

import pytest

from tongxin.core.errors import Refused
from tongxin.incubation.models import Base
from tongxin.incubation.register import BASES
from tongxin.organisations.models import Organisation
from tongxin.registers.actions import change, set_void

IDENTITY = "11010519491231002X"
CARD = "6222021102001234567"
TYPED = {"name": "北镇孵化基地", "place": "北镇", "level": "county"}

pytestmark = pytest.mark.django_db


def test_an_identity_number_in_a_name_is_refused_masked_and_what_was_typed_stays(small):
    answer = small.enter("bases", **(TYPED | {"name": f"张某{IDENTITY}工作室"}))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "名称里有身份证号（110*************2X）。这里不存个人的证件号和卡号" in page
    assert f'value="张某{IDENTITY}工作室"' in page
    assert not Base.objects.exists()


def test_the_action_refuses_it_too_whatever_the_door(small):
    held = small.record("bases")

    with pytest.raises(Refused, match=r"registers\.identity"):
        small.record("bases", name=f"基地{IDENTITY}")
    with pytest.raises(Refused, match=r"registers\.identity"):
        change(BASES, held, by=None, values={"name": f"基地{IDENTITY}"})
    with pytest.raises(Refused, match=r"registers\.identity"):
        set_void(BASES, held, by=None, void=True, reason=f"重复，{IDENTITY}")


def test_a_card_number_is_refused_where_it_stands(small):
    with pytest.raises(Refused) as refused:
        small.record("bases", name="4111 1111 1111 1111")

    assert [(each.code, each.field) for each in refused.value.problems] == [
        ("registers.card", "name")
    ]


def test_a_telephone_number_is_asked_about_and_kept_when_it_is_an_offices(small):
    typed = TYPED | {"name": "基地 0513-85099999"}

    asked = small.enter("bases", **typed)
    assert asked.status_code == 422
    assert "名称里有电话号码（051********99）" in asked.content.decode()
    assert 'name="office_number"' in asked.content.decode()
    assert not Base.objects.exists()

    kept = small.enter("bases", **typed, office_number="on")
    assert kept.status_code == 302
    assert Base.objects.get().name == "基地 0513-85099999"


def test_nothing_is_asked_again_about_a_number_that_was_kept(small):
    held = small.record("bases", name="基地 0513-85099999")
    form = small.client.get(f"{held.get_absolute_url()}edit/").context["form"]
    values = {field.html_name: field.value() or "" for field in form}

    answer = small.client.post(f"{held.get_absolute_url()}edit/", values | {"level": "city"})

    assert answer.status_code == 302


def test_nobody_is_asked_where_there_is_no_number(small):
    assert "office_number" not in small.client.get("/registers/bases/new/").context["form"].fields


def test_credit_codes_pass(small):
    held = small.record("organisations")

    assert Organisation.objects.get(pk=held.pk).credit_code
