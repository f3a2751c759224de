"""Words of incubation bases and of their tenants."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BaseLevel(TextChoices):
    """The level at which a base is run."""

    CITY = "city", _("市级")
    COUNTY = "county", _("县级")
    TOWN = "town", _("镇（街道）级")
    COMMUNITY = "community", _("社区级")


class Admission(TextChoices):
    """Why an applicant is admitted: the five kinds of the province's measures of 2022."""

    PRIORITY = "priority", _("政策优先扶持")
    EARLY = "early", _("初创或能力较弱")
    EXEMPLAR = "exemplar", _("创新示范")
    DEVELOPING = "developing", _("模式清楚、正在发展")
    PARTY_BUILDING = "party_building", _("党建基础好")


class Premises(TextChoices):
    """Whether a tenant sits in the base, or is incubated where it is."""

    ON = "on", _("壳内孵化")
    OFF = "off", _("壳外孵化")


class State(TextChoices):
    """How far a tenancy has come."""

    DRAFT = "draft", pgettext_lazy("tenancy", "申请未提交")
    SUBMITTED = "submitted", pgettext_lazy("tenancy", "待核对")
    RETURNED = "returned", pgettext_lazy("tenancy", "待补正")
    CHECKED = "checked", pgettext_lazy("tenancy", "待评审")
    WAITING = "waiting", pgettext_lazy("tenancy", "候补")
    APPROVED = "approved", pgettext_lazy("tenancy", "评审通过")
    PUBLICISED = "publicised", pgettext_lazy("tenancy", "公示中")
    INCUBATING = "incubating", pgettext_lazy("tenancy", "在孵")
    ASSESSED = "assessed", pgettext_lazy("tenancy", "已作出壳评估")
    GRADUATED = "graduated", pgettext_lazy("tenancy", "已出壳")
    LEFT = "left", pgettext_lazy("tenancy", "已退出")
    REMOVED = "removed", pgettext_lazy("tenancy", "已清退")
    REJECTED = "rejected", pgettext_lazy("tenancy", "未入选")
    WITHDRAWN = "withdrawn", pgettext_lazy("tenancy", "已撤回")


class Verb(TextChoices):
    """What may be done with a tenancy, in the order in which it mostly happens."""

    SUBMIT = "submit", _("提交申请")
    CHECK = "check", _("核对通过")
    GIVE_BACK = "return", _("退回补正")
    APPROVE = "approve", _("评审通过")
    WAIT = "wait", _("列入候补")
    REJECT = "reject", _("不予入驻")
    PUBLICISE = "publicise", _("转入公示")
    ADMIT = "admit", _("签协议入驻")
    RELOCATE = "relocate", _("调整场地")
    REVIEW = "review", _("中期评估")
    EXTEND = "extend", _("续驻")
    ASSESS = "assess", _("出壳评估")
    GRADUATE = "graduate", _("出壳")
    LEAVE = "leave", pgettext_lazy("tenancy", "退出")
    REMOVE = "remove", _("清退")
    HAND_BACK = "hand-back", _("交还场地")
    FOLLOW_UP = "follow-up", _("回访去向")
    WITHDRAW = "withdraw", _("撤回申请")


class Outcome(TextChoices):
    """What has become of a tenant that graduated."""

    REGISTERED = "registered", _("登记为社会组织")
    FILED = "filed", _("备案为社区社会组织")
    FEDERATION = "federation", _("牵头组建联合性组织")
    INDEPENDENT = "independent", _("独立运营")
    ENDED = "ended", _("停止活动")


class Finding(TextChoices):
    """What a mid-review or an exit assessment comes to."""

    GOOD = "good", _("达到目标")
    BEHIND = "behind", _("有差距，限期改进")
    FAILED = "failed", _("未达到目标")
    ABSENT = "absent", _("没有参加")


class Paper(TextChoices):
    """What an applicant hands in."""

    FORM = "form", _("入驻申请表")
    PLAN = "plan", _("孵化计划")
    PROOF = "proof", _("登记证书或备案证明")
    RULES = "rules", _("章程和内部管理制度")
    RECORD = "record", _("近两年年检和无处罚情况说明")
    TEAM = "team", _("发起单位和骨干力量说明")


class EventKind(TextChoices):
    """What happens while an organisation is incubated."""

    SERVICE = "service", _("基地服务")
    MENTORING = "mentoring", _("导师辅导")
    TRAINING = "training", _("培训交流")
    ACTIVITY = "activity", _("自办活动")
    MILESTONE = "milestone", _("阶段成果")
