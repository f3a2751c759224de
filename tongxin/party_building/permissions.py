"""Which means an office may choose from."""

from typing import Any

from django.db.models import Q

from tongxin.accounts.choices import Power
from tongxin.accounts.permissions import NOWHERE
from tongxin.accounts.queries import standing
from tongxin.programmes.queries import programmes_near


def means_to_choose(account: Any) -> Q:
    """Match the means of programmes in which an account keeps or sees records."""
    stand = standing(account)
    roots = stand.roots(Power.VIEW)
    return Q(programme__in=programmes_near(roots, stand.on)) if roots else NOWHERE
