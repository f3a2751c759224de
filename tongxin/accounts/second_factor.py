"""The second factor: how allauth keeps it in this house, and whether a session has shown it."""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from qrcode.main import QRCode

from .models import Account
from .queries import standing
from .rules import NEEDS_SECOND_FACTOR

FACTOR = "mfa"
DEMO_ENTRY = "demo"
PROVES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What an account can be asked for; recovery codes only stand in for one of these."""


def shown(request: HttpRequest) -> bool:
    """Whether this session was signed in with a second factor.

    A session of the demo's buttons counts as one, and only while the demo runs.
    """
    counts = {FACTOR, DEMO_ENTRY} if settings.DEMO else {FACTOR}
    records = get_authentication_records(request, request.user)
    return any(record.get("method") in counts for record in records)


def count_as_shown(request: HttpRequest, account: Account, kind: str) -> None:
    """Remember that this session has shown a second factor: it has just set one up."""
    record_authentication(request, account, FACTOR, type=kind)


def enter_demo(request: HttpRequest, account: Account) -> None:
    """Mark a session as come in by a button of the demo, which asks for no factor at all."""
    if settings.DEMO:
        record_authentication(request, account, DEMO_ENTRY)


def is_asked_of(account: Any) -> bool:
    """Whether a posting of today asks for a second factor."""
    return any(held.role in NEEDS_SECOND_FACTOR for held in standing(account).postings)


def has_one(account: Any) -> bool:
    """Whether the account has set up a second factor."""
    return Authenticator.objects.filter(user_id=account.pk, type__in=PROVES).exists()


def with_one(account_ids: Iterable[int]) -> set[int]:
    """Return which of some accounts have set up a second factor. One query."""
    rows = Authenticator.objects.filter(user_id__in=set(account_ids), type__in=PROVES)
    return set(rows.values_list("user_id", flat=True))


class SecondFactor(DefaultMFAAdapter):
    """Secrets are kept encrypted, pictures need no inline style, refusals speak the house's words.

    The key of the secrets comes from the secret key of the installation, so that a copy of the
    database alone signs nobody in.
    """

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("你的角色要用两步登录。先加一种别的方式，再去掉这一种"),
        "cannot_generate_recovery_codes": _("先设好验证器或通行密钥，再生成恢复码"),
        "incorrect_code": _("验证码不对。看验证器里现在的六位数字，再输一次"),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether a way may go: not the last one of an account that has to have one."""
        account = authenticator.user
        others = Authenticator.objects.filter(user=account, type__in=PROVES)
        return not is_asked_of(account) or others.exclude(pk=authenticator.pk).exists()

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for the database."""
        return _safe().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read a secret from the database."""
        return _safe().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: Any) -> str:
        """Name the account in the authenticator app by its user name."""
        return str(user.username)

    def build_totp_svg(self, url: str) -> str:
        """Draw the code as one path; its colours stand in the style sheet."""
        code = QRCode(border=4)
        code.add_data(url)
        rows = code.get_matrix()
        path = "".join(_runs(rows))
        label = gettext("二维码，用验证器扫描")
        return mark_safe(  # noqa: S308  made of numbers, and of a word of our own
            f'<svg class="qr" viewBox="0 0 {len(rows)} {len(rows)}" role="img"'
            f' aria-label="{label}"><path d="{path}"/></svg>'
        )

    def generate_authenticator_name(self, user: Any, type: str) -> str:  # noqa: A002  allauth's name
        """Suggest a name for a passkey."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("通行密钥 %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name this installation to the browser: the host that the key belongs to."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": gettext("同心")}


def _safe() -> Fernet:
    digest = hashlib.sha256(f"second factor {settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def _runs(rows: list[list[bool]]) -> Iterator[str]:
    """Yield the dark squares of a code, row by row, neighbours joined."""
    for y, row in enumerate(rows):
        start = None
        for x, dark in enumerate([*row, False]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                yield f"M{start} {y}h{x - start}v1h-{x - start}z"
                start = None
