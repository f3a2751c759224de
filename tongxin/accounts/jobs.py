"""Background work on accounts."""

from django.core.management import call_command
from django_tasks import task


@task()
def forget_expired_sessions() -> None:
    """Delete the sessions whose time is over, so that the table does not grow for ever."""
    call_command("clearsessions")
