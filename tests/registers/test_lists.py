"""How a list is shown: its columns, its orders, what its numbers add up to, and when empty."""

import datetime as dt
import re
from decimal import Decimal
from urllib.parse import parse_qs

import pytest
from django.http import QueryDict
from django.utils import timezone

from tests import factories as make
from tongxin.core.quantities import Quantity
from tongxin.registers import declaration, queries
from tongxin.registers.ordering import orders_of, sorts_by
from tongxin.registers.permissions import visible_to
from tongxin.registers.queries import Wish, rows_as_shown
from tongxin.registers.wishes import kept_of

pytestmark = pytest.mark.django_db
DAY = dt.date(2017, 12, 31)


@pytest.fixture
def small():
    """甲市 with its programme, and the clients of a coordinator and of a street's clerk."""
    tree = make.tree()
    pilot = make.programme(tree.city)
    return tree, pilot, make.client_of(make.coordinator(tree.city))


def heads(page):
    """The heads of the columns on a page."""
    table = re.search(r"<thead>.*?</thead>", page.content.decode(), re.DOTALL)
    return re.findall(r">([^<>\s]+)</(?:a|th)>", table[0]) if table else []


def foot(page):
    """The texts of the row of totals."""
    table = re.search(r"<tfoot>.*?</tfoot>", page.content.decode(), re.DOTALL)
    cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", table[0]) if table else []
    return [re.sub(r"\s*<[^>]+>\s*", " ", cell).strip() for cell in cells]


def training(small, held_on="2017-05-01", **values):
    tree, pilot, _client = small
    day = dt.date.fromisoformat(held_on)
    return make.record("trainings", place=tree.north, of=pilot, held_on=day, **values)


def test_a_list_shows_its_own_columns_or_those_asked_for(small):
    tree, _pilot, client = small
    make.organisation(tree.north, "邻里会", work="助老")

    plain = client.get("/registers/organisations/")
    asked = client.get("/registers/organisations/?col=work&col=kind&col=changed_at&col=nonsense")

    assert heads(plain) == ["名称", "地区", "种类", "登记状态", "统一社会信用代码", "示范"]
    assert heads(asked) == ["名称", "种类", "业务范围", "更新时间"]
    assert "助老" in asked.content.decode()
    assert "助老" not in plain.content.decode()


def test_columns_asked_for_are_kept_on_the_next_page_and_in_the_heads(small, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 1)
    tree, _pilot, client = small
    for name in ("甲社", "乙社", "丙社"):
        make.organisation(tree.north, name)

    page = client.get("/registers/organisations/?col=status&col=work&sort=kind")
    second = client.get(f"/registers/organisations/{page.context['older']}")

    assert parse_qs(page.context["older"][1:])["col"] == ["status", "work"]
    assert heads(second) == ["名称", "登记状态", "业务范围"]
    links = [head.url for head in second.context["heads"]]
    assert links == ["?col=status&col=work&sort=name", "?col=status&col=work&sort=status", ""]
    assert second.context["newer"]


def test_only_what_has_an_index_is_offered_as_an_order():
    organisations = declaration.get("organisations")

    offered = [column.path for column in organisations.columns if sorts_by(organisations, column)]

    assert offered == ["kind", "status", "demonstration"]
    assert {"kind", "-kind"} < set(orders_of(organisations))
    assert "work" not in orders_of(organisations)
    assert {"held_on", "-sessions"} < set(orders_of(declaration.get("trainings")))
    assert "attendances" not in orders_of(declaration.get("trainings"))  # may be empty


def test_a_list_stands_in_the_order_of_a_column_and_says_so(small):
    for day, name in (("2017-05-01", "丙期"), ("2017-04-01", "乙期"), ("2017-06-01", "甲期")):
        training(small, day, name=name)
    client = small[2]

    rising = client.get("/registers/trainings/?sort=held_on")
    falling = client.get("/registers/trainings/?sort=-held_on")

    names = re.compile(r'<th scope="row"><a href="[^"]+">([^<]+)</a>')
    assert names.findall(rising.content.decode()) == ["乙期", "丙期", "甲期"]
    assert names.findall(falling.content.decode()) == ["甲期", "丙期", "乙期"]
    assert 'aria-sort="ascending"><a class="sort" href="?sort=-held_on">' in rising.content.decode()
    assert (
        'aria-sort="descending"><a class="sort" href="?sort=held_on">' in falling.content.decode()
    )


