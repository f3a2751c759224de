import datetime as dt
from dataclasses import replace

import pytest

from tests.briefings.sample_document import BASES, BRIEFING, SITES
from tongxin.briefings.document import Row, Section
from tongxin.briefings.writers.wording import (
    chinese_date,
    chinese_number,
    clean,
    figure_columns,
    headings,
    title_lines,
)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x00b\x0bc\x1fd", "abcd"),
        ("\ud800\udfff\ufffe\uffff", ""),
        ("行一\r\n行二\r行三", "行一\n行二\n行三"),
        ("“同心•”·\t㐀𠀀", "“同心•”·\t㐀𠀀"),
    ],
)
def test_cleaning_drops_only_what_xml_forbids(text, cleaned):
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")]
)
def test_numbers_of_headings_are_chinese(number, words):
    assert chinese_number(number) == words


def test_dates_are_written_without_padding():
    assert chinese_date(dt.date(2017, 3, 1)) == "2017年3月1日"


def test_sections_without_a_heading_are_not_counted_and_numbers_are_not_doubled():
    sections = tuple(Section(heading, ()) for heading in ("", "开端", "二、中段", "结尾"))
    assert headings(replace(BRIEFING, sections=sections)) == (
        "",
        "一、开端",
        "二、中段",
        "三、结尾",
    )


def test_only_columns_of_figures_are_centred():
    assert figure_columns(BASES) == {1}
    assert figure_columns(SITES) == frozenset()
    projects = replace(
        SITES, rows=(Row(("新城桥街道", "91家纺网总部")), Row(("虹桥街道", "540聚力党建")))
    )
    assert figure_columns(projects) == frozenset()
    missing = replace(SITES, rows=(Row(("一", "—")), Row(("二", "3400余人"))))
    assert figure_columns(missing) == {1}
    assert figure_columns(replace(SITES, rows=(Row(("", "—")),))) == frozenset()
    assert figure_columns(replace(SITES, rows=())) == frozenset()


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("试点情况汇总", ("试点情况汇总",)),
        (
            "南通市新的社会阶层人士统战工作试点情况汇总",
            ("南通市新的社会阶层人士", "统战工作试点情况汇总"),
        ),
        (
            "关于二〇一七年全市社会组织“同心·社会组织联盟”建设情况的简报",
            ("关于二〇一七年全市社会组织", "“同心·社会组织联盟”建设情况的简报"),
        ),
        ("上行 \n下行", ("上行", "下行")),
        ("长" * 61, ("长" * 61,)),
        ("", ("",)),
    ],
)
def test_titles_break_where_a_reader_would_pause(title, lines):
    assert title_lines(title) == lines


@pytest.mark.parametrize("length", range(21, 61))
def test_no_line_of_a_broken_title_is_too_long(length):
    title = "新的社会阶层人士统战工作试点情况和经验、做法的汇总与说明" * 3
    lines = title_lines(title[:length])
    assert "".join(lines) == title[:length]
    assert max(map(len, lines)) <= 20
