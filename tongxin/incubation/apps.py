from django.apps import AppConfig


class IncubationConfig(AppConfig):
    name = "tongxin.incubation"
