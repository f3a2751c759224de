from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "tongxin.reviews"

    def ready(self) -> None:
        """Follow what is written into the registers."""
        from tongxin.registers.following import follow  # noqa: PLC0415  when models are loaded

        from .actions.following import Reviews  # noqa: PLC0415  likewise

        follow(Reviews())
