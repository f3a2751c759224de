"""Background work on consents."""

import datetime as dt

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from tongxin.core import erasures

from .actions import end_those_run_out

PAUSE = dt.timedelta(hours=6)


@task()
def end_expired_consents() -> None:
    """Erase the names whose consent has run out, and come back in six hours.

    Pages stop showing them on the day itself; this is when they go from the disk, and with them
    whatever else was erased since the last run.
    """
    end_those_run_out(timezone.localdate())
    erasures.sweep()
    waiting = DBTaskResult.objects.filter(
        task_path=end_expired_consents.module_path, status=TaskResultStatus.READY
    )
    if not waiting.exists():
        end_expired_consents.using(run_after=timezone.now() + PAUSE).enqueue()
