"""How an account's standing is put into words."""

from django.utils.translation import gettext as _

from tongxin.accounts.choices import Role
from tongxin.accounts.queries import Standing
from tongxin.core.words import inline
from tongxin.divisions.models import Version
from tongxin.divisions.queries import on_day

LEVELLED = {Role.COORDINATOR, Role.CLERK}


def role_label(stand: Standing) -> str:
    """Return what an account is, with the place of a coordinator or clerk. One query."""
    if not stand.postings:
        return ""
    held = stand.postings[0]
    role = Role(held.role)
    version = Version.objects.filter(on_day(stand.on), division_id=held.division_id).first()
    if role not in LEVELLED or version is None:
        return str(role.label)
    return _("%(place)s%(role)s") % {"place": version.name, "role": inline(role.label)}
