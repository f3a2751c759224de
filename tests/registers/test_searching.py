"""A text finds the same records whether its pieces are rare or common."""

from types import SimpleNamespace

import pytest

from tests import factories as make
from tongxin.organisations.models import Organisation
from tongxin.registers import declaration, seeking
from tongxin.registers.indexing import after_migrating, index
from tongxin.registers.models import Piece
from tongxin.registers.seeking import first_found, found_by, sought

pytestmark = pytest.mark.django_db
NAMES = ("同心·社会组织联盟", "虹桥社会服务社", "虹桥服务中心", "ＡＢＣ助残社", "会社")


@pytest.fixture(params=[0, 1, 2, 500])
def place(request, monkeypatch):
    """Call a piece rare when so many records hold it; 0 makes all of them common."""
    monkeypatch.setattr(seeking, "FEW", request.param)
    place = make.tree().north
    for name in NAMES:
        make.organisation(place, name)
    return place


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("社会", {"同心·社会组织联盟", "虹桥社会服务社"}),
        ("社", {"同心·社会组织联盟", "虹桥社会服务社", "ＡＢＣ助残社", "会社"}),
        ("同心社会组织", {"同心·社会组织联盟"}),
        ("同心·社会", {"同心·社会组织联盟"}),
        ("虹桥服务", {"虹桥服务中心"}),
        ("虹桥中心", set()),
        ("ABC", {"ＡＢＣ助残社"}),
        ("abcz", {"ＡＢＣ助残社"}),
        ("hqfw", {"虹桥服务中心"}),
        ("HQ", {"虹桥社会服务社", "虹桥服务中心"}),
        ("hqsh", {"虹桥社会服务社"}),
        ("虹桥社会服务社", {"虹桥社会服务社"}),
        ("虹桥社会服务中心", set()),
        ("hqshfws", {"虹桥社会服务社"}),
        ("社会组织联盟ab", set()),
        ("无此名", set()),
        ("·", set(NAMES)),
        ("", set(NAMES)),
    ],
)
def test_a_text_finds_the_records_whose_names_or_initials_hold_it(place, text, names):
    register = declaration.get("organisations")

    found = found_by(register, Organisation.objects.all(), sought(register, text))

    assert set(found.values_list("name", flat=True)) == names


@pytest.mark.parametrize(
    ("text", "asked"), [("虹桥", 1), ("虹桥社会服务", 1), ("虹桥社会服务社", None)]
)
def test_a_search_does_not_ask_on_after_the_first_rare_piece(
    place, text, asked, django_assert_num_queries
):
    asked = asked or {0: 2, 1: 1, 2: 1, 500: 1}[seeking.FEW]

    with django_assert_num_queries(asked):
        sought(declaration.get("organisations"), text)


@pytest.mark.parametrize("number", [1, 2, 5])
def test_a_page_of_a_few_shows_a_few_of_those_found(place, number):
    register = declaration.get("organisations")

    found = first_found(register, Organisation.objects.order_by("id"), "社", number)

    assert len(found) == min(number, 4)
    assert {"社" in each.name for each in found} == {True}
    hidden = Organisation.objects.filter(name="会社")
    assert [each.name for each in first_found(register, hidden, "社", number)] == ["会社"]


def test_an_index_that_was_emptied_is_made_anew(place):
    register = declaration.get("organisations")
    before = set(Piece.objects.values_list("register", "text", "subject_id"))
    Piece.objects.filter(subject_id__gt=Organisation.objects.earliest("pk").pk).delete()
    unasked = [(SimpleNamespace(app_label="registers", name="0002_saved_views"), False)]
    asked = [(SimpleNamespace(app_label="registers", name="0003_search_by_beginnings"), False)]

    after_migrating(using="default", plan=unasked)
    assert set(Piece.objects.values_list("register", "text", "subject_id")) < before
    after_migrating(using="default", plan=asked)

    assert set(Piece.objects.values_list("register", "text", "subject_id")) == before
    assert index(register) == 0


@pytest.mark.parametrize(
    ("text", "names"),
    [("虹桥社会服务社", ["虹桥社会服务社"]), ("无", []), ("·", NAMES[:1]), ("", NAMES[:1])],
)
def test_a_page_of_one_shows_what_there_is(place, text, names):
    register = declaration.get("organisations")

    found = first_found(register, Organisation.objects.order_by("id"), text, 1)

    assert [each.name for each in found] == list(names)
