"""The registers of regional brands and of recognitions."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxin.registers.declaration import (
    Column,
    Filter,
    Kind,
    Register,
    choice_filter,
    declare,
)

from .actions import check_recognition, name_recognition
from .choices import RecognitionLevel
from .forms import BrandForm, RecognitionForm
from .models import Brand, Recognition


def _kinds(request: Any) -> Any:
    programme = request.programme
    return programme.recognitionkind_words.values_list("id", "name") if programme else ()


BRANDS = declare(
    Register(
        key="brands",
        model=Brand,
        title=_("地区品牌"),
        noun=pgettext_lazy("one", "地区品牌"),
        form=BrandForm,
        columns=(
            Column("name", _("名称")),
            Column("division", _("地区"), Kind.DIVISION),
            Column("work", _("工作内容"), fold=True),
        ),
        within="programme",
        goes_to=_("地区品牌表和简报第三部分从这里取数"),
        empty=_("还没有登记地区品牌。"),
        icon="flag",
        order=70,
    )
)
RECOGNITIONS = declare(
    Register(
        key="recognitions",
        model=Recognition,
        title=_("成果"),
        noun=pgettext_lazy("one", "成果"),
        form=RecognitionForm,
        columns=(
            Column("name", pgettext_lazy("one", "成果")),
            Column("division", _("地区"), Kind.DIVISION),
            Column("kind__name", _("种类"), fold=True),
            Column("level", _("级别"), Kind.CHOICE, RecognitionLevel, fold=True),
            Column("recognised_on", _("取得日期"), Kind.DATE, fold=True),
        ),
        filters=(
            Filter("kind", _("种类"), _kinds),
            choice_filter("level", _("级别"), RecognitionLevel),
        ),
        check=check_recognition,
        naming=name_recognition,
        within="programme",
        known_by=(
            ("kind", "division", "level", "subject", "venue", "title", "channel", "wording"),
        ),
        goes_to=_("方格图、地区品牌表的“工作成效”和简报第三部分从这里取数"),
        empty=_("还没有登记成果。"),
        icon="tick",
        order=71,
    )
)
