from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Values, words and base templates that every room uses; no tables."""

    name = "tongxin.core"
