from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "tongxin.participants"
