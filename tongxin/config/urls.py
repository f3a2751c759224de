"""Where everything lies. Every route below stands in docs/reference/routes.md with its rule."""

from allauth.account import views as doors
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as given
from django.urls import include, path

from tongxin.accounts import identity, sign_ins, tokens
from tongxin.accounts.views.password import password

SECOND_FACTOR = [
    path("", factors.index, name="mfa_index"),
    path("code/", factors.authenticate, name="mfa_authenticate"),
    path("code-again/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("app/", totp.activate_totp, name="mfa_activate_totp"),
    path("app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/new/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/name/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("passkeys/enter/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/again/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]
urlpatterns = [
    path("", include("tongxin.desk.urls")),
    path("registers/", include("tongxin.registers.urls")),
    path("exchange/", include("tongxin.exchange.urls")),
    path("reviews/", include("tongxin.reviews.urls")),
    path("notices/", include("tongxin.public_notices.urls")),
    path("calendar/", include("tongxin.calendars.urls")),
    path("standards/", include("tongxin.standards.urls")),
    path("assessments/", include("tongxin.assessments.urls")),
    path("panels/", include("tongxin.panels.urls")),
    path("trainings/", include("tongxin.trainings.urls")),
    path("incubation/", include("tongxin.incubation.urls")),
    path("sites/", include("tongxin.sites.urls")),
    path("divisions/", include("tongxin.divisions.urls")),
    path("figures/", include("tongxin.indicators.urls")),
    path("briefings/", include("tongxin.briefings.urls")),
    path("programmes/", include("tongxin.programmes.urls")),
    path("", include("tongxin.accounts.urls")),
    path("demo/", include("tongxin.demo.urls")),
    path("api/v1/", include("tongxin.api.urls")),
    path("account/login/", doors.login, name="account_login"),
    path("account/logout/", doors.logout, name="account_logout"),
    path("account/password/", password, name="account_change_password"),
    path("account/inactive/", doors.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", doors.reauthenticate, name="account_reauthenticate"),
    path("account/sign-ins/", sign_ins.mine, name="sign_ins"),
    path("account/sign-ins/end/", sign_ins.end, name="end_sign_ins"),
    path("account/tokens/", tokens.mine, name="tokens"),
    path("account/tokens/end/", tokens.end, name="end_token"),
    path("account/sso/", identity.begin, {"provider_id": "sso"}, name="openid_connect_login"),
    path(
        "account/sso/back/",
        identity.come_back,
        {"provider_id": "sso"},
        name="openid_connect_callback",
    ),
    path("account/sso/given-up/", given.login_cancelled, name="socialaccount_login_cancelled"),
    path("account/sso/failed/", given.login_error, name="socialaccount_login_error"),
    path("account/sso/disconnect/", sign_ins.disconnect, name="disconnect"),
    path("account/second-factor/", include(SECOND_FACTOR)),
]
handler400 = "tongxin.config.answers.bad_request"
handler403 = "tongxin.desk.views.stale_form"
handler404 = "tongxin.config.answers.not_found"
handler500 = "tongxin.desk.views.server_error"
