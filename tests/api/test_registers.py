"""Records by a program: listed, read, entered, changed, voided, as on the pages."""

import re

import pytest

from tests import factories as make
from tests.api.programs import Program, codes
from tongxin.journal.models import Entry
from tongxin.registers import declaration
from tongxin.registers.ordering import PLAIN, orders_of
from tongxin.sites.models import Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(small):
    return Program(small.account)


def test_a_record_is_read_with_every_field_of_its_form(small, program):
    site = make.site(small.pilot, small.tree.north, name="甲街示范点", designated=False)

    answer = program.get(f"sites/{site.pk}/")

    assert answer.status_code == 200
    assert re.fullmatch(r'"1-[0-9a-f]{8}"', answer["ETag"])
    told = answer.json()
    assert {name: told[name] for name in ("id", "name", "programme", "division", "group")} == {
        "id": site.pk,
        "name": "甲街示范点",
        "programme": "pilot",
        "division": {"key": "north", "name": "北镇"},
        "group": {"id": site.group_id, "name": "新媒体从业人员"},
    }


def test_a_list_is_cut_into_pages_that_follow_each_other(small, program):
    for number in range(5):
        make.organisation(small.tree.north, name=f"服务社{number}")

    seen, url = [], "organisations/?limit=2"
    while url:
        page = program.get(url).json()
        seen += [each["name"] for each in page["items"]]
        url = page["next"]

    assert seen == [f"服务社{number}" for number in range(5)]


def test_a_list_goes_back_too(small, program):
    for number in range(3):
        make.organisation(small.tree.north, name=f"服务社{number}")
    second = program.get(program.get("organisations/?limit=2").json()["next"]).json()

    first = program.get(second["previous"]).json()

    assert [each["name"] for each in first["items"]] == ["服务社0", "服务社1"]
    assert first["previous"] is None


def test_a_list_is_found_filtered_and_narrowed(small, program):
    wanted = make.site(small.pilot, small.tree.north, name="东边书屋", designated=False)
    make.site(small.pilot, small.tree.river, name="河边茶馆", designated=False)
    named = f"sites/?group={wanted.group_id}&place_state=stated&fields=name"

    for asked in ("q=书屋", "q=dbsw", "division=east"):
        items = program.get(f"{named}&{asked}").json()["items"]
        assert items == [{"id": wanted.pk, "version": 1, "name": "东边书屋"}]


def test_records_of_a_parent_are_listed_by_it(small, program):
    site, other = (make.site(small.pilot, small.tree.north) for _ in range(2))

    items = program.get(f"designations/?site={site.pk}&fields=site").json()["items"]

    assert [each["site"]["id"] for each in items] == [site.pk]
    assert other.pk != site.pk


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ("stite=1", "api.unknown_parameter", "stite"),
        ("place_state=nowhere", "api.filter", "place_state"),
        ("fields=name,password", "api.fields", "fields"),
        ("division=atlantis", "api.division", "division"),
        ("programme=none", "api.programme", "programme"),
        ("after=x", "api.page", "after"),
        ("limit=201", "api.parameter", "limit"),
        ("limit=many", "api.parameter", "limit"),
        ("sort=colour", "api.sort", "sort"),
        ("void=perhaps", "api.parameter", "void"),
    ],
)
def test_what_cannot_be_listed_is_refused_by_name(small, program, asked, code, field):
    answer = program.get(f"sites/?{asked}")

    assert answer.status_code == 422
    assert codes(answer) == [(code, field)]


def test_a_record_is_entered_by_the_rules_of_its_form(small, program):
    group = make.group_of(small.pilot).pk

    answer = program.post("sites/", {"name": "乙街示范点", "group": group, "place": "北镇"})

    assert answer.status_code == 201
    made = Site.objects.get(pk=answer.json()["id"])
    assert (made.name, made.division, made.entered_by) == (
        "乙街示范点",
        small.tree.north,
        small.account,
    )
    entry = Entry.objects.get(verb="sites.entered")
    assert (entry.actor, entry.subject_id) == (small.account, made.pk)


