"""Background work is really done, by the worker that the web process carries."""

import datetime as dt

import pytest
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from tongxin.accounts.jobs import forget_expired_sessions
from tongxin.accounts.models import SignIn


def run_what_is_due() -> None:
    """Let a worker like the embedded one do all outstanding tasks, then stop."""
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    ).run()


@pytest.mark.django_db(transaction=True)
def test_expired_sessions_are_forgotten_in_the_background_and_others_kept():
    now = timezone.now()
    SignIn.objects.create(session_key="old", expire_date=now - dt.timedelta(1))
    SignIn.objects.create(session_key="new", expire_date=now + dt.timedelta(1))

    forget_expired_sessions.enqueue()
    run_what_is_due()

    assert list(SignIn.objects.values_list("session_key", flat=True)) == ["new"]
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
