"""The register of the special fund's yearly budgets."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxin.divisions.choices import Level
from tongxin.registers.declaration import Column, Kind, Register, declare

from .actions import check_budgets
from .forms import BudgetForm
from .models import Budget

BUDGETS = declare(
    Register(
        key="budgets",
        accepted_at=Level.CITY,
        model=Budget,
        title=_("专项资金年度额度"),
        noun=pgettext_lazy("one", "年度额度"),
        form=BudgetForm,
        columns=(
            Column("name", _("名称")),
            Column("division", _("地区"), Kind.DIVISION),
            Column("amount", _("额度"), Kind.MONEY),
            Column("document", _("依据文件"), fold=True),
        ),
        check_rows=check_budgets,
        naming=lambda budget: f"{budget.year} 年度专项资金",
        within="programme",
        known_by=(("year", "division"),),
        goes_to=_("专项资金数字和简报第二部分从这里取数"),
        empty=_("还没有登记年度额度。简报里的资金数是声明数，不是凭证；有文件后在这里登记。"),
        icon="money",
        sealed=True,
        order=40,
    )
)
