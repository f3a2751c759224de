"""Reading the forms of brands and recognitions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tongxin.programmes.forms import ProgrammeForm

from .models import Brand, Recognition


class BrandForm(ProgrammeForm):
    """A regional brand."""

    class Meta:
        model = Brand
        fields = ("name", "work")
        help_texts = {"work": _("写进“各地区工作品牌”表的文字，例如“打造……品牌”")}


class RecognitionForm(ProgrammeForm):
    """A recognition: only the facts its kind needs are asked for by the rule."""

    class Meta:
        model = Recognition
        fields = (
            "kind",
            "level",
            "subject",
            "venue",
            "form",
            "title",
            "channel",
            "recognised_on",
            "evidence",
            "wording",
        )
        help_texts = {
            "subject": _("不写就用这类成果的共同主语，例如“相关经验”"),
            "venue": _("会议交流时填"),
            "form": _("会议交流时填，例如“大会交流”“书面交流”"),
            "title": _("入选项目或获奖时填全称"),
            "channel": _("推送时填"),
            "wording": _("原文表述与常规不同时照抄，表格里就用这一句"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.queryset = kinds.queryset.filter(programme=self.programme)
