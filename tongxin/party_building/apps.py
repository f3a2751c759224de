from django.apps import AppConfig


class PartyBuildingConfig(AppConfig):
    name = "tongxin.party_building"
