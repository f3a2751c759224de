"""The second step in a browser: forced set-up, app, recovery code, passkey, lock and time-out."""

import re
import sqlite3
import time
from contextlib import closing

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, PHONE
from tests.browser.test_signing_in import sign_in

HALF_MINUTE = 30


def number(secret):
    """What an app would show now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // HALF_MINUTE))


def set_up_app(page):
    """Set up an app after the password; return its secret and the recovery codes."""
    page.get_by_role("link", name="设验证器").click()
    expect(page.locator("svg.qr")).to_be_visible()
    secret = page.locator("code.secret").inner_text()
    page.get_by_label("验证码").fill(number(secret))
    page.get_by_role("button", name="启用").click()
    expect(page.locator("h1")).to_have_text("恢复码")
    codes = page.locator(".codes code").all_inner_texts()
    page.get_by_role("link", name="我收好了").click()
    expect(page.locator("h1")).to_contain_text("今天")
    return secret, codes


def sign_out(page):
    page.locator("details.who summary").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.locator("h1")).to_have_text("登录")


@pytest.mark.parametrize("width", [1280, PHONE])
def test_a_coordinator_sets_up_an_app_and_signs_in_with_it_and_with_a_recovery_code(
    open_as, changing, width
):
    page = open_as(None, width=width)
    page.goto("/registers/sites/")
    sign_in(page, "city")
    expect(page.locator("h1")).to_have_text("两步登录")
    page.goto("/registers/sites/")
    expect(page.locator("h1")).to_have_text("两步登录")

    secret, codes = set_up_app(page)
    assert len(codes) == 10
    sign_out(page)
    sign_in(page, "city")
    expect(page.locator("h1")).to_have_text("登录第二步")
    page.get_by_label("验证码").fill("000000")
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.locator(".error-summary")).to_contain_text("验证码不对")
    page.get_by_label("验证码").fill(number(secret))
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.locator("h1")).to_contain_text("今天")

    sign_out(page)
    sign_in(page, "city")
    page.get_by_label("验证码").fill(codes[0])
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.locator("h1")).to_contain_text("今天")


def test_the_second_step_works_without_javascript(open_as, changing):
    page = open_as(None, java_script_enabled=False)
    page.goto("/")
    sign_in(page, "county")

    set_up_app(page)

    page.goto("/registers/sites/")
    expect(page.locator("h1")).to_have_text("示范点")


def virtual_key(page):
    """Give the browser a device with a fingerprint reader that always agrees."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_and_opens_without_a_password(open_as, installation, changing):
    here = installation.url.replace("127.0.0.1", "localhost")
    page = open_as(None, base_url=here)
    virtual_key(page)
    page.goto("/")
    sign_in(page, "county")

    page.get_by_role("link", name="添加通行密钥").click()
    page.get_by_label("名称").fill("办公室电脑")
    page.get_by_role("button", name="添加").click()
    expect(page.locator("h1")).to_have_text("恢复码")
    page.goto("/account/second-factor/passkeys/")
    expect(page.locator("tbody th")).to_have_text("办公室电脑")

    sign_out(page)
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.locator("h1")).to_contain_text("今天")


def test_a_passkey_is_the_second_step_after_a_password(open_as, installation, changing):
    page = open_as(None, base_url=installation.url.replace("127.0.0.1", "localhost"))
    virtual_key(page)
    page.goto("/")
    sign_in(page, "county")
    page.get_by_role("link", name="添加通行密钥").click()
    page.get_by_role("button", name="添加").click()
    expect(page.locator("h1")).to_have_text("恢复码")
    page.goto("/")
    sign_out(page)

    sign_in(page, "county")
    page.get_by_role("button", name="用通行密钥", exact=True).click()

    expect(page.locator("h1")).to_contain_text("今天")


def test_five_guesses_lock_and_the_security_administrator_unlocks(open_as, changing):
    page = open_as(None)
    page.goto("/")
    for _ in range(5):
        page.get_by_label("用户名").fill("street")
        page.get_by_label("密码").fill("not-the-password")
        page.get_by_role("button", name="登录", exact=True).click()
        expect(page.locator(".error-summary")).to_contain_text("没有登录成")
    sign_in(page, "street")
    expect(page.locator(".error-summary")).to_contain_text("没有登录成")

    administrator = open_as("security")
    administrator.goto("/offices/locks/")
    administrator.get_by_role("button", name=re.compile("解锁.*street")).click()
    expect(administrator.locator("[role=status]")).to_contain_text("已解锁")

    sign_in(page, "street")
    expect(page.locator("h1")).to_contain_text("今天")


def test_one_sees_ones_devices_and_ends_the_other(open_as, changing):
    here, there = open_as(None), open_as(None, width=PHONE)
    for page in (here, there):
        page.goto("/")
        sign_in(page, "street")
        expect(page.locator("h1")).to_contain_text("今天")
    here.goto("/account/sign-ins/")
    expect(here.locator("tbody tr").first).to_contain_text("这台设备")
    assert here.locator("tbody tr").count() >= 2

    here.get_by_role("button", name="退出其他所有设备").click()

    expect(here.locator("tbody tr")).to_have_count(1)
    there.goto("/registers/")
    expect(there.locator("h1")).to_have_text("登录")


def test_whoever_was_away_for_half_an_hour_is_told_so_and_comes_back_to_the_page(open_as, changing):
    page = open_as(None)
    page.goto("/")
    sign_in(page, "street")
    expect(page.locator("h1")).to_contain_text("今天")
    age_sessions(changing, 30 * 60)

    page.goto("/registers/sites/")
    expect(page.get_by_text("离开太久")).to_be_visible()
    sign_in(page, "street")

    expect(page.locator("h1")).to_have_text("示范点")


def age_sessions(installation, seconds):
    """Let every session of the installation have been used so much earlier."""
    from django.contrib.sessions.serializers import JSONSerializer
    from django.core import signing

    key = (installation.home / "secret.key").read_text(encoding="utf-8").strip()
    salt = "django.contrib.sessions.SessionStore"
    with closing(sqlite3.connect(installation.database, timeout=20)) as table:
        rows = table.execute("SELECT session_key, session_data FROM accounts_signin").fetchall()
        for number_of, data in rows:
            told = signing.loads(data, key=key, salt=salt, serializer=JSONSerializer)
            if "seen" in told:
                told["seen"] -= seconds
            sealed = signing.dumps(told, key=key, salt=salt, serializer=JSONSerializer)
            table.execute(
                "UPDATE accounts_signin SET session_data=? WHERE session_key=?",
                (sealed, number_of),
            )
        table.commit()


@pytest.mark.parametrize("path", ["", "app/", "passkeys/new/"])
def test_the_pages_of_the_second_step_fit_a_narrow_phone(open_as, changing, path):
    page = open_as(None, width=NARROW)
    page.goto("/")
    sign_in(page, "county")
    page.goto(f"/account/second-factor/{path}")

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
