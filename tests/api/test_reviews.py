"""What waits is submitted, decided and taken back by programs as on the pages."""

import pytest

from tests import factories as make
from tests.api.programs import Program, codes
from tongxin.journal.models import Entry
from tongxin.registers.choices import Stage
from tongxin.reviews.models import Review

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(small):
    """A site that a clerk of 北镇 has entered, and the programs of the clerk and the county."""
    clerk, county = make.clerk(small.tree.north), make.coordinator(small.tree.east)
    site = make.record("sites", place=small.tree.north, of=small.pilot, by=clerk, name="新点")
    return site, Program(clerk), Program(county)


def stage_of(site):
    site.refresh_from_db()
    return site.stage


def test_a_review_tells_whose_turn_it_is_and_what_was_done(sent, small):
    site, clerk, _county = sent

    told = clerk.get(f"sites/{site.pk}/review/").json()

    assert {name: told[name] for name in ("stage", "version", "turn", "changed", "noticed")} == {
        "stage": "submitted",
        "version": 1,
        "turn": "east",
        "changed": [],
        "noticed": [],
    }
    assert [(each["kind"], each["version"]) for each in told["steps"]] == [("submitted", 1)]


def test_what_never_was_on_its_way_has_no_steps(sent, small):
    _site, _clerk, county = sent
    done = make.site(small.pilot, small.tree.north, designated=False)

    told = county.get(f"sites/{done.pk}/review/").json()

    assert (told["stage"], told["turn"], told["steps"]) == ("accepted", None, [])


def test_the_county_returns_the_clerk_submits_again_and_the_county_accepts(sent):
    site, clerk, county = sent
    at = f"sites/{site.pk}/review/"

    back = county.post(f"{at}return/", {"reason": "名称不全", "field": "name"}, If_Match='"1"')
    assert (back.status_code, stage_of(site)) == (200, Stage.RETURNED)
    assert [(e["kind"], e["field"], e["reason"]) for e in back.json()["steps"][:1]] == [
        ("returned", "name", "名称不全")
    ]
    again = clerk.post(f"{at}submit/", {}, If_Match='"1"').json()
    done = county.post(f"{at}accept/", {}, If_Match=f'"{again["version"]}"')

    assert (done.status_code, done.json()["stage"]) == (200, "accepted")
    assert stage_of(site) == Stage.ACCEPTED
    assert Entry.objects.filter(verb="sites.approved").count() == 1


def test_whoever_wrote_it_does_not_accept_it_and_others_find_nothing_to_decide(sent, small):
    site, clerk, _county = sent
    at = f"sites/{site.pk}/review/"
    stranger = Program(make.coordinator(small.tree.west))

    assert clerk.post(f"{at}accept/", {}, If_Match='"1"').status_code == 404
    assert stranger.post(f"{at}accept/", {}, If_Match='"1"').status_code == 404
    assert stranger.get(at).status_code == 404
    assert stage_of(site) == Stage.SUBMITTED


def test_an_acceptance_is_of_the_version_that_was_read(sent):
    site, clerk, county = sent
    clerk.patch(f"sites/{site.pk}/", {"name": "又改了"}, version=1)

    blind = county.post(f"sites/{site.pk}/review/accept/", {})
    late = county.post(f"sites/{site.pk}/review/accept/", {}, If_Match='"1"')

    assert (blind.status_code, codes(blind)) == (428, [("api.no_version", "If-Match")])
    assert (late.status_code, late.json()["current"]["name"]) == (412, "又改了")
    assert stage_of(site) == Stage.SUBMITTED


def test_what_is_decided_is_not_decided_again(sent):
    site, clerk, county = sent
    at = f"sites/{site.pk}/review/"
    county.post(f"{at}accept/", {}, If_Match='"1"')

    again = county.post(f"{at}return/", {"reason": "晚了"}, If_Match='"1"')
    resent = clerk.post(f"{at}submit/", {})

    assert (again.status_code, codes(again)) == (409, [("reviews.not_waiting", None)])
    assert (resent.status_code, codes(resent)) == (409, [("reviews.not_open", None)])


