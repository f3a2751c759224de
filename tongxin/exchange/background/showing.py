"""How far a job has come, in words and as a share of the whole."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongxin.exchange.choices import JobKind, JobState
from tongxin.exchange.models import Job

from . import beats
from .states import is_forsaken, waits_long

PATIENCE = 8
"""Seconds after which somebody who waits is told why nothing has begun."""
PARTS: dict[str, Any] = {
    "read": gettext_lazy("读表"),
    "judge": gettext_lazy("核对每一行"),
    "change": gettext_lazy("修改已有的记录"),
    "write": gettext_lazy("登记新的记录"),
    "seal": gettext_lazy("写进操作日志"),
    "take": gettext_lazy("写出每一行"),
    "void": gettext_lazy("作废新增的记录"),
    "mark": gettext_lazy("写批注"),
}
ORDER = {
    JobKind.LOOK: ("read", "judge"),
    JobKind.APPLY: ("read", "judge", "change", "write", "seal"),
    JobKind.EXPORT: ("take",),
    JobKind.UNDO: ("void", "change", "seal"),
    JobKind.MARK: ("read", "mark"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A job as its page shows it. `percent` is None while nothing is known."""

    percent: int | None
    words: str
    note: str
    warns: bool


def shown(job: Job) -> Shown:
    """Return how far a job has come, and what is to be said when it does not go on."""
    note, warns = _note(job)
    if job.state == JobState.WAITING:
        return Shown(None, _("等着开始"), note, warns)
    told = beats.progress_of(job.pk, job.attempts)
    order = ORDER[JobKind(job.kind)]
    if told.part not in order:
        return Shown(None, _("正在开始"), note, warns)
    at = order.index(told.part)
    share = told.done / told.total if told.total else 0.0
    facts = {
        "step": at + 1,
        "steps": len(order),
        "part": PARTS[told.part],
        "done": f"{told.done:,}",
        "total": f"{told.total:,}",
    }
    words = _("第 %(step)d 步，共 %(steps)d 步：%(part)s")
    if told.total:
        words = _("第 %(step)d 步，共 %(steps)d 步：%(part)s，%(done)s / %(total)s")
    return Shown(round(100 * (at + share) / len(order)), words % facts, note, warns)


def _note(job: Job) -> tuple[str, bool]:
    """Say why a job does not go on, or that it was begun again."""
    if job.state == JobState.RUNNING and not is_forsaken(job):
        again = _("上一次处理到一半中断了，没有留下写了一半的东西，正在从头再做。")
        return (again, False) if job.attempts > 1 else ("", False)
    if not waits_long(job, PATIENCE) and job.state == JobState.WAITING:
        return "", False
    if not beats.a_worker_lives():
        words = _(
            "后台没有在运行，还没有开始处理。告诉系统管理员启动后台（tongxin serve 或 "
            "tongxin worker）；启动以后会接着做，不用重新提交。"
        )
        return words, True
    if job.state == JobState.RUNNING:
        return _("处理到一半中断了，几秒钟以后从头再做；没有留下写了一半的东西。"), True
    return _("前面还有别的在处理，轮到就开始。"), False
