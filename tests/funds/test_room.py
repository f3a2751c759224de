"""The special fund: its rule, its budgets, and amounts as people write them."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tongxin.core.errors import Refused
from tongxin.funds.models import Budget
from tongxin.funds.queries import budgets
from tongxin.funds.register import BUDGETS
from tongxin.funds.rules import budget_problems
from tongxin.registers.actions import change, set_void

TYPED = {"place": "甲市", "year": "2017", "amount": "2000万元", "document": "甲财〔2017〕1号"}


@pytest.mark.parametrize(
    ("year", "amount", "found"),
    [
        (2017, Decimal(1), []),
        (None, None, []),
        (1990, Decimal("0.01"), []),
        (2100, Decimal(1), []),
        (1989, Decimal(1), ["funds.year"]),
        (2101, Decimal(1), ["funds.year"]),
        (17, Decimal(0), ["funds.year", "funds.amount"]),
        (2017, Decimal(-1), ["funds.amount"]),
        (2017, Decimal("999999999999.99"), []),
        (2017, Decimal(10**12), ["funds.amount"]),
        (2017, Decimal("0.001"), ["funds.amount"]),
        (2017, Decimal(10**33), ["funds.amount"]),
    ],
)
def test_a_budget_has_a_year_and_more_than_nothing(year, amount, found):
    assert [problem.code for problem in budget_problems(year, amount)] == found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("amount", "kept"),
    [
        ("2000万元", Decimal(20_000_000)),
        ("20,000,000元", Decimal(20_000_000)),
        ("２０００万元", Decimal(20_000_000)),
        ("0.2亿元", Decimal(20_000_000)),
        ("1,234.56元", Decimal("1234.56")),
    ],
)
def test_an_amount_is_read_as_people_write_it(small, amount, kept):
    answer = small.enter("budgets", **(TYPED | {"amount": amount}))

    made = Budget.objects.get()
    assert (answer.status_code, answer.url) == (302, made.get_absolute_url())
    assert made.amount == kept
    assert str(made) == "2017 年度专项资金"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"amount": ""}, "填写额度"),
        ({"amount": "很多"}, "额度要填数字和单位，例如 2000万元"),
        ({"amount": "2000"}, "“2000”是元还是万元？写成 2000元 或 2000万元"),
        ({"amount": "2000万美元"}, "是元还是万元"),
        ({"amount": "约2000万元"}, "额度要填文件里的确数，不填约数"),
        ({"amount": "2000余万元"}, "额度要填"),
        ({"amount": "100000000万元"}, "额度要小于 1 万亿元，核对单位"),
        ({"year": "99999999999"}, "年度不能大于 999999999，核对位数"),
        ({"amount": "0.001元"}, "额度最多写到分"),
        ({"amount": "0元"}, "额度要大于 0 元"),
        ({"year": "17"}, "年度要填四位年份，例如 2017"),
        ({"year": "去年"}, "年度要填数字"),
        ({"document": ""}, "填写依据文件"),
        ({"place": "丙市"}, "丙市"),
    ],
)
def test_what_stands_against_a_budget_is_said(small, typed, words):
    answer = small.enter("budgets", **(TYPED | typed))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert not Budget.objects.exists()
    assert (typed.get("amount") or "2000万元") in page


@pytest.mark.django_db
def test_a_division_has_one_budget_a_year(small):
    small.enter("budgets", **TYPED)

    again = small.enter("budgets", **(TYPED | {"amount": "1元"}))
    elsewhere = small.enter("budgets", **(TYPED | {"place": "东县"}))

    assert again.status_code == 422
    assert "这个地区 2017 年度的额度已登记过" in again.content.decode()
    assert elsewhere.status_code == 302
    assert Budget.objects.count() == 2


@pytest.mark.django_db
def test_a_budget_is_shown_for_change_in_yuan_and_keeps_its_year(small):
    made = small.record("budgets", year=2017)
    url = f"{made.get_absolute_url()}edit/"

    form = small.client.get(url).context["form"]
    answer = make.fill(small.client, url, amount="2100万元")

    assert form["amount"].value() == "20,000,000.00元"
    assert answer.status_code == 302
    assert Budget.objects.get().amount == Decimal(21_000_000)
    assert "2100万元" in small.client.get(made.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_a_budget_cannot_be_moved_into_a_year_that_has_one(small):
    small.record("budgets", year=2016)
    made = small.record("budgets", year=2017)

    with pytest.raises(Refused, match=r"funds\.twice"):
        change(BUDGETS, made, by=None, values={"year": 2016})


@pytest.mark.django_db
def test_the_year_of_a_day_chooses_the_budgets_and_void_ones_count_nowhere(small):
    kept = small.record("budgets", year=2017)
    small.record("budgets", year=2018)
    gone = small.record("budgets", place=small.tree.west, year=2017)
    set_void(BUDGETS, gone, by=None, void=True, reason="误记")

    assert list(budgets(small.pilot, make.FACTS_ON)) == [kept]
    small.record("budgets", place=small.tree.west, year=2017)


@pytest.mark.django_db
@pytest.mark.parametrize("values", [{"amount": 0}, {"year": 2017, "amount": 1}])
def test_the_table_itself_refuses_what_the_rules_refuse(small, values):
    small.record("budgets", year=2017)
    facts = {"programme": small.pilot, "division": small.tree.north, "year": 2016} | values

    with pytest.raises(IntegrityError), transaction.atomic():
        Budget.objects.create(name="额度", document="文件", **facts)
