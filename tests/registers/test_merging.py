"""Two records that are one: merged with what points to them, and parted again."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests import factories as make
from tests.registers.twofold import Cast
from tongxin.accounts.choices import Role
from tongxin.campaigns.models import Participation
from tongxin.core.errors import NotYours, Outdated, Refused
from tongxin.files.models import Attachment
from tongxin.journal.queries import entries_of
from tongxin.organisations.actions import appoint_representative
from tongxin.organisations.models import Organisation
from tongxin.registers import declaration
from tongxin.registers.actions import change, set_void
from tongxin.registers.merging.actions import merge, unmerge
from tongxin.registers.models import Merging, Piece
from tongxin.sites.models import Designation

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


def everything():
    """Every value of every record, except what each change moves."""
    moves = {"version", "changed_at"}
    return {
        (register.key, row["id"]): {k: v for k, v in row.items() if k not in moves}
        for register in declaration.every()
        for row in register.model.objects.values()
    }


def test_what_pointed_to_either_points_to_one(cast):
    (entry,) = cast.campaign(cast.twin)

    cast.merge()

    kept, twin = cast.fresh()
    entry.refresh_from_db()
    assert (entry.organisation, entry.name, entry.version) == (kept, "同心服务社", 2)
    assert (kept.void, twin.void) == (False, True)
    assert Merging.objects.get().survivor_id == kept.pk


def test_either_has_an_entry_and_so_has_what_moved(cast):
    (entry,) = cast.campaign(cast.twin)

    cast.merge(taken=["registrar"])

    told = entries_of(cast.kept)[0]
    assert (told.verb, told.actor) == ("organisations.merged", cast.city)
    assert (told.before, told.after) == ({"registrar": ""}, {"registrar": "北镇民政办"})
    assert told.facts == {"absorbed": cast.twin.pk}
    assert entries_of(cast.twin)[0].verb == "organisations.merged"
    moved = entries_of(entry)[0]
    assert moved.verb == "participations.repointed"
    assert moved.after["organisation"] == {"id": cast.kept.pk, "text": "同心服务社"}


def test_the_fields_chosen_are_taken_and_the_others_stay(cast):
    cast.merge(taken=["name", "registrar"])

    kept, _twin = cast.fresh()
    assert (kept.name, kept.registrar, kept.work) == ("同心·服务社", "北镇民政办", "助老")
    texts = Piece.objects.filter(register="organisations", subject_id=kept.pk)
    assert texts.filter(text="同心服务社").exists()


def test_a_code_goes_over_with_the_rest(cast):
    code = cast.kept.credit_code

    merge(
        cast.register,
        cast.twin,
        cast.kept,
        by=cast.city,
        taken=["kind", "status", "credit_code"],
    )

    twin = Organisation.objects.get(pk=cast.twin.pk)
    assert (twin.credit_code, twin.status) == (code, "registered")
    unmerge(cast.register, cast.kept, by=cast.city)
    kept, twin = cast.fresh()
    assert (kept.credit_code, twin.credit_code, twin.status) == (code, "", "filed")


def test_a_choice_that_breaks_a_rule_is_refused_and_nothing_is_written(cast):
    before = everything()

    with pytest.raises(Refused, match=r"organisations\.no_code"):
        cast.merge(taken=["credit_code"])

    assert everything() == before
    assert not Merging.objects.exists()


def test_of_two_entries_in_one_campaign_one_stays(cast):
    first, second = cast.campaign(cast.kept, cast.twin)

    cast.merge()

    assert list(Participation.objects.filter(void=False)) == [first]
    second.refresh_from_db()
    assert (second.organisation_id, second.void) == (cast.kept.pk, True)


def test_parted_again_everything_is_as_it_was(cast):
    cast.campaign(cast.kept, cast.twin)
    cast.campaign(cast.twin)
    paper = make.attachment(cast.twin)
    keeper = make.posted(Role.ORGANISATION, cast.tree.north)
    appoint_representative(by=None, account=keeper, organisation=cast.twin)
    before, pieces = everything(), set(Piece.objects.values_list("text", "subject_id"))

    cast.merge(taken=["registrar", "name"])
    assert everything() != before
    unmerge(cast.register, cast.twin, by=cast.city)

    assert everything() == before
    assert set(Piece.objects.values_list("text", "subject_id")) == pieces
    paper.refresh_from_db()
    assert paper.subject_id == cast.twin.pk
    assert cast.twin.representatives.get().account == keeper
    assert not Merging.objects.exists()
    assert entries_of(cast.twin)[0].verb == "organisations.unmerged"


def test_who_represents_the_one_represents_both(cast):
    keeper = make.posted(Role.ORGANISATION, cast.tree.north)
    for each in (cast.kept, cast.twin):
        appoint_representative(by=None, account=keeper, organisation=each)
    other = make.posted(Role.ORGANISATION, cast.tree.north)
    appoint_representative(by=None, account=other, organisation=cast.twin)

    cast.merge()

    kept = Organisation.objects.get(pk=cast.kept.pk)
    assert {each.account for each in kept.representatives.all()} == {keeper, other}


def test_attachments_come_over_and_none_becomes_more_open(cast):
    change(cast.register, cast.twin, by=None, values={"sensitivity": "restricted"})
    paper = make.attachment(cast.twin, sensitivity="public")

    cast.merge()

    paper = Attachment.objects.get(pk=paper.pk)
    assert (paper.subject_id, paper.sensitivity) == (cast.kept.pk, "restricted")
    unmerge(cast.register, cast.twin, by=cast.city)
    paper = Attachment.objects.get(pk=paper.pk)
    assert (paper.subject_id, paper.sensitivity) == (cast.twin.pk, "public")


def test_designations_follow_their_site(cast):
    one, two = (make.site(cast.pilot, cast.tree.north, name) for name in ("一站", "二站"))

    merge(declaration.get("sites"), one, two, by=cast.city)

    assert Designation.objects.filter(site=one).count() == 2


def test_sites_of_two_programmes_are_not_one(cast):
    second = make.programme(cast.tree.city, "second")
    one, two = make.site(cast.pilot, cast.tree.north), make.site(second, cast.tree.north)

    with pytest.raises(Refused, match=r"registers\.other_programme"):
        merge(declaration.get("sites"), one, two, by=cast.city)
    page = cast.client.get(reverse("registers:merge", args=["sites", one.pk, two.pk]))
    assert "属于不同的工作" in page.content.decode()


@pytest.mark.parametrize("which", ["one", "other"])
def test_who_may_not_change_both_finds_nothing_and_merges_nothing(cast, which):
    far = make.organisation(cast.tree.river, "河镇同心服务社")
    clerk = make.clerk(cast.tree.north)
    pair = (cast.kept, far) if which == "one" else (far, cast.kept)
    client = make.client_of(clerk)

    assert client.get(cast.page(*pair)).status_code == 404
    assert client.post(cast.page(*pair), {"one": "1", "two": "1"}).status_code == 404
    with pytest.raises(NotYours):
        merge(cast.register, *pair, by=clerk)
    assert not Merging.objects.exists()


def test_who_only_reads_or_keeps_his_own_entry_merges_nothing(cast):
    auditor = make.posted(Role.AUDITOR, cast.tree.city)
    keeper = make.posted(Role.ORGANISATION, cast.tree.north)
    for each in (cast.kept, cast.twin):
        appoint_representative(by=None, account=keeper, organisation=each)

    for account in (auditor, keeper):
        assert make.client_of(account).get(cast.page(cast.kept, cast.twin)).status_code == 404
        with pytest.raises(NotYours):
            cast.merge(by=account)


def test_a_record_is_not_merged_into_itself(cast):
    assert cast.client.get(cast.page(cast.kept, cast.kept)).status_code == 404
    with pytest.raises(NotYours):
        merge(cast.register, cast.kept, cast.kept, by=cast.city)
    with pytest.raises(IntegrityError), transaction.atomic():
        Merging.objects.create(register="organisations", absorbed_id=1, survivor_id=1)


def test_a_void_record_is_neither_merged_nor_merged_into(cast):
    set_void(cast.register, cast.twin, by=None, void=True, reason="登记错了")

    with pytest.raises(NotYours):
        cast.merge()
    with pytest.raises(NotYours):
        merge(cast.register, cast.twin, cast.kept, by=None)


def test_what_was_changed_after_it_was_read_is_read_again(cast):
    change(cast.register, cast.twin, by=None, values={"work": "助残"})

    with pytest.raises(Outdated):
        cast.merge(versions=(1, 1))
    answer = cast.client.post(cast.page(cast.kept, cast.twin), {"one": "1", "two": "1"})

    assert answer.status_code == 409
    assert "核对现在的内容" in answer.content.decode()
    assert not Merging.objects.exists()


def test_the_page_shows_what_differs_and_what_will_move_and_merges_as_chosen(cast):
    cast.campaign(cast.twin)

    page = cast.client.get(cast.page(cast.kept, cast.twin))

    names = {choice.name: choice.takes_other for choice in page.context["choices"]}
    assert names == {
        "name": False,
        "kind": False,
        "status": False,
        "credit_code": False,
        "registrar": True,
        "work": False,
    }
    assert [(r.key, number) for r, number in page.context["moving"]] == [("participations", 1)]
    typed = {"one": "1", "two": "1", "f-registrar": "other", "f-name": "one"}
    answer = cast.client.post(cast.page(cast.kept, cast.twin), typed)
    assert answer["Location"] == cast.kept.get_absolute_url()
    assert Organisation.objects.get(pk=cast.kept.pk).registrar == "北镇民政办"


def test_a_refused_merger_keeps_the_choices(cast):
    typed = {"one": "1", "two": "1", "f-credit_code": "other", "f-work": "other"}

    answer = cast.client.post(cast.page(cast.kept, cast.twin), typed)

    assert answer.status_code == 422
    chosen = {c.name for c in answer.context["choices"] if c.takes_other}
    assert chosen == {"credit_code", "work"}
    assert '<a href="#f-credit_code">' in answer.content.decode()


def test_the_old_address_leads_on_within_ones_scope(cast):
    far = make.organisation(cast.tree.river, "河镇同心服务社")
    merge(cast.register, far, cast.kept, by=cast.city)
    old = cast.kept.get_absolute_url()

    led = cast.client.get(old)
    stayed = make.client_of(make.clerk(cast.tree.north)).get(old)
    stranger = make.client_of(make.clerk(cast.tree.south)).get(old)

    assert led["Location"] == far.get_absolute_url()
    assert stayed.status_code == 200
    assert "已并入另一条" in stayed.content.decode()
    assert "河镇同心服务社" not in stayed.content.decode()
    assert str(far.get_absolute_url()) not in stayed.content.decode()
    assert stranger.status_code == 404


def test_the_record_that_stays_names_what_was_merged_into_it_and_the_way_back(cast):
    cast.merge()

    page = cast.client.get(cast.kept.get_absolute_url()).content.decode()
    old = cast.client.get(f"{cast.twin.get_absolute_url()}?stay=1").content.decode()

    assert f"{cast.twin.get_absolute_url()}?stay=1" in page
    assert f"{cast.twin.get_absolute_url()}unmerge/" in old
    answer = cast.client.post(f"{cast.twin.get_absolute_url()}unmerge/")
    assert answer["Location"] == cast.twin.get_absolute_url()
    assert not Organisation.objects.get(pk=cast.twin.pk).void


def test_a_merged_record_is_not_restored_beside_the_other(cast):
    cast.merge()
    twin = Organisation.objects.get(pk=cast.twin.pk)

    with pytest.raises(Refused, match=r"registers\.merged"):
        set_void(cast.register, twin, by=cast.city, void=False)
    answer = cast.client.post(f"{twin.get_absolute_url()}void/", {"void": "no"})

    assert answer.status_code == 422
    assert "撤销合并" in answer.content.decode()


@pytest.mark.parametrize("code", ["registers.changed_since", "registers.moved_since"])
def test_what_was_changed_since_is_not_undone(cast, code):
    (entry,) = cast.campaign(cast.twin)
    cast.merge(taken=["registrar"])
    if code == "registers.changed_since":
        change(cast.register, cast.kept, by=None, values={"registrar": "别处"})
    else:
        participations = declaration.get("participations")
        set_void(participations, entry, by=None, void=True, reason="没有参加")
    before = everything()

    with pytest.raises(Refused, match=code.replace(".", r"\.")):
        unmerge(cast.register, cast.twin, by=cast.city)
    assert everything() == before
    page = cast.client.get(f"{cast.twin.get_absolute_url()}unmerge/")
    assert "现在不能撤销合并" in page.content.decode()


def test_what_was_entered_since_stays_where_it_is(cast):
    cast.merge()
    (later,) = cast.campaign(Organisation.objects.get(pk=cast.kept.pk))

    unmerge(cast.register, cast.twin, by=cast.city)

    later.refresh_from_db()
    assert later.organisation_id == cast.kept.pk


def test_who_may_not_change_both_does_not_part_them(cast):
    far = make.organisation(cast.tree.river, "河镇同心服务社")
    merge(cast.register, far, cast.kept, by=cast.city)
    clerk = make.clerk(cast.tree.north)

    url = f"{cast.kept.get_absolute_url()}unmerge/"
    assert make.client_of(clerk).get(url).status_code == 404
    assert make.client_of(clerk).post(url).status_code == 404
    with pytest.raises(NotYours):
        unmerge(cast.register, cast.kept, by=clerk)
    with pytest.raises(NotYours):
        unmerge(cast.register, far, by=cast.city)


def test_mergers_follow_one_another(cast):
    third = make.organisation(cast.tree.north, "同心服务站")
    cast.merge()
    kept = Organisation.objects.get(pk=cast.kept.pk)
    merge(cast.register, third, kept, by=cast.city)

    led = cast.client.get(cast.twin.get_absolute_url())
    on = cast.client.get(led["Location"])

    assert on["Location"] == third.get_absolute_url()
    with pytest.raises(NotYours):  # what it was merged into is merged itself
        unmerge(cast.register, cast.twin, by=cast.city)
    unmerge(cast.register, kept, by=cast.city)
    unmerge(cast.register, cast.twin, by=cast.city)
    assert not Merging.objects.exists()


def test_a_void_organisation_frees_its_code_and_comes_back_only_if_it_is_free_still(cast):
    set_void(cast.register, cast.kept, by=None, void=True, reason="登记错了")
    again = make.organisation(cast.tree.north, "新登记的", credit_code=cast.kept.credit_code)

    with pytest.raises(Refused, match=r"organisations\.code_taken"):
        set_void(cast.register, cast.kept, by=None, void=False)
    assert Organisation.objects.get(pk=again.pk).credit_code == cast.kept.credit_code


def noticed(record, **more):
    """A notice about a record, posted."""
    return make.notice(record, **more)


def test_a_notice_goes_with_its_record_and_comes_back(cast):
    notice = noticed(cast.twin)

    cast.merge()
    notice.refresh_from_db()
    assert notice.subject_id == cast.kept.pk

    unmerge(cast.register, list(cast.fresh())[1], by=cast.city)
    notice.refresh_from_db()
    assert (notice.subject_id, notice.version) == (cast.twin.pk, 2)


def test_two_notices_that_are_open_keep_two_records_apart(cast):
    noticed(cast.kept)
    notice = noticed(cast.twin, name="另一份公示")

    with pytest.raises(Refused, match=r"registers\.told_twice"):
        cast.merge()

    notice.refresh_from_db()
    assert (notice.subject_id, Merging.objects.count()) == (cast.twin.pk, 0)


def test_what_was_done_with_a_notice_since_keeps_two_records_together(cast):
    notice = noticed(cast.twin)
    cast.merge()
    notice.refresh_from_db()
    make.objection(notice)

    with pytest.raises(Refused, match=r"registers\.moved_since"):
        unmerge(cast.register, list(cast.fresh())[1], by=cast.city)
