"""A small world for tests: a tree, offices and postings, a programme with its words, records.

Plain functions that go through the actions of the rooms, so that whatever they make could have
been made by the pages too. `by=None` is the system itself, which is not asked for a posting.
"""

import datetime as dt
import time
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from django.test import Client
from django.utils import timezone

from tongxin.accounts import actions as accounts
from tongxin.accounts.choices import Role
from tongxin.accounts.models import Account, Office
from tongxin.assessments import actions as assessments
from tongxin.briefings.actions import lay_out
from tongxin.divisions.actions import found
from tongxin.divisions.choices import Level
from tongxin.divisions.models import Division
from tongxin.files.gate import inspect
from tongxin.participants.rules import Agreement
from tongxin.programmes.actions import found_programme
from tongxin.programmes.models import Programme
from tongxin.public_notices import actions as notices
from tongxin.public_notices.actions.objecting import Said
from tongxin.registers import declaration
from tongxin.registers.actions import enter
from tongxin.registers.attached.actions import attach
from tongxin.standards import actions as standards
from tongxin.standards.queries import supplied

EARLY = dt.date(2017, 3, 1)
FACTS_ON = dt.date(2017, 12, 31)
CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WORDS = {
    "pillars": [{"key": "sites", "name": "示范引领"}, {"key": "brands", "name": "品牌带动"}],
    "groups": [{"key": "media", "name": "新媒体从业人员"}, {"key": "lawyers", "name": "中介人员"}],
    "functions": [{"key": "study", "name": "学习"}, {"key": "service", "name": "服务"}],
    "recognition_kinds": [
        {"key": "listed", "name": "入选项目", "phrase": "入选{title}", "shared_subject": ""},
        {
            "key": "spoken",
            "name": "会议交流",
            "phrase": "在{venue}上作{form}",
            "shared_subject": "相关经验",
        },
    ],
}
BLOCKS = {
    "sites": [
        {"text": "示范点 [[figure demonstration_sites]]，面向[[list groups]]。"},
        {"table": "demonstration_sites"},
        {"table": "incubation_bases"},
    ],
    "brands": [{"table": "regional_brands"}, {"table": "party_building_projects"}],
}
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Tree:
    """甲市 with 东县 (北镇, 南镇) and 西县 (河镇); every division stands since ever."""

    city: Division
    east: Division
    west: Division
    north: Division
    south: Division
    river: Division


def tree():
    """Found the small tree, with its reach."""
    city = division("city", "甲市", Level.CITY, None)
    east = division("east", "东县", Level.COUNTY, city)
    west = division("west", "西县", Level.COUNTY, city)
    return Tree(
        city,
        east,
        west,
        division("north", "北镇", Level.TOWN, east),
        division("south", "南镇", Level.TOWN, east),
        division("river", "河镇", Level.TOWN, west),
    )


def division(key, name, level, parent, since=None):
    """Found one division."""
    return found(key, name, level, parent, since, by=None)


def account(username="", office=None):
    """Open an account without a password and without a posting."""
    name = username or f"somebody{next(_numbers)}"
    return accounts.open_account(by=None, username=name, display_name="", office=office)


def office(place, name=""):
    """Open an office in a division, or give back the one of that name."""
    name = name or "协调办公室"
    known = Office.objects.filter(division=place, name=name).first()
    return known or accounts.open_office(by=None, division=place, name=name)


def posted(role, place, *, username="", since=EARLY, until=None):
    """Open an account posted to a division in a role."""
    made = account(username, office(place))
    accounts.post(by=None, account=made, office=made.office, role=role, since=since, until=until)
    return Account.objects.get(pk=made.pk)


def coordinator(place):
    """Open the account of a division's coordinator."""
    return posted(Role.COORDINATOR, place)


def clerk(place):
    """Open the account of a division's clerk."""
    return posted(Role.CLERK, place)


