from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    name = "tongxin.assessments"

    def ready(self) -> None:
        """Lead from records to their assessments, and let panels judge these and appeals."""
        from tongxin.panels import topics  # noqa: PLC0415  when all is loaded
        from tongxin.registers.declaration import Way, lead_on  # noqa: PLC0415

        from . import judged  # noqa: PLC0415
        from .permissions import ASSESSED  # noqa: PLC0415

        lead_on(Way(_("评估"), "assessments:of_record", "tick", ASSESSED))
        for topic in judged.TOPICS:
            topics.register(topic)
