"""The routes of programs. Each opens to a token, save the description of them all."""

from typing import Any

from django.urls import path

from tongxin.core.access import TOKEN, access

from . import document
from .door import api

app_name = "api"
# Of the library's list: one route for each address, not one for each method, and no root page.
ROUTES: dict[str, Any] = {str(each.pattern): each for each in api.urls[0] if str(each.pattern)}
for route in ROUTES.values():
    access(TOKEN)(route.callback)
urlpatterns = [path("openapi.json", document.described, name="openapi"), *ROUTES.values()]
