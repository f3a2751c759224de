"""The words of the interface: typography, tone, and a translation for each."""

import re
import subprocess
import sys

import pytest
from django.utils.translation import gettext, override

from tools import messages
from tools.messages import collect, in_python, in_template

HAN = r"[\u3400-\u9fff]"
# A half-width mark beside a Chinese character; `%(name)s` and `{name}` are not marks.
HALF_WIDTH = re.compile(
    rf"{HAN}\s?[,:;?!](?!\w)|{HAN}\s?\((?!\w+\)s)|[,:;?!)]\s?{HAN}|{HAN}\.(?:\s|$)"
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%%?[sd]?")
SEPARATOR_DOT = re.compile("[\u00b7\u30fb]")
# 请 as "please"; 申请, 邀请 and the like are other words, 可以请某某 asks a third person.
PLEASE = re.compile("(?<![申邀报提聘呈函])(?<!可以)请(?![示求款假])")
BLUNT = re.compile("抱歉|对不起|非法|有误|不合法")
# The drawers of a room whose strings are read by people; the others hold data and patterns.
SPEAKING = {"models", "permissions", "actions", "forms", "register", "views", "jobs", "sheets"}
FAILED_ALONE = re.compile("失败[。！]?$")


def half_width(text):
    return HALF_WIDTH.search(PLACEHOLDER.sub("0", text)) is not None


def blunt(text):
    return any(found.search(text) for found in (PLEASE, BLUNT, FAILED_ALONE))


def said(wrong):
    """The messages with a fault, with the places where they stand."""
    return [
        f"{message.places[0][0]}:{message.places[0][1]} {text}"
        for message in collect().values()
        for text in (message.text, message.plural)
        if wrong(text)
    ]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("名称，地区", False),
        ("名称,地区", True),
        ("名称: 地区", True),
        ("共 3 家（含 1 家试点）", False),
        ("共 3 家(含 1 家试点)", True),
        ("已保存“%(name)s”", False),
        ("%(count)s 家", False),
        ("保存.", True),
        ("2017-09-01 10:30 更新", False),
        ("确定吗?", True),
    ],
)
def test_half_width_marks_are_seen_beside_chinese_only(text, wrong):
    assert half_width(text) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("请输入名称", True),
        ("填写名称，请重试", True),
        ("申请补报", False),
        ("可以请南通市解锁", False),
        ("邀请码", False),
        ("日期有误", True),
        ("保存失败", True),
        ("上次保存失败的原因", False),
    ],
)
def test_blunt_words_are_told_from_like_ones(text, wrong):
    assert blunt(text) is wrong


def test_chinese_words_stand_with_full_width_marks():
    assert said(half_width) == []


def test_words_are_not_joined_by_a_dot():
    assert said(SEPARATOR_DOT.search) == []


def test_messages_say_what_to_do():
    assert said(blunt) == []


def test_templates_hold_no_words_outside_translation():
    bare = [
        f"{path.relative_to(messages.ROOT)}:{line} {text[:40]}"
        for path in messages.templates()
        for text, line in messages.bare_words(path.read_text(encoding="utf-8"))
    ]

    assert bare == []


def test_drawers_that_speak_hold_no_words_outside_translation():
    bare = [
        f"{path.relative_to(messages.ROOT)}:{line} {text[:40]}"
        for path in sorted(messages.PACKAGE.glob("*/**/*.py"))
        if not SPEAKING.isdisjoint({path.stem, path.parent.name})
        and path.relative_to(messages.PACKAGE).parts[0] != "demo"  # its words are sample data
        for text, line in messages.bare_strings(path.read_text(encoding="utf-8"))
    ]

    assert bare == []


def test_every_message_has_an_english_translation():
    assert messages.problems(collect(), messages.read()) == []


