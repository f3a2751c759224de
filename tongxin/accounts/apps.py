from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tongxin.accounts"

    def ready(self) -> None:
        """Listen to what happens at the door."""
        from . import receivers  # noqa: F401, PLC0415  needs the models
