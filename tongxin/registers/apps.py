from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class RegistersConfig(AppConfig):
    name = "tongxin.registers"

    def ready(self) -> None:
        """Collect the declaration of every room: its file `register.py`."""
        from .indexing import after_migrating  # noqa: PLC0415  needs the models

        autodiscover_modules("register")
        post_migrate.connect(after_migrating, sender=self)
