"""The list of a training: counts apart, names for few, and no name without consent."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import factories as make
from tongxin.core.errors import Refused
from tongxin.indicators.queries import Asked, figure
from tongxin.journal.models import Entry
from tongxin.participants.models import Consent, Participant
from tongxin.registers.actions import change, set_void
from tongxin.trainings import actions
from tongxin.trainings.models import Attendance
from tongxin.trainings.queries import counts_of, lines_of
from tongxin.trainings.register import TRAININGS
from tongxin.trainings.rules import Counts, list_problems, times_problems

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def listed(training, name="张同意", *, by=None, times=1, **said):
    return actions.add_participant(training, by=by, said=make.agreement(name, **said), times=times)


def typed(client, training, **changes):
    return make.fill(
        client,
        f"/trainings/{training.pk}/list/",
        name="张同意",
        purposes=["listed"],
        channel="paper",
        **changes,
    )


@pytest.mark.parametrize(
    ("counts", "attendances", "persons", "found"),
    [
        (Counts(2, 3), None, None, []),
        (Counts(2, 3), 3, 2, []),
        (Counts(2, 3), 2, 2, ["trainings.listed_attendances"]),
        (Counts(2, 3), 3, 1, ["trainings.listed_persons"]),
        (Counts(2, 3), 0, 0, ["trainings.listed_attendances", "trainings.listed_persons"]),
    ],
)
def test_a_list_is_a_part_of_the_counts_and_never_goes_beyond(counts, attendances, persons, found):
    problems = list_problems(counts, attendances, persons)

    assert [problem.code for problem in problems] == found


@pytest.mark.parametrize(
    ("times", "sessions", "wrong"), [(1, 1, 0), (2, 2, 0), (0, 1, 1), (None, 1, 1), (3, 2, 1)]
)
def test_nobody_comes_more_often_than_there_are_sessions(times, sessions, wrong):
    assert len(list(times_problems(times, sessions))) == wrong


def test_who_comes_twice_is_one_person_and_two_attendances(small):
    training = small.record("trainings", sessions=2)

    listed(training, times=2)
    listed(training, "李同意")

    assert counts_of(training) == Counts(persons=2, attendances=3)
    assert [(line.position, line.times) for line in lines_of(training, small.account)] == [
        (1, 2),
        (2, 1),
    ]


def test_the_list_is_not_added_to_the_figure(small):
    training = small.record("trainings", attendances=80, persons=60)
    asked = Asked(small.pilot, small.tree.city.pk, make.FACTS_ON, make.FACTS_ON)
    before = figure(asked, "training.participants")

    listed(training)

    assert figure(asked, "training.participants") == before
    assert before.counted.value == 80


def test_counts_cannot_be_changed_below_the_list(small):
    training = small.record("trainings", attendances=1, persons=1)
    listed(training)

    with pytest.raises(Refused, match=r"trainings\.listed_attendances"):
        listed(training, "李同意")
    with pytest.raises(Refused, match=r"trainings\.listed_persons"):
        change(TRAININGS, training, by=None, values={"persons": 0})


def test_a_name_is_put_on_the_list_on_its_page(small):
    training = small.record("trainings")

    answer = typed(small.client, training)

    assert (answer.status_code, answer.url) == (302, f"/trainings/{training.pk}/list/")
    page = small.client.get(answer.url).content.decode()
    assert "张同意" in page
    assert Attendance.objects.get().consent.participant.entered_by == small.account


def test_the_same_form_sent_twice_makes_one_line(small):
    training = small.record("trainings")
    address = f"/trainings/{training.pk}/list/"
    values = make.offered(small.client.get(address)) | {
        "name": "张同意",
        "purposes": ["listed"],
        "channel": "paper",
    }

    small.client.post(address, values)
    small.client.post(address, values)

    assert Attendance.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "填写姓名"),
        ({"purposes": []}, "没有同意列入名单的，不登记姓名"),
        ({"channel": ""}, "选择同意的方式"),
        ({"contact": "13812345678"}, "没有同意接收通知的，不登记联系方式"),
        ({"given_on": "昨天"}, "按“年-月-日”填写"),
        ({"expires_on": "2020-01-01"}, "到期日要晚于今天"),
        ({"unit": "服务社11010519491231002X"}, "所在单位里有身份证号（110*************2X）"),
    ],
)
def test_what_stands_against_a_name_is_said_and_what_was_typed_stays(small, changes, words):
    training = small.record("trainings")

    address = f"/trainings/{training.pk}/list/"
    values = {"name": "张同意", "unit": "服务社", "purposes": ["listed"], "channel": "paper"}
    answer = small.client.post(address, make.offered(small.client.get(address)) | values | changes)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert not Participant.objects.exists()
    assert "name" in changes or 'value="张同意"' in page


def test_names_are_shown_to_the_cleared_and_to_the_one_who_entered_them(small):
    training = small.record("trainings")
    author = make.clerk(small.tree.north)
    typed(make.client_of(author), training)
    readers = {
        "author": author,
        "colleague": make.clerk(small.tree.north),
        "coordinator": make.coordinator(small.tree.east),
        "auditor": make.posted("auditor", small.tree.city),
    }

    pages = {
        who: make.client_of(each).get(f"/trainings/{training.pk}/list/").content.decode()
        for who, each in readers.items()
    }

    assert {who for who, page in pages.items() if "张同意" in page} == {
        "author",
        "coordinator",
        "auditor",
    }
    assert "姓名不显示" in pages["colleague"]


def test_whoever_does_not_see_the_training_finds_no_list(small):
    training = small.record("trainings")
    address = f"/trainings/{training.pk}/list/"
    stranger = make.client_of(make.coordinator(small.tree.west))

    assert stranger.get(address).status_code == 404
    assert stranger.get(f"{address}1/withdraw/").status_code == 404


def test_an_auditor_reads_the_list_and_changes_nothing(small):
    training = small.record("trainings")
    listed(training)
    auditor = make.client_of(make.posted("auditor", small.tree.city))
    address = f"/trainings/{training.pk}/list/"

    assert '<form class="form"' not in auditor.get(address).content.decode()
    assert auditor.post(address, {"name": "李"}).status_code == 404
    assert auditor.post(f"{address}1/withdraw/").status_code == 404
    assert auditor.post(f"{address}1/strike/").status_code == 404


def test_withdrawing_takes_one_page_and_no_reason_and_the_counts_stay(small):
    training = small.record("trainings", attendances=5, persons=5)
    listed(training)
    address = f"/trainings/{training.pk}/list/"

    assert small.client.get(f"{address}1/withdraw/").status_code == 200
    answer = small.client.post(f"{address}1/withdraw/")

    assert answer.url == address
    page = small.client.get(address).content.decode()
    assert "张同意" not in page
    assert "姓名已删除" in page
    assert counts_of(training) == Counts(1, 1)
    assert Consent.objects.get().ending == "withdrawn"


def test_a_clerk_who_may_not_read_the_name_may_still_withdraw_it(small):
    training = small.record("trainings")
    listed(training, by=make.clerk(small.tree.north))
    other = make.client_of(make.clerk(small.tree.north))

    shown = other.get(f"/trainings/{training.pk}/list/1/withdraw/").content.decode()
    other.post(f"/trainings/{training.pk}/list/1/withdraw/")

    assert "张同意" not in shown
    assert not Participant.objects.exists()


def test_a_line_entered_by_mistake_goes_with_its_attendances(small):
    training = small.record("trainings", sessions=2)
    listed(training, times=2)
    listed(training, "李同意")

    small.client.post(f"/trainings/{training.pk}/list/1/strike/")

    assert counts_of(training) == Counts(1, 1)
    assert [each.name for each in Participant.objects.all()] == ["李同意"]
    assert Entry.objects.filter(verb="trainings.struck").count() == 1


def test_an_expired_name_is_shown_to_nobody_even_before_the_job_has_run(small, monkeypatch):
    training = small.record("trainings")
    today = timezone.localdate()
    listed(training, expires_on=today + DAY)

    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: today + DAY)

    (line,) = lines_of(training, small.account)
    assert (line.person, line.gone) == (None, True)


def test_a_void_training_takes_nobody_on_its_list(small):
    training = small.record("trainings")
    set_void(TRAININGS, training, by=None, void=True, reason="重复")

    assert typed_form(small, training) is None


def typed_form(small, training):
    return small.client.get(f"/trainings/{training.pk}/list/").context["form"]


def test_an_attendance_without_a_consent_cannot_be(small):
    training = small.record("trainings")

    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(training=training, position=1, time=1)


@pytest.mark.parametrize("people", [1, 3])
def test_a_list_costs_the_same_for_one_and_for_three(people, small, django_assert_num_queries):
    training = small.record("trainings")
    for number in range(people):
        listed(training, f"人{number}")

    with django_assert_num_queries(5):  # two are where the account stands, and whether it is here
        lines_of(training, small.account)


def test_the_page_of_a_training_leads_to_its_list(small):
    training = small.record("trainings")

    page = small.client.get(training.get_absolute_url()).content.decode()
    assert f'href="/trainings/{training.pk}/list/"' in page


def test_the_history_of_a_training_tells_of_its_list_without_names(small):
    training = small.record("trainings")
    listed(training)

    page = small.client.get(f"{training.get_absolute_url()}history/")

    assert page.status_code == 200
    assert "列入名单" in page.content.decode()
    assert "张同意" not in page.content.decode()


def test_a_list_moves_with_its_training(small):
    training = small.record("trainings")
    listed(training)
    old = make.coordinator(small.tree.east)
    new = make.coordinator(small.tree.west)

    change(TRAININGS, training, by=None, values={"division": small.tree.river})

    address = f"/trainings/{training.pk}/list/"
    assert make.client_of(old).get(address).status_code == 404
    assert "张同意" in make.client_of(new).get(address).content.decode()
    assert make.client_of(new).post(f"{address}1/withdraw/").status_code == 302
    assert not Participant.objects.exists()
