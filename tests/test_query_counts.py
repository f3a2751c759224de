"""What every page asks of the database: so many queries, for one row in each table as for three.

The numbers stand in query_counts.json, so that a change of price shows in the diff. After a change
that is meant, write them anew: TONGXIN_TEST_WRITE_COUNTS=1 uv run pytest tests/test_query_counts.py
"""

import datetime as dt
import json
import os
from pathlib import Path

import pytest
from django.db import connection

from tests import factories as make
from tongxin.accounts.choices import Role
from tongxin.accounts.models import Posting
from tongxin.assessments.models import Assessment
from tongxin.files.models import Attachment
from tongxin.incubation.models import Tenancy
from tongxin.indicators.catalogue import CATALOGUE
from tongxin.organisations.actions import appoint_representative
from tongxin.public_notices.models import PublicNotice
from tongxin.registers import declaration
from tongxin.reviews.models import Review

COUNTS = Path(__file__).with_name("query_counts.json")
WRITE = "TONGXIN_TEST_WRITE_COUNTS" in os.environ
STATED = ("demonstration_sites", "regional_brands", "recognitions")
pytestmark = pytest.mark.django_db


def filled(rows):
    """Return accounts by kind and the first record of each register, with so many rows in each."""
    tree = make.tree()
    pilot = make.programme(tree.city)
    make.briefing(pilot)
    first = {}
    for indicator in STATED[:rows]:
        for key, values in links(pilot, tree.north, indicator).items():
            first.setdefault(key, make.record(key, place=tree.north, of=pilot, **values))
        for role in Role:
            make.posted(role, tree.city)
    for number in range(rows):
        make.attachment(first["sites"], f"附件 {number}")
    notice = make.notice(first["sites"])
    for _number in range(rows):
        make.objection(notice)
        make.notice(make.site(pilot, tree.north))
    readers = accounts(tree, first["organisations"])
    told = {"organisation": first["organisations"], "applicant": "", "base": first["bases"]}
    make.record("tenancies", **told)
    for number in range(rows):
        version = make.standard(tree.city, f"table-{number}")
        make.assessment(version, "bases", first["bases"])
        make.record("bases", place=tree.north, of=pilot, by=readers["street"])
    for _twin in range(2):  # names that are numbered are alike by chance
        make.organisation(tree.north, "同名社")
        make.site(pilot, tree.north, "同名点", designated=False)
    return readers, first


def links(pilot, place, indicator):
    """What a record of each register is entered with."""
    site = {"site": make.site(pilot, place, designated=False)}
    campaign = {"campaign": make.record("campaigns", place=place, of=pilot)}
    entry = campaign | {"organisation": make.organisation(place)}
    base = {"base": make.record("bases", place=place, of=pilot)}
    own = {
        "intakes": base | {"closes_on": dt.date(2999, 12, 31)},
        "tenancies": base,
        "events": {"tenancy": make.tenant(pilot, place)},
        "designations": site,
        "visits": site,
        "activities": site,
        "series": campaign,
        "participations": entry,
        "observations": {"indicator": indicator},
    }
    return {register.key: own.get(register.key, {}) for register in declaration.every()}


def accounts(tree, organisation):
    """An account for each kind of reader."""
    own = make.posted(Role.ORGANISATION, tree.north)
    appoint_representative(by=None, account=own, organisation=organisation)
    return {
        "city": make.coordinator(tree.city),
        "county": make.coordinator(tree.east),
        "street": make.clerk(tree.north),
        "auditor": make.posted(Role.AUDITOR, tree.city),
        "organisation": own,
        "system": make.posted(Role.SYSTEM_ADMIN, tree.city),
        "security": make.posted(Role.SECURITY_ADMIN, tree.city),
        "audit": make.posted(Role.AUDIT_ADMIN, tree.city),
    }


def addresses(first):
    """Every kind of page: who opens it, its name in the file, its address."""
    for register in declaration.every():
        key, base = register.key, f"/registers/{register.key}/"
        link = (
            f"?{register.parent}={getattr(first[key], register.parent).pk}"
            if register.parent
            else ""
        )
        yield from (("city", f"{base}", base), ("street", base, base))
        yield "city", f"{base}?q", f"{base}?q={first[key].name[:2]}"
        yield "city", f"{base}views/", f"{base}views/"
        yield "city", f"{base}?division", f"{base}?division=east"
        yield "city", f"{base}new/", f"{base}new/{link}"
        sheets = f"/exchange/{register.key}/"
        for page in ("", "template/", "export/json/"):
            yield "city", f"{sheets}{page}", f"{sheets}{page}"
        for page in ("", "edit/", "history/", "void/"):
            yield "city", f"{base}1/{page}", f"{base}{first[key].pk}/{page}"
    for key in ("organisations", "sites"):
        base = f"/registers/{key}/"
        yield "city", f"{base}duplicates/", f"{base}duplicates/"
    base = f"/registers/sites/{first['sites'].pk}/files/"
    file = f"{Attachment.objects.earliest('pk').pk}/"
    for page in ("", "new/", file, f"{file}replace/", f"{file}remove/", f"{file}revisions/1/"):
        yield "city", f"/registers/sites/1/files/{page.replace(file, '1/')}", f"{base}{page}"
    yield from (("city", path, path) for path in PLAIN)
    people = f"/trainings/{first['trainings'].pk}/list/"
    yield "city", "/trainings/1/list/", people
    yield from lives(first["bases"].pk, first["events"].tenancy_id)
    yield from (("city", f"/figures/{key}/", f"/figures/{key}/") for key in CATALOGUE)
    for who in ("county", "street", "organisation"):
        yield who, "/", "/"
    for who in ("county", "street"):
        yield who, "/dashboards/north/", "/dashboards/north/"
        yield who, "/figures/", "/figures/"
    yield from of_its_own(first["organisations"].pk)
    own = Tenancy.objects.get(organisation=first["organisations"])
    yield from applying(first["intakes"].pk, own.pk)
    yield from (("auditor", path, path) for path in ("/", "/journal/"))
    yield from (("system", path, path) for path in ("/offices/", "/accounts/", "/accounts/new/"))
    yield "audit", "/accounts/review/", "/accounts/review/"
    yield "security", "/offices/postings/unused/", "/offices/postings/unused/"
    yield "security", "/offices/postings/", "/offices/postings/"
    yield from notices(first["sites"])
    yield from namings(first["sites"].pk, first["designations"].pk)
    yield from waiting()
    ending = f"/offices/postings/{Posting.objects.earliest('pk').pk}/end/"
    yield "security", "/offices/postings/1/end/", ending


