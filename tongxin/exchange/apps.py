from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "tongxin.exchange"

    def ready(self) -> None:
        """Let the list of every register lead to bringing in and taking out."""
        from tongxin.registers.declaration import Door, lead_to  # noqa: PLC0415  models first

        lead_to(Door(_("导入 Excel"), "exchange:start", icon="plus", entering=True))
        for label, extension in (
            (_("导出 Excel"), "xlsx"),
            (_("导出 CSV"), "csv"),
            (_("导出 JSON"), "json"),
        ):
            lead_to(Door(label, "exchange:export", (extension,), icon="download", as_shown=True))
