"""The session engine: one row a session, which knows its account, its device and its times.

Idle and longest time are judged from what the session itself holds: no query more than its own.
"""

import datetime as dt
import time
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as TableStore

from .models import SignIn

BEGAN, SEEN, DEVICE = "began", "seen", "device"
SEEN_EVERY = 5 * 60
"""Seconds between two notes of when a session was last used: one write in five minutes."""


class SessionStore(TableStore):
    """Sessions in the table of sign-ins."""

    @classmethod
    def get_model_class(cls) -> type[SignIn]:
        """Return the table."""
        return SignIn

    def create_model_instance(self, data: dict[str, Any]) -> SignIn:
        """Put beside the sealed data what the list of one's own sign-ins shows."""
        row = cast("SignIn", super().create_model_instance(data))
        row.account_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.device = data.get(DEVICE, "")
        row.began, row.seen = _moment(data.get(BEGAN)), _moment(data.get(SEEN))
        return row


def begin(session: Any, device: str) -> None:
    """Start the clocks of a session that has just been signed in."""
    now = int(time.time())
    session[BEGAN] = session[SEEN] = now
    session[DEVICE] = device


def is_over(session: Any) -> bool:
    """Whether a session has been idle or has lasted for too long; one without clocks has."""
    now = time.time()
    began, seen = session.get(BEGAN, 0), session.get(SEEN, 0)
    return now - seen >= settings.IDLE_SECONDS or now - began >= settings.SESSION_COOKIE_AGE


def note_use(session: Any) -> None:
    """Remember that a session is in use, once in a while."""
    now = int(time.time())
    if now - session[SEEN] >= SEEN_EVERY:
        session[SEEN] = now


def _moment(seconds: int | None) -> dt.datetime | None:
    return None if seconds is None else dt.datetime.fromtimestamp(seconds, tz=dt.UTC)
