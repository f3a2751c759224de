"""Regional brands, and the recognitions they won."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tongxin.programmes.models import ProgrammeRecord, RecognitionKind

from .choices import RecognitionLevel


class Brand(ProgrammeRecord):
    """What a region is known for: a short name, and the work in the words of its table."""

    work = models.CharField(_("工作内容"), max_length=200)


class Recognition(ProgrammeRecord):
    """One recognition as a fact: kind, level, and where or what. Its words are composed from it."""

    kind = models.ForeignKey(
        RecognitionKind, models.PROTECT, related_name="recognitions", verbose_name=_("种类")
    )
    level = models.CharField(_("级别"), max_length=10, choices=RecognitionLevel, blank=True)
    subject = models.CharField(_("获认可的工作"), max_length=60, blank=True)
    venue = models.CharField(_("会议"), max_length=60, blank=True)
    form = models.CharField(_("交流形式"), max_length=20, blank=True)
    title = models.CharField(_("项目或奖项"), max_length=60, blank=True)
    channel = models.CharField(_("渠道"), max_length=60, blank=True)
    wording = models.CharField(_("专用表述"), max_length=120, blank=True)
    recognised_on = models.DateField(_("取得日期"), null=True, blank=True)
    evidence = models.CharField(_("佐证"), max_length=200, blank=True)
