"""A text finds the same records whether its pieces are rare or common."""

import pytest

from tests import factories as make
from tongxin.organisations.models import Organisation
from tongxin.registers import declaration, queries
from tongxin.registers.queries import found_by, sought

pytestmark = pytest.mark.django_db
NAMES = ("同心·社会组织联盟", "虹桥社会服务社", "虹桥服务中心", "ＡＢＣ助残社", "会社")


@pytest.fixture(params=[0, 1, 2, 500])
def place(request, monkeypatch):
    """Call a piece rare when so many records hold it; 0 makes all of them common."""
    monkeypatch.setattr(queries, "FEW", request.param)
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
        ("无此名", set()),
        ("·", set(NAMES)),
        ("", set(NAMES)),
    ],
)
def test_a_text_finds_the_records_whose_names_or_initials_hold_it(place, text, names):
    register = declaration.get("organisations")

    found = found_by(register, Organisation.objects.all(), sought(register, text))

    assert set(found.values_list("name", flat=True)) == names


def test_a_search_does_not_ask_on_after_the_first_rare_piece(place, django_assert_num_queries):
    asked = {0: 2, 1: 2, 2: 1, 500: 1}[queries.FEW]

    with django_assert_num_queries(asked):
        sought(declaration.get("organisations"), "虹桥中心")
