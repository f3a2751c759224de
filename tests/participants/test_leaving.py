"""Somebody who worked here leaves: the name goes, the number and what was done stay."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from tests import factories as make
from tongxin.accounts.actions import end_posting, post
from tongxin.accounts.models import Account
from tongxin.core.errors import Refused
from tongxin.journal.models import Entry, PersonalValue
from tongxin.participants import actions
from tongxin.participants.models import Erasure

pytestmark = pytest.mark.django_db
NAME = "王某某金丝雀"


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


def somebody(small):
    """An account holder with a name, an address, a posting and something done."""
    account = make.posted("clerk", small.tree.north, username="wangmoumou")
    account.display_name, account.email = NAME, "wang@example.org"
    account.save()
    office = make.office(small.tree.south)
    post(by=None, account=account, office=office, role="clerk", since=make.EARLY + dt.timedelta(1))
    make.record("bases", place=small.tree.north, of=small.pilot, by=account)
    return Account.objects.get(pk=account.pk)


def left(account):
    for posting in account.postings.all():
        end_posting(posting, by=None, until=timezone.localdate())
    account.is_active = False
    account.save()
    return account


def kept_values():
    return " ".join(str(row.value) for row in PersonalValue.objects.all())


def dump():
    """Every value of every table, as this database gives it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            yield from (str(row) for row in cursor.fetchall())


def test_no_row_of_any_table_holds_the_name_afterwards(small, home):
    account = left(somebody(small))
    consent = actions.agree(by=account, division=small.tree.north, said=make.agreement("张金丝雀"))
    before = "".join(dump())
    assert all(word in before for word in (NAME, "wangmoumou", "wang@example.org", "张金丝雀"))

    actions.end(consent, by=None, ending="withdrawn")
    actions.erase_account(account, by=None)

    after = "".join(dump())
    words = (NAME, "wangmoumou", "wang@example.org", "张金丝雀")
    assert [word for word in words if word in after] == []


def test_who_still_works_here_is_not_erased(small):
    account = somebody(small)

    with pytest.raises(Refused) as refused:
        actions.erase_account(account, by=None)

    assert [each.code for each in refused.value.problems] == [
        "participants.still_active",
        "participants.still_posted",
    ]


def test_the_name_goes_everywhere_and_the_number_stays(small, home):
    account = left(somebody(small))
    acts = Entry.objects.filter(actor=account).count()
    chain = list(Entry.objects.order_by("pk").values_list("hash", flat=True))
    assert NAME in kept_values()

    actions.erase_account(account, by=None)

    account.refresh_from_db()
    assert (account.username, account.display_name, account.email) == (
        f"former-{account.pk}",
        "",
        "",
    )
    assert not account.has_usable_password()
    assert NAME not in kept_values()
    assert "wangmoumou" not in kept_values()
    assert Entry.objects.filter(actor=account).count() == acts > 0
    assert list(Entry.objects.order_by("pk").values_list("hash", flat=True))[: len(chain)] == chain
    assert Erasure.objects.get().subject == "account"


def test_postings_that_were_taken_back_tell_no_name_either(small, home):
    account = left(somebody(small))
    account.postings.first().delete()

    actions.erase_account(account, by=None)

    assert NAME not in kept_values()
    assert "wangmoumou" not in kept_values()


def test_another_person_of_the_same_name_keeps_it(small, home):
    account = left(somebody(small))
    other = make.posted("clerk", small.tree.river, username="wangmoumou2")
    Account.objects.filter(pk=other.pk).update(display_name=NAME)
    post(
        by=None,
        account=Account.objects.get(pk=other.pk),
        office=make.office(small.tree.west),
        role="clerk",
        since=make.EARLY,
    )

    actions.erase_account(account, by=None)

    assert NAME in kept_values()
    assert Account.objects.get(pk=other.pk).display_name == NAME


def test_sessions_end_with_the_name(small, home):
    account = left(somebody(small))
    client = make.client_of(account)

    actions.erase_account(account, by=None)

    assert client.get("/").status_code == 302


def test_a_copy_in_which_he_still_worked_is_freed_of_him_too(small, home):
    account = somebody(small)
    key = f"{account.pk}@{account.date_joined.isoformat()}"
    listed = home / "list.jsonl"
    listed.write_text(f'{{"subject": "account", "key": "{key}", "at": ""}}\n')

    assert actions.reapply(listed) == (1, 0)
    assert actions.reapply(listed)[0] == 0

    assert Account.objects.get(pk=account.pk).username == f"former-{account.pk}"
    assert NAME not in kept_values()


def test_a_copy_is_freed_of_the_participants_who_were_erased_and_of_nobody_else(small, home):
    gone = actions.agree(by=None, division=small.tree.north, said=make.agreement("甲"))
    actions.agree(by=None, division=small.tree.north, said=make.agreement("乙"))
    listed = home / "list.jsonl"
    lines = (str(gone.participant.key), "no key", "00000000-0000-0000-0000-000000000000")
    listed.write_text("".join(f'{{"subject": "participant", "key": "{key}"}}\n' for key in lines))

    assert actions.reapply(listed)[0] == 1
    assert [each.name for each in actions.Participant.objects.all()] == ["乙"]


def test_an_account_opened_later_under_the_same_number_is_left_alone(small, home):
    account = somebody(small)
    listed = home / "list.jsonl"
    listed.write_text(
        f'{{"subject": "account", "key": "{account.pk}@2001-01-01T00:00:00+00:00"}}\n'
    )

    assert actions.reapply(listed)[0] == 0
    assert Account.objects.get(pk=account.pk).display_name == NAME
