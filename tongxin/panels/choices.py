"""The words of panels: what they are for, how far they and their members are, how they vote."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What a panel is called together for."""

    EXPERTS = "experts", _("专家评分")
    COMMITTEE = "committee", _("评审委员会表决")


class PanelState(TextChoices):
    """How far a panel is; a closed one never changes again."""

    OPEN = "open", pgettext_lazy("panel", "进行中")
    CLOSED = "closed", pgettext_lazy("panel", "已结束")
    CALLED_OFF = "called_off", pgettext_lazy("panel", "已撤销")


class MemberState(TextChoices):
    """How far a member is."""

    ASKED = "asked", _("待声明利害关系")
    CLEARED = "cleared", _("无利害关系，待评")
    IN = "in", _("已提交")
    ASIDE = "aside", _("已回避")
    RELEASED = "released", _("已移出")


class Conflict(TextChoices):
    """What a member declares of an interest in what is judged; one kind is enough, no details."""

    NONE = "none", _("没有利害关系")
    WORKED = "worked", _("现在或最近两年内在被评单位任职")
    MONEY = "money", _("与被评单位有经济往来或竞争")
    CLOSE = "close", _("与被评单位负责人关系密切，可能影响公正")
    OTHER = "other", _("其他可能影响公正的情形")


class Averaging(TextChoices):
    """How what several experts gave becomes one number."""

    MEAN = "mean", _("平均")
    TRIMMED = "trimmed", _("去掉一个最高分和一个最低分再平均")


class Quorum(TextChoices):
    """How many of the members must have voted."""

    TWO_THIRDS = "two_thirds", _("全体成员的三分之二以上")
    HALF = "half", _("超过全体成员的一半")


class Majority(TextChoices):
    """How many votes for a proposal carry it."""

    OF_ALL = "of_all", _("超过全体成员的一半")
    TWO_THIRDS_OF_ALL = "two_thirds_of_all", _("全体成员的三分之二以上")
    OF_CAST = "of_cast", _("超过投票成员的一半")


class Vote(TextChoices):
    """What a member of a committee says to a proposal."""

    FOR = "for", pgettext_lazy("vote", "同意")
    AGAINST = "against", pgettext_lazy("vote", "不同意")
    ABSTAIN = "abstain", pgettext_lazy("vote", "弃权")


class Outcome(TextChoices):
    """What came of a vote."""

    CARRIED = "carried", pgettext_lazy("vote", "通过")
    LOST = "lost", pgettext_lazy("vote", "未通过")
