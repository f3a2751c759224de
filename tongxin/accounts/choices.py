"""Words of accounts and postings."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What an account is posted as. The three administrators are never one person."""

    COORDINATOR = "coordinator", _("协调员")
    CLERK = "clerk", _("经办员")
    AUDITOR = "auditor", _("审计员")
    ORGANISATION = "organisation", _("社会组织工作人员")
    EXPERT = "expert", _("评审专家")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDIT_ADMIN = "audit_admin", _("审计管理员")


class Power(TextChoices):
    """What a posting allows within its subtree."""

    VIEW = "records.view", _("查看台账")
    EDIT = "records.edit", _("填写和修改台账")
    DECLARE = "figures.declare", _("登记声明数字")
    BRIEF = "briefings.read", _("查看和生成简报")
    OFFICES = "offices.manage", _("管理单位")
    POSTINGS = "postings.grant", _("管理任职")
    JOURNAL = "journal.read", _("查看操作日志")
