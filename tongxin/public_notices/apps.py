from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicNoticesConfig(AppConfig):
    name = "tongxin.public_notices"

    def ready(self) -> None:
        """Lead from the page of every record to its notices."""
        from tongxin.registers.declaration import Way, lead_on  # noqa: PLC0415  when all is loaded

        lead_on(Way(_("公示"), "public_notices:of_record", "flag"))
