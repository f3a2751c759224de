"""Access rules of routes whose views are not ours."""

from tongxin.core.access import ANYONE, SIGNED_IN

THIRD_PARTY = {
    "account_login": ANYONE,
    "account_logout": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_inactive": ANYONE,
    "account_reauthenticate": SIGNED_IN,
    "set_language": ANYONE,
}
