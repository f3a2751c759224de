"""The security log: who came in, who did not, who left, and which doors stayed shut.

One line each on the logger `tongxin.security`. No name that was typed stands in it: people type
passwords into the wrong box. An account stands there by its number.
"""

import logging
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.encoding import escape_uri_path

from .locking import address_of
from .models import Account

logger = logging.getLogger("tongxin.security")
SECRET_IN_ADDRESS = {"accounts:accept"}


def shut(request: HttpRequest, status: int) -> None:
    """Note that a signed-in account was answered as if nothing were there, or was refused."""
    match = request.resolver_match
    # The link of an invitation holds a secret: its route is told instead.
    secret = match is not None and match.view_name in SECRET_IN_ADDRESS
    path = match.route if match and secret else escape_uri_path(request.path)
    number = request.user.pk
    logger.info("shut %s: account %s, %s %s", status, number, request.method, path)


@receiver(user_logged_in)
def _came_in(*, request: HttpRequest | None, user: Any, **_rest: Any) -> None:
    logger.info("in: account %s from %s", user.pk, _address(request))


@receiver(user_logged_out)
def _left(*, request: HttpRequest | None, user: Any, **_rest: Any) -> None:
    if user is not None:
        logger.info("out: account %s from %s", user.pk, _address(request))


@receiver(user_login_failed)
def _kept_out(
    *, credentials: dict[str, Any], request: HttpRequest | None = None, **_rest: Any
) -> None:
    name = str(credentials.get("username", ""))
    number = Account.objects.filter(username=name).values_list("pk", flat=True).first()
    known = "an unknown name" if number is None else f"account {number}"
    logger.warning("kept out: %s from %s", known, _address(request))


def _address(request: HttpRequest | None) -> str:
    return address_of(request.META) if request is not None else ""
