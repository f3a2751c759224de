"""The way of a job: taken up by one worker, ended by that worker alone, taken up again if it died.

A job is a wish of its account and no record: what it does is an action with an entry of its own.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.exchange.choices import JobState
from tongxin.exchange.models import Job

from . import beats
from .downloads import DOWNLOADS, KEPT

MOST_ATTEMPTS = 5


def take_up(number: int) -> Job | None:
    """Let this worker begin a job; None when another has, or it is over."""
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=number, state=JobState.WAITING).first()
        if job is not None:
            job.state, job.attempts, job.started_at = (
                JobState.RUNNING,
                job.attempts + 1,
                timezone.now(),
            )
            job.save(update_fields=["state", "attempts", "started_at"])
    return job


def end(job: Job, state: JobState, *, said: Iterable[Problem] = (), stored: str = "") -> bool:
    """End a job, unless another worker has taken it up since; say whether it was ours to end."""
    now = timezone.now()
    ours = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
    told = [{"code": each.code, "words": str(each), "field": each.field} for each in said]
    facts: dict[str, Any] = {"state": state, "said": told, "ended_at": now, "stored": stored}
    if stored:
        facts["expires_at"] = now + KEPT
    return bool(ours.update(**facts))


def give_back(job: Job) -> bool:
    """Let a job whose worker is gone wait for another; say whether it waits now.

    After some attempts it does not: what kills a worker every time would go on for ever.
    """
    with transaction.atomic():
        found = Job.objects.select_for_update().filter(pk=job.pk, attempts=job.attempts)
        ours = found.filter(state=JobState.RUNNING).first()
        if ours is None or not is_forsaken(ours):
            return False
        if ours.attempts >= MOST_ATTEMPTS:
            with override(ours.language):
                words = _("后台处理中断了 %(count)d 次，没有做成。告诉系统管理员，再试一次")
                end(ours, JobState.FAILED, said=[_given_up(words, ours.attempts)])
            return False
        ours.state = JobState.WAITING
        ours.save(update_fields=["state"])
    return True


def _given_up(words: str, count: int) -> Problem:
    return Problem("exchange.given_up", words % {"count": count})


def is_forsaken(job: Job) -> bool:
    """Whether the worker of a running job has given no sign of life for a lease."""
    age = beats.age_of(job.pk, job.attempts)
    began = job.started_at
    since = (timezone.now() - began).total_seconds() if began is not None else beats.LEASE
    return (since if age is None else age) >= beats.LEASE


def waits_long(job: Job, seconds: float) -> bool:
    """Whether a job has waited for more than some seconds."""
    return job.state == JobState.WAITING and timezone.now() > job.asked_at + timedelta(
        seconds=seconds
    )


def forget_expired() -> int:
    """Take the files of downloads away whose time is over; return how many."""
    late = list(Job.objects.filter(expires_at__lte=timezone.now()).exclude(stored=""))
    for job in late:
        DOWNLOADS.discard(job.stored)
        Job.objects.filter(pk=job.pk).update(stored="")
    DOWNLOADS.sweep()
    beats.sweep()
    return len(late)
