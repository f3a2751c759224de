"""Background work on notices."""

import datetime as dt

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from .actions import take_down

PAUSE = dt.timedelta(hours=6)


@task()
def take_names_down() -> None:
    """Take down the names whose day has come, and come back in six hours.

    Pages stop showing them on the day itself; this is when they go from the disk.
    """
    take_down(timezone.localdate())
    waiting = DBTaskResult.objects.filter(
        task_path=take_names_down.module_path, status=TaskResultStatus.READY
    )
    if not waiting.exists():
        take_names_down.using(run_after=timezone.now() + PAUSE).enqueue()
