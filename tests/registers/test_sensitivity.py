"""Who may know of a record: sensitivity, authorship, and what a record refers to."""

import pytest
from django.db.models import Q

from tests import factories as make
from tongxin.accounts.choices import Role
from tongxin.accounts.models import Account
from tongxin.accounts.permissions import NOWHERE
from tongxin.indicators.catalogue import CATALOGUE
from tongxin.indicators.queries import Asked, figures
from tongxin.organisations.actions import appoint_representative
from tongxin.registers import declaration
from tongxin.registers.choices import Act
from tongxin.registers.permissions import may, permitted, visible_to


def acts(account, record):
    """Return all that an account may do with a record."""
    register = declaration.of(type(record))
    return {str(act) for act in Act if may(account, act, register, record)}


ALL_IN_FORCE = {"see", "history", "change", "void"}


def test_a_clerk_sees_what_is_internal_and_not_what_is_restricted(small):
    clerk = make.clerk(small.tree.north)
    open_, kept = small.record("sites"), small.record("sites", sensitivity="restricted")

    assert acts(clerk, open_) == ALL_IN_FORCE
    assert acts(clerk, kept) == set()


def test_a_coordinator_and_an_auditor_see_what_is_restricted(small):
    kept = small.record("sites", sensitivity="restricted")
    auditor = make.posted(Role.AUDITOR, small.tree.city)

    assert acts(make.coordinator(small.tree.east), kept) == ALL_IN_FORCE
    assert acts(auditor, kept) == {"see", "history"}


def test_who_entered_a_restricted_record_still_sees_it(small):
    clerk, colleague = make.clerk(small.tree.north), make.clerk(small.tree.north)

    kept = make.record(
        "sites", place=small.tree.north, of=small.pilot, by=clerk, sensitivity="restricted"
    )

    assert acts(clerk, kept) == ALL_IN_FORCE
    assert acts(colleague, kept) == set()


def test_what_refers_to_a_restricted_record_is_as_restricted(small):
    clerk = make.clerk(small.tree.north)
    site = small.record("sites", sensitivity="restricted")
    designation = make.record("designations", site=site, by=None)

    assert acts(clerk, designation) == set()
    assert acts(make.coordinator(small.tree.east), designation) == ALL_IN_FORCE


def test_an_open_field_left_empty_keeps_nothing_from_sight(small):
    clerk = make.clerk(small.tree.north)

    assert "see" in acts(clerk, small.record("projects", means=None))


@pytest.mark.parametrize("role", [Role.EXPERT, Role.ORGANISATION])
def test_experts_and_organisations_see_what_is_public_and_in_force(small, role):
    reader = make.posted(role, small.tree.east)
    public = small.record("sites", sensitivity="public")
    internal = small.record("sites")
    voided = small.record("sites", sensitivity="public", void=True)
    elsewhere = small.record("sites", small.tree.river, sensitivity="public")

    assert acts(reader, public) == {"see"}
    assert [acts(reader, each) for each in (internal, voided, elsewhere)] == [set()] * 3


def test_a_public_record_that_refers_to_an_internal_one_is_not_public(small):
    reader = make.posted(Role.EXPERT, small.tree.city)
    site = small.record("sites")

    assert acts(reader, make.record("designations", site=site, sensitivity="public")) == set()


def test_an_organisation_keeps_its_own_entry_unless_it_is_restricted(small):
    staff = make.posted(Role.ORGANISATION, small.tree.north)
    mine = make.organisation(small.tree.north)
    kept = make.organisation(small.tree.north, sensitivity="restricted")
    for each in (mine, kept):
        appoint_representative(by=None, account=staff, organisation=each)

    assert acts(staff, mine) == {"see", "history", "change"}
    assert acts(staff, kept) == set()


def test_a_void_record_is_restored_and_nothing_else(small):
    voided = small.record("sites", void=True)

    assert acts(small.account, voided) == {"see", "history", "restore"}


