"""The words of assessments: whose turn it is, how a grade stands, what became of an appeal."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(TextChoices):
    """Who works on an assessment now; a decided one never changes again."""

    SELF = "self", _("自评")
    CHECK = "check", _("初审")
    EXPERTS = "experts", _("专家评审")
    COMMITTEE = "committee", _("评审委员会表决")
    DECIDED = "decided", _("已评定")


class Holding(TextChoices):
    """How a grade stands that an assessment gave."""

    PROPOSED = "proposed", _("拟定，待公示")
    IN_FORCE = "in_force", pgettext_lazy("grade", "有效")
    WITHDRAWN = "withdrawn", pgettext_lazy("grade", "已取消")


class Lowering(TextChoices):
    """How a grade came to be another one, or none."""

    DOWNGRADED = "downgraded", pgettext_lazy("grade", "降级")
    WITHDRAWN = "withdrawn", pgettext_lazy("grade", "取消")
    ON_APPEAL = "on_appeal", pgettext_lazy("grade", "复核改定")


class Finding(TextChoices):
    """What became of an appeal."""

    KEPT = "kept", _("维持原等级")
    CHANGED = "changed", _("改定等级")
