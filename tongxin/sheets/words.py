"""The words for a file that is not read, and for a cell that is not as it seems."""

from typing import Any

from django.utils.functional import keep_lazy_text

from tongxin.core.packages import MOST_PARTS
from tongxin.core.words import gettext_lazy as _

from .book import Unreadable
from .limits import MOST_BYTES, MOST_CELL_TEXT, MOST_CELLS, MOST_ROWS, MOST_SHEETS

RESAVE = _("“%(name)s”读不了，可能已损坏。用办公软件打开，另存为 xlsx 再上传")
REFUSALS: dict[str, Any] = {
    "empty": _("“%(name)s”是空的。核对文件，重新选一次"),
    "size": _("“%(name)s”超过 %(megabytes)d MB。删去图片，或拆成几份再上传"),
    "ending": _("“%(name)s”不是表格。能读的有 xlsx、xls、csv：在办公软件里另存为其中一种"),
    "kind": _("“%(name)s”的内容不是表格。能读的有 xlsx、xls、csv：核对文件，重新选一次"),
    "page": _("“%(name)s”其实是网页。用办公软件打开，另存为 xlsx 再上传"),
    "not_text": _("“%(name)s”不是 UTF-8 或 GB18030 编码的文字。用办公软件打开，另存为 xlsx 再上传"),
    "locked": _("“%(name)s”加了密码，读不了。去掉密码再上传"),
    "damaged": RESAVE,
    "broke": RESAVE,
    "macros": _("“%(name)s”带有宏或控件。另存为不带宏的 xlsx 再上传"),
    "elsewhere": _(
        "“%(name)s”会去取别处的内容（链接的工作簿或图片）。在表格里断开链接、保留数值，再上传"
    ),
    "within": _("“%(name)s”里嵌着另一个文件。删去嵌入的对象再上传"),
    "parts": _("“%(name)s”里有 %(parts)d 个以上的部分，不像一份普通表格。拆成几份再上传"),
    "swells": _("“%(name)s”解开后大得不正常。把数据复制到一份新表格里再上传"),
    "memory": _("“%(name)s”要占的内存太多，没有读完。拆成几份再上传"),
    "long": _("“%(name)s”的内容太多，没有读完。拆成几份再上传"),
    "slow": _("“%(name)s”读得太久，已停下。把数据复制到一份新表格里，或拆成几份再上传"),
    "cells": _("“%(name)s”有 %(cells)d 个以上的单元格。拆成几份再上传"),
    "rows": _("“%(name)s”的内容到了第 %(rows)d 行以下。拆成几份再上传；下面若是空的，删去那些行"),
    "span": _(
        "“%(name)s”的数据铺得太开：离第一行第一列很远的地方还有内容。"
        "删去那里的内容，或把数据复制到一份新表格里再上传"
    ),
    "sheets": _("“%(name)s”有 %(sheets)d 张以上的工作表。拆成几份再上传"),
    "text": _("“%(name)s”里的文字太长，一个单元格最多 %(characters)d 字。缩短后再上传"),
    "field": _("“%(name)s”第 %(row)d 行有超过 %(characters)d 字的一格，可能少了引号。改好再上传"),
    "comments": _("“%(name)s”里写不进批注。照页面上的清单改，或另存为 xlsx 再试"),
    "quotes": _("“%(name)s”第 %(row)d 行的引号没有配对。改好再上传，或另存为 xlsx"),
}
NOTES: dict[str, Any] = {
    "formula": _("这里是没有算过的公式，读不到数。打开表格、保存一次，或改成数值"),
    "error": _("这里的公式出错了。改好公式，或改成数值"),
    "digits": _("这个数超过 15 位，表格软件丢了后面几位。把单元格设成文本，重新填写完整的号码"),
}
LIMITS = {
    "megabytes": MOST_BYTES // 1_000_000,
    "parts": MOST_PARTS,
    "cells": MOST_CELLS,
    "rows": MOST_ROWS,
    "sheets": MOST_SHEETS,
    "characters": MOST_CELL_TEXT,
}


@keep_lazy_text
def _filled(words: str, facts: dict[str, Any]) -> str:
    return words % facts


def unreadable(code: str, name: str, **facts: Any) -> Unreadable:
    """Return the refusal of a file, to be raised; an unknown code is a file that broke."""
    code = code if code in REFUSALS else "broke"
    return Unreadable(code, _filled(REFUSALS[code], LIMITS | {"name": name, "row": 0} | facts))
