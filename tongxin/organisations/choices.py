"""Words of social organisations."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    """Legal kinds; the value of registered kinds is the first two characters of their code."""

    ASSOCIATION = "51", _("社会团体")
    SERVICE = "52", _("民办非企业单位（社会服务机构）")
    FOUNDATION = "53", _("基金会")
    COMMUNITY = "community", _("社区社会组织")
    OTHER = "59", _("其他")


class Status(TextChoices):
    """How an organisation stands with the registrar."""

    REGISTERED = "registered", _("已登记")
    FILED = "filed", _("已备案")
    PRE_APPROVED = "pre_approved", _("名称已预核准")
    DEREGISTERED = "deregistered", _("已注销")


class DemonstrationLevel(TextChoices):
    """By whom an organisation was recognised as a demonstration."""

    PROVINCE = "province", _("省级示范")
    CITY = "city", _("市级示范")
    COUNTY = "county", _("县级示范")
