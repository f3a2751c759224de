from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicNoticesConfig(AppConfig):
    name = "tongxin.public_notices"

    def ready(self) -> None:
        """Lead from the page of every record to its notices, and mark what is put up."""
        from tongxin.registers.declaration import (  # noqa: PLC0415  when all is loaded
            Way,
            lead_on,
            mark_with,
        )

        from .pages import marks_on  # noqa: PLC0415

        mark_with(marks_on)
        lead_on(Way(_("公示"), "public_notices:of_record", "flag"))
