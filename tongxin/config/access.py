"""Access rules of routes whose views are not ours."""

from tongxin.core.access import ANYONE, SIGNED_IN

THIRD_PARTY = {
    "account_login": ANYONE,
    "account_logout": SIGNED_IN,
    "account_inactive": ANYONE,
    "account_reauthenticate": SIGNED_IN,
    "socialaccount_login_cancelled": ANYONE,
    "socialaccount_login_error": ANYONE,
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": ANYONE,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    "mfa_login_webauthn": ANYONE,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
}
