import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from tests.briefings.sample_document import BASES, BRIEFING, HOSTILE, ORGANISATIONS, SITES
from tongxin.briefings.document import Document, Row, Section, Source, Table
from tongxin.briefings.writers import WRITERS
from tongxin.briefings.writers.snapshot import address, marks, snapshot_id

AS_JSON = {
    "key": "pilot",
    "title": "南通市新的社会阶层人士统战工作试点情况汇总",
    "facts_on": "2017-11-30",
    "tables": {
        "demonstration_sites": {
            "title": "各群体示范点",
            "columns": ["群体", "示范点(市县两级)"],
            "rows": [
                ["中介组织从业人员", "高仁律师事务所、如皋“同心•律师服务团”"],
                ["社会组织从业人员", "开发区“栾馨仁”服务站、海门市“同心·社会组织联盟”"],
            ],
        },
        "incubation_bases": {
            "title": "各级孵化基地",
            "columns": ["各级孵化基地", "数量"],
            "rows": [
                ["市级社会组织孵化基地", "1个(南通中华慈善博物馆)"],
                ["县级社会组织孵化基地", "13个"],
                ["镇(街道)级社会组织孵化基地", "12个"],
            ],
            "note": "共举办各级各类培训60余期,培训人数3400余人。",
        },
    },
    "sections": [
        {"heading": "", "blocks": [{"text": "试点工作于三月启动。", "figures": []}]},
        {
            "heading": "一“群体”一“特色”",
            "blocks": [
                {
                    "text": "每年安排专项资金2000万元。",
                    "figures": [
                        {
                            "text": "2000万元",
                            "figure": "funds.annual?year=2017",
                            "records": [],
                        }
                    ],
                },
                {"table": "demonstration_sites"},
            ],
        },
        {
            "heading": "一“标准”一“亮点”",
            "blocks": [
                {
                    "text": "437个组织参加，经费2000万元。",
                    "figures": [
                        {"text": "437个", "figure": "campaigns.organisations", "records": []},
                        {
                            "text": "2000万元",
                            "figure": "funds.annual?year=2017",
                            "records": [],
                        },
                    ],
                },
                {"table": "incubation_bases"},
            ],
        },
    ],
}


class Reader(HTMLParser):
    """The elements of a page with their attributes, and its words outside the style sheet."""

    def __init__(self, page):
        super().__init__()
        self.elements = []
        self.words = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.words.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def written(extension, document=BRIEFING):
    return WRITERS[extension].write(document).decode()


def test_every_format_has_a_media_type_and_an_extension_of_its_own():
    assert {name: writer.extension for name, writer in WRITERS.items()} == {
        "json": ".json",
        "md": ".md",
        "html": ".html",
        "docx": ".docx",
    }
    assert len({writer.media_type for writer in WRITERS.values()}) == len(WRITERS)


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_the_same_document_gives_the_same_bytes(name):
    assert WRITERS[name].write(BRIEFING) == WRITERS[name].write(replace(BRIEFING))


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_text_that_no_file_can_hold_does_not_stop_a_writer(name):
    assert WRITERS[name].write(HOSTILE)


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_a_document_without_sections_is_written(name):
    assert WRITERS[name].write(replace(BRIEFING, sections=()))


def test_json_holds_the_tables_as_plain_lists_and_the_sections_in_order():
    assert json.loads(written("json")) == AS_JSON


def test_json_is_readable_chinese_indented_by_one():
    assert written("json").startswith('{\n "key": "pilot",\n "title": "南通市')


def test_markdown_shows_headings_paragraphs_tables_and_notes():
    assert written("md") == (
        "同心简报\n\n"
        "南通市试点工作办公室　2017年11月30日\n\n"
        "# 南通市新的社会阶层人士统战工作试点情况汇总\n\n"
        "试点工作于三月启动。\n\n"
        "## 一、一“群体”一“特色”\n\n"
        "每年安排专项资金2000万元。\n\n"
        "**表1　各群体示范点**\n\n"
        "| 群体 | 示范点(市县两级) |\n"
        "| --- | --- |\n"
        "| 中介组织从业人员 | 高仁律师事务所、如皋“同心•律师服务团” |\n"
        "| 社会组织从业人员 | 开发区“栾馨仁”服务站、海门市“同心·社会组织联盟” |\n\n"
        "## 二、一“标准”一“亮点”\n\n"
        "437个组织参加，经费2000万元。\n\n"
        "**表2　各级孵化基地**\n\n"
        "| 各级孵化基地 | 数量 |\n"
        "| --- | :---: |\n"
        "| 市级社会组织孵化基地 | 1个(南通中华慈善博物馆) |\n"
        "| 县级社会组织孵化基地 | 13个 |\n"
        "| 镇(街道)级社会组织孵化基地 | 12个 |\n\n"
        "共举办各级各类培训60余期,培训人数3400余人。\n"
    )


