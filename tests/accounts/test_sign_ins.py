"""My sign-ins: which devices are signed in, how they end, and when a session ends by itself."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.accounts.door import PASSWORD, holder, sign_in
from tongxin.accounts import sessions
from tongxin.accounts.choices import Role
from tongxin.accounts.devices import device_of, in_words
from tongxin.accounts.models import SignIn
from tongxin.journal.models import Entry

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/131.0 Safari/537.36 Edg/131.0"


@pytest.fixture
def clerk(tree):
    return holder(Role.CLERK, tree.north)


def enter(account, browser=EDGE):
    return sign_in(account, client=Client(HTTP_USER_AGENT=browser))[0]


def inside(client):
    return client.get("/").status_code == 200


def set_back(client, *, began=0, seen=0):
    """Let a session have begun, and been used, so many seconds earlier."""
    session = client.session
    session[sessions.BEGAN] -= began
    session[sessions.SEEN] -= seen
    session.save()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (PHONE, "iPhone 上的 Safari"),
        (EDGE, "Windows 上的 Edge"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/131 Mobile MicroMessenger/8", "Android 上的 微信"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Firefox/130.0", "Linux 上的 Firefox"),
        ("curl/8.5", "不认识的设备"),
        ("", "不认识的设备"),
    ],
)
def test_a_device_is_told_in_two_words(said, words):
    assert in_words(device_of(said)) == words


def test_what_is_kept_of_a_device_fits_into_its_column():
    every = {
        device_of(f"{browser} {system}") for browser in (PHONE, EDGE) for system in ("", "Mac OS")
    }

    assert max(map(len, every)) <= SignIn._meta.get_field("device").max_length


def test_the_list_shows_each_device_and_marks_this_one(clerk):
    client = enter(clerk)
    enter(clerk, PHONE)

    page = client.get(reverse("sign_ins")).content.decode()

    assert (
        page.index("Windows 上的 Edge") < page.index("这台设备") < page.index("iPhone 上的 Safari")
    )
    assert client.session.session_key not in page


def test_one_other_device_is_signed_out(clerk):
    client, phone, tablet = enter(clerk), enter(clerk, PHONE), enter(clerk, PHONE)
    handle = SignIn.objects.get(pk=phone.session.session_key).handle

    client.post(reverse("end_sign_ins"), {"which": handle})

    assert [inside(each) for each in (client, phone, tablet)] == [True, False, True]
    assert Entry.objects.get(verb="accounts.sessions_ended").after == {"sessions_ended": 1}


def test_all_other_devices_are_signed_out(clerk):
    client, phone, tablet = enter(clerk), enter(clerk, PHONE), enter(clerk, PHONE)

    client.post(reverse("end_sign_ins"), {"which": "others"})

    assert [inside(each) for each in (client, phone, tablet)] == [True, False, False]


def test_to_end_another_session_the_password_is_shown_again_after_a_while(clerk):
    client, phone = enter(clerk), enter(clerk, PHONE)
    session = client.session
    for method in session["account_authentication_methods"]:
        method["at"] -= 3600
    session.save()

    asked = client.post(reverse("end_sign_ins"), {"which": "others"})
    still = inside(phone)
    client.post(asked.url, {"password": PASSWORD})

    assert asked.url.startswith("/account/reauthenticate/")
    assert (still, inside(phone), inside(client)) == (True, False, True)


def test_nobody_ends_or_sees_the_session_of_another(tree, clerk):
    other = enter(holder(Role.CLERK, tree.south), PHONE)
    handle = SignIn.objects.get(pk=other.session.session_key).handle
    client = enter(clerk)

    client.post(reverse("end_sign_ins"), {"which": handle})
    client.post(reverse("end_sign_ins"), {"which": "others"})

    assert inside(other)
    assert "iPhone" not in client.get(reverse("sign_ins")).content.decode()
    assert not Entry.objects.filter(verb="accounts.sessions_ended").exists()


def test_a_session_left_alone_for_half_an_hour_is_over_and_leads_back_to_its_page(clerk):
    client = enter(clerk)
    key = client.session.session_key
    set_back(client, seen=30 * 60)

    answer = client.get("/registers/")
    door = client.get(answer.url)

    assert answer.url == "/account/login/?idle=1&next=/registers/"
    assert "离开太久" in door.content.decode()
    assert not SignIn.objects.filter(pk=key).exists()


def test_a_session_in_use_goes_on(clerk):
    client = enter(clerk)
    set_back(client, seen=29 * 60)

    assert inside(client)
    set_back(client, seen=29 * 60)
    assert inside(client)


def test_after_twelve_hours_a_session_is_over_however_busy(clerk):
    client = enter(clerk)
    set_back(client, began=12 * 3600 - 60)
    assert inside(client)

    set_back(client, began=60)

    assert not inside(client)


def test_a_session_without_clocks_is_over(clerk):
    client = enter(clerk)
    session = client.session
    del session[sessions.SEEN]
    session.save()

    assert not inside(client)


def test_its_use_is_noted_once_in_five_minutes(clerk, django_assert_num_queries):
    client = enter(clerk)
    inside(client)
    before = client.session[sessions.SEEN]
    inside(client)
    at_once = client.session[sessions.SEEN]
    set_back(client, seen=sessions.SEEN_EVERY)
    inside(client)

    assert at_once == before
    assert client.session[sessions.SEEN] >= before


def test_a_stranger_has_a_session_of_nobody(clerk):
    client, _answer = sign_in("nobody", "a wrong password")
    client.get(reverse("account_login"))

    assert not SignIn.objects.filter(account=clerk).exists()
    assert SESSION_KEY not in client.session


def test_a_new_password_ends_all_other_sessions_and_says_so(clerk):
    client, phone = enter(clerk), enter(clerk, PHONE)
    old = client.session.session_key
    new = "another long enough password"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}

    client.post(reverse("account_change_password"), form)

    assert [inside(client), inside(phone)] == [True, False]
    assert client.session.session_key != old
    assert SignIn.objects.filter(account=clerk).count() == 1
    assert Entry.objects.get(verb="accounts.password_changed").subject_id == clerk.pk


def test_a_session_that_other_rights_have_ended_is_not_shown(tree, clerk):
    enter(clerk, PHONE)
    make.accounts.post(
        by=None, account=clerk, office=make.office(tree.south), role=Role.CLERK, since=make.EARLY
    )
    clerk.refresh_from_db()

    page = enter(clerk).get(reverse("sign_ins")).content.decode()

    assert "iPhone" not in page


def test_an_old_password_is_asked_to_be_replaced_where_the_operator_wants_it(clerk, settings):
    client = enter(clerk)
    settings.PASSWORD_DAYS = 90
    assert inside(client)

    type(clerk).objects.update(password_set_at=make.EARLY.strftime("%Y-%m-%d 00:00+00:00"))

    assert client.get("/registers/").url == reverse("account_change_password")
    assert client.get(reverse("account_change_password")).status_code == 200
