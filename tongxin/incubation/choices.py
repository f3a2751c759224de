"""Words of incubation bases."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BaseLevel(TextChoices):
    """The level at which a base is run."""

    CITY = "city", _("市级")
    COUNTY = "county", _("县级")
    TOWN = "town", _("镇（街道）级")
    COMMUNITY = "community", _("社区级")
