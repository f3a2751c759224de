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


class AccountState(TextChoices):
    """How an account stands with its administrator."""

    IN_USE = "in_use", _("使用中")
    INVITED = "invited", _("等本人设密码")
    DEACTIVATED = "deactivated", _("已停用")


class PostingState(TextChoices):
    """How a posting stands to a day."""

    STANDING = "standing", _("现任")
    FUTURE = "future", _("未开始")
    ENDED = "ended", _("已结束")


class Sensitivity(TextChoices):
    """Who may know of a record, from the widest circle to the narrowest."""

    PUBLIC = "public", _("公开")
    INTERNAL = "internal", _("内部")
    RESTRICTED = "restricted", _("受限")


class Power(TextChoices):
    """What a posting allows within its subtree."""

    PUBLIC = "records.public", _("查看公开记录")
    VIEW = "records.view", _("查看台账")
    RESTRICTED = "records.restricted", _("查看受限记录")
    EDIT = "records.edit", _("填写和修改台账")
    ACCEPT = "records.accept", _("审核台账")
    DECLARE = "figures.declare", _("登记声明数字")
    STANDARDS = "standards.keep", _("编写标准")
    BRIEF = "briefings.read", _("查看和生成简报")
    OFFICES = "offices.manage", _("管理单位")
    ACCOUNTS = "accounts.manage", _("管理账号")
    POSTINGS = "postings.grant", _("管理任职")
    CALENDAR = "calendar.keep", _("维护工作日历")
    JOURNAL = "journal.read", _("查看操作日志")


class TokenScope(TextChoices):
    """What a personal token opens: reading only, or all that its account may do."""

    READ = "read", _("只读")
    WRITE = "write", _("读写")


class TokenState(TextChoices):
    """How a personal token stands now."""

    VALID = "valid", _("有效")
    EXPIRED = "expired", _("已到期")
    OVER = "over", _("改过密码或任职，已失效")
