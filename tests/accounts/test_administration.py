"""The pages of the three administrators: accounts, invitations, offices, and who holds what."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from tongxin.accounts.actions import invite
from tongxin.accounts.choices import Role
from tongxin.accounts.models import Account, Invitation, Posting
from tongxin.journal.queries import entries_of

pytestmark = pytest.mark.django_db
PASSWORD = "a sentence of one's own"
TODAY = timezone.localdate()


@pytest.fixture
def tree():
    return make.tree()


@pytest.fixture
def system(tree):
    return make.client_of(make.posted(Role.SYSTEM_ADMIN, tree.east))


@pytest.fixture
def security(tree):
    return make.client_of(make.posted(Role.SECURITY_ADMIN, tree.city))


def opened(client, place, **typed):
    """Open an account by the page and return the answer."""
    office = make.office(place)
    facts = {"office": office.pk, "username": "wenfeng", "display_name": "", "email": ""}
    return client.post(reverse("accounts:open"), facts | typed)


def link_in(answer):
    return re.search(r"http://testserver(/account/invitation/[^<\s]+)", answer.content.decode())[1]


def aged(account, days):
    moment = timezone.now() - dt.timedelta(days=days)
    Account.objects.filter(pk=account.pk).update(last_login=moment, date_joined=moment)


def test_an_account_is_opened_by_invitation_and_its_holder_sets_the_password(system, tree):
    answer = opened(system, tree.north)
    path, account = link_in(answer), Account.objects.get(username="wenfeng")
    stranger = Client()

    looked = stranger.get(path)
    sent = stranger.post(path, {"password": PASSWORD, "again": PASSWORD})
    account.refresh_from_db()

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "wenfeng" in looked.content.decode()
    assert (sent.status_code, sent.headers["Location"]) == (302, "/account/login/")
    assert account.check_password(PASSWORD)
    verbs = [entry.verb for entry in entries_of(account)]
    assert verbs == ["accounts.accepted", "accounts.invited", "accounts.opened"]
    assert {entry.place_id for entry in entries_of(account)} == {tree.north.pk}


def test_no_row_of_the_database_holds_the_link(system, tree):
    path = link_in(opened(system, tree.north))
    secret = path.rstrip("/").rpartition("/")[2]

    rows = [str(row) for row in Invitation.objects.values()]
    rows += [str(entry) for entry in entries_of(Account.objects.get(username="wenfeng")).values()]

    assert [row for row in rows if secret in row or secret.partition(":")[0] in row] == []


def worthless(client, path):
    answer = client.get(path)
    page = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", answer.content)
    return answer.status_code, page.replace(path.encode(), b"")


def test_a_link_that_was_used_revoked_too_old_or_never_made_gets_the_same_answer(
    system, tree, monkeypatch
):
    keys = []
    for number, end in enumerate(("used", "revoked", "old", "replaced", "deactivated")):
        account = make.account(f"holder{number}x", make.office(tree.north))
        path = reverse("accounts:accept", args=[invite(account, by=None)])
        keys.append(path)
        if end == "used":
            Client().post(path, {"password": PASSWORD, "again": PASSWORD})
        elif end == "revoked":
            system.post(reverse("accounts:revoke", args=[account.pk]))
        elif end == "replaced":
            invite(account, by=None)
        elif end == "deactivated":
            system.post(reverse("accounts:switch", args=[account.pk]), {"reason": "写错"})
        else:
            late = timezone.now() - dt.timedelta(minutes=1)
            Invitation.objects.filter(account=account).update(expires_at=late)
    keys += [keys[0][:-3] + "x/", "/account/invitation/nonsense/"]

    found = {worthless(Client(), path) for path in keys}

    assert len(found) == 1
    assert found.pop()[0] == 404


def test_a_link_is_worth_nothing_after_its_days_whatever_the_row_says(tree, monkeypatch):
    account = make.account("li", make.office(tree.north))
    path = reverse("accounts:accept", args=[invite(account, by=None)])
    far = timezone.now() + dt.timedelta(days=99)
    Invitation.objects.update(expires_at=far)

    monkeypatch.setattr("tongxin.accounts.queries.INVITED_FOR", dt.timedelta(seconds=-1))

    assert Client().get(path).status_code == 404


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"password": "", "again": ""}, "填写密码"),
        ({"password": "short", "again": "short"}, "至少 12 个字符"),
        ({"password": PASSWORD, "again": PASSWORD + "x"}, "两次输入的密码不一样"),
    ],
)
def test_a_password_that_will_not_do_leaves_the_link_as_it_was(tree, typed, words):
    account = make.account("li", make.office(tree.north))
    path = reverse("accounts:accept", args=[invite(account, by=None)])

    answer = Client().post(path, typed)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Client().get(path).status_code == 200


def test_where_mail_is_set_up_the_link_is_sent_and_else_not(system, tree, settings):
    opened(system, tree.north, email="li@example.cn")
    assert mail.outbox == []
    settings.MAIL_SET_UP = True

    answer = opened(system, tree.north, username="two", email="li@example.cn")

    (letter,) = mail.outbox
    assert link_in(answer) in letter.body
    assert letter.to == ["li@example.cn"]


def test_a_letter_that_cannot_be_sent_is_told_beside_the_link(system, tree, settings):
    settings.MAIL_SET_UP = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    answer = opened(system, tree.north, email="li@example.cn")

    assert "信没有寄出去" in answer.content.decode()
    assert link_in(answer)


def test_a_name_taken_elsewhere_is_refused_without_saying_whose_and_what_was_typed_is_kept(
    system, tree
):
    make.account("wenfeng", make.office(tree.river))

    answer = opened(system, tree.north, display_name="文峰街道")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "用户名“wenfeng”已经有人用了" in page
    assert "文峰街道" in page
    assert "河镇" not in page


def test_nothing_is_told_of_accounts_and_offices_elsewhere(system, security, tree):
    account = make.clerk(tree.river)
    foreign = make.posted(Role.SYSTEM_ADMIN, tree.west).office
    routes = [("account", account.pk), ("change", account.pk), ("switch", account.pk)]
    routes += [("office", foreign.pk), ("rename", foreign.pk), ("close", foreign.pk)]
    paths = [reverse(f"accounts:{name}", args=[pk]) for name, pk in routes]
    posts = [reverse(f"accounts:{name}", args=[account.pk]) for name in ("invite", "revoke")]
    posts.append(reverse("accounts:reopen", args=[foreign.pk]))

    answers = [*(system.get(path) for path in paths), *(system.post(path, {}) for path in posts)]
    never = system.get(reverse("accounts:account", args=[999_999]))

    assert {answer.status_code for answer in answers} == {404}
    assert never.status_code == 404
    assert account.username not in system.get(reverse("accounts:accounts")).content.decode()
    assert opened(system, tree.river).status_code == 422


def test_deactivation_ends_sessions_at_once_and_reactivation_brings_back(system, tree):
    account = make.clerk(tree.north)
    client, path = make.client_of(account), reverse("accounts:switch", args=[account.pk])

    unreasoned = system.post(path, {"reason": ""})
    system.post(path, {"reason": "退休"})
    after = client.get("/registers/").status_code
    gone = Account.objects.get(pk=account.pk).is_active
    system.post(path, {"reason": "返聘"})

    account.refresh_from_db()
    assert (unreasoned.status_code, after, gone, account.is_active) == (422, 302, False, True)
    assert client.get("/registers/").status_code == 302
    verbs = [entry.verb for entry in entries_of(account)][:2]
    assert verbs == ["accounts.reactivated", "accounts.deactivated"]


def test_nobody_deactivates_or_invites_himself(tree):
    own = make.posted(Role.SYSTEM_ADMIN, tree.east)
    client = make.client_of(own)

    switched = client.post(reverse("accounts:switch", args=[own.pk]), {"reason": "试试"})
    invited = client.post(reverse("accounts:invite", args=[own.pk]), follow=True)

    own.refresh_from_db()
    assert "自己的账号由别的系统管理员办" in switched.content.decode()
    assert "自己的账号由别的系统管理员办" in invited.content.decode()
    assert (own.is_active, Invitation.objects.count()) == (True, 0)


def test_nobody_leads_himself_into_a_peers_account(system, tree):
    peer = make.posted(Role.SECURITY_ADMIN, tree.east)
    peer.set_password(PASSWORD)
    peer.save()
    typed = {"display_name": "", "email": "mine@example.cn", "office": peer.office_id}

    invited = system.post(reverse("accounts:invite", args=[peer.pk]), follow=True)
    changed = system.post(reverse("accounts:change", args=[peer.pk]), typed)
    above = make.client_of(make.posted(Role.SYSTEM_ADMIN, tree.city))

    assert "由上一级系统管理员或运维人员办" in invited.content.decode()
    assert (changed.status_code, Invitation.objects.count()) == (422, 0)
    assert link_in(above.post(reverse("accounts:invite", args=[peer.pk])))


def test_an_account_moves_to_another_office_and_its_address_stands_in_no_entry(system, tree):
    account = make.clerk(tree.north)
    office = make.office(tree.south)
    typed = {"display_name": "李", "email": "li@example.cn", "office": office.pk}

    answer = system.post(reverse("accounts:change", args=[account.pk]), typed)

    account.refresh_from_db()
    entry = entries_of(account).first()
    told = f"{entry.before}{entry.after}{entry.facts}{list(entry.personal.values())}"
    assert (answer.status_code, account.office, account.email) == (302, office, "li@example.cn")
    assert "li@example.cn" not in told
    assert entry.facts["address_changed"] is True


def test_the_list_of_accounts_is_searched_narrowed_and_paged(system, tree, monkeypatch):
    monkeypatch.setattr("tongxin.accounts.views.asking.SHOWN", 2)
    office = make.office(tree.north)
    for name in ("aa", "ab", "ac", "ba"):
        make.account(name, office)
    Account.objects.filter(username="ac").update(is_active=False)
    url = reverse("accounts:accounts")

    def names(query):
        answer = system.get(url + query)
        listed = [account.username for account, _place in answer.context["accounts"]]
        return listed, answer.context["following"]

    first, following = names("?q=a")
    second, _end = names(following)

    assert (first, second[:1]) == (["aa", "ab"], ["ac"])
    assert names("?state=deactivated") == (["ac"], "")
    assert names("?q=ab&state=invited") == (["ab"], "")
    assert names("?state=nonsense")[0] == ["aa", "ab"]


def test_an_office_is_renamed_and_closes_only_when_nobody_is_left(system, tree):
    account = make.clerk(tree.north)
    office = account.office
    close = reverse("accounts:close", args=[office.pk])

    system.post(reverse("accounts:rename", args=[office.pk]), {"name": "北镇综合办"})
    refused = system.post(close, {"on": TODAY.isoformat()})
    Posting.objects.filter(account=account).update(until=TODAY)
    system.post(reverse("accounts:switch", args=[account.pk]), {"reason": "退休"})
    done = system.post(close, {"on": TODAY.isoformat()})

    office.refresh_from_db()
    page = refused.content.decode()
    assert "还有 1 段任职" in page
    assert "还有 1 个启用的账号" in page
    assert (office.name, office.closed_on, done.status_code) == ("北镇综合办", TODAY, 302)
    verbs = [entry.verb for entry in entries_of(office)]
    assert verbs == ["offices.closed", "offices.renamed", "offices.opened"]

    system.post(reverse("accounts:reopen", args=[office.pk]))

    office.refresh_from_db()
    assert office.closed_on is None


def test_postings_are_narrowed_by_office_account_and_state(security, tree):
    now = make.posted(Role.CLERK, tree.north, username="now")
    make.posted(Role.CLERK, tree.south, username="ended", until=TODAY)
    make.posted(Role.CLERK, tree.river, username="ahead", since=TODAY + dt.timedelta(1))
    url = reverse("accounts:postings")

    def names(query):
        rows = security.get(url + query).context["postings"]
        return [posting.account.username for posting, _place, _open in rows]

    assert names("?state=ended") == ["ended"]
    assert names("?state=future") == ["ahead"]
    assert names(f"?office={now.office_id}") == ["now"]
    assert names(f"?account={now.pk}") == ["now"]
    assert names("?q=ahe") == ["ahead"]


def test_a_posting_is_corrected_and_one_ahead_withdrawn_by_their_pages(security, tree):
    posting = Posting.objects.get(account=make.clerk(tree.north))
    ahead = Posting.objects.get(
        account=make.posted(Role.CLERK, tree.south, since=TODAY + dt.timedelta(1))
    )
    url = reverse("accounts:correct", args=[posting.pk])

    unreasoned = make.fill(security, url, role="coordinator")
    done = make.fill(security, url, role="coordinator", reason="登记错了")
    page = security.get(reverse("accounts:end", args=[ahead.pk])).content.decode()
    security.post(reverse("accounts:withdraw", args=[ahead.pk]))

    posting.refresh_from_db()
    assert (unreasoned.status_code, done.status_code, posting.role) == (422, 302, "coordinator")
    assert "撤回任职" in page
    assert not Posting.objects.filter(pk=ahead.pk).exists()


def test_the_list_of_unused_accounts_ends_postings_with_one_press(security, tree):
    idle, busy = make.posted(Role.CLERK, tree.north), make.clerk(tree.south)
    peer = make.posted(Role.AUDIT_ADMIN, tree.city)
    aged(idle, 91)
    aged(peer, 91)
    aged(busy, 89)
    url = reverse("accounts:unused")

    rows = security.get(url).context["people"]
    security.post(url, {"account": idle.pk})
    security.post(url, {"account": busy.pk})
    refused = security.post(url, {"account": peer.pk}, follow=True)

    listed = {account.username: (day, mine) for account, _held, day, mine in rows}
    since = TODAY - dt.timedelta(days=1)
    assert listed == {idle.username: (since, True), peer.username: (since, False)}
    assert idle.postings.get().until == TODAY
    assert busy.postings.get().until is None
    assert peer.postings.get().until is None
    assert "由上一级的安全管理员任命" in refused.content.decode()


def test_the_audit_administrator_sees_who_holds_what_in_his_territory_alone(tree):
    client = make.client_of(make.posted(Role.AUDIT_ADMIN, tree.east))
    near, far = make.clerk(tree.north), make.clerk(tree.river)

    page = client.get(reverse("accounts:review")).content.decode()

    assert near.username in page
    assert far.username not in page
    assert "填写和修改台账" in page


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_each_administrator_finds_only_his_own_pages(tree, role):
    client = make.client_of(make.posted(role, tree.city))
    pages = {
        Role.SYSTEM_ADMIN: ("accounts:accounts", "accounts:offices", "accounts:open"),
        Role.SECURITY_ADMIN: ("accounts:postings", "accounts:unused"),
        Role.AUDIT_ADMIN: ("accounts:review", "desk:journal"),
    }

    found = {
        (whose, name): client.get(reverse(name)).status_code
        for whose, names in pages.items()
        for name in names
    }

    assert found == {key: 200 if key[0] == role else 404 for key in found}
