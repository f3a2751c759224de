"""Lists as files, and workbooks with guesses in them: neither tells what the oracle denies."""

import csv
import io
import json

from tests.proof.channels import ANY, HIDDEN, OPEN, Probe, adapter
from tests.proof.channels.registers import expected
from tests.proof.world import LINKED, TEXTS
from tongxin.exchange import actions, uploads
from tongxin.exchange.models import Batch
from tongxin.registers import declaration

KEYS = tuple(TEXTS)
GUESSES = 12


@adapter("exports", "exchange:export")
def exports(world, person, draw):
    """Whole lists as files: exactly the records that the oracle names, and none of their words."""
    for key in KEYS:
        yield whole(world, person, key, draw.choice(("", "1")))
        other = draw.choice(("csv", "xlsx"))
        yield Probe(f"/exchange/{key}/export/{other}/?sort=-name", ANY)
        name = world.names.get(draw.choice(sorted(world.things)), "x")
        place = world.places[draw.choice(sorted(world.places))]
        yield Probe(f"/exchange/{key}/export/json/?q={name}&division={place.key}", ANY)
    yield Probe("/exchange/organisations/export/exe/", HIDDEN)
    yield Probe("/exchange/people/export/xlsx/", HIDDEN)


def whole(world, person, key, void):
    """A list as JSON, its numbers compared with the oracle's."""

    def only(response, client):
        wanted = expected(world, person, key, void, client)
        if response.status_code == 404:
            return "the list is not there" if wanted else ""
        found = {(key, row["number"]) for row in json.loads(response.content)["rows"]}
        if found == wanted:
            return ""
        return f"not as the oracle says: {sorted(found ^ wanted)[:4]} of {len(wanted)}"

    return Probe(f"/exchange/{key}/export/json/?void={void}", ANY, only=only)


@adapter(
    "imports",
    "exchange:start",
    "exchange:template",
    "exchange:batch",
    "exchange:heads",
    "exchange:mend",
    "exchange:marked",
    "exchange:apply",
    "exchange:undo",
    "exchange:put_away",
)
def imports(world, person, draw):
    """Workbooks that guess names, codes and numbers of records, some of them out of sight."""
    enters = {
        key: bool(world.oracle.roots(person.viewer, declaration.get(key).edit_power))
        for key in KEYS
    }
    programmes = world.programmes_of(person)
    for key in draw.sample(KEYS, 4):
        there = enters[key] and (programmes or not declaration.get(key).within)
        for page in ("", "template/"):
            yield Probe(f"/exchange/{key}/{page}", OPEN if there else HIDDEN)
        yield Probe(f"/exchange/{key}/99999999/", HIDDEN)
        yield from others(world, person, key)
        if there:
            yield from guesses(world, person, draw, key, programmes[0] if programmes else None)


def others(world, person, key):
    """The workbook of somebody else."""
    batch, _created = Batch.objects.get_or_create(
        register=key, account=world.people[0].account, file_name="other.csv", sha256="0" * 64
    )
    if batch.account_id != person.account.pk:
        for page, method in (("", "get"), ("heads/", "get"), ("marked/", "get"), ("undo/", "get")):
            yield Probe(f"/exchange/{key}/{batch.pk}/{page}", HIDDEN, {}, method)
        for page in ("mend/", "apply/", "marked/", "undo/", "put-away/"):
            yield Probe(f"/exchange/{key}/{batch.pk}/{page}", HIDDEN, {}, "post")


def guesses(world, person, draw, key, programme):
    """A workbook of one's own; what stands in it is one's own, what the pages add is not."""
    content = guessed(world, draw, key)
    batch = actions.receive(
        declaration.get(key),
        by=person.fresh(),
        programme=programme,
        name="guess.csv",
        content=content,
    )
    typed = {"guess": content.decode()}
    base = f"/exchange/{key}/{batch.pk}/"
    for show in ("error", "changed", "unchanged", "warning"):
        yield Probe(f"{base}?show={show}", OPEN, typed, only=within_sight(world, person, key))
    yield Probe(f"{base}marked/", OPEN, typed)
    yield Probe(f"{base}heads/", OPEN, typed)
    yield Probe(f"{base}undo/", HIDDEN)
    sent = {**typed, "name": "guess", "reason": "guess", "without_errors": "on", "seen": "x"}
    yield Probe(f"{base}apply/", OPEN, sent, "post", status=(409, 422))
    yield Probe(f"{base}mend/", OPEN, {**typed, "blanks": "erase"}, "post", status=(302,))
    uploads.discard(batch.stored)
    batch.delete()


def within_sight(world, person, key):
    """Nothing that the person does not see is known again, or taken for a parent."""
    link = declaration.get(key).parent
    target = dict(LINKED.get(key, ())).get(link)

    def only(response, client):
        for row in response.context["looked"].report.rows:
            if row.record is not None and not world.acts(person, (key, row.record.pk))["see"]:
                return f"the page knows {key} {row.record.pk}"
            parent = row.values.get(link) if target else None
            if parent is not None and not world.acts(person, (target, parent.pk))["change"]:
                return f"the page enters under {target} {parent.pk}"
        return ""

    return only


def guessed(world, draw, key):
    """Rows that state by what records of a register are known, whoever may see them."""
    register = declaration.get(key)
    things = [k for k in sorted(world.things) if k[0] == key]
    rows = [{"记录编号": str(number)} for _key, number in things[:GUESSES:2]]
    for _key, number in draw.sample(things, min(GUESSES, len(things))):
        record = register.model._default_manager.get(pk=number)
        rows.append(HEADS[key](record) | {"公开范围": "公开", "所属地区": "北镇"})
    heads = sorted({head for row in rows for head in row})
    out = io.StringIO()
    writer = csv.DictWriter(out, heads)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def named(head="名称"):
    return lambda record: {head: record.name}


HEADS = {
    "organisations": lambda record: {"统一社会信用代码": record.credit_code, "名称": "guess"},
    "sites": named(),
    "designations": lambda record: {
        "示范点": record.site.name,
        "命名级别": record.get_level_display(),
    },
    "visits": lambda record: {
        "示范点": record.site.name,
        "核查日期": record.visited_on.isoformat(),
        "核查单位": record.visitors,
    },
    "activities": lambda record: {
        "名称": record.name,
        "示范点": record.site.name,
        "活动日期": record.held_on.isoformat(),
    },
    "bases": named(),
    "intakes": lambda record: {
        "孵化基地": record.base.name,
        "开始申请": record.opens_on.isoformat(),
        "截止申请": record.closes_on.isoformat(),
    },
    "tenancies": lambda record: {
        "未登记的申请团队": record.applicant,
        "孵化基地": record.base.name,
        "入驻类型": record.get_admission_display(),
    },
    "events": lambda record: {
        "名称": record.name,
        "入驻": record.tenancy.name,
        "日期": record.happened_on.isoformat(),
    },
    "budgets": lambda record: {"年度": str(record.year), "额度": "1元"},
    "trainings": lambda record: {"名称": record.name, "举办日期": record.held_on.isoformat()},
    "campaigns": named(),
    "series": lambda record: {"名称": record.name, "活动": record.campaign.name},
    "participations": lambda record: {
        "社会组织": record.organisation.name,
        "活动": record.campaign.name,
    },
    "brands": named(),
    "recognitions": lambda record: {"种类": record.kind.name, "项目或奖项": record.title},
    "means": named(),
    "projects": lambda record: {
        "名称": record.name,
        "方式": record.means.name if record.means else "",
    },
    "observations": lambda record: {"指标": record.indicator, "数字": "1"},
}
