from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "tongxin.funds"
