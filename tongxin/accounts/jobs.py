"""Background work on accounts."""

from django_tasks import task

from .locking import forget_old
from .sessions import SessionStore


@task()
def forget_expired_sessions() -> None:
    """Delete the sessions whose time is over, and old failures at the door."""
    SessionStore.clear_expired()
    forget_old()
