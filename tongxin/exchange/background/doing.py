"""What a worker does with a job. The rights of its account are read again first."""

import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.utils.translation import override

from tongxin.accounts.models import Account
from tongxin.core.errors import NotYours, Outdated, Problem, Refused
from tongxin.core.steps import telling
from tongxin.core.words import gettext as _
from tongxin.exchange import actions
from tongxin.exchange.choices import JobKind, JobState, State
from tongxin.exchange.marking import marked_workbook
from tongxin.exchange.models import Batch, Job
from tongxin.exchange.summaries import report_kept
from tongxin.exchange.taking import plan_of, take_out
from tongxin.registers import declaration
from tongxin.sheets.book import Unreadable

from . import beats
from .downloads import DOWNLOADS
from .queries import rights_of
from .states import end, take_up
from .wishes import wish_of

logger = logging.getLogger(__name__)
CHANGED, RIGHTS = "exchange.changed", "exchange.other_rights"


def do(number: int) -> Job | None:
    """Do a job that waits; return it as it ended. None when there was nothing to do.

    A database that is away or locked leaves the job running without a sign of life: it is taken up
    again. Doing twice what was done changes nothing, because an applied batch stays applied.
    """
    job = take_up(number)
    if job is None:
        return None
    with override(job.language), beats.of_job(job.pk, job.attempts) as pulse, telling(pulse):
        try:
            stored = _with_rights(job)
        except DatabaseError:
            raise
        except Exception as failure:  # noqa: BLE001  whatever it was, somebody waits for an answer
            end(job, JobState.FAILED, said=_words_for(job, failure))
        else:
            if not end(job, JobState.DONE, stored=stored):
                DOWNLOADS.discard(stored)
    job.refresh_from_db()
    return job


def _with_rights(job: Job) -> str:
    """Do a job for an account that stands as it did; return the name of the file it made."""
    account = Account.objects.get(pk=job.account_id)
    if rights_of(account) != job.rights:
        words = _("提交以后，你的职位或密码变了，没有做。核对后重新提交一次")
        raise Refused(Problem(RIGHTS, words))
    return DOES[JobKind(job.kind)](job, account)


def _look(job: Job, account: Account) -> str:
    actions.look_closely(_batch_of(job, account))
    return ""


def _apply(job: Job, account: Account) -> str:
    actions.apply(_batch_of(job, account), by=account, **job.wishes)
    return ""


def _undo(job: Job, account: Account) -> str:
    actions.undo(_batch_of(job, account), by=account)
    return ""


def _mark(job: Job, account: Account) -> str:
    batch = Batch.objects.get(pk=job.wishes["batch"], account=account)
    if batch.state != State.DRAFT or batch.looked != job.wishes["looked"]:
        raise Refused(Problem("exchange.other_look", _("这份表后来又改过。核对完，再下载一次")))
    return DOWNLOADS.keep(marked_workbook(batch, report_kept(batch.looked)))


def _export(job: Job, account: Account) -> str:
    register, kept = declaration.get(job.register), job.wishes
    plan = plan_of(
        register,
        by=account,
        programme=job.programme,
        wish=wish_of(kept["wish"], register, job.programme),
        narrowed=kept["narrowed"],
    )
    content, _extract = take_out(plan, kept["extension"], job=job)
    return DOWNLOADS.keep(content)


DOES: dict[JobKind, Callable[[Job, Account], str]] = {
    JobKind.LOOK: _look,
    JobKind.APPLY: _apply,
    JobKind.EXPORT: _export,
    JobKind.UNDO: _undo,
    JobKind.MARK: _mark,
}


def _batch_of(job: Job, account: Account) -> Batch:
    """Return the batch of a job, as this account works with it."""
    batch = Batch.objects.select_related("programme").get(pk=job.batch_id or 0)
    batch.account = account
    return batch


def _words_for(job: Job, failure: Exception) -> list[Problem]:
    """Say why a job was not done."""
    if isinstance(failure, Refused):
        return list(failure.problems)
    if isinstance(failure, Outdated):
        return [Problem(CHANGED, _("你核对以后台账又变了。看过现在的结果，再导入一次"))]
    if isinstance(failure, NotYours):
        return [Problem("exchange.not_allowed", _("你现在不能在这里登记，没有做"))]
    if isinstance(failure, Unreadable):
        return [Problem(failure.code, str(failure.words))]
    if isinstance(failure, FileNotFoundError):
        return [Problem("exchange.gone", _("上传的文件已经不在。放弃它，重新上传一次"))]
    logger.error("background job %d failed", job.pk, exc_info=failure)
    return [Problem("exchange.broke", _("后台处理出错，没有写入。告诉系统管理员，再试一次"))]


def changed_meanwhile(job: Job) -> bool:
    """Whether a batch was not applied because what it would do is something else by now."""
    return job.state == JobState.FAILED and any(each["code"] == CHANGED for each in job.said)
