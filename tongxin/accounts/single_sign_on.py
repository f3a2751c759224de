"""Signing in through an identity provider: it says who somebody is, never that he may come in."""

from typing import Any, ClassVar

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .models import Account

KEY = "sso"
"""The one provider's name in addresses and in the table."""


class SingleSignOn(DefaultSocialAccountAdapter):
    """Sign-on leads to accounts that an administrator has opened, and opens none."""

    error_messages: ClassVar[dict[str, Any]] = DefaultSocialAccountAdapter.error_messages | {
        "connected_other": _("这个单位账号已经连接了另一个账号。先在那个账号里断开"),
    }

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Connect who comes for the first time to the one account with the same verified e-mail.

        Somebody who is signed in and asked to connect is connected by that wish alone.
        """
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        account = account_of([each.email for each in sociallogin.email_addresses if each.verified])
        if account is not None:
            sociallogin.connect(request, account)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """Sign-up is closed here too."""
        return False

    def get_requests_session(self) -> Any:
        """Ask the provider at its own address: a redirect is an error, not a way."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:  # noqa: ARG002
        """Lead back to the page on which one connects."""
        return reverse("sign_ins")


def account_of(addresses: list[str]) -> Account | None:
    """Return the active account with one of these addresses, if it is the only one.

    E-mail addresses of accounts are entered by administrators; nobody changes his own.
    """
    found: set[int] = set()
    for address in filter(None, addresses):
        known = Account.objects.filter(email__iexact=address, is_active=True)
        found |= set(known.values_list("pk", flat=True))
    return Account.objects.get(pk=found.pop()) if len(found) == 1 else None


def offered() -> str:
    """Return the name of the provider; empty where there is none."""
    return str(settings.SINGLE_SIGN_ON.name) if settings.SINGLE_SIGN_ON else ""


def is_connected(account: Any) -> bool:
    """Whether an account is connected with the provider."""
    return SocialAccount.objects.filter(user=account).exists()


def forget_what_was_told(instance: SocialAccount, **_kwargs: Any) -> None:
    """Keep the provider's number of a person, and nothing else that it tells: name, phone, face."""
    instance.extra_data = {}