def test_an_order_that_is_not_offered_means_by_name(small):
    training(small)

    page = small[2].get("/registers/trainings/?sort=persons")

    assert page.context["wish"].sort == "name"


def test_numbers_are_added_up_over_all_where_all_are_at_hand(small):
    training(small, sessions=3, attendances=120)
    training(small, sessions=4)

    page = small[2].get("/registers/trainings/")

    assert foot(page) == ["合计", "", "", "7", "120 1 条没有填", "2 条没有填"]
    assert "共 2 条" in page.content.decode()


def test_a_total_of_one_page_among_several_is_called_that(small, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    for sessions in (1, 2, 4):
        training(small, name=f"第{sessions}期", sessions=sessions)

    page = small[2].get("/registers/trainings/?sort=sessions")
    second = small[2].get(f"/registers/trainings/{page.context['older']}")

    assert foot(page)[:4] == ["本页合计", "", "", "3"]
    assert foot(second)[:4] == ["本页合计", "", "", "4"]
    assert "共 2 条" not in page.content.decode()


def test_what_is_void_is_not_added_up(small):
    from tongxin.registers.actions import set_void

    training(small, sessions=3)
    mistaken = training(small, sessions=50)
    set_void(declaration.get("trainings"), mistaken, by=None, void=True, reason="登记错了")

    page = small[2].get("/registers/trainings/?void=1")

    assert len(page.context["page"].rows) == 2
    assert foot(page)[3] == "3"


def test_money_is_added_up_with_its_unit(small):
    tree, pilot, client = small
    for year, amount in ((2017, "2000000.50"), (2018, "0.50")):
        make.record("budgets", place=tree.city, of=pilot, year=year, amount=Decimal(amount))

    page = client.get("/registers/budgets/")

    assert foot(page)[2] == str(Quantity(Decimal("2000001.00"), "元"))


def test_a_list_without_numbers_has_no_row_of_totals(small):
    make.organisation(small[0].north)

    assert foot(small[2].get("/registers/organisations/")) == []


def test_an_empty_list_offers_to_let_one_condition_go(small):
    make.organisation(small[0].north, "邻里会")

    page = small[2].get("/registers/organisations/?q=邻里&status=deregistered&col=kind")

    text = page.content.decode()
    assert "去掉“已注销”" in text
    assert "去掉“邻里”" in text
    urls = [condition.url for condition in page.context["conditions"]]
    assert [sorted(parse_qs(url[1:])) for url in urls] == [["col", "status"], ["col", "q"]]
    assert "邻里会" in small[2].get(f"/registers/organisations/{urls[1]}").content.decode()


def test_the_rows_of_a_list_are_told_as_plain_values_in_its_columns_and_order(small, monkeypatch):
    monkeypatch.setattr(queries, "BATCH", 2)
    tree = small[0]
    for number, name in enumerate(("甲社", "乙社", "丙社", "丁社", "戊社")):
        make.organisation(tree.north if number else tree.river, name, registered_on=DAY)
    register = declaration.get("organisations")
    account = make.coordinator(tree.east)
    wish = Wish(sort="-name", columns=("division", "kind", "registered_on", "changed_at"))

    rows = list(rows_as_shown(register, visible_to(account, register), wish, DAY))

    assert [row.values[0] for row in rows] == ["乙社", "戊社", "丁社", "丙社"]
    assert {row.values[1:4] for row in rows} == {("北镇", "民办非企业单位（社会服务机构）", DAY)}
    assert all(row.values[4].tzinfo == timezone.get_current_timezone() for row in rows)
    assert not any(row.void for row in rows)


def test_taking_a_list_away_costs_two_queries_for_each_batch(small, django_assert_num_queries):
    for number in range(3):
        make.organisation(small[0].north, f"社{number}")
    register = declaration.get("organisations")
    rows = register.model.objects.all()

    with django_assert_num_queries(2):
        assert len(list(rows_as_shown(register, rows, Wish(), DAY))) == 3


def test_a_view_keeps_how_a_list_looks_and_not_where_it_was_read(small):
    asked = QueryDict("q=%E9%82%BB&after=x&before=y&col=kind&col=work&status=&view=1&kind=52")

    kept = kept_of(asked, declaration.get("organisations"))

    assert kept == "col=kind&col=work&kind=52&q=%E9%82%BB"
