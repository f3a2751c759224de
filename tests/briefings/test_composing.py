"""The briefing of the pilot, composed from records: every cell as it was printed."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tongxin.brands.models import Brand, Recognition
from tongxin.brands.register import BRANDS, RECOGNITIONS
from tongxin.briefings.actions import lay_out
from tongxin.briefings.document import Paragraph, Table
from tongxin.briefings.models import Block, Briefing
from tongxin.briefings.queries import UNKNOWN, compose, document_of
from tongxin.briefings.writers import WRITERS
from tongxin.incubation.models import Base
from tongxin.incubation.register import BASES
from tongxin.indicators.models import Observation
from tongxin.journal.queries import entries_of
from tongxin.registers.actions import change, enter, set_void

pytestmark = pytest.mark.django_db

PRINTED = json.loads(
    Path(__file__).parent.parent.joinpath("demo", "nantong-2017-tables.json").read_text("utf-8")
)
CELLS = [
    (key, row, column)
    for key, table in PRINTED.items()
    for row in range(len(table["rows"]))
    for column in range(len(table["columns"]))
]


@pytest.fixture
def briefing(nantong):
    return Briefing.objects.select_related("programme__division").get(key="nantong-2017")


@pytest.fixture
def tables(briefing):
    return composed(briefing)


def composed(briefing):
    """Return the tables of a briefing by key, as its records are now."""
    return {table.key: table for table in document_of(briefing).tables}


def row_of(table, name):
    return next(row.cells for row in table.rows if row.cells[0] == name)


def test_the_four_tables_hold_fifty_five_cells():
    assert len(CELLS) == 55


def test_every_cell_equals_the_printed_one_to_the_character(tables):
    different = [
        (key, row, column)
        for key, row, column in CELLS
        if tables[key].rows[row].cells[column] != PRINTED[key]["rows"][row][column]
    ]

    assert different == []


@pytest.mark.parametrize("key", sorted(PRINTED))
def test_a_table_has_the_printed_columns_number_of_rows_and_note(tables, key):
    table, printed = tables[key], PRINTED[key]

    assert list(table.columns) == printed["columns"]
    assert len(table.rows) == len(printed["rows"])
    assert table.note == printed.get("note", "")
    assert table.title == printed["title"]


def test_the_tables_of_the_json_file_have_the_shape_of_the_data(briefing):
    written = json.loads(WRITERS["json"].write(document_of(briefing)))

    assert written["tables"] == PRINTED


def test_the_sections_are_the_pillars_of_the_programme(briefing):
    headings = [section.heading for section in document_of(briefing).sections]

    assert headings == [
        "一、一“群体”一“特色”",
        "二、一“标准”一“亮点”",
        "三、一“地区”一“品牌”",
        "四、一“阵地”一“旗帜”",
    ]


def test_every_paragraph_is_complete(briefing):
    texts = [
        block.text
        for section in document_of(briefing).sections
        for block in section.blocks
        if isinstance(block, Paragraph)
    ]

    assert len(texts) == 5
    for text in texts:
        assert UNKNOWN not in text
        assert "[[" not in text
        assert "—" not in text
    assert "系列活动分三个方面" in "".join(texts)
    assert "四类群体" in "".join(texts)


def test_nothing_of_a_cell_is_stored_as_one_text():
    longest = max((table["rows"] for table in PRINTED.values()), key=len)
    cells = {row[2] for row in longest if "、" in row[2]}

    assert len(cells) == 5
    kept = set(Recognition.objects.values_list("name", flat=True))
    assert not kept & cells


def test_a_changed_record_changes_the_table(briefing, nantong):
    brand = Brand.objects.get(name="青年微商创业联盟")
    change(BRANDS, brand, by=None, values={"work": "打造青年微商创业联盟二期"})

    assert row_of(composed(briefing)["regional_brands"], "通州区")[1] == "打造青年微商创业联盟二期"


def test_a_new_recognition_joins_its_cell_and_a_void_one_leaves_it(briefing, nantong):
    kind = nantong.programme.recognitionkind_words.get(key="key_project")
    place = nantong.division("qidong")
    facts = {"programme": nantong.programme, "division": place, "kind": kind, "title": "重点项目"}
    made, _fresh = enter(RECOGNITIONS, by=None, values=facts)
    pushed = "相关经验在江苏省委统战部微信公众号上推送"

    assert row_of(composed(briefing)["regional_brands"], "启东市")[2] == f"{pushed}、入选重点项目"
    set_void(RECOGNITIONS, made, by=None, void=True, reason="重复")
    assert row_of(composed(briefing)["regional_brands"], "启东市")[2] == pushed


def test_a_division_with_recognitions_and_no_brand_still_has_a_row(briefing, nantong):
    kind = nantong.programme.recognitionkind_words.get(key="key_project")
    zone = nantong.division("netda")
    facts = {"programme": nantong.programme, "division": zone, "kind": kind, "title": "重点项目"}
    enter(RECOGNITIONS, by=None, values=facts)

    cells = row_of(composed(briefing)["regional_brands"], "南通经济技术开发区")
    assert cells[1:] == ("", "入选重点项目")


def base(nantong, name, level):
    facts = {"programme": nantong.programme, "division": nantong.division("haian")}
    made, _fresh = enter(BASES, by=None, values={**facts, "name": name, "level": level})
    return made


def test_a_part_of_the_county_bases_does_not_stand_for_all_of_them(briefing, nantong):
    base(nantong, "海安县社会组织孵化园", "county")

    rows = composed(briefing)["incubation_bases"].rows

    assert rows[1].cells[1] == "13个"
    assert len(rows[1].source.records) == 1


def test_a_second_city_base_takes_the_names_away_until_the_figure_follows(briefing, nantong):
    base(nantong, "第二基地", "city")
    assert composed(briefing)["incubation_bases"].rows[0].cells[1] == "1个"

    Observation.objects.filter(indicator="incubation_bases", part="city").update(
        value=2, stated_as="2个"
    )

    cell = composed(briefing)["incubation_bases"].rows[0].cells[1]
    assert cell == "2个(南通中华慈善博物馆、第二基地)"


def test_without_a_statement_the_records_are_counted_and_without_records_there_is_a_dash(briefing):
    Observation.objects.all().delete()
    Base.objects.all().delete()
    table = composed(briefing)["incubation_bases"]

    assert [row.cells[1] for row in table.rows] == ["—"] * 4
    assert table.note == "共举办各级各类培训—,培训人数—。"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("数[[figure nothing]]。", f"数{UNKNOWN}。"),
        ("数[[figure incubation_bases?level=moon]]。", f"数{UNKNOWN}。"),
        ("数[[figure incubation_bases]]。", f"数{UNKNOWN}。"),
        ("名[[list nothing]]。", f"名{UNKNOWN}。"),
        ("有[[count nothing]]个。", f"有{UNKNOWN}个。"),
        ("有[[count means]]种。", "有二种。"),
        ("[[list means]]", "建立党组织、派驻党建指导员"),
        ("基地[[figure incubation_bases?level=county]]", "基地13个"),
        ("{{ request }}{% now %}", "{{ request }}{% now %}"),
    ],
)
def test_the_places_of_a_paragraph_are_looked_up_and_never_executed(briefing, text, shown):
    block = Block.objects.filter(briefing=briefing).exclude(text="").first()
    Block.objects.filter(pk=block.pk).update(text=text)

    paragraph = document_of(briefing).sections[0].blocks[0]

    assert paragraph.text == shown


def test_every_figure_of_a_paragraph_carries_its_source(briefing):
    done = compose(briefing)
    runs = [
        run
        for section in done.document.sections
        for block in section.blocks
        if isinstance(block, Paragraph)
        for run in block.runs
        if run.source is not None
    ]

    assert len(runs) == 7
    for run in runs:
        assert done.figures[run.source.figure].text == run.text


def test_every_row_of_every_table_has_a_source(briefing):
    for table in document_of(briefing).tables:
        for row in table.rows:
            assert row.source.records or row.source.figure, (table.key, row.cells)


def test_composing_costs_the_same_when_the_records_are_doubled(briefing, nantong):
    with CaptureQueriesContext(connection) as once:
        compose(briefing)
    double(nantong)

    with CaptureQueriesContext(connection) as twice:
        done = compose(briefing)

    assert len(done.document.tables[0].rows[0].cells[1].split("、")) == 6
    assert len(twice) == len(once)


def double(nantong):
    """Enter every record of the pilot's registers a second time."""
    for key in ("sites", "bases", "brands", "recognitions", "projects"):
        from tongxin.registers import declaration

        register = declaration.get(key)
        for row in register.model.objects.all():
            names = [field.name for field in register.model._meta.concrete_fields if field.editable]
            values = {name: getattr(row, name) for name in names if name != "id"}
            again, _fresh = enter(register, by=None, values=values | {"programme": row.programme})
            if key == "sites":
                make.record("designations", site=again)


