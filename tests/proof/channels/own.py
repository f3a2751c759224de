"""Pages of one's own account: they tell nothing of records, whatever is asked of them."""

from tests.proof.channels import ANY, Probe, adapter

EXCUSED = {
    "account_logout": "ends the session; the address says nothing, and no page follows",
}
"""Routes that no adapter claims, each with its reason."""


@adapter(
    "own account",
    "account_login",
    "account_reauthenticate",
    "account_change_password",
    "account_inactive",
)
def account(world, person, draw):
    """Signing in and one's own password, with an address to go back to that may be hidden."""
    hidden = draw.choice(sorted(world.things))
    back = f"/registers/{hidden[0]}/{hidden[1]}/"
    yield Probe(f"/account/login/?next={back}", ANY)
    yield Probe(f"/account/reauthenticate/?next={back}", ANY)
    yield Probe("/account/password/", ANY)
    yield Probe("/account/inactive/", ANY)


@adapter(
    "own data",
    "desk:mine",
    "desk:mine_copied",
    "sign_ins",
    "end_sign_ins",
    "tokens",
    "end_token",
)
def own_data(world, person, draw):
    """What is kept about oneself, as a page and as a copy, and where one is signed in."""
    yield Probe("/account/data/", ANY)
    yield Probe("/account/data/copy/", ANY)
    yield Probe("/account/data/copy/", ANY, {}, "post")
    yield Probe("/account/sign-ins/", ANY)
    yield Probe("/account/sign-ins/end/", ANY)
    yield Probe("/account/tokens/", ANY)
    yield Probe("/account/tokens/", ANY, {"name": "x"}, "post")
    yield Probe("/account/tokens/end/", ANY, {"which": "1"}, "post")


@adapter(
    "second factor",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_reauthenticate",
    "mfa_authenticate",
    "mfa_list_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_login_webauthn",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
)
def second_factor(world, person, draw):
    """Setting up a second factor; the numbers of other people's keys lead nowhere."""
    base = "/account/second-factor/"
    for path in ("", "app/", "code/", "code-again/", "passkeys/", "passkeys/again/", "recovery/"):
        yield Probe(f"{base}{path}", ANY)
    for path in ("app/remove/", "passkeys/enter/", "passkeys/new/", "recovery/new/"):
        yield Probe(f"{base}{path}", ANY)
    yield Probe(f"{base}passkeys/1/name/", ANY)
    yield Probe(f"{base}passkeys/1/remove/", ANY)


@adapter("frame", "desk:display", "desk:language")
def frame(world, person, draw):
    """Display and language, with an address to go back to that may be hidden."""
    hidden = draw.choice(sorted(world.things))
    back = f"/registers/{hidden[0]}/{hidden[1]}/"
    yield Probe("/display/", ANY, {"size": "large", "next": back}, "post")
    yield Probe("/language/", ANY, {"language": "zh-hans", "next": back}, "post")


@adapter(
    "single sign-on",
    "openid_connect_login",
    "openid_connect_callback",
    "disconnect",
    "socialaccount_login_error",
    "socialaccount_login_cancelled",
)
def single_sign_on(world, person, draw):
    """Coming in from elsewhere; there is nothing there until a provider is named."""
    for path in ("", "back/", "back/?state=x&code=y", "disconnect/", "failed/", "given-up/"):
        yield Probe(f"/account/sso/{path}", ANY)