def notices(site):
    """The pages of a notice that was posted, with objections."""
    number = PublicNotice.objects.earliest("pk").pk
    yield "city", "/notices/of/sites/1/", f"/notices/of/sites/{site.pk}/"
    yield "city", "/notices/of/sites/1/new/", f"/notices/of/sites/{site.pk}/new/"
    for page in ("", "withdraw/", "objections/new/", "objections/1/"):
        yield "city", f"/notices/1/{page}", f"/notices/{number}/{page}"


def of_its_own(number):
    """What an organisation's own staff opens."""
    base = "/registers/organisations/"
    yield "organisation", base, base
    for page in ("", "edit/"):
        yield "organisation", f"{base}1/{page}", f"{base}{number}/{page}"


def applying(call, application):
    """What an organisation opens to apply for itself."""
    base = "/incubation/"
    yield "organisation", f"{base}calls/", f"{base}calls/"
    yield "organisation", f"{base}calls/1/", f"{base}calls/{call}/"
    for page in ("", "edit/", "submit/"):
        path = f"{base}calls/applications/{application}/{page}"
        yield "organisation", f"{base}calls/applications/1/{page}", path


def lives(base, tenancy):
    """The pages of a base and of a tenancy beyond their registers."""
    for page in ("", "clocks/"):
        yield "city", f"/incubation/bases/1/{page}", f"/incubation/bases/{base}/{page}"
    for page in ("", "papers/", "extend/"):
        yield (
            "city",
            f"/incubation/tenancies/1/{page}",
            f"/incubation/tenancies/{tenancy}/{page}",
        )


def namings(site, designation):
    """The pages of a site and of a naming beyond their registers."""
    for page in ("", "propose/"):
        yield "city", f"/sites/1/{page}", f"/sites/{site}/{page}"
    for page in ("", "keep/"):
        path = f"/sites/designations/{designation}/{page}"
        yield "city", f"/sites/designations/1/{page}", path


def waiting():
    """What waits for somebody: reviews, and the sheet of an assessment."""
    waits = f"/reviews/{Review.objects.earliest('pk').pk}/"
    for who, page in (
        ("county", "/reviews/"),
        ("county", "/reviews/accept/"),
        ("city", "/reviews/?tab=elsewhere"),
        ("street", "/reviews/?tab=sent"),
    ):
        yield who, page, page
    yield "county", "/reviews/1/", waits
    sheet = f"/assessments/{Assessment.objects.earliest('pk').pk}/"
    yield "street", "/assessments/1/", sheet


PLAIN = (
    "/",
    "/calendar/2026/",
    "/notices/",
    "/calendar/due/?start=2026-09-25&count=5&unit=working_days",
    "/account/data/",
    "/registers/",
    "/due/",
    "/dashboards/city/",
    "/dashboards/east/",
    "/dashboards/north/",
    "/dashboards/city/?map=today",
    "/figures/",
    "/search/?q=示范",
    "/briefings/",
    "/briefings/briefing/",
    "/briefings/briefing/?trace=figure:demonstration_sites",
    "/briefings/briefing/?trace=row:demonstration_sites:0",
    "/briefings/briefing/download/json/",
    "/divisions/",
    "/divisions/east/",
    "/programmes/pilot/",
    "/standards/",
    "/assessments/",
    "/standards/table-0/1/",
    "/standards/table-0/2/",
    "/standards/table-0/2/against/1/",
    "/standards/table-0/2/clauses/1/",
    "/assessments/by/table-0/2/what-if/",
)


def counted(rows):
    """How many queries each page makes when every table has so many rows."""
    readers, first = filled(rows)
    clients = {who: make.client_of(account) for who, account in readers.items()}
    found, count = {}, Counter()
    with connection.execute_wrapper(count):
        for who, name, address in addresses(first):
            count.queries = 0
            answer = clients[who].get(address)
            assert answer.status_code == 200, (who, address)
            found[f"{name} {who}"] = count.queries
    return found


class Counter:
    """Counts what passes."""

    queries = 0

    def __call__(self, execute, sql, params, many, context):
        self.queries += 1
        return execute(sql, params, many, context)


@pytest.fixture
def committed():
    return json.loads(COUNTS.read_text(encoding="utf-8")) if COUNTS.exists() else {}


@pytest.mark.parametrize("rows", [1, 3])
def test_every_page_asks_what_is_written_whatever_the_number_of_rows(rows, committed):
    found = counted(rows)

    if WRITE:
        text = json.dumps(dict(sorted(found.items())), ensure_ascii=False, indent=1)
        COUNTS.write_text(f"{text}\n", encoding="utf-8")
        committed = found
    differ = {
        page: (committed.get(page), found.get(page))
        for page in committed.keys() | found.keys()
        if committed.get(page) != found.get(page)
    }
    assert differ == {}
