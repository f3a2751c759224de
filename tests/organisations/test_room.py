"""What is asked of an organisation in the register as it is, and who keeps its page."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import factories as make
from tongxin.accounts.choices import Role
from tongxin.core.errors import Refused
from tongxin.journal.queries import entries_of
from tongxin.organisations.actions import appoint_representative
from tongxin.organisations.models import Organisation
from tongxin.organisations.permissions import own_organisations
from tongxin.organisations.queries import demonstrating
from tongxin.organisations.register import ORGANISATIONS
from tongxin.registers.actions import change, set_void
from tongxin.registers.permissions import visible_to

pytestmark = pytest.mark.django_db


def test_a_code_is_held_by_one_organisation(small):
    first = make.organisation(small.tree.north, "邻里会")

    with pytest.raises(Refused) as refusal:
        make.organisation(small.tree.west, "另一家", credit_code=first.credit_code)

    (problem,) = refusal.value.problems
    assert problem.code == "organisations.code_taken"
    assert "邻里会" not in str(problem)
    assert not Organisation.objects.filter(name="另一家").exists()


def test_an_organisation_keeps_its_own_code(small):
    first = make.organisation(small.tree.north)

    assert list(ORGANISATIONS.problems({"name": "新名"}, first)) == []
    values = {"kind": first.kind, "status": first.status, "credit_code": first.credit_code}
    (problem,) = ORGANISATIONS.problems(values, None)
    assert problem.code == "organisations.code_taken"


def test_nothing_is_founded_after_today(small):
    today = timezone.localdate()
    make.organisation(small.tree.north, registered_on=today)

    with pytest.raises(Refused, match=r"organisations\.future"):
        make.organisation(small.tree.north, registered_on=today + dt.timedelta(days=1))


def test_a_change_is_asked_by_the_values_as_they_would_be(small):
    filed = make.organisation(small.tree.north, status="filed", credit_code="")

    with pytest.raises(Refused, match=r"organisations\.no_code"):
        change(ORGANISATIONS, filed, by=None, values={"status": "registered"})

    assert Organisation.objects.get(pk=filed.pk).status == "filed"


@pytest.mark.parametrize(
    "values", [{"status": "registered", "credit_code": ""}, {"credit_code": make.credit_code(900)}]
)
def test_the_table_itself_refuses_what_the_rules_refuse(small, values):
    make.organisation(small.tree.north, credit_code=make.credit_code(900))
    twin = Organisation(name="乙", division=small.tree.north, kind="52", **values)

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_provincial_demonstrations_are_counted_without_samples_and_void_ones(small):
    kept = make.organisation(small.tree.north, demonstration="province")
    make.organisation(small.tree.north, demonstration="city")
    make.organisation(small.tree.north, demonstration="province", sample=True)
    gone = make.organisation(small.tree.north, demonstration="province")
    set_void(ORGANISATIONS, gone, by=None, void=True, reason="重复")

    assert list(demonstrating()) == [kept]
    assert demonstrating("city").count() == 1


def test_a_representative_sees_and_changes_the_own_organisation_only(small):
    own = make.organisation(small.tree.north, "本会")
    other = make.organisation(small.tree.north, "别会")
    keeper = make.posted(Role.ORGANISATION, small.tree.north)

    made = appoint_representative(by=None, account=keeper, organisation=own)

    assert [entry.verb for entry in entries_of(made)] == ["organisations.represented"]
    assert str(made) == f"{keeper} 本会"
    assert list(visible_to(keeper, ORGANISATIONS)) == [own]
    client = make.client_of(keeper)
    assert client.get(other.get_absolute_url()).status_code == 404
    answer = make.fill(client, f"{own.get_absolute_url()}edit/", work="助老")
    assert answer.status_code == 302
    assert Organisation.objects.get(pk=own.pk).work == "助老"


def test_who_represents_an_organisation_without_a_posting_sees_nothing(small):
    own = make.organisation(small.tree.north)
    nobody = make.account()
    appoint_representative(by=None, account=nobody, organisation=own)

    assert not Organisation.objects.filter(own_organisations(nobody)).exists()


def test_an_organisation_is_represented_by_an_account_once(small):
    own, keeper = make.organisation(small.tree.north), make.account()
    appoint_representative(by=None, account=keeper, organisation=own)

    with pytest.raises(IntegrityError), transaction.atomic():
        appoint_representative(by=None, account=keeper, organisation=own)


def test_an_organisation_is_asked_about_itself_and_not_about_its_neighbours(small):
    account = make.posted(Role.ORGANISATION, small.tree.north)
    neighbour = make.organisation(small.tree.north, "阿邻会", sensitivity="public")
    own = make.organisation(small.tree.west, "自家社")
    appoint_representative(by=None, account=account, organisation=own)

    answer = make.client_of(account).get("/")

    assert answer.context["organisations"] == [own]
    assert neighbour.name not in answer.content.decode()
