"""Background work in a thread of the web process, so that one command runs everything."""

import logging
import threading
import time

from django.db import DatabaseError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 2.0


def start_worker() -> threading.Thread:
    """Start the worker thread; it ends with its process."""
    thread = threading.Thread(target=_work_for_ever, name="tongxin-worker", daemon=True)
    thread.start()
    return thread


def _work_for_ever() -> None:
    while True:
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
        try:
            worker.run()
        except DatabaseError:
            # A database that is away comes back; a dead thread does not.
            logger.exception("the background worker lost its database and starts again")
            close_old_connections()
            time.sleep(PAUSE_SECONDS)
