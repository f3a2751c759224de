"""Seeds and recovery codes are long, random, and different each time."""

import base64

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.core.mail import BadHeaderError

from tests import factories as make
from tests.accounts.door import holder
from tongxin.accounts.choices import Role
from tongxin.accounts.letters import send_invitation

pytestmark = pytest.mark.django_db


def test_a_seed_of_an_app_has_160_bits_and_is_never_the_same():
    seeds = {generate_totp_secret() for _ in range(50)}

    assert len(seeds) == 50
    assert {len(base64.b32decode(seed)) for seed in seeds} == {20}


def test_ten_recovery_codes_of_eight_digits_belong_to_one_account(tree):
    kept = [
        code
        for _ in range(3)
        for code in RecoveryCodes.activate(holder(Role.CLERK, tree.north)).get_unused_codes()
    ]

    assert len(kept) == len(set(kept)) == 30
    assert {(len(code), code.isdecimal()) for code in kept} == {(8, True)}


def test_an_address_with_a_second_head_in_it_gets_no_letter(settings, mailoutbox):
    settings.MAIL_SET_UP = True
    account = make.account()
    account.email = "li@example.org\nBcc: everybody@example.org"

    with pytest.raises(BadHeaderError):
        send_invitation(account, "https://testserver/account/invitation/x/")

    assert mailoutbox == []
