"""Jobs as their account sees them, what counts as large, and whose rights a job was asked with."""

import hashlib
from typing import Any

from django.db import models
from django.utils import timezone

from tongxin.accounts.queries import standing
from tongxin.exchange import actions, uploads
from tongxin.exchange.choices import JobKind, JobState
from tongxin.exchange.models import Batch, Job
from tongxin.registers.declaration import Register

SMALL = 500
"""So many rows of a workbook are looked through and applied while the page is waited for."""
FEW = 5_000
"""So many rows of a list are taken out while the page is waited for."""
OPEN = (JobState.WAITING, JobState.RUNNING)
SHOWN = 20


def is_large(batch: Batch) -> bool:
    """Whether a workbook is too large to be looked through while somebody waits.

    A bulky one has not been opened yet when this is asked for the first time.
    """
    return batch.rows > SMALL or uploads.size_of(batch.stored) > actions.BULKY


def own_jobs(account: Any, register: Register) -> models.QuerySet[Job]:
    """Return what an account asked to be done with a register, the newest first."""
    return Job.objects.filter(account=account, register=register.key)


def jobs_of(batch: Batch) -> list[Job]:
    """Return the last two jobs of a batch, the newer one first."""
    return list(batch.jobs.order_by("-id")[:2])


def open_job(batch: Batch) -> Job | None:
    """Return the job that is being done with a batch, or waits to be."""
    return batch.jobs.filter(state__in=OPEN).first()


def exports_of(account: Any, register: Register) -> list[Job]:
    """Return the last lists that an account had taken out of a register in the background."""
    return list(own_jobs(account, register).filter(kind=JobKind.EXPORT)[:SHOWN])


def may_be_fetched(job: Job, account: Any) -> bool:
    """Whether the file of a job is there, and the account stands as it did when it asked."""
    expires = job.expires_at
    return (
        job.state == JobState.DONE
        and bool(job.stored)
        and expires is not None
        and timezone.now() < expires
        and rights_of(account) == job.rights
    )


def rights_of(account: Any) -> str:
    """Return a digest that differs when the postings or the password of an account do."""
    held = standing(account).postings
    facts = f"{account.is_active}|{account.get_session_auth_hash()}|{held!r}"
    return hashlib.sha256(facts.encode()).hexdigest()
