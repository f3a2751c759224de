"""Words of regional brands and recognitions."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RecognitionLevel(TextChoices):
    """The level that gave a recognition."""

    NATION = "nation", _("全国")
    PROVINCE = "province", _("全省")
    CITY = "city", _("全市")
