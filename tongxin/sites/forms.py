"""Reading the forms of sites, namings, visits and activities, and of the steps of a naming."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from tongxin.programmes.forms import ProgrammeForm
from tongxin.programmes.models import OccupationalGroup, Programme, SiteFunction
from tongxin.registers.forms import RecordForm
from tongxin.registers.move_forms import A_DAY, TOO_LONG, MoveForm

from .choices import DesignationKind, DesignationLevel
from .models import Activity, Designation, Site, Visit

AS_THE_SITE = gettext_lazy("空着就是示范点自己的群体")
A_POINT = gettext_lazy("可以不填。地图上的数字，例如")


class SiteForm(ProgrammeForm):
    """A site; an office above the town may leave its place open until it is known."""

    place_optional = True

    class Meta:
        model = Site
        fields = ("name", "group", "address", "about", "latitude", "longitude")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: Any = self.fields["group"]
        groups.queryset = groups.queryset.filter(programme=self.programme)
        for name, example in (("latitude", "32.01234"), ("longitude", "120.86543")):
            self.fields[name].help_text = f"{A_POINT} {example}"


class DesignationForm(RecordForm):
    """A naming as it was made, entered from its site's page. One to be made is proposed."""

    asks_place = False

    class Meta:
        model = Designation
        fields = (
            "kind",
            "level",
            "group",
            "document",
            "legal_basis",
            "designated_on",
            "until",
            "review_on",
            "plaque",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme = getattr(self.request, "programme", None)
        if self.instance.pk:
            programme = self.instance.site.programme
        groups: Any = self.fields["group"]
        groups.queryset = OccupationalGroup.objects.filter(programme=programme)
        groups.help_text = AS_THE_SITE


class VisitForm(RecordForm):
    """A look at a site where it is, entered from its page; photographs are attached to it."""

    asks_place = False

    class Meta:
        model = Visit
        fields = ("visited_on", "visitors", "finding", "findings")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visitors"].help_text = gettext_lazy("写单位，不写个人姓名")
        self.fields["findings"].help_text = gettext_lazy("照片保存后在这条记录里上传")


class ActivityForm(RecordForm):
    """Something held at a site, entered from its page."""

    asks_place = False

    class Meta:
        model = Activity
        fields = ("name", "function", "held_on", "attendances")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme = getattr(self.request, "programme", None)
        if self.instance.pk:
            programme = self.instance.site.programme
        functions: Any = self.fields["function"]
        functions.queryset = SiteFunction.objects.filter(programme=programme)


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": A_DAY},
    )


def _text(label: Any, most: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=False,
        help_text=help_text,
        error_messages={"max_length": TOO_LONG},
    )


class ProposeForm(MoveForm):
    """A proposal: as what, and by whom it is to be named."""

    kind = forms.ChoiceField(
        label=gettext_lazy("命名种类"),
        choices=DesignationKind.choices,
        initial=DesignationKind.DEMONSTRATION,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("选择命名种类")},
    )
    level = forms.ChoiceField(
        label=gettext_lazy("命名级别"),
        choices=[
            (each.value, each.label) for each in (DesignationLevel.CITY, DesignationLevel.COUNTY)
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("选择命名级别")},
    )
    group = forms.ModelChoiceField(
        OccupationalGroup.objects.none(),
        label=gettext_lazy("命名的群体"),
        required=False,
        help_text=AS_THE_SITE,
        error_messages={"invalid_choice": gettext_lazy("从列表里选")},
    )
    field_order = ("kind", "level", "group", "on")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: Any = self.fields["group"]
        groups.queryset = OccupationalGroup.objects.filter(programme=programme)


class ReviewForm(MoveForm):
    """A step that says until when a naming holds, and when it is looked at again."""

    review_on = _day(gettext_lazy("下次复核"))
    until = _day(gettext_lazy("到期日期"), gettext_lazy("长期有效的留空"))


class DesignateForm(ReviewForm):
    """The naming itself: its paper, its basis, its plaque."""

    document = _text(gettext_lazy("批准文件"), 120, gettext_lazy("名称和文号"))
    legal_basis = _text(
        gettext_lazy("依据"), 120, gettext_lazy("批准开展这项创建示范活动的文件，例如省里的批复")
    )
    plaque = _text(gettext_lazy("牌匾编号"), 40, gettext_lazy("没有牌匾的留空"))
    asked = ("document",)
    field_order = ("on", "document", "legal_basis", "review_on", "until", "plaque", "note")


class RectifyForm(MoveForm):
    """What is to be put right, and by when."""

    due_on = _day(gettext_lazy("整改到"))
    asked = ("due_on",)
    field_order = ("on", "due_on", "note")
