"""Words of briefings."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TableKey(TextChoices):
    """The tables that can be generated from records."""

    DEMONSTRATION_SITES = "demonstration_sites", _("各群体示范点")
    INCUBATION_BASES = "incubation_bases", _("各级孵化基地")
    REGIONAL_BRANDS = "regional_brands", _("各地区工作品牌")
    PARTY_BUILDING_PROJECTS = "party_building_projects", _("各街道党建项目")
