"""Documents name what exists, and what exists is named: links, rooms, commands, fields, powers."""

import re
import tomllib
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from tongxin.accounts.choices import Power, Role
from tongxin.accounts.rules import POWERS
from tongxin.indicators.catalogue import CATALOGUE
from tongxin.registers import declaration

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
BLOCK = re.compile(r"^ *```\w*\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")
SETTING = re.compile(r"\bTONGXIN_[A-Z_]*[A-Z]\b")
TWINS = (
    "README",
    "docs/tutorials/first-report-of-a-clerk",
    "docs/tutorials/first-briefing",
    "docs/explanation/how-access-works",
)


def pages():
    return [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]


def text_of(path):
    return path.read_text(encoding="utf-8")


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def dead_links(text, folder):
    """The relative links of a text that lead to no file."""
    found = BLOCK.sub("", text)
    targets = [
        target for target in LINK.findall(found) if not re.match(r"\w+:|docs/images/", target)
    ]
    return [target for target in targets if not (folder / target).exists()]


def rows(text):
    """The cells of every table row below a text's table heads."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    return [row for row in cells if not set("".join(row)) <= set("-| ")]


def first_codes(text, column=0):
    """The names in code marks that open a column of a text's tables."""
    found = [CODE.match(row[column]) for row in rows(text) if len(row) > column]
    return [hit[1] for hit in found if hit]


@cache
def targets():
    return set(re.findall(r"^([a-z-]+):", text_of(ROOT / "Makefile"), re.MULTILINE))


@cache
def subcommands():
    from tongxin.command import app

    return {(each.name or each.callback.__name__) for each in app.registered_commands}


def unknown_commands(text):
    """The lines of a text's code blocks that name no make target and no subcommand."""
    return [
        line
        for block in BLOCK.findall(text)
        for line in block.splitlines()
        if (hit := re.match(r"\s*(?:[A-Z_]+=\S+ )*(?:\S*/)?(make|tongxin) ([\w-]+)", line))
        and hit[2] not in {"make": targets(), "tongxin": subcommands()}[hit[1]]
    ]


@pytest.mark.parametrize("path", pages(), ids=name_of)
def test_every_relative_link_leads_somewhere(path):
    assert dead_links(text_of(path), path.parent) == []


def test_a_dead_link_would_be_seen():
    text = "[a](README.md) [b](nowhere.md#top) [c](https://example.org/)\n```\n[d](code.md)\n```\n"

    assert dead_links(text, ROOT) == ["nowhere.md"]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_pictures_of_the_readme_are_made_by_a_test(name):
    pictures = re.findall(r"\(docs/images/(\w+)\.png\)", text_of(ROOT / name))
    made = text_of(ROOT / "tests" / "browser" / "test_screenshots.py")
    kept = {path.stem for path in (DOCS / "images").glob("*.png")}

    assert pictures
    assert [each for each in pictures if f'keep_picture(page, "{each}"' not in made] == []
    assert not kept or set(pictures) <= kept


def test_every_room_has_a_page_and_every_page_a_room():
    rooms = {path.parent.name for path in ROOT.glob("tongxin/*/__init__.py")}

    assert {path.stem for path in DOCS.glob("rooms/*.md")} == rooms


def test_the_index_names_every_document():
    index = text_of(DOCS / "README.md")
    named = {(DOCS / target).resolve() for target in LINK.findall(index)}
    folders = ("tutorials", "how-to", "explanation")
    there = {path for folder in folders for path in (DOCS / folder).glob("*.md")}

    assert [name_of(path) for path in sorted(there - named)] == []


@pytest.mark.parametrize("path", pages(), ids=name_of)
def test_every_command_in_a_document_exists(path):
    assert unknown_commands(text_of(path)) == []


def test_a_command_that_is_not_there_would_be_seen():
    text = "```\nPORT=1 make demo\nmake tea\n.venv/bin/tongxin fly --home x\n```\n"

    assert unknown_commands(text) == ["make tea", ".venv/bin/tongxin fly --home x"]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_shows_nothing_but_commands_of_the_house(name):
    lines = [line for block in BLOCK.findall(text_of(ROOT / name)) for line in block.splitlines()]

    assert lines
    assert [line for line in lines if not re.match(r"(make|\.venv/bin/tongxin) ", line)] == []


@pytest.mark.parametrize("stem", TWINS)
def test_both_languages_show_the_same_commands(stem):
    english, chinese = (text_of(ROOT / f"{stem}{end}") for end in (".md", ".zh-CN.md"))

    def commands(text):
        return {line.strip() for block in BLOCK.findall(text) for line in block.splitlines()}

    # The demo's start may stand in a sentence instead of a block of its own.
    assert commands(english) - {"make demo"} == commands(chinese) - {"make demo"}


def test_the_command_line_page_names_every_command_and_every_target():
    page = text_of(REFERENCE / "command-line.md")
    named = set(first_codes(page))

    assert {name for name in named if name.startswith("tongxin ")} == {
        f"tongxin {name}" for name in subcommands()
    }
    assert {name for name in named if name.startswith("make ")} == {
        f"make {name}" for name in targets()
    }


