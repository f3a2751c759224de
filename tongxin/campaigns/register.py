"""The registers of campaigns, of their series and of those who take part."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxin.registers.declaration import Column, Kind, Part, Register, declare

from .actions import check_campaign, check_participations
from .forms import CampaignForm, ParticipationForm, SeriesForm
from .models import Campaign, Participation, Series

CAMPAIGNS = declare(
    Register(
        key="campaigns",
        model=Campaign,
        title=_("活动"),
        noun=pgettext_lazy("one", "活动"),
        form=CampaignForm,
        columns=(
            Column("name", _("名称")),
            Column("division", _("地区"), Kind.DIVISION),
            Column("themes", _("主题"), fold=True),
        ),
        check=check_campaign,
        within="programme",
        parts=(Part("series", "campaign"), Part("participations", "campaign")),
        goes_to=_("参加活动的组织数和简报第二部分从这里取数"),
        empty=_("还没有登记活动。"),
        icon="flag",
        order=60,
    )
)
SERIES = declare(
    Register(
        key="series",
        model=Series,
        title=_("系列"),
        noun=pgettext_lazy("one", "系列"),
        form=SeriesForm,
        columns=(Column("name", _("名称")), Column("campaign__name", pgettext_lazy("one", "活动"))),
        place="campaign__division",
        parent="campaign",
        known_by=(("name", "campaign"),),
        empty=_("还没有登记系列。"),
        order=61,
    )
)
PARTICIPATIONS = declare(
    Register(
        key="participations",
        model=Participation,
        title=_("参加的组织"),
        noun=pgettext_lazy("one", "参加的组织"),
        form=ParticipationForm,
        columns=(
            Column("name", pgettext_lazy("one", "社会组织")),
            Column("campaign__name", pgettext_lazy("one", "活动")),
        ),
        check_rows=check_participations,
        naming=lambda entry: entry.organisation.name,
        place="campaign__division",
        parent="campaign",
        known_by=(("organisation", "campaign"),),
        goes_to=_("参加活动的组织数按这里的名单计"),
        empty=_("还没有登记参加的组织。"),
        order=62,
    )
)
