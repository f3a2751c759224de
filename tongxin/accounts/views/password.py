"""Changing one's password, for those who have one."""

from allauth.account.views import password_change
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tongxin.core.access import SIGNED_IN, access


@access(SIGNED_IN)
def password(request: HttpRequest) -> HttpResponseBase:
    """Change the password; who signs in without one is told where to get it."""
    if request.user.is_authenticated and request.user.has_usable_password():
        answer: HttpResponseBase = password_change(request)
        return answer
    messages.info(request, _("这个账号没有密码，用单位统一登录。要密码，找系统管理员重发邀请"))
    return redirect(settings.LOGIN_REDIRECT_URL)
