"""Reading the forms of bases, calls, tenancies and events, and of what is done with a tenancy."""

from collections.abc import Collection
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tongxin.calendars.choices import Unit
from tongxin.core.errors import Problem
from tongxin.organisations.forms import NamesOrganisation
from tongxin.programmes.forms import ProgrammeForm
from tongxin.registers import move_forms
from tongxin.registers.forms import RecordForm
from tongxin.registers.move_forms import A_DAY, refuse
from tongxin.registers.moves import Said

from .actions.applying import papers_wanted
from .actions.setting import SETTINGS
from .choices import Admission, Finding, Outcome, Paper, Premises
from .models import Base, Event, Intake, Tenancy
from .rules.clocks import months_later

UNITS = [(each.value, each.label) for each in (Unit.WORKING_DAYS, Unit.DAYS)]
A_NUMBER = gettext_lazy("填整数，例如 1")


class BaseForm(ProgrammeForm):
    """An incubation base."""

    class Meta:
        model = Base
        fields = (
            "name",
            "level",
            "operator",
            "contract_from",
            "contract_until",
            "opened_on",
            "capacity",
            "area_owned",
            "area_rented",
            "area_lent",
            "rooms",
            "services",
            "grade",
        )


class IntakeForm(RecordForm):
    """A call for applications, entered from its base's page."""

    asks_place = False

    class Meta:
        model = Intake
        fields = ("opens_on", "closes_on", "places", "document")