def test_messages_of_python_are_read_whatever_the_function():
    source = '_("一")\nwords.pgettext("月份", "二")\nngettext("三", "四", n)\nother("五")\n'

    found = [(message.key, line) for message, line in in_python(source)]

    assert found == [(("", "一", ""), 1), (("月份", "二", ""), 2), (("", "三", "四"), 3)]


def test_a_message_that_is_put_together_is_refused():
    with pytest.raises(ValueError, match="plain string"):
        list(in_python('_(f"共 {n} 家")'))


def test_messages_of_templates_are_read_with_context_plural_and_filters():
    source = (
        '{% trans "一" %}\n{% trans "二" context "月份" %}\n'
        "{% blocktrans count n=n %}三{% plural %}四{{ n }}{% endblocktrans %}\n"
        '{{ _("五")|upper }}'
    )

    found = [message.key for message, _line in in_template(source)]

    assert found == [
        ("", "一", ""),
        ("月份", "二", ""),
        ("", "三", "四%(n)s"),
        ("", "五", ""),
    ]


def test_words_outside_a_translation_tag_would_be_seen():
    source = (
        '<p>{% trans "一" %}</p>\n<p>二</p>{# 三 #}{% comment %}四{% endcomment %}\n'
        '<b lang="zh-Hans">中文</b>\n{{ name }}：{{ value }}'
    )

    assert [line for _text, line in messages.bare_words(source)] == [2, 4]


def test_a_string_outside_a_translation_would_be_seen():
    source = '"""说明"""\nname = _("名称")\nunit = "元"\ntitle = f"{year} 年度"\n'

    assert list(messages.bare_strings(source)) == [(" 年度", 4)]


def test_a_name_that_is_kept_with_a_record_is_no_interface():
    source = 'declare(title="示范点", naming=lambda site: f"{site.level}示范点")\n'

    assert list(messages.bare_strings(source)) == [("示范点", 1)]


def test_a_message_without_translation_would_be_seen():
    found = {message.key: message for message, _line in in_python('_("一")')}
    found["", "一", ""].places.append(("rules.py", 1))

    said = messages.problems(found, messages.updated(found, {}))

    assert said == ["rules.py:1 no translation: 一"]


def test_the_tool_runs_without_settings():
    done = subprocess.run(
        [sys.executable, "tools/messages.py", "--missing"],
        cwd=messages.ROOT,
        check=False,
        capture_output=True,
    )

    assert (done.returncode, done.stderr) == (0, b"")


def test_no_template_parts_words_by_a_dot():
    """Between two translated words no message holds it: it stands in the template itself."""
    dotted = [
        str(path.relative_to(messages.ROOT))
        for path in messages.templates()
        if SEPARATOR_DOT.search(path.read_text(encoding="utf-8"))
    ]
    assert dotted == []


# A sentence right behind another, at most a condition or the tag of a word between them.
BEHIND = re.compile(
    r"""。(?:" %\}|\{% endblocktranslate %\})"""
    r"""(?:\{% (?:if|endif)[^%]*%\}|</?(?:span|b|i)\b[^>]*>)*\{% translate "([^"]+)" %\}"""
)


def run_together(template, english):
    """Return the sentences that stand at once behind another, in a language that parts them."""
    return [text for text in BEHIND.findall(template) if not english(text).startswith(" ")]


def test_a_second_sentence_does_not_stick_to_the_first_in_english():
    with override("en"):
        stuck = {
            str(path.relative_to(messages.ROOT)): found
            for path in messages.templates()
            if (found := run_together(path.read_text(encoding="utf-8"), gettext))
        }
    assert stuck == {}


def test_sentences_that_stick_together_would_be_seen():
    source = '<p>{% translate "一。" %}{% if two %}<b>{% translate "二。" %}</b>{% endif %}</p>'

    assert run_together(source, {"二。": "Two."}.get) == ["二。"]
    assert run_together(source, {"二。": " Two."}.get) == []
    assert run_together(source.replace("{% if", " {% if"), {"二。": "Two."}.get) == []
