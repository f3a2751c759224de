from django.apps import AppConfig


class SheetsConfig(AppConfig):
    """Workbooks in and out; no tables."""

    name = "tongxin.sheets"
