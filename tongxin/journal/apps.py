from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The record of acts, its chain and its seals."""

    name = "tongxin.journal"

    def ready(self) -> None:
        """Let the checks of the journal be known."""
        from . import checks  # noqa: F401, PLC0415  registering is the import's purpose