def test_every_setting_is_named_and_every_name_is_a_setting():
    sources = [*(ROOT / "tongxin").rglob("*.py"), *(ROOT / "tools").rglob("*.py")]
    sources += [*(ROOT / "tests" / "browser").rglob("*.py"), ROOT / "Makefile"]
    read = {name for path in sources for name in SETTING.findall(text_of(path))}
    if "TONGXIN_SECRET_KEY" in read:
        read.add("TONGXIN_SECRET_KEY_FILE")  # env_secret reads NAME and NAME_FILE
    page = text_of(REFERENCE / "environment.md")

    assert {name for name in first_codes(page) if name.startswith("TONGXIN_")} == read


def sections(text):
    """The parts of a page by their headings of the second level."""
    parts = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_the_page_of_registers_names_each_with_its_fields_in_the_order_of_the_form():
    written = {
        key: first_codes(part)
        for key, part in sections(text_of(REFERENCE / "registers.md")).items()
    }

    assert written == {
        register.key: list(register.form._meta.fields) for register in declaration.every()
    }


def test_the_page_of_registers_knows_which_fields_are_required():
    parts = sections(text_of(REFERENCE / "registers.md"))
    written = {
        (key, CODE.match(row[0])[1]): row[3] == "required"
        for key, part in parts.items()
        for row in rows(part)
        if CODE.match(row[0])
    }
    forms = {register.key: register.form for register in declaration.every()}

    assert written == {(key, name): forms[key].base_fields[name].required for key, name in written}


def test_the_page_of_indicators_tells_each_as_the_catalogue_has_it():
    written = {
        CODE.match(row[0])[1]: (row[1], row[2], row[3], row[5].strip("`"), row[7] == "yes")
        for row in rows(text_of(REFERENCE / "indicators.md"))
        if CODE.match(row[0])
    }

    assert written == {
        key: (str(each.title), each.flow.value, each.unit, each.register, each.on_map)
        for key, each in CATALOGUE.items()
    }


def test_the_page_of_roles_gives_each_the_powers_it_has():
    table = rows(text_of(REFERENCE / "roles.md"))
    head, *body = [row for row in table if len(row) > 3]
    powers = [cell.strip("`") for cell in head[2:]]
    written = {
        row[1].strip("`"): {
            power for power, cell in zip(powers, row[2:], strict=False) if cell == "yes"
        }
        for row in body
    }

    assert set(powers) == set(Power.values)
    assert written == {str(role): set(map(str, given)) for role, given in POWERS.items()}


@cache
def glossary():
    return [
        row for row in rows(text_of(DOCS / "glossary.md")) if len(row) == 4 and row[0] != "术语"
    ]


@pytest.mark.parametrize("column", [0, 1, 2], ids=["chinese", "english", "code"])
def test_a_word_of_the_glossary_stands_there_once(column):
    words = [word for row in glossary() for word in re.split("、|, ", row[column])]

    assert sorted(words) == sorted(set(words))


def module_at(path):
    try:
        return import_module(path)
    except ModuleNotFoundError:
        return None


def found_in_code(name):
    """Whether a dotted name leads somewhere: to a module, a table, a class, or a field of one."""
    first, _, rest = name.partition(".")
    if first[0].isupper():
        return rest in WORDS_OF[first]()
    if module_at(f"tongxin.{name}"):
        return True
    *path, last = rest.split(".")
    inner = ".".join(path) or "models"
    return hasattr(module_at(f"tongxin.{first}.{inner}"), last)


def fields_of(label):
    return lambda: {field.name for field in apps.get_model(label)._meta.get_fields()}


WORDS_OF = {
    "Version": fields_of("divisions.Version"),
    "Programme": fields_of("programmes.Programme"),
    "Organisation": fields_of("organisations.Organisation"),
    "Training": fields_of("trainings.Training"),
    "Observation": fields_of("indicators.Observation"),
    "Record": fields_of("sites.Designation"),
    "PlacedRecord": fields_of("sites.Site"),
    "Role": lambda: set(Role.__members__),
}


def test_every_name_of_the_glossary_is_one_of_the_code():
    names = [row[2].strip("`") for row in glossary()]

    assert names
    assert [name for name in names if not found_in_code(name)] == []


@pytest.mark.parametrize("name", ["core.figures.Nothing", "Role.KING", "sites.Place", "nowhere.at"])
def test_a_name_that_is_not_in_the_code_would_be_seen(name):
    assert not found_in_code(name)


def test_every_table_of_the_house_has_a_word():
    named = {row[2].strip("`") for row in glossary()}
    tables = {
        f"{model._meta.app_label}.{model.__name__}"
        for model in apps.get_models()
        if model.__module__.startswith("tongxin.")
    }

    assert tables - named == set()


def test_decisions_are_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in sorted((DOCS / "decisions").glob("*.md"))]

    assert numbers == list(range(len(numbers)))


def test_the_version_has_its_entry_in_the_changelog():
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]

    assert f"## {project['version']}" in text_of(ROOT / "CHANGELOG.md")


HAN = "[\u3400-\u9fff]"


@pytest.mark.parametrize(
    "path", [path for path in pages() if path.name.endswith(".zh-CN.md")], ids=name_of
)
def test_chinese_documents_use_full_width_marks(path):
    prose = CODE.sub("", LINK.sub("]", BLOCK.sub("", text_of(path))))

    assert re.findall(rf"{HAN}\s?[,;:?!()\"'](?!\w)|[,;?!)\"']{HAN}", prose) == []
    assert re.findall("(?<!申)请(?!求)|抱歉|非法|有误", prose) == []
