"""The page that lists are measured against: everything a list page has, but no data behind it.

The same server, middleware, session, template and shell; fifty rows that are constants. It exists
in the benchmark's own URL configuration only.
"""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from tongxin.config.urls import handler400, handler403, handler404, handler500
from tongxin.config.urls import urlpatterns as product
from tongxin.core.access import SIGNED_IN, access
from tongxin.registers import declaration
from tongxin.registers.columns import columns_of, columns_shown, style_of
from tongxin.registers.ordering import orders_of
from tongxin.registers.queries import PAGE, Page, Row, Wish
from tongxin.registers.wishes import Head

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
ADDRESS = "/registers/a-bare-page/"


@access(SIGNED_IN)
def bare(request: HttpRequest) -> HttpResponse:
    """Fifty constant rows in the template of the lists."""
    return render(request, "registers/list.html", {**_constants(), "wish": Wish()})


@cache
def _constants() -> dict[str, Any]:
    register = declaration.get("organisations")
    cells = (
        ("虹桥同心助老服务社", ""),
        ("虹桥街道", ""),
        ("民办非企业单位（社会服务机构）", ' class="fold wrap"'),
        ("已登记", ""),
        ("52320600MJ0000001X", ' class="fold wrap"'),
        ("", ' class="fold wrap"'),
    )
    rows = tuple(
        Row(f"/registers/organisations/{pk}/", cells, void=False, stage="") for pk in range(PAGE)
    )
    return {
        "register": register,
        "page": Page(rows, "A" * 60, ""),
        "older": "?after=" + "A" * 60,
        "newer": "",
        "sorts": [(key, order.label) for key, order in orders_of(register).items()],
        "heads": [
            Head(each.label, style_of(each), "?sort=name", "") for each in columns_shown(register)
        ],
        "columns": [(each.path, each.label, True) for each in columns_of(register)[1:]],
        "void_word": "已作废",
        "filters": [
            {
                "path": wanted.path,
                "label": wanted.label,
                "options": [(str(value), label) for value, label in wanted.options(None)],
                "value": "",
            }
            for wanted in register.filters
        ],
        "division": "",
        "may_enter": True,
        "narrowed": False,
    }


urlpatterns = [path(ADDRESS.removeprefix("/"), bare, name="bare"), *product]
