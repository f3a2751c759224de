"""People at the door, for tests: with a password, with an app on the phone."""

import time
from itertools import count

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from tests import factories as make

PASSWORD = "a long enough password"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_numbers = count(1)


def holder(role, place, *, app=False):
    """Open an account posted in a role, with a password, and with an app if wanted."""
    account = make.posted(role, place, username=f"holder{next(_numbers)}")
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])
    if app:
        TOTP.activate(account, SECRET)
    return account


def code(secret=SECRET, *, later=0):
    """Return the number that the app shows now, or some half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def sign_in(name, password=PASSWORD, *, client=None, **more):
    """Send the form of the door; return the client and the answer."""
    client = client or Client()
    sent = {"login": str(getattr(name, "username", name)), "password": password, **more}
    return client, client.post(reverse("account_login"), sent)


def has_app(account):
    """Whether an account has set up an app."""
    return Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists()