def client_of(who, *, second_factor=True):
    """Return a client signed in as an account, with a second factor unless told otherwise."""
    client = Client()
    client.force_login(who)
    if second_factor:
        session = client.session
        session.update(with_second_factor(who))
        session.save()
    return client


def with_second_factor(who):
    """Return what a session keeps of an account that showed a second factor a moment ago."""
    return {
        "account_authentication_methods_user": str(who.pk),
        "account_authentication_methods": [{"method": "mfa", "at": time.time()}],
    }


def programme(place, key="pilot", *, facts_on=FACTS_ON, begins="2017-03"):
    """Found a programme led by a division, with two words in each of its vocabularies."""
    facts = {
        "key": key,
        "name": f"试点工作 {key}",
        "division": place,
        "begins": begins,
        "facts_on": facts_on,
    }
    found_programme(by=None, facts=facts, words=WORDS)
    return Programme.objects.get(key=key)


def briefing(of, key="briefing"):
    """Lay out a briefing on a programme with a figure, a list and every table."""
    facts = {"key": key, "title": f"简报 {key}", "masthead": "工作简报"}
    return lay_out(by=None, programme=of, facts=facts, blocks=BLOCKS)


def group_of(of, key="media"):
    """Return an occupational group of a programme."""
    return of.occupationalgroup_words.get(key=key)


def function_of(programme):
    """The first function of a programme's sites; it gets one if it has none."""
    word = programme.sitefunction_words.first()
    return word or programme.sitefunction_words.create(key="exchange", name="交流", position=1)


def kind_of(of, key="listed"):
    """Return a kind of recognition of a programme."""
    return of.recognitionkind_words.get(key=key)


def standard(place, key="table", content=None):
    """Publish a standard of a division, and begin its next version."""
    content = content or supplied("makerspace-incubating")
    told = {"by": None, "division_id": place.pk, "key": key, "name": f"评价表 {key}"}
    version = standards.publish(standards.found(**told, content=content), by=None, seen=1)
    standards.begin_draft(version.standard, by=None)
    return version


def assessment(version, register, subject):
    """Open an assessment of a record."""
    made = assessments.open_assessment(version, register, subject, by=None, round_="2026 年度")
    return assessments.save(made, assessments.Sheet({"1": "50"}), by=None, seen=1)


def credit_code(number, kind="52"):
    """Return a unified credit code with the right check digit, a different one for each number."""
    body = f"{kind}320600{number:09d}"
    total = sum(CODE_CHARACTERS.index(char) * 3**at % 31 for at, char in enumerate(body))
    return body + CODE_CHARACTERS[(31 - total % 31) % 31]


def record(key, *, place=None, of=None, by=None, **values):
    """Enter a record into a register: `place` is its division, `of` its programme.

    What is not given is filled in, so that the values named in a test are those it is about.
    """
    register = declaration.get(key)
    number = next(_numbers)
    facts = DEFAULTS[key](number, of) | values
    if place is not None and register.place == "division":
        facts.setdefault("division", place)
    if register.within:
        facts.setdefault(register.within, of)
    made, _fresh = enter(register, by=by, values=facts)
    return made


def organisation(place, name="", **values):
    """Enter an organisation."""
    return record("organisations", place=place, **({"name": name} if name else {}), **values)


def site(of, place, name="", *, designated=True, **values):
    """Enter a site, with a designation unless told otherwise."""
    made = record("sites", place=place, of=of, **({"name": name} if name else {}), **values)
    if designated:
        record("designations", site=made)
    return made


def notice(about, *, starts_on=FACTS_ON, **values):
    """Post a notice about a record, for seven working days."""
    facts = {
        "name": "公示",
        "text": "拟办的事项",
        "put_up_at": "公告栏",
        "count": 7,
        "unit": "working_days",
    }
    register = declaration.of(type(about))
    made = notices.draft(register, about, by=None, values=facts | values)
    return notices.post(made, by=None, starts_on=starts_on)


