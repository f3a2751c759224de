"""What is kept about whom: one line for every field of every table, and names that none may have.

The lines stand in facts/fields.csv; docs/reference/fields.md is written from them.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .words import gettext as _
from .words import gettext_lazy

FACTS = Path(__file__).parent / "facts" / "fields.csv"
NO_PERSON = "none"
CATEGORIES = {
    NO_PERSON: "about no person",
    "words": "somebody's own words, looked through for numbers of people",
    "account": "an account holder: who this is",
    "sign_in": "an account holder: proof that it is this person",
    "posting": "an account holder: where he works, and as what",
    "trace": "an account holder: what this account did, and when",
    "participant": "a participant who agreed",
    "consent": "that somebody agreed, to what, and when",
    "noticed": "somebody who is named in a public notice, or objected to one",
}
BASES = {
    "duty": "needed for a public body's duty (个人信息保护法, art. 13)",
    "security": "kept for the safety of the network (网络安全法, art. 21)",
    "consent": "the person agreed (个人信息保护法, art. 13 and 14)",
    "proof": "to show that somebody had agreed (个人信息保护法, art. 69)",
}
RETENTIONS = {
    "record": "as long as the record",
    "account": "until the account holder is erased",
    "posting": "as long as the posting counts for what was done under it",
    "session": "until signing out, or when the session ends",
    "job": "until the job is cleared away",
    "attempt": "until the lock is lifted or runs out",
    "journal": "as long as the journal; personal values until the person is erased",
    "number": "stays, as a number without a name",
    "consent": "until the consent is withdrawn or ends, then erased at once",
    "proof": "stays when the name is gone",
    "notice": "until the take-down date of the notice, a year after its last day at most",
    "objector": "a year after the notice is over",
}
VIEWERS = {
    "scope": "whoever may see the record",
    "cleared": "whoever may see restricted records there, and who entered it",
    "administrators": "the administrators of the territory, and the account itself",
    "auditors": "whoever reads the journal of the place",
    "self": "the account itself",
    "nobody": "no page; only the program",
}


@dataclass(frozen=True, slots=True)
class Line:
    """What is told of one field; `field` is `room.Model.field`."""

    field: str
    category: str
    purpose: str = ""
    basis: str = ""
    retention: str = ""
    seen_by: str = ""

    def problem(self) -> str:
        """Say what is missing in the line; empty when nothing is."""
        if self.category not in CATEGORIES:
            return f"category {self.category!r} is none of {', '.join(CATEGORIES)}"
        if self.category == NO_PERSON:
            return ""
        if not self.purpose:
            return "purpose is empty"
        for name, known in (("basis", BASES), ("retention", RETENTIONS), ("seen_by", VIEWERS)):
            if getattr(self, name) not in known:
                return f"{name} {getattr(self, name)!r} is none of {', '.join(known)}"
        return ""


@cache
def inventory() -> dict[str, Line]:
    """Return the line of each field; raises ValueError for a field told twice."""
    found: dict[str, Line] = {}
    with FACTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            line = Line(**row)
            if line.field in found:
                raise ValueError(f"{line.field} stands twice in {FACTS.name}")
            found[line.field] = line
    return found


def line_of(model: Any, name: str) -> Line | None:
    """Return the line of a field, which may be that of an abstract model it comes from."""
    known = inventory()
    if found := known.get(f"{model._meta.label}.{name}"):
        return found
    for base in model.__mro__[1:]:
        parts = base.__module__.split(".")
        room = parts[1] if parts[0] == "tongxin" and len(parts) > 1 else parts[-2:][0]
        if found := known.get(f"{room}.{base.__name__}.{name}"):
            return found
    return None


@dataclass(frozen=True, slots=True)
class Never:
    """Something that is never kept of a person, and the names by which it would come."""

    what: object
    """In words, translated when they are read."""
    chinese: re.Pattern[str]
    english: re.Pattern[str]


def _never(what: object, chinese: str, english: str) -> Never:
    return Never(what, re.compile(chinese), re.compile(rf"\b(?:{english})\b"))


PERSON_ZH = r"(?:个人|人员|学员|成员|党员|群众|用户|参加人|参训人|居民|干部|员工|代表人士)"
PERSON_EN = r"(?:person(?:al|s)?|people|member|participant|account|user|citizen|employee|trainee)"
NEVER = (
    _never(
        gettext_lazy("宗教信仰"),
        r"宗教|信仰|信教|教派|教徒|教籍",
        r"religio(?:n|us|ns)|belief|beliefs|faith|creed|denomination",
    ),
    _never(
        gettext_lazy("政治面貌或党员身份"),
        r"政治(?:面貌|身份|倾向|立场|态度|表现)|党员|党派|党籍|党龄|入党|团员|入团|党组织关系",
        r"party members?(?:hip)?|party affiliation|political (?:status|view|views|affiliation|"
        r"stance|attitude|opinion|opinions)|politics|league member",
    ),
    _never(
        gettext_lazy("民族"),
        r"^(?:\W|本人|所属|参加人|学员|成员)*(?:民族|族别)(?:成分|成份|类别|名称|代码)?(?:\W*|[（(].*)$"
        r"|(?:人员|学员|个人|成员)民族",
        r"ethnic(?:ity|ities| group| origin)?|race|nationality",
    ),
    _never(
        gettext_lazy("证件号码"),
        r"身份证|公民身份号|身份号码|证件号|护照|军官证|社保卡?号|社会保障号|驾驶证号",
        r"(?:id|identity|national id|identification|passport|citizen|social security)"
        r" (?:number|no|card|code|num)|idcard|id card|passport|ssn|national id",
    ),
    _never(
        gettext_lazy("出生日期或年龄"),
        r"出生|生日|^年龄$|年龄段",
        r"birth(?:day|date)?|date of birth|dob|birth year|age",
    ),
    _never(
        gettext_lazy("对人的评分、评价或排名"),
        rf"{PERSON_ZH}\w{{0,4}}(?:评分|打分|得分|积分|分数|评级|等级|排名|评价|画像|可靠|信用)"
        r"|信用分|思想(?:动态|状况|表现)|现实表现",
        rf"{PERSON_EN} (?:\w+ )?(?:scores?|ratings?|ranks?|rankings?|grades?|points|profile|"
        r"reliability|trust|loyalty|evaluation)|credit score|loyalty|reliability",
    ),
    _never(
        gettext_lazy("住址或行踪"),
        r"家庭(?:住址|地址)|住址|户籍|籍贯|行踪|轨迹|定位(?:信息|坐标|数据)",
        r"home address|residence|household register|whereabouts|geolocation",
    ),
    _never(
        gettext_lazy("身体、健康或生物特征"),
        r"健康状况|病史|疾病|残疾|婚姻|生育|指纹|人脸|虹膜|声纹|生物特征|血型|性取向",
        r"health|medical history|illness|disabilit(?:y|ies)|marital status|fingerprints?|"
        r"face (?:id|print|image)|iris|biometrics?|blood type|sexual orientation",
    ),
    _never(
        gettext_lazy("个人的钱和账户"),
        r"银行(?:卡|账)号|卡号|个人收入|工资|薪酬",
        r"bank (?:card|account)(?: number| no)?|card number|salary|wages?",
    ),
)


def forbidden(name: str) -> str:
    """Return why no field or column may have a name, in Chinese or English; empty when it may.

    Asked of fields with the word for what they belong to ("participant score"), and of the column
    headings of a sheet before any of its rows is read.

    >>> bool(forbidden("身份证号")), bool(forbidden("birth_date")), forbidden("party_building")
    (True, True, '')
    """
    words = _words(name)
    chinese = re.sub(r"\s+", "", name)
    for never in NEVER:
        if never.chinese.search(chinese) or never.english.search(words):
            facts = {"name": name, "what": never.what}
            return (
                _("“%(name)s”是%(what)s，这里从不登记。把这一列删去；要统计，只填人数或人次")
                % facts
            )
    return ""


def _words(name: str) -> str:
    """Return a name as lower-case words: `birthDate`, `birth_date` and `Birth date` are one."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return " ".join(re.findall(r"[a-z0-9]+", parted.lower()))
