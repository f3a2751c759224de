"""Words that every register shares."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlaceState(TextChoices):
    """How sure the place of a record is."""

    STATED = "stated", _("已写明")
    NOT_STATED = "not_stated", _("未写明")
    UNMATCHED = "unmatched", _("地名对不上")
