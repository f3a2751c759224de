"""Words of consent: how it was given, what for, and how it came to its end."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """How somebody agreed."""

    PAPER = "paper", _("书面签字")
    MESSAGE = "message", _("短信或消息")
    SPOKEN = "spoken", _("当面口头")


class Purpose(TextChoices):
    """What the name is kept for; nothing else is done with it."""

    LISTED = "listed", _("列入这次培训的名单")
    CONTACT = "contact", _("通知这次培训的安排")


class Ending(TextChoices):
    """Why a consent counts no more; the name goes at the same moment."""

    WITHDRAWN = "withdrawn", _("本人撤回")
    EXPIRED = "expired", _("到期")
    ASKED = "asked", _("本人要求删除")
    MISTAKEN = "mistaken", _("登记错了")


class Subject(TextChoices):
    """Whose data were erased."""

    PARTICIPANT = "participant", _("参加人员")
    ACCOUNT = "account", _("账号")
