from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "tongxin.standards"
