"""Words of demonstration sites."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DesignationLevel(TextChoices):
    """Who named the site."""

    CITY = "city", _("市级")
    COUNTY = "county", _("县级")
    CITY_OR_COUNTY = "city_or_county", _("市县两级（未分列）")
