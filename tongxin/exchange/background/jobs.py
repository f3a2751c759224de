"""Asking for work in the background, and seeing to it that what was cut off is taken up again."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from tongxin.core.words import in_source_language
from tongxin.exchange.choices import JobKind, JobState
from tongxin.exchange.models import Batch, Job
from tongxin.registers.declaration import Register

from . import beats
from .doing import changed_meanwhile, do
from .queries import OPEN, is_large, rights_of
from .states import forget_expired, give_back, is_forsaken, waits_long


@task()
def carry_out(number: int) -> None:
    """Do a job. What a workbook would do now is found out again where that is why it failed."""
    job = do(number)
    if job is not None and job.batch is not None and changed_meanwhile(job):
        ask_for_batch(JobKind.LOOK, job.batch, by=job.account, language=job.language)


def ask_for_batch(
    kind: JobKind,
    batch: Batch,
    *,
    by: Any,
    wishes: Mapping[str, Any] | None = None,
    language: str | None = None,
) -> Job:
    """Ask for a batch to be looked through or applied; what is being done with it is not doubled.

    Everything is written at once: a job that stands in the table is in the queue of the workers.
    """
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        found = batch.jobs.filter(state__in=OPEN).first()
        if found is not None:
            return found
        job = Job.objects.create(
            kind=kind,
            register=batch.register,
            programme=batch.programme,
            batch=batch,
            account=by,
            wishes=dict(wishes or {}),
            rights=rights_of(by),
            language=language or get_language(),
        )
        carry_out.enqueue(job.pk)
    return job


def look_in_background(batch: Batch, by: Any) -> None:
    """Let a workbook be looked through, if it is too large to be waited for."""
    if is_large(batch):
        ask_for_batch(JobKind.LOOK, batch, by=by)


def ask_for_export(
    register: Register, *, by: Any, programme: Any, wishes: Mapping[str, Any]
) -> Job:
    """Ask for a list to be taken out."""
    return _ask_for_file(JobKind.EXPORT, register.key, by=by, programme=programme, wishes=wishes)


def ask_for_marks(batch: Batch, *, by: Any) -> Job:
    """Ask for a workbook with what was found in it as comments in its cells.

    The batch waits for nothing meanwhile: the job speaks of it in its wishes alone.
    """
    wishes = {"batch": batch.pk, "looked": batch.looked, "extension": "xlsx"}
    return _ask_for_file(
        JobKind.MARK, batch.register, by=by, programme=batch.programme, wishes=wishes
    )


def _ask_for_file(
    kind: JobKind, register: str, *, by: Any, programme: Any, wishes: Mapping[str, Any]
) -> Job:
    """Ask for a file to be made; the same one that waits already is not asked for twice."""
    with transaction.atomic():
        asked = {
            "kind": kind,
            "register": register,
            "programme": programme,
            "account": by,
        }
        for known in Job.objects.filter(**asked, state__in=OPEN):
            if known.wishes == wishes:
                return known
        job = Job.objects.create(
            **asked, wishes=dict(wishes), rights=rights_of(by), language=get_language()
        )
        carry_out.enqueue(job.pk)
    return job


def look_after() -> int:
    """Give jobs back whose worker is gone, and those that no queue knows; return how many.

    A worker does this every few seconds. It reads first: where nothing is forsaken it writes
    nothing, and so does not wait for a batch that is being applied.
    """
    begun = 0
    for job in Job.objects.filter(state__in=OPEN).order_by("id"):
        if job.state == JobState.RUNNING:
            waits = is_forsaken(job) and give_back(job)
        else:
            waits = waits_long(job, beats.LEASE) and job.pk not in _queued()
        if waits:
            carry_out.enqueue(job.pk)
            begun += 1
    return begun


def _queued() -> set[int]:
    """Return the numbers of the jobs that stand in the queue."""
    rows = DBTaskResult.objects.filter(
        task_path=carry_out.module_path, status=TaskResultStatus.READY
    )
    return {given["args"][0] for given in rows.values_list("args_kwargs", flat=True)}


def tidy() -> None:
    """Take away what nobody fetches any more."""
    with in_source_language():
        forget_expired()