def test_means_are_seen_by_every_office_that_chooses_from_them(small):
    clerk = make.clerk(small.tree.north)
    elsewhere = make.clerk(make.division("far", "远市", "city", None))
    means, kept = small.record("means"), small.record("means", sensitivity="restricted")
    voided = small.record("means", void=True)

    assert acts(clerk, means) == {"see"}
    assert acts(elsewhere, means) == acts(clerk, kept) == acts(clerk, voided) == set()


def test_a_public_project_without_means_is_public(small):
    reader = make.posted(Role.EXPERT, small.tree.east)

    assert acts(reader, small.record("projects", means=None, sensitivity="public")) == {"see"}


def test_figures_leave_out_what_the_asker_may_not_know_of(small):
    small.record("projects")
    small.record("projects", sensitivity="restricted")
    projects = [CATALOGUE["party_projects"]]
    day = small.pilot.day

    def counted(*, cleared):
        asked = Asked(small.pilot, small.tree.north.pk, day, day, with_restricted=cleared)
        return figures(asked, projects)[0].counted.value

    assert (counted(cleared=True), counted(cleared=False)) == (2, 1)


@pytest.mark.parametrize(
    "path", ["/", "/figures/", "/figures/party_projects/", "/dashboards/north/"]
)
def test_a_figure_without_restricted_records_says_so_whether_or_not_there_are_any(small, path):
    words = "你看到的数字不含受限记录"
    clerk = make.client_of(make.clerk(small.tree.north))
    coordinator = make.client_of(make.coordinator(small.tree.north))

    assert words in clerk.get(path).content.decode()
    assert words not in coordinator.get(path).content.decode()


def test_nobody_hides_a_record_from_himself(small):
    client = make.client_of(make.clerk(small.tree.north))
    site = small.record("sites")

    answer = make.fill(client, f"/registers/sites/{site.pk}/edit/", sensitivity="restricted")

    assert answer.status_code == 422
    assert "改选“内部”" in answer.content.decode()
    site.refresh_from_db()
    assert site.sensitivity == "internal"


def test_a_record_says_why_it_is_seen(small):
    site = small.record("sites", sensitivity="restricted")

    words = small.client.get(site.get_absolute_url()).content.decode()

    assert "任协调员，能看甲市和它下面的记录。这条记录属于北镇。" in words
    assert "你的角色能看受限记录" in words


def test_a_posting_given_or_ended_ends_the_sessions_of_its_account(small):
    clerk = make.clerk(small.tree.north)
    client = make.client_of(clerk)
    assert client.get("/registers/").status_code == 200

    make.accounts.end_posting(clerk.postings.get(), by=None, until=small.pilot.day)

    assert client.get("/registers/")["Location"].startswith("/account/login/")


def test_a_password_changed_ends_the_sessions_of_its_account(small):
    clerk = make.clerk(small.tree.north)
    client = make.client_of(clerk)

    account = Account.objects.get(pk=clerk.pk)
    account.set_password("another long one")
    account.save(update_fields=["password"])

    assert client.get("/registers/")["Location"].startswith("/account/login/")


def test_where_nothing_is_allowed_no_row_is_asked(small, django_assert_num_queries):
    stranger = make.posted(Role.SYSTEM_ADMIN, small.tree.city)
    register = declaration.get("sites")

    with django_assert_num_queries(1):
        assert list(visible_to(stranger, register)) == []


def test_the_twin_that_forgets_links_would_show_a_restricted_site(small, monkeypatch):
    clerk = make.clerk(small.tree.north)
    designation = make.record("designations", site=small.record("sites", sensitivity="restricted"))

    monkeypatch.setattr("tongxin.registers.permissions.links_of", lambda _model: ())

    assert acts(clerk, designation) == ALL_IN_FORCE


def test_an_act_that_nobody_has_heard_of_is_an_error(small):
    with pytest.raises(ValueError, match="fly"):
        permitted(small.account, "fly", declaration.get("sites"))


def test_nowhere_is_a_condition_that_no_row_meets(small):
    small.record("sites")

    assert declaration.get("sites").model.objects.filter(NOWHERE | Q(pk__in=())).count() == 0
