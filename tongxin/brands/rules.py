"""How recognitions are worded in a table. Facts in, phrases out; nothing typed is ever executed."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _

PLACE = re.compile(r"\{(venue|form|title|channel)\}")
JOINED_BY = "、"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a phrase is made of: the kind's pattern and the facts of one recognition.

    `own` replaces the pattern where the source words it irregularly; `subject` is what was
    recognised, `shared_subject` what the kind says when nothing more exact is known.
    """

    phrase: str
    facts: Mapping[str, str]
    subject: str = ""
    shared_subject: str = ""
    own: str = ""


def needed(phrase: str) -> list[str]:
    """Return the facts for which a phrase has places, in their order.

    >>> needed("在{venue}上作{form}")
    ['venue', 'form']
    """
    return PLACE.findall(phrase)


def compose(wordings: Iterable[Wording]) -> list[str]:
    """Return one phrase for each recognition, as they stand beside one another in a cell.

    A shared subject is said once, by the first of the neighbours that share it.
    """
    phrases = []
    said = ""
    for wording in wordings:
        subject = wording.subject or wording.shared_subject
        silent = not wording.subject and subject != "" and subject == said
        body = wording.own or _filled(wording)
        phrases.append(body if silent else subject + body)
        said = subject if not wording.subject else ""
    return phrases


def _filled(wording: Wording) -> str:
    """Put the facts into the places of a phrase."""
    return PLACE.sub(lambda hit: wording.facts[hit[1]], wording.phrase)


def cell(wordings: Iterable[Wording]) -> str:
    """Return the text of a cell that lists recognitions."""
    return JOINED_BY.join(compose(wordings))


def recognition_problems(
    phrase: str, facts: Mapping[str, str], recognised_on: dt.date | None, today: dt.date
) -> Iterator[Problem]:
    """Say which facts a kind of recognition still asks for, and whether its day can be."""
    asks = {
        "venue": _("填写会议名称"),
        "form": _("填写交流形式，例如“大会交流”"),
        "title": _("填写项目或奖项的全称"),
        "channel": _("填写推送的渠道，例如公众号的全称"),
    }
    for name in needed(phrase):
        if not facts.get(name):
            yield Problem(f"brands.no_{name}", asks[name], name)
    if recognised_on and recognised_on > today:
        words = _("取得日期不能晚于今天（%(today)s）") % {"today": today.isoformat()}
        yield Problem("brands.future", words, "recognised_on")
