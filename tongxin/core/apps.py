from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Values, words and base templates that every room uses; no tables."""

    name = "tongxin.core"

    def ready(self) -> None:
        """Let the checks of the database be known."""
        from . import checks  # noqa: F401, PLC0415  registering is the import's purpose
