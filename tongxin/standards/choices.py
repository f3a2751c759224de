"""The words of standards: how a clause is scored, how it is checked, how numbers are rounded."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """How the value of a clause becomes a score."""

    PASS_FAIL = "pass_fail", _("是或否")
    OPTIONS = "options", _("选一项")
    TIERS = "tiers", _("分档")
    THRESHOLD = "threshold", _("达标后按步加分")
    PER_UNIT = "per_unit", _("按数量计分")
    RATIO = "ratio", _("与最优值之比")
    BAND = "band", _("分级评判")
    SUM = "sum", _("分项相加")
    DEDUCTION = "deduction", _("扣分")
    MANUAL = "manual", _("直接打分")


class Method(TextChoices):
    """How whoever checks a clause comes to know it."""

    DOCUMENTS = "documents", _("查材料")
    VISIT = "visit", _("看现场")
    INTERVIEW = "interview", _("访谈")


class Partial(TextChoices):
    """What becomes of a step or a unit that is not full."""

    DOWN = "down", _("不足一步不计")
    SHARE = "share", _("按比例计")


class Way(TextChoices):
    """How a score with too many decimals is shortened."""

    HALF_UP = "half_up", _("四舍五入")
    HALF_EVEN = "half_even", _("四舍六入五成双")
    DOWN = "down", _("舍去")
    UP = "up", _("进一")


class Better(TextChoices):
    """Which end of the values of one round is the best."""

    LOWEST = "lowest", _("越低越好")
    HIGHEST = "highest", _("越高越好")


class Outcome(TextChoices):
    """What came of a scoring."""

    GRADED = "graded", _("已定等级")
    BELOW = "below", _("未达最低等级")
    UNGRADED = "ungraded", _("标准不分等级")
    VETOED = "vetoed", _("一票否决")
    OPEN = "open", _("尚不能定等级")


class State(TextChoices):
    """How far a version has come; a published one never changes again."""

    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已发布")