def test_what_a_form_refuses_is_told_field_by_field_with_what_was_sent(small, program):
    answer = program.post("sites/", {"name": "", "group": 99999, "place": "火星"})

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert {(each["field"], each["value"]) for each in answer.json()["errors"]} == {
        ("name", ""),
        ("group", "99999"),
        ("place", "火星"),
    }
    assert Site.objects.count() == 0


def test_a_rule_of_the_room_refuses_too(small, program):
    sent = {"name": "服务社", "kind": "52", "status": "registered", "place": "北镇"}

    answer = program.post("organisations/", sent | {"credit_code": "123"})

    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == ["credit_code"]


def test_a_number_of_a_person_is_refused_and_an_office_s_asked_about(small, program):
    sent = {"name": "品牌", "place": "北镇", "work": "打电话 13812345678"}

    asked = program.post("brands/", sent)
    done = program.post("brands/", sent | {"office_number": True})

    assert codes(asked) == [("registers.telephone", "work")]
    assert done.status_code == 201


def test_a_record_is_entered_under_another(small, program):
    site = make.site(small.pilot, small.tree.north, designated=False)

    answer = program.post("designations/", {"site": site.pk, "level": "city"})

    assert answer.status_code == 201
    assert answer.json()["site"] == {"id": site.pk, "name": site.name}


def test_the_same_key_makes_one_record_and_another_content_is_refused(small, program):
    sent, key = {"name": "品牌一", "place": "北镇", "work": "工作"}, {"Idempotency_Key": "2017-03"}

    first, again = (program.post("brands/", sent, **key) for _ in range(2))
    other = program.post("brands/", sent | {"name": "品牌二"}, **key)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert (other.status_code, codes(other)) == (422, [("api.key_used", "Idempotency-Key")])


def test_two_accounts_and_two_registers_may_use_the_same_key(small, program):
    key = {"Idempotency_Key": "1"}
    other = Program(make.clerk(small.tree.north))
    brand = {"name": "品牌", "place": "北镇", "work": "工作"}

    answers = [
        program.post("brands/", brand, **key),
        other.post("brands/", brand, **key),
        program.post("campaigns/", {"name": "活动", "place": "北镇"}, **key),
    ]

    assert [each.status_code for each in answers] == [201, 201, 201]


def test_who_has_a_record_already_is_told_so_until_it_changes(small, program):
    site = make.site(small.pilot, small.tree.north, designated=False)
    tag = program.get(f"sites/{site.pk}/")["ETag"]

    again = program.get(f"sites/{site.pk}/", If_None_Match=f'"9-00000000", {tag}')
    Site.objects.filter(pk=site.pk).update(stage="submitted")  # without a new version
    after = program.get(f"sites/{site.pk}/", If_None_Match=tag)

    assert (again.status_code, again["ETag"], again.content) == (304, tag, b"")
    assert (after.status_code, after.json()["stage"]) == (200, "submitted")
    assert after["ETag"] != tag


def test_heads_are_answered_without_the_body(small, program):
    site = make.site(small.pilot, small.tree.north, designated=False)
    whole = program.get(f"sites/{site.pk}/")

    head = program.ask("head", f"sites/{site.pk}/")
    nothing = program.ask("head", "sites/99999/")

    assert (head.status_code, head["ETag"], head.content) == (200, whole["ETag"], b"")
    assert int(head["Content-Length"]) == len(whole.content)
    assert nothing.status_code == 404


def test_a_change_names_what_changes_and_leaves_the_rest(small, program):
    site = make.site(small.pilot, small.tree.north, name="旧名", address="一号", designated=False)

    answer = program.patch(f"sites/{site.pk}/", {"name": "新名"}, version=1)

    assert (answer.status_code, answer["ETag"][:3]) == (200, '"2-')
    site.refresh_from_db()
    assert (site.name, site.address, site.division) == ("新名", "一号", small.tree.north)
    assert Entry.objects.get(verb="sites.changed").after == {"name": "新名"}


def test_a_change_without_the_version_read_is_refused(small, program):
    site = make.site(small.pilot, small.tree.north)

    answer = program.patch(f"sites/{site.pk}/", {"name": "新名"})

    assert (answer.status_code, codes(answer)) == (428, [("api.no_version", "If-Match")])


