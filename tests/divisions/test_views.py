"""The pages of the tree, as a signed-in reader sees them."""

import pytest
from django.urls import reverse

from tongxin.core.access import SIGNED_IN
from tongxin.divisions import views


@pytest.fixture
def reader(client, django_user_model, nantong):
    """Sign in somebody who holds no posting."""
    client.force_login(django_user_model.objects.create_user("reader"))
    return client


@pytest.mark.parametrize("view", [views.tree, views.division, views.lookup])
def test_pages_are_for_those_signed_in(view):
    assert view.access == SIGNED_IN


def test_the_tree_of_2017_shows_the_names_of_2017(reader):
    page = reader.get(reverse("divisions:tree"), {"on": "2017-12-31"}).content.decode()

    assert "海安县" in page
    assert "海安市" not in page
    assert page.partition('class="tree"')[2].count("<details") == 11
    assert "共 146 个地区" in page


def test_a_search_lists_what_it_finds(reader):
    page = reader.get(reverse("divisions:tree"), {"on": "2017-12-31", "q": "hq"}).content.decode()

    assert "崇川区/虹桥街道" in page
    assert "找到 1 个" in page


def test_a_search_that_finds_nothing_says_what_to_do(reader):
    page = reader.get(reverse("divisions:tree"), {"q": "<b>无此地"}).content.decode()

    assert "看全部地区" in page
    assert "<b>无此地" not in page


def test_a_day_that_cannot_be_read_is_said_on_the_page(reader):
    answer = reader.get(reverse("divisions:tree"), {"on": "去年"})

    assert answer.status_code == 200
    assert "日期写成 2017-12-31 这样" in answer.content.decode()


def test_a_division_shows_its_codes_path_and_history(reader):
    url = reverse("divisions:division", args=["haian"])

    page = reader.get(url, {"on": "2017-12-31"}).content.decode()

    assert "<h1>海安县</h1>" in page
    assert "江苏省" in page
    assert "曲塘镇" in page
    assert "320621" in page
    assert "批准 2018-05-14，公布 —，实施 2018-05-14" in page


def test_a_division_that_has_ended_is_shown_as_it_last_was(reader):
    url = reverse("divisions:division", args=["gangzha"])

    page = reader.get(url, {"on": "2021-01-01"}).content.decode()

    assert "2021-01-01 没有这个地区。下面是 2020-07-27 的情况。" in page
    assert "苏政发〔2020〕60号" in page
    assert reverse("divisions:division", args=["chongchuan"]) in page


def test_an_unknown_division_is_not_found(reader):
    assert reader.get(reverse("divisions:division", args=["nowhere"])).status_code == 404


def test_the_lookup_offers_names_that_are_understood_again(reader):
    answer = reader.get(reverse("divisions:lookup"), {"on": "2017-12-31", "q": "街道"})

    page = answer.content.decode()
    assert page.count("<option") == 20
    assert '<option value="崇川区/虹桥街道">' in page


def test_the_lookup_offers_nothing_for_nothing(reader):
    assert "<option" not in reader.get(reverse("divisions:lookup")).content.decode()


def test_a_division_page_costs_the_same_for_a_town_and_a_city(
    reader, django_assert_max_num_queries
):
    for key in ("t320602005", "nantong"):
        with django_assert_max_num_queries(20):
            reader.get(reverse("divisions:division", args=[key]), {"on": "2017-12-31"})
