"""An organisation that was entered twice, for the tests of finding and merging such."""

from django.urls import reverse

from tests import factories as make
from tongxin.organisations.models import Organisation
from tongxin.registers import declaration
from tongxin.registers.merging.actions import merge


class Cast:
    """Two entries of one organisation in 北镇, and the people around."""

    def __init__(self, tree=None):
        self.tree = tree or make.tree()
        self.pilot = make.programme(self.tree.city)
        self.register = declaration.get("organisations")
        self.kept = make.organisation(self.tree.north, "同心服务社", work="助老")
        self.twin = make.organisation(
            self.tree.north,
            "同心·服务社",
            kind="community",
            status="filed",
            credit_code="",
            registrar="北镇民政办",
        )
        self.city = make.coordinator(self.tree.city)
        self.client = make.client_of(self.city)

    def campaign(self, *organisations):
        held = make.record("campaigns", place=self.tree.city, of=self.pilot)
        return [
            make.record("participations", campaign=held, organisation=each)
            for each in organisations
        ]

    def merge(self, **how):
        how.setdefault("by", self.city)
        return merge(self.register, self.kept, self.twin, **how)

    def fresh(self):
        return (Organisation.objects.get(pk=each.pk) for each in (self.kept, self.twin))

    def page(self, one, other):
        return reverse("registers:merge", args=["organisations", one.pk, other.pk])
