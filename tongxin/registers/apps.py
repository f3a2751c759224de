from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RegistersConfig(AppConfig):
    name = "tongxin.registers"

    def ready(self) -> None:
        """Collect the declaration of every room: its file `register.py`."""
        autodiscover_modules("register")
