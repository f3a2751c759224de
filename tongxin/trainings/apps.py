from django.apps import AppConfig


class TrainingsConfig(AppConfig):
    name = "tongxin.trainings"
