from django.apps import AppConfig


class IncubationConfig(AppConfig):
    name = "tongxin.incubation"

    def ready(self) -> None:
        """Say what the draft of a notice about an application begins with."""
        from tongxin.public_notices.beginnings import begin_with  # noqa: PLC0415  when all is loaded

        from .actions import notice_begins  # noqa: PLC0415

        begin_with("tenancies", notice_begins)