def test_a_change_of_what_has_changed_gives_the_record_as_it_is(small, program):
    site = make.site(small.pilot, small.tree.north)
    program.patch(f"sites/{site.pk}/", {"name": "别人改的"}, version=1)

    answer = program.patch(f"sites/{site.pk}/", {"name": "我改的"}, version=1)

    assert (answer.status_code, codes(answer)) == (412, [("api.outdated", "If-Match")])
    assert answer.json()["current"]["name"] == "别人改的"
    assert Site.objects.get().name == "别人改的"


def test_a_tag_made_weak_by_compression_is_taken(small, program):
    site = make.site(small.pilot, small.tree.north, about="特色" * 100)
    read = program.get(f"sites/{site.pk}/", Accept_Encoding="gzip")

    answer = program.patch(f"sites/{site.pk}/", {"name": "新名"}, If_Match=read["ETag"])

    assert (read["ETag"][:5], answer.status_code) == ('W/"1-', 200)


def test_a_record_is_voided_with_a_reason_and_brought_back(small, program):
    site = make.site(small.pilot, small.tree.north)

    bare = program.post(f"sites/{site.pk}/void/", {})
    stale = program.post(f"sites/{site.pk}/void/", {"reason": "重了"}, If_Match='"7"')
    done = program.post(f"sites/{site.pk}/void/", {"reason": "重了"}, If_Match='"1"')
    again = program.post(f"sites/{site.pk}/void/", {"reason": "重了"})
    back = program.post(f"sites/{site.pk}/restore/")

    assert (bare.status_code, codes(bare)) == (422, [("registers.no_reason", "reason")])
    assert stale.status_code == 412
    assert (done.status_code, done.json()["void"]) == (200, True)
    assert again.json()["version"] == done.json()["version"]
    assert (back.status_code, back.json()["void"]) == (200, False)


def test_the_history_tells_who_changed_what(small, program):
    site = make.site(small.pilot, small.tree.north, name="旧名", designated=False)
    program.patch(f"sites/{site.pk}/", {"name": "新名"}, version=1)

    acts = program.get(f"sites/{site.pk}/history/").json()["acts"]

    assert [act["verb"] for act in acts] == ["sites.changed", "sites.entered"]
    assert acts[0]["by"] == str(small.account)
    assert acts[0]["changes"] == [{"label": "名称", "before": "旧名", "after": "新名"}]


def test_the_form_tells_what_there_is_to_choose(small, program):
    fields = {each["name"]: each for each in program.get("sites/form/").json()["fields"]}

    assert fields["name"]["required"]
    assert [each["label"] for each in fields["group"]["choices"]] == [
        "新媒体从业人员",
        "中介人员",
    ]
    assert not {"version", "submission"} & set(fields)


def test_the_index_names_registers_and_programmes(small, program):
    told = program.get("").json()

    assert told["programmes"] == [{"key": "pilot", "name": "试点工作 pilot"}]
    assert {each["key"] for each in told["registers"]} == {
        register.key for register in declaration.every()
    }


def test_history_is_read_further_back_and_its_pages_stay_while_more_is_done(small, program):
    site = make.site(small.pilot, small.tree.north, designated=False)
    for number in range(1, 4):
        program.patch(f"sites/{site.pk}/", {"name": f"第{number}名"}, version=number)

    newest = program.get(f"sites/{site.pk}/history/?limit=2").json()
    program.patch(f"sites/{site.pk}/", {"name": "第4名"}, version=4)
    earlier = program.get(newest["next"]).json()

    names = [
        [change["after"] for change in act["changes"] if change["label"] == "名称"]
        for page in (newest, earlier)
        for act in page["acts"]
    ]
    assert names == [["第3名"], ["第2名"], ["第1名"], [site.name]]
    assert earlier["next"] is None


def test_a_list_stands_in_the_order_of_a_column_that_has_an_index(small, program):
    for name, day in (("甲", 3), ("乙", 1), ("丙", 2)):
        make.record("trainings", place=small.tree.north, of=small.pilot, name=name, sessions=day)
    known = [each for each in orders_of(declaration.get("trainings")) if each not in PLAIN]

    for order in known:
        assert program.get(f"trainings/?sort={order}").status_code == 200
