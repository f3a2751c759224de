"""The form of an organisation, and its list."""

import pytest

from tests import factories as make
from tongxin.organisations.models import Organisation

pytestmark = pytest.mark.django_db

GOOD = make.credit_code(1)
TYPED = {"name": "邻里会", "place": "北镇", "kind": "52", "status": "registered"}


def test_an_organisation_is_entered_with_a_code_as_people_paste_it(small):
    answer = small.enter("organisations", **TYPED, credit_code=f"{GOOD[:9].lower()} {GOOD[9:]}-")

    made = Organisation.objects.get(name="邻里会")
    assert (answer.status_code, answer.url) == (302, made.get_absolute_url())
    assert (made.credit_code, made.division) == (GOOD, small.tree.north)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"credit_code": ""}, "把登记状态改成“已备案”或“名称已预核准”"),
        ({"credit_code": GOOD[:17]}, "统一社会信用代码是 18 位，现在 17 位"),
        ({"credit_code": GOOD + GOOD}, "现在 36 位"),
        ({"credit_code": GOOD[:-1] + "Q"}, "最后一位校验不符"),
        ({"credit_code": "I" + GOOD[1:]}, "没有 I、O、S、V、Z"),
        ({"credit_code": GOOD, "kind": "53"}, "种类选的是“基金会”"),
        ({"credit_code": GOOD, "registered_on": "2999-01-01"}, "成立日期不能晚于今天"),
        ({"credit_code": GOOD, "registered_on": "今年"}, "成立日期按“年-月-日”填写"),
        ({"credit_code": GOOD, "kind": ""}, "选择种类"),
        ({"credit_code": GOOD, "name": ""}, "填写名称"),
        ({"credit_code": GOOD, "place": "无此地"}, "无此地"),
    ],
)
def test_what_stands_against_an_entry_is_said_beside_what_was_typed(small, typed, words):
    answer = small.enter("organisations", **(TYPED | typed))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert not Organisation.objects.filter(name="邻里会").exists()
    assert typed.get("name", "邻里会") in page


def test_a_code_already_on_record_is_told_without_naming_its_holder(small):
    make.organisation(small.tree.west, "先到的", credit_code=GOOD)

    answer = small.enter("organisations", **TYPED, credit_code=GOOD)

    assert answer.status_code == 422
    assert f"台账里已有统一社会信用代码“{GOOD}”" in answer.content.decode()
    assert "先到的" not in answer.content.decode()


def test_the_list_filters_by_kind_status_and_demonstration(small):
    make.organisation(small.tree.north, "一会", kind="community", status="filed", credit_code="")
    make.organisation(small.tree.north, "二社", demonstration="province")

    for query, seen, unseen in [
        ("kind=community", "一会", "二社"),
        ("status=registered", "二社", "一会"),
        ("demonstration=province", "二社", "一会"),
        ("q=ys", "没有符合条件的社会组织", "一会"),
    ]:
        page = small.client.get(f"/registers/organisations/?{query}").content.decode()
        assert seen in page, query
        assert f">{unseen}<" not in page, query
