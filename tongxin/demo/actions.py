"""Loading the first city: its divisions, its pilot of 2017, and an account for each role."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from tongxin.accounts import actions as accounts
from tongxin.accounts.models import Account, Office
from tongxin.brands.register import BRANDS, RECOGNITIONS
from tongxin.briefings.actions import lay_out
from tongxin.campaigns.register import CAMPAIGNS, SERIES
from tongxin.divisions.actions import load_divisions
from tongxin.divisions.models import Division
from tongxin.divisions.queries import find_on
from tongxin.files.gate import inspect
from tongxin.incubation.register import BASES
from tongxin.indicators.register import OBSERVATIONS
from tongxin.organisations.actions import appoint_representative
from tongxin.organisations.register import ORGANISATIONS
from tongxin.participants.choices import Channel, Purpose
from tongxin.participants.rules import Agreement, usual_end
from tongxin.party_building.register import MEANS, PROJECTS
from tongxin.programmes.actions import found_programme
from tongxin.programmes.models import Programme
from tongxin.registers.actions import enter
from tongxin.registers.attached.actions import attach
from tongxin.registers.choices import PlaceState
from tongxin.registers.declaration import Register
from tongxin.sites.register import DESIGNATIONS, SITES
from tongxin.trainings.actions import add_participant
from tongxin.trainings.register import TRAININGS

from .people import PEOPLE, SINCE
from .samples import submit_samples

FACTS = Path(__file__).parent / "facts"
SAMPLE_CODE = "52320613MJ0000001H"
SAMPLE_PEOPLE = (("张样例", 2), ("李样例", 1), ("王样例", 2))


def load(password: str) -> bool:
    """Load the demo into an empty installation; False when it is there already."""
    if Programme.objects.filter(key="nantong-2017").exists():
        return False
    with transaction.atomic():
        load_divisions()
        Nantong().load()
        open_accounts(password)
    return True


class Nantong:
    """The pilot's facts, entered through the same actions that the pages use."""

    def __init__(self) -> None:
        self.facts = _read("nantong-2017.json")
        self.programme = self._programme()

    def load(self) -> None:
        """Enter everything that is known by name, then what was only declared."""
        self._sites()
        for row in self.facts["bases"]:
            self._enter(BASES, row)
        for row in self.facts["brands"]:
            self._enter(BRANDS, row)
        kinds = {kind.key: kind for kind in self.programme.recognitionkind_words.all()}
        for row in self.facts["recognitions"]:
            self._enter(RECOGNITIONS, row | {"kind": kinds[row["kind"]]})
        for row in self.facts["means"]:
            enter(MEANS, by=None, values=row | {"programme": self.programme})
        for row in self.facts["projects"]:
            self._enter(PROJECTS, row)
        self._campaign()
        for row in self.facts["observations"]:
            value = Decimal(row["value"])
            self._enter(OBSERVATIONS, row | {"value": value, "place": "南通市"})
        briefing = _read("briefing-2017.json")
        blocks = briefing.pop("blocks")
        lay_out(by=None, programme=self.programme, facts=briefing, blocks=blocks)

    def _programme(self) -> Programme:
        facts = dict(self.facts["programme"])
        facts["division"] = Division.objects.get(key=facts["division"])
        found_programme(by=None, facts=facts, words=self.facts["words"])
        return Programme.objects.select_related("division").get(key=facts["key"])

    def _sites(self) -> None:
        groups = {group.name: group for group in self.programme.occupationalgroup_words.all()}
        for row in self.facts["sites"]:
            site = self._enter(SITES, row | {"group": groups[row["group"]]})
            enter(DESIGNATIONS, by=None, values={"site": site, "level": "city_or_county"})

    def _campaign(self) -> None:
        facts = dict(self.facts["campaign"])
        series = facts.pop("series")
        campaign = self._enter(CAMPAIGNS, facts)
        for name in series:
            enter(SERIES, by=None, values={"campaign": campaign, "name": name})

    def _enter(self, register: Register, row: dict[str, Any]) -> Any:
        """Enter a row, its place found by name on the day of the facts."""
        values = {name: value for name, value in row.items() if name != "place"}
        division, state = self._place(row["place"], row.get("place_text", ""))
        values |= {"division": division, "place_state": state, "programme": self.programme}
        record, _fresh = enter(register, by=None, values=values)
        return record

    def _place(self, name: str, written: str) -> tuple[Division, PlaceState]:
        if not name:
            return self.programme.division, PlaceState.NOT_STATED
        day = self.programme.day
        match = find_on(name, day)
        if match.only is None:
            message = f"{name} is no division on {day}"
            raise LookupError(message)
        known = not written or bool(find_on(written, day).nodes)
        state = PlaceState.STATED if known else PlaceState.UNMATCHED
        return Division.objects.get(pk=match.only.id), state


def open_accounts(password: str) -> None:
    """Open one account for each role, and the sample organisation that one of them keeps."""
    for person in PEOPLE:
        division = Division.objects.get(key=person.division)
        office = Office.objects.filter(division=division, name=person.office).first()
        office = office or accounts.open_office(by=None, division=division, name=person.office)
        account = accounts.open_account(
            by=None,
            username=person.username,
            display_name=f"{person.username}（样例）",
            password=password,
            office=office,
        )
        accounts.post(by=None, account=account, office=office, role=person.role, since=SINCE)
    _sample_organisation()
    _sample_training()
    submit_samples()


def _sample_organisation() -> None:
    """An invented organisation for the account of an organisation; it counts in no figure."""
    organisation, _fresh = enter(
        ORGANISATIONS,
        by=None,
        values={
            "name": "虹桥邻里服务社（样例）",
            "division": Division.objects.get(key="t320602005"),
            "kind": "52",
            "status": "registered",
            "credit_code": SAMPLE_CODE,
            "sample": True,
        },
    )
    account = Account.objects.get(username="organisation")
    appoint_representative(by=None, account=account, organisation=organisation)
    content = (FACTS / "sample-attachment.txt").read_bytes()
    passed = inspect("服务协议（样例）.txt", "text/plain", content)
    attach(ORGANISATIONS, organisation, by=None, passed=passed, sensitivity="internal")


def _sample_training() -> None:
    """An invented training with invented people who agreed; it counts in no figure."""
    training, _fresh = enter(
        TRAININGS,
        by=None,
        values={
            "name": "社会组织骨干培训（样例）",
            "division": Division.objects.get(key="t320602005"),
            "programme": Programme.objects.get(key="nantong-2017"),
            "held_on": SINCE,
            "sessions": 2,
            "attendances": 30,
            "persons": 18,
            "organiser": "虹桥街道办事处（样例）",
            "sample": True,
        },
    )
    today = timezone.localdate()
    clerk = Account.objects.get(username="street")
    for name, times in SAMPLE_PEOPLE:
        said = Agreement(
            name=name,
            unit="虹桥邻里服务社（样例）",
            contact="",
            purposes=(Purpose.LISTED,),
            channel=Channel.PAPER,
            language="zh-hans",
            given_on=today,
            expires_on=usual_end(today),
        )
        add_participant(training, by=clerk, said=said, times=times)


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FACTS / name).read_text(encoding="utf-8"))
    return found
