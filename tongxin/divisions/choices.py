"""Words of the administrative tree."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """The levels of government, from the top."""

    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("县级")
    TOWN = "town", _("镇（街道）级")
    COMMUNITY = "community", _("社区级")


class CodeSystem(TextChoices):
    """Two offices number the same places, and do not agree."""

    CIVIL_AFFAIRS = "mca", _("民政部行政区划代码")
    STATISTICS = "stats", _("国家统计局区划代码")


class ChangeKind(TextChoices):
    """What can happen to a division."""

    RENAME = "rename", _("更名")
    UPGRADE = "upgrade", _("改制")
    MERGE = "merge", _("合并")
    SPLIT = "split", _("拆分")
    TRANSFER = "transfer", _("划转")


class DatePrecision(TextChoices):
    """How well the day of a change is known."""

    EXACT = "exact", _("确切日期")
    EDITION = "edition", _("只知道在该版区划代码截止日之前")