class TenancyForm(NamesOrganisation):
    """An application: an organisation on record is named and nothing of it typed again."""

    asks_place = False
    organisation = forms.CharField(
        label=pgettext_lazy("one", "社会组织"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("写台账里的全称，或统一社会信用代码"),
    )

    class Meta:
        model = Tenancy
        fields = ("organisation", "applicant", "admission", "premises", "places", "plan")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["applicant"].help_text = gettext_lazy(
            "还没有登记或备案的，写团队名称，上面的社会组织留空。不写个人姓名"
        )
        self.fields["places"].help_text = gettext_lazy("壳外孵化不占席位")


class ApplicationForm(RecordForm):
    """An organisation's own application: what its record in the register does not say already."""

    asks_place = False
    papers = forms.MultipleChoiceField(
        label=gettext_lazy("已交给基地的材料"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("勾选已经交给基地的。没备好的先不勾，保存以后再补"),
        error_messages={"invalid_choice": gettext_lazy("从列表里选择材料")},
    )

    class Meta:
        model = Tenancy
        fields = ("plan", "admission", "premises", "places")
        widgets: ClassVar[dict[str, Any]] = {
            "plan": forms.Textarea(attrs={"rows": 4}),
            "admission": forms.RadioSelect,
            "premises": forms.RadioSelect,
        }

    def __init__(self, *args: Any, applicant: Any, handed: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("sensitivity", None)
        admission: Any = self.fields["admission"]
        admission.choices = Admission.choices
        self.fields["plan"].help_text = gettext_lazy("写想做成什么，例如“一年内登记，服务三个小区”")
        self.fields["plan"].needed = True  # type: ignore[attr-defined]
        self.fields["premises"].help_text = gettext_lazy("壳内在基地办公，壳外在原来的地方接受辅导")
        self.fields["places"].help_text = gettext_lazy("壳外孵化不占席位")
        papers: Any = self.fields["papers"]
        papers.choices = [(each, each.label) for each in papers_wanted(applicant)]
        self.initial["papers"] = list(handed)

    def papers_typed(self) -> list[str]:
        """The papers that were ticked."""
        return list(self.cleaned_data["papers"])


class OwnMoveForm(move_forms.MoveForm):
    """What an organisation says with a step of its own application: it happens today."""

    on = None  # type: ignore[assignment]

    def __init__(self, *args: Any, tenancy: Tenancy, **kwargs: Any) -> None:
        super().__init__(*args, read=tenancy, **kwargs)

    def said(self) -> Said:
        """What the form says, as of today."""
        facts = self.cleaned_data
        return Said(timezone.localdate(), facts["note"].strip(), facts.get("version"))


class EventForm(RecordForm):
    """Something that happened during the incubation, entered from the tenancy's page."""

    asks_place = False

    class Meta:
        model = Event
        fields = ("name", "kind", "happened_on", "provider", "attendances")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].help_text = gettext_lazy("提供服务或辅导的单位，不写个人姓名")


class MoveForm(move_forms.MoveForm):
    """What is said with every move of a tenancy."""

    def __init__(self, *args: Any, tenancy: Tenancy, **kwargs: Any) -> None:
        self.tenancy = tenancy
        super().__init__(*args, read=tenancy, **kwargs)


class PlacingForm(MoveForm):
    """A move that says where a tenant is, and on how many places."""

    premises = forms.ChoiceField(
        label=gettext_lazy("孵化方式"),
        choices=Premises.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("选择孵化方式")},
    )
    places = forms.IntegerField(
        label=gettext_lazy("占用席位"),
        required=False,
        max_value=9999,
        help_text=gettext_lazy("壳外孵化不占席位"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": A_NUMBER, "max_value": gettext_lazy("不能大于 9999，核对位数")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["premises"], self.initial["places"] = (
            self.tenancy.premises,
            self.tenancy.places,
        )


class UntilForm(MoveForm):
    """A move that says until when an agreement runs."""

    asked = ("until",)
    until = forms.DateField(
        label=gettext_lazy("协议到期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": A_DAY},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begins = self.tenancy.until or timezone.localdate()
        self.initial["until"] = months_later(begins, self.tenancy.base.term_months)


class AdmitForm(PlacingForm, UntilForm):
    """The agreement."""

    field_order = ("on", "until", "premises", "places", "note")


class FindingForm(MoveForm):
    """A move that comes to a finding."""

    asked = ("finding",)
    finding = forms.ChoiceField(
        label=gettext_lazy("结论"),
        required=False,
        choices=[(each.value, each.label) for each in Finding if each != Finding.ABSENT],
        widget=forms.RadioSelect,
    )


class AssessForm(FindingForm):
    """The exit assessment, in which somebody may not have taken part."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        finding: Any = self.fields["finding"]
        finding.choices = Finding.choices
        finding.help_text = _("没有参加评估的，按退出办理")


class OutcomeForm(MoveForm):
    """A move that says what becomes of a tenant."""

    asked = ("outcome",)
    outcome = forms.ChoiceField(
        label=gettext_lazy("去向"),
        required=False,
        choices=Outcome.choices,
        widget=forms.RadioSelect,
    )


class PapersForm(forms.Form):
    """Which papers an applicant has handed in: those that are wanted of it."""

    papers = forms.MultipleChoiceField(
        label=gettext_lazy("已交的材料"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("从列表里选择材料")},
    )

    def __init__(self, *args: Any, papers: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["papers"]
        field.choices = [(each, Paper(each).label) for each in papers]


class ClocksForm(forms.Form):
    """How long a base takes for each step, and in what unit."""

    check_days = forms.IntegerField(label=gettext_lazy("核对期限"))
    check_unit = forms.ChoiceField(label=gettext_lazy("核对期限单位"), choices=UNITS)
    notice_days = forms.IntegerField(label=gettext_lazy("公示期限"))
    notice_unit = forms.ChoiceField(label=gettext_lazy("公示期限单位"), choices=UNITS)
    handback_days = forms.IntegerField(label=gettext_lazy("交还期限"))
    handback_unit = forms.ChoiceField(label=gettext_lazy("交还期限单位"), choices=UNITS)
    term_months = forms.IntegerField(label=gettext_lazy("孵化期（月）"))

    def __init__(self, *args: Any, base: Base, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.initial = {name: getattr(base, name) for name in SETTINGS}
        for field in self.fields.values():
            if isinstance(field, forms.IntegerField):
                field.widget = forms.TextInput(attrs={"inputmode": "numeric"})
            field.error_messages |= {"required": A_NUMBER, "invalid": A_NUMBER}
            field.error_messages["invalid_choice"] = gettext_lazy("从列表里选择单位")

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Show why it was not done, at the fields concerned."""
        refuse(self, problems)
