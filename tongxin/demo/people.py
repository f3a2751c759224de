"""The demo's accounts: one for each role. Offices and accounts are invented, and say so."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tongxin.accounts.choices import Role

SINCE = dt.date(2017, 3, 1)


@dataclass(frozen=True, slots=True)
class Person:
    """One demo account and its posting."""

    username: str
    label: str | Promise
    role: Role
    division: str
    office: str


PEOPLE = (
    Person(
        "city", _("市级协调员（南通市）"), Role.COORDINATOR, "nantong", "市级协调办公室（样例）"
    ),
    Person(
        "county", _("县级协调员（启东市）"), Role.COORDINATOR, "qidong", "启东市协调办公室（样例）"
    ),
    Person(
        "chongchuan",
        _("县级协调员（崇川区）"),
        Role.COORDINATOR,
        "chongchuan",
        "崇川区协调办公室（样例）",
    ),
    Person(
        "street", _("街道经办员（虹桥街道）"), Role.CLERK, "t320602005", "虹桥街道办事处（样例）"
    ),
    Person("auditor", _("审计员（南通市）"), Role.AUDITOR, "nantong", "市级审计组（样例）"),
    Person(
        "organisation",
        _("社会组织工作人员（样例组织）"),
        Role.ORGANISATION,
        "t320602005",
        "虹桥邻里服务社（样例）",
    ),
    Person("expert", _("评审专家"), Role.EXPERT, "nantong", "专家库（样例）"),
    Person("system", _("系统管理员"), Role.SYSTEM_ADMIN, "nantong", "信息中心（样例）"),
    Person("security", _("安全管理员"), Role.SECURITY_ADMIN, "nantong", "安全办公室（样例）"),
    Person("audit", _("审计管理员"), Role.AUDIT_ADMIN, "nantong", "审计办公室（样例）"),
)