def test_a_briefing_is_laid_out_with_its_blocks_in_order_and_an_entry(small):
    made = make.briefing(small.pilot)

    assert str(made) == "简报 briefing"
    assert [str(block) for block in made.blocks.filter(pillar__key="sites")] == [
        "示范点 [[figure demonstration_sites]]，面向[[l",
        "demonstration_sites",
        "incubation_bases",
    ]
    assert [entry.verb for entry in entries_of(made)] == ["briefings.laid_out"]


def test_a_pillar_that_the_programme_does_not_have_is_an_error(small):
    facts = {"key": "other", "title": "简报", "masthead": "简报"}

    with pytest.raises(KeyError):
        lay_out(by=None, programme=small.pilot, facts=facts, blocks={"nothing": [{"text": "字"}]})

    assert not Briefing.objects.filter(key="other").exists()


def test_an_empty_programme_has_a_briefing_too(small):
    document = document_of(make.briefing(small.pilot))

    assert [section.heading for section in document.sections] == ["一、示范引领", "二、品牌带动"]
    assert document.sections[0].blocks[0].text == "示范点 —，面向新媒体从业人员、中介人员。"
    sizes = {
        block.key: len(block.rows)
        for s in document.sections
        for block in s.blocks[1:]
        if isinstance(block, Table)
    }
    assert sizes["demonstration_sites"] == 2
    for writer in WRITERS.values():
        assert writer.write(document)
