"""Where everything lies. Every route below stands in docs/reference/routes.md with its rule."""

from allauth.account import views as doors
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("tongxin.desk.urls")),
    path("registers/", include("tongxin.registers.urls")),
    path("divisions/", include("tongxin.divisions.urls")),
    path("figures/", include("tongxin.indicators.urls")),
    path("briefings/", include("tongxin.briefings.urls")),
    path("programmes/", include("tongxin.programmes.urls")),
    path("offices/", include("tongxin.accounts.urls")),
    path("demo/", include("tongxin.demo.urls")),
    path("language/", set_language, name="set_language"),
    path("account/login/", doors.login, name="account_login"),
    path("account/logout/", doors.logout, name="account_logout"),
    path("account/password/", doors.password_change, name="account_change_password"),
    path("account/inactive/", doors.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", doors.reauthenticate, name="account_reauthenticate"),
]
handler400 = "tongxin.desk.views.bad_request"
handler403 = "tongxin.desk.views.stale_form"
handler404 = "tongxin.desk.views.not_found"
handler500 = "tongxin.desk.views.server_error"
