"""An account that signs in through its organisation has no password to change."""

import pytest

from tests import factories as make

pytestmark = pytest.mark.django_db


def test_who_has_no_password_is_told_where_to_get_one():
    client = make.client_of(make.clerk(make.tree().north))

    answer = client.get("/account/password/", follow=True)

    assert answer.status_code == 200
    assert "找系统管理员重发邀请" in answer.content.decode()


def test_who_has_one_changes_it():
    account = make.clerk(make.tree().north)
    account.set_password("a long one to be changed")
    account.save(update_fields=["password"])

    assert make.client_of(account).get("/account/password/").status_code == 200
