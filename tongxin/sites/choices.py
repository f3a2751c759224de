"""Words of demonstration sites, of their namings and of what happens there."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DesignationLevel(TextChoices):
    """Who named the site."""

    CITY = "city", _("市级")
    COUNTY = "county", _("县级")
    CITY_OR_COUNTY = "city_or_county", _("市县两级（未分列）")


class DesignationKind(TextChoices):
    """As what a site is named; one place may be named as several."""

    DEMONSTRATION = "demonstration", pgettext_lazy("designation", "示范点")
    PRACTICE_BASE = "practice_base", _("实践创新基地")
    HOME = "home", _("联谊活动之家")


class Standing(TextChoices):
    """How a naming stands. That it has run out follows from its days and is no word of its own."""

    PROPOSED = "proposed", pgettext_lazy("designation", "拟命名")
    CHECKED = "checked", pgettext_lazy("designation", "已实地核查")
    PUBLICISED = "publicised", pgettext_lazy("designation", "公示中")
    DESIGNATED = "designated", pgettext_lazy("designation", "已命名")
    RECTIFYING = "rectifying", pgettext_lazy("designation", "整改中")
    WITHDRAWN = "withdrawn", pgettext_lazy("designation", "已撤销命名")
    DROPPED = "dropped", pgettext_lazy("designation", "未命名")


class Verb(TextChoices):
    """What may be done with a naming, in the order in which it mostly happens."""

    PROPOSE = "propose", _("提名")
    CHECK = "check", pgettext_lazy("step", "实地核查")
    PUBLICISE = "publicise", _("转入公示")
    DESIGNATE = "designate", pgettext_lazy("step", "命名")
    KEEP = "keep", _("复核保留")
    RECTIFY = "rectify", _("限期整改")
    PUT_RIGHT = "put-right", _("整改完成")
    RETURN_PLAQUE = "return-plaque", _("收回牌匾")
    DROP = "drop", _("不予命名")
    WITHDRAW = "withdraw", _("撤销命名")


class Finding(TextChoices):
    """What a visit came to."""

    MEETS = "meets", _("符合")
    PARTLY = "partly", _("部分符合")
    FAILS = "fails", _("不符合")
