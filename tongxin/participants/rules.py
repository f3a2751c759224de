"""What a consent must say, how long it holds, and the words that people agree to."""

import datetime as dt
import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tongxin.core.errors import Problem
from tongxin.core.numbers_of_people import NAMES, numbers_in
from tongxin.core.words import gettext as _

from .choices import Channel, Purpose

LONGEST_DAYS = 731
USUAL_DAYS = 365
WORDING = "2026-11"
# What people agree to. A changed word is a new version: what was agreed to stays as it was read.
WORDINGS = {
    WORDING: {
        "zh-hans": (
            "为了登记这次培训的参加人员，我们记下你的姓名和所在单位；你愿意收到通知的，再记下联系方式。"
            "只有负责这个地区的协调员、审计员和登记的人能看到。不用于别的事，不打分，不评价，不转给别人。"
            "到期自动删除；你可以随时撤回，不用说原因，撤回后马上删除，不影响你参加培训。"
            "你可以要求查看、复制、更正。"
        ),
        "en": (
            "To keep the list of this training we note your name and the body you work for, "
            "and, if you wish to be notified, how to reach you. Only the coordinators and "
            "auditors of this division and whoever entered you can see it. It is used for "
            "nothing else; you are not scored or assessed, and it is passed on to nobody. It "
            "is deleted when it expires. You may withdraw at any time without a reason; then "
            "it is deleted at once, and you may still attend. You may ask to see, to copy and "
            "to correct it."
        ),
    },
}


@dataclass(frozen=True, slots=True)
class Agreement:
    """What somebody agreed to, and what he gave for it."""

    name: str
    unit: str
    contact: str
    purposes: tuple[str, ...]
    channel: str
    language: str
    given_on: dt.date | None
    expires_on: dt.date | None
    wording: str = WORDING


def hash_of(wording: str, language: str) -> str:
    """Return the SHA-256 of a wording, by which it is known even where the text is changed."""
    return hashlib.sha256(WORDINGS[wording][language].encode()).hexdigest()


def usual_end(given_on: dt.date) -> dt.date:
    """Return the day on which a consent ends when nobody says another."""
    return given_on + dt.timedelta(days=USUAL_DAYS)


def agreement_problems(said: Agreement, today: dt.date) -> Iterator[Problem]:
    """Say what is missing for a name to be kept."""
    if not said.name.strip():
        yield Problem("participants.no_name", _("填写姓名"), "name")
    yield from _number_problems(said)
    if Purpose.LISTED not in said.purposes or not set(said.purposes) <= set(Purpose):
        words = _("没有同意列入名单的，不登记姓名，只填人数和人次")
        yield Problem("participants.no_consent", words, "purposes")
    if said.contact.strip() and Purpose.CONTACT not in said.purposes:
        words = _("没有同意接收通知的，不登记联系方式：删去联系方式，或得到同意后勾选")
        yield Problem("participants.no_contact", words, "contact")
    if said.channel not in set(Channel):
        yield Problem("participants.channel", _("选择同意的方式"), "channel")
    if said.wording not in WORDINGS or said.language not in WORDINGS[said.wording]:
        yield Problem("participants.language", _("选择告知书的语言"), "language")
    yield from _day_problems(said.given_on, said.expires_on, today)


def _number_problems(said: Agreement) -> Iterator[Problem]:
    texts = (("name", _("姓名"), said.name), ("unit", _("所在单位"), said.unit))
    for field, label, text in (*texts, ("contact", _("联系方式"), said.contact)):
        for found in numbers_in(text):
            if found.blocked or field != "contact":
                words = _("%(label)s里有%(kind)s（%(shown)s），删去再提交")
                facts = {"label": label, "kind": NAMES[found.kind], "shown": found.masked}
                yield Problem("participants.number", words % facts, field)


def _day_problems(
    given_on: dt.date | None, expires_on: dt.date | None, today: dt.date
) -> Iterator[Problem]:
    if given_on is None:
        yield Problem("participants.no_day", _("填写同意的日期"), "given_on")
        return
    if given_on > today:
        words = _("同意的日期不能晚于今天（%(today)s）") % {"today": today.isoformat()}
        yield Problem("participants.future", words, "given_on")
    if expires_on is None:
        yield Problem("participants.no_end", _("填写到期日"), "expires_on")
    elif expires_on <= max(given_on, today):
        words = _("到期日要晚于今天和同意的日期；同意已经到期的，不登记姓名，只填人数和人次")
        yield Problem("participants.over", words, "expires_on")
    elif (expires_on - given_on).days > LONGEST_DAYS:
        last = (given_on + dt.timedelta(days=LONGEST_DAYS)).isoformat()
        words = _("同意最长两年：到期日不能晚于 %(last)s") % {"last": last}
        yield Problem("participants.too_long", words, "expires_on")


def is_live(*, ended: bool, expires_on: dt.date, today: dt.date) -> bool:
    """Whether a consent holds on a day: up to but not including the day on which it expires."""
    return not ended and today < expires_on


def live_words(codes: Collection[str]) -> str:
    """Return purposes as they are kept: in a fixed order, parted by commas."""
    return ",".join(purpose for purpose in Purpose.values if purpose in codes)


def leaving_problems(*, active: bool, posted: bool) -> Iterator[Problem]:
    """Say what stands against erasing an account holder: only who has left is erased."""
    if active:
        yield Problem("participants.still_active", _("账号还在启用。先停用，再删除个人信息"))
    if posted:
        yield Problem("participants.still_posted", _("账号还有任职。先结束任职，再删除个人信息"))