def test_a_remark_and_a_withdrawal(sent):
    site, clerk, county = sent
    at = f"sites/{site.pk}/review/"

    said = county.post(f"{at}comment/", {"text": "地址写到门牌"})
    empty = county.post(f"{at}comment/", {"text": " "})
    taken = clerk.post(f"{at}withdraw/", {})

    assert (said.status_code, said.json()["steps"][0]["reason"]) == (200, "地址写到门牌")
    assert (empty.status_code, codes(empty)) == (422, [("reviews.no_comment", "text")])
    assert (taken.status_code, stage_of(site)) == (200, Stage.DRAFT)
    assert Review.objects.get().state == Stage.DRAFT


def test_a_return_says_why_in_no_more_words_than_are_kept(sent):
    site, _clerk, county = sent
    at = f"sites/{site.pk}/review/return/"

    silent = county.post(at, {"reason": ""}, If_Match='"1"')
    endless = county.post(at, {"reason": "长" * 301}, If_Match='"1"')

    assert (silent.status_code, codes(silent)) == (422, [("reviews.no_reason", "reason")])
    assert (endless.status_code, codes(endless)) == (422, [("api.too_long", "reason")])


def test_a_token_that_reads_decides_nothing(sent, small):
    site, _clerk, _county = sent
    reader = Program(make.coordinator(small.tree.east), "read")

    assert reader.get(f"sites/{site.pk}/review/").status_code == 200
    assert reader.post(f"sites/{site.pk}/review/accept/", {}, If_Match='"1"').status_code == 403
    assert stage_of(site) == Stage.SUBMITTED


def test_a_decision_is_handed_on_to_a_colleague(sent, small):
    site, _clerk, county = sent
    colleague = make.coordinator(small.tree.east)
    at = f"sites/{site.pk}/review/"

    (named,) = [
        each
        for each in county.get(f"{at}colleagues/").json()["items"]
        if each["id"] == colleague.pk
    ]
    blind = county.post(f"{at}hand-on/", {"to": colleague.pk})
    stranger = county.post(f"{at}hand-on/", {"to": small.account.pk + 999}, If_Match='"1"')
    done = county.post(f"{at}hand-on/", {"to": colleague.pk}, If_Match='"1"')

    assert named["name"] == str(colleague)
    assert (blind.status_code, stranger.status_code) == (428, 422)
    assert codes(stranger) == [("reviews.no_colleague", "to")]
    assert (done.json()["assignee"], done.json()["steps"][0]["to"]) == (str(colleague),) * 2


def test_a_signature_is_asked_for_waited_for_and_given(sent, small):
    site, _clerk, county = sent
    colleague = make.coordinator(small.tree.east)
    signer, at = Program(colleague), f"sites/{site.pk}/review/"

    asked = county.post(f"{at}ask/", {"to": colleague.pk}, If_Match='"1"')
    early = county.post(f"{at}accept/", {}, If_Match='"1"')
    signed = signer.post(f"{at}cosign/", {}, If_Match='"1"')
    again = signer.post(f"{at}cosign/", {}, If_Match='"1"')
    done = county.post(f"{at}accept/", {}, If_Match='"1"')

    assert asked.json()["cosigner"] == str(colleague)
    assert (early.status_code, codes(early)) == (422, [("reviews.cosign", None)])
    assert (signed.status_code, signed.json()["cosigner"]) == (200, None)
    assert (again.status_code, codes(again)) == (422, [("reviews.not_asked", None)])
    assert [each["kind"] for each in done.json()["steps"]][:3] == ["accepted", "cosigned", "asked"]


def test_a_signature_is_asked_for_no_longer(sent, small):
    site, _clerk, county = sent
    colleague = make.coordinator(small.tree.east)
    at = f"sites/{site.pk}/review/"
    county.post(f"{at}ask/", {"to": colleague.pk}, If_Match='"1"')

    unsaid = county.post(f"{at}ask/", {}, If_Match='"1"')
    nobody = county.post(f"{at}ask/", {"to": None}, If_Match='"1"')

    assert (unsaid.status_code, codes(unsaid)) == (422, [("reviews.no_colleague", "to")])
    assert (nobody.status_code, nobody.json()["cosigner"]) == (200, None)


def test_who_does_not_decide_has_no_colleagues_here(sent):
    site, clerk, county = sent
    at = f"sites/{site.pk}/review/"
    assert clerk.get(f"{at}colleagues/").status_code == 404
    for verb in ("hand-on", "ask", "cosign"):
        assert clerk.post(f"{at}{verb}/", {"to": 1}, If_Match='"1"').status_code in {404, 422}
    county.post(f"{at}accept/", {}, If_Match='"1"')

    assert county.get(f"{at}colleagues/").status_code == 404