def test_markdown_shows_markup_instead_of_obeying_it():
    assert written("md", HOSTILE) == (
        "简报\n\n"
        "办公室　2017年1月2日\n\n"
        "# 标题&lt;script&gt;alert(1)&lt;/script&gt;\n\n"
        "## 一、&lt;b&gt;一&lt;/b&gt;\n\n"
        '\\=HYPERLINK("x")# 3 \\* 4\n\n'
        "**表1　a\\|b**\n\n"
        "| 一\\|二 | \\$x\\_y\\$ |\n"
        "| --- | --- |\n"
        "| &lt;script&gt;<br>第二行 | \\`c\\` \\\\ \\| d |\n\n"
        "1\\. \\[链接\\](javascript:x)\n"
    )


def test_the_page_names_its_language_and_loads_nothing():
    page = written("html")
    reader = Reader(page)
    assert reader.all("html") == [{"lang": "zh-CN"}]
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in reader.elements}
    assert not re.findall(r"url\(|@import|https?:", page)


def test_the_page_gives_every_table_a_caption_and_headers_with_a_scope():
    reader = Reader(written("html"))
    assert len(reader.all("caption")) == len(reader.all("table")) == 2
    scopes = [attributes["scope"] for attributes in reader.all("th")]
    assert scopes == ["col", "col", "row", "row", "col", "col", "row", "row", "row"]


def test_the_page_holds_every_cell_and_escapes_all_markup():
    words = Reader(written("html")).words
    for table in (SITES, BASES):
        assert {cell for row in table.rows for cell in row.cells} <= set(words)
    hostile = written("html", HOSTILE)
    assert "<script" not in hostile
    assert "<b>" not in hostile
    assert 'data-source="a&quot;&gt;&lt;i&gt;"' in hostile


def test_the_page_marks_figures_rows_and_notes_by_their_snapshot_ids():
    reader = Reader(written("html"))
    ids = [attributes["id"] for _, attributes in reader.elements if "id" in attributes]
    assert ids == [mark.name for mark in marks(BRIEFING)]
    sources = [part["data-source"] for part in reader.all("tr") if "data-source" in part]
    assert sources[0] == "sites:4 sites:5"


def test_columns_of_the_page_are_as_wide_as_their_shares():
    assert Reader(written("html")).all("col")[:2] == [{"class": "w7"}, {"class": "w13"}]


def test_a_snapshot_id_changes_with_the_words_and_with_the_source():
    source = Source((("sites", 4),), "sites.all")
    ids = {
        snapshot_id(source, "13个"),
        snapshot_id(source, "14个"),
        snapshot_id(Source(figure="sites.all"), "13个"),
    }
    assert len(ids) == 3
    assert all(re.fullmatch("tx_[0-9a-f]{12}", name) for name in ids)
    assert address(source) == "sites.all sites:4"


def test_marks_name_everything_that_has_a_source_in_reading_order():
    found = [(mark.text, mark.place) for mark in marks(BRIEFING)]
    assert found == [
        ("2000万元", ""),
        ("中介组织从业人员\t高仁律师事务所、如皋“同心•律师服务团”", "表1第1行"),
        ("社会组织从业人员\t开发区“栾馨仁”服务站、海门市“同心·社会组织联盟”", "表1第2行"),
        (ORGANISATIONS.text, ""),
        ("2000万元", ""),
        ("市级社会组织孵化基地\t1个(南通中华慈善博物馆)", "表2第1行"),
        ("县级社会组织孵化基地\t13个", "表2第2行"),
        ("镇(街道)级社会组织孵化基地\t12个", "表2第3行"),
        (BASES.note, "表2注"),
    ]


def test_the_same_figure_twice_gets_two_names():
    names = [mark.name for mark in marks(BRIEFING) if mark.text == "2000万元"]
    assert names == [names[0], f"{names[0]}_2"]


@pytest.mark.parametrize(
    ("columns", "rows", "widths"),
    [
        ((), (), ()),
        (("一",), (Row(("1", "2")),), ()),
        (("一", "二"), (), (1,)),
        (("一", "二"), (), (1, 0)),
    ],
)
def test_a_table_that_no_writer_could_set_is_refused(columns, rows, widths):
    with pytest.raises(ValueError, match="table 't'"):
        Table("t", "", columns, rows, widths=widths)


def test_two_tables_of_one_document_may_not_share_a_key():
    with pytest.raises(ValueError, match="share a key"):
        Document("d", "", "", "", BRIEFING.facts_on, (Section("", (SITES, SITES)),))
