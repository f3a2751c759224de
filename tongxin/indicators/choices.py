"""Words of figures."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tongxin.core.figures import Flow, State


class Qualifiers(TextChoices):
    """How exact a declared value is."""

    EXACT = "exact", _("确数")
    AT_LEAST = "at_least", _("余，至少")
    ABOUT = "about", _("约")


FLOW_WORDS = {
    Flow.STOCK: _("存量，以截止日的情况为准"),
    Flow.FLOW: _("流量，算一个年度"),
    Flow.CUMULATIVE: _("累计，从开始到截止日"),
}
STATE_WORDS = {
    State.COUNTED: _("有记录"),
    State.DECLARED: _("只有声明"),
    State.AGREED: _("记录与声明一致"),
    State.DIFFERENT: _("记录与声明不同"),
    State.MISSING: _("没有数据"),
}
STATE_TAGS = {
    State.COUNTED: "ok",
    State.DECLARED: "warn",
    State.AGREED: "ok",
    State.DIFFERENT: "info",
    State.MISSING: "neu",
}
STATE_ICONS = {
    State.COUNTED: "tick",
    State.DECLARED: "warn",
    State.AGREED: "tick",
    State.DIFFERENT: "info",
    State.MISSING: "dashed",
}
