"""Reading the form of a budget: amounts as people write them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongxin.core.quantities import Qualifier, parse
from tongxin.programmes.forms import ProgrammeForm

from .models import Budget


class BudgetForm(ProgrammeForm):
    """A year's budget; 2000万元 and 20,000,000元 are the same amount."""

    amount = forms.CharField(
        label=gettext_lazy("额度"),
        max_length=30,
        help_text=gettext_lazy("带上单位，例如 2000万元 或 20,000,000元"),
    )

    class Meta:
        model = Budget
        fields = ("year", "amount", "document")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and isinstance(self.initial.get("amount"), Decimal):
            self.initial["amount"] = f"{self.initial['amount']:,}元"

    def clean_amount(self) -> Decimal:
        """Read an amount with its unit; an approximate one is no budget."""
        text = self.cleaned_data["amount"]
        try:
            quantity = parse(text)
        except ValueError:
            raise forms.ValidationError(_("额度要填数字和单位，例如 2000万元")) from None
        if quantity.unit != "元":
            words = _("“%(text)s”是元还是万元？写成 %(number)s元 或 %(number)s万元")
            raise forms.ValidationError(words % {"text": text, "number": quantity.number})
        if quantity.qualifier is not Qualifier.EXACT:
            raise forms.ValidationError(_("额度要填文件里的确数，不填约数"))
        return quantity.value