def objection(to):
    """Object to a notice on its first day, without a signature."""
    return notices.object_to(to, by=None, said=Said(to.starts_on, "不同意"))


def tenant(of, place, name="", *, base=None, **values):
    """Enter an application to a base, and take it in without asking anything of it."""
    base = base or record("bases", place=place, of=of, capacity=8)
    told = {"admission": "early"} | ({"applicant": name} if name else {})
    made = record("tenancies", base=base, **told)
    facts = {"state": "incubating", "state_on": EARLY, "admitted_on": EARLY} | values
    type(made).objects.filter(pk=made.pk).update(**facts)
    made.refresh_from_db()
    return made


def attachment(to, text="附件", *, by=None, sensitivity="internal"):
    """Attach a text file to a record."""
    passed = inspect(f"{text}.txt", "text/plain", text.encode())
    made, _fresh = attach(
        declaration.of(type(to)), to, by=by, passed=passed, sensitivity=sensitivity
    )
    return made


DEFAULTS = {
    "organisations": lambda n, _of: {
        "name": f"服务社{n}",
        "kind": "52",
        "status": "registered",
        "credit_code": credit_code(n),
    },
    "sites": lambda n, of: {"name": f"示范点{n}", "group": group_of(of)},
    "designations": lambda _n, _of: {"level": "city"},
    "visits": lambda n, _of: {
        "visited_on": EARLY + dt.timedelta(days=n % 300),
        "visitors": "县委统战部",
        "finding": "meets",
    },
    "activities": lambda n, of: {
        "name": f"沙龙{n}",
        "function": function_of(of),
        "held_on": EARLY,
    },
    "bases": lambda n, _of: {"name": f"孵化基地{n}", "level": "county"},
    "intakes": lambda _n, _of: {"opens_on": EARLY, "closes_on": FACTS_ON},
    "tenancies": lambda n, _of: {"applicant": f"申请团队{n}", "admission": "early"},
    "events": lambda n, _of: {"name": f"辅导{n}", "kind": "mentoring", "happened_on": EARLY},
    "brands": lambda n, _of: {"name": f"品牌{n}", "work": f"打造品牌{n}"},
    "recognitions": lambda n, of: {"kind": kind_of(of), "title": f"项目{n}"},
    "means": lambda n, _of: {"name": f"方式{n}"},
    "projects": lambda n, _of: {"name": f"党建项目{n}"},
    "campaigns": lambda n, _of: {"name": f"活动{n}"},
    "series": lambda n, _of: {"name": f"系列{n}"},
    "participations": lambda _n, _of: {},
    "trainings": lambda n, _of: {"name": f"培训{n}", "held_on": EARLY, "sessions": 1},
    "budgets": lambda n, _of: {
        "year": 1990 + n % 100,
        "amount": Decimal(20_000_000),
        "document": "文件",
    },
    "observations": lambda _n, _of: {
        "indicator": "demonstration_sites",
        "part": "",
        "value": Decimal(10),
        "qualifier": "at_least",
        "stated_as": "10余个",
        "source": "材料",
    },
}


def offered(response):
    """Return the fields of the form on a page as it offers them, ready to be changed and posted."""
    form = response.context["form"]
    values = {field.html_name: field.value() for field in form}
    return {name: "" if value is None else value for name, value in values.items()}


def fill(client, url, **typed):
    """Open a form, type into it, and post it."""
    return client.post(url, offered(client.get(url)) | typed)


def agreement(name="张同意", **said):
    """Return what somebody says who agrees to stand on a list."""
    today = timezone.localdate()
    facts = {
        "name": name,
        "unit": "服务社",
        "contact": "",
        "purposes": ("listed",),
        "channel": "paper",
        "language": "zh-hans",
        "given_on": today,
        "expires_on": today + dt.timedelta(days=365),
    }
    return Agreement(**(facts | said))
