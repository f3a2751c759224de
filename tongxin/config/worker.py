"""Background work: a process beside the web, or several, on one machine or on many.

`tongxin serve` starts one; where the web is served in another way, `tongxin worker` is run beside
it. Workers on other machines need the same database and the same home folder.
"""

import logging
import os
import signal
import threading
import time

from django.db import DatabaseError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from tongxin.exchange.background import beats
from tongxin.exchange.background.jobs import look_after, tidy

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 1.0
WATCH_SECONDS = 5.0
TIDY_SECONDS = 3600.0


def work(parent: int = 0) -> None:
    """Do what waits, for ever, or until told to stop; what was begun is brought to its end.

    With `parent` it stops when that process is gone.
    """
    watch = threading.Thread(target=_watch, args=(parent,), name="tongxin-watch", daemon=True)
    watch.start()
    with beats.of_worker():
        while _worked():
            time.sleep(PAUSE_SECONDS)


def _worked() -> bool:
    """Work until told to stop; return whether to begin again, because the database was away."""
    worker = Worker(
        queue_names=["*"],
        interval=PAUSE_SECONDS,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    worker.configure_signals()
    try:
        worker.run()
    except DatabaseError:
        # A database that is away comes back; a worker that ended does not.
        logger.exception("the background worker lost its database and starts again")
        close_old_connections()
        return True
    return False


def _watch(parent: int) -> None:
    """Take up again what others left, and stop when the parent is gone."""
    tidied = 0.0
    while True:
        if parent and os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
            return
        try:
            close_old_connections()
            look_after()
            if time.monotonic() - tidied > TIDY_SECONDS:
                tidy()
                tidied = time.monotonic()
        except DatabaseError:
            logger.warning("the database did not answer; forsaken jobs are looked for again soon")
        time.sleep(WATCH_SECONDS)
