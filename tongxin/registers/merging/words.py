"""Why two records may be one, in words."""

from django.utils.translation import gettext_lazy as _

from tongxin.registers.likeness import Ground

GROUNDS = {
    Ground.CODE: _("代码相同"),
    Ground.NAME: _("名称相同"),
    Ground.SOUND: _("名称同音"),
    Ground.ALIKE: _("名称相近"),
}
