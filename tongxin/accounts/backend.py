"""Who stands at the door: name and password, with the same work whatever the answer will be."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from .locking import address_of, give_back, knock
from .models import Account


class Door(AuthenticationBackend):
    """Name and password. An unknown name, a wrong password, a lock, a closed account answer alike.

    The password is hashed in every case, and the attempt is counted before it is judged.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Account | None:
        """Return the account; None without a hint at what it was that did not fit."""
        name, address = credentials.get("username", ""), address_of(request.META if request else {})
        may_be_judged = knock(name, address)
        found: Account | None = super().authenticate(request, **credentials)
        # A closed account whose password was right would be sent to a page of its own.
        self.unstash_authenticated_user()
        if found is None or not may_be_judged:
            return None
        give_back(name, address)
        return found
