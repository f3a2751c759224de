"""A standard as a workbook: a sheet of clauses and one of what it says as a whole, out and in."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tongxin.core.errors import Problem, Refused
from tongxin.core.words import gettext as _
from tongxin.core.words import in_every_language
from tongxin.sheets.book import Book, Sheet, Unreadable, Value, address
from tongxin.sheets.reading import read
from tongxin.sheets.tables import Table, TableColumn
from tongxin.sheets.writing import write_xlsx

from .choices import Kind
from .rules import tree
from .rules.amounts import shown
from .rules.editing import is_bonus, parent_of
from .rules.notation import HINTS
from .rules.reading import MOST_CLAUSES, standard_of
from .rules.typed import (
    CLAUSE,
    GENERAL,
    YES,
    clause_from,
    general_from,
    typed_clause,
    typed_general,
)

BELOW = "under"
BONUS = "bonus"
COLUMNS = ("code", BELOW, *CLAUSE[1:], BONUS)
WIDTHS = {"text": 36, "rule": 36, "evidence": 24, "note": 24, "kind": 16}
NEEDED = {"code", "text", "maximum"}
MOST_LINES = 1_000


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be mended in a workbook, and where."""

    sheet: str
    cell: str
    words: str

    @property
    def place(self) -> str:
        """The cell as people call it."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


def titles() -> dict[str, str]:
    """The heads of the columns of clauses, which are also the words of the form."""
    return {
        "code": _("编号"),
        "under": _("上级编号"),
        "text": _("内容"),
        "maximum": _("满分"),
        "kind": _("评分办法"),
        "rule": _("怎么计分"),
        "capped": _("封顶"),
        "veto": _("一票否决"),
        "unit": _("值的单位"),
        "evidence": _("佐证材料"),
        "methods": _("核查方式"),
        "rounding": _("得分保留"),
        "note": _("说明"),
        "bonus": _("加分项"),
    }


def general_titles() -> dict[str, str]:
    """The words beside what a standard says as a whole."""
    return {
        "name": _("名称"),
        "maximum": _("总分"),
        "bonus_cap": _("加分上限"),
        "final_cap": _("最后得分上限"),
        "rounding": _("各条得分保留"),
        "total_rounding": _("总分保留"),
        "conditions": _("条件"),
        "grades": _("等级"),
        "caps": _("等级限制"),
        "sources": _("来源"),
        "note": _("说明"),
    }


def workbook_of(standard: tree.Standard) -> bytes:
    """Return a version as a workbook that can be changed and sent back."""
    head = titles()
    columns = tuple(
        TableColumn(
            head[name],
            width=WIDTHS.get(name, 10),
            choices=_choices(name),
            required=name in NEEDED,
        )
        for name in COLUMNS
    )
    rows = [[_cells(standard, clause)[name] for name in COLUMNS] for _d, clause in standard.walk()]
    general, words = typed_general(standard), general_titles()
    hints = [[str(Kind(kind).label), hint] for kind, hint in HINTS.items() if hint]
    tables = (
        Table(_("条目"), columns, rows, head=(standard.name,)),
        Table(
            _("总则"),
            (TableColumn(_("项目"), width=16), TableColumn(_("内容"), width=60)),
            [[words[name], general[name]] for name in GENERAL],
        ),
        Table(
            _("写法"),
            (TableColumn(_("评分办法"), width=16), TableColumn(_("怎么计分"), width=60)),
            hints,
        ),
    )
    return write_xlsx(tables, stamp={"register": "standards", "key": standard.key})


def _choices(name: str) -> tuple[str, ...]:
    if name == "kind":
        return tuple(str(each.label) for each in Kind)
    return (YES,) if name in {"veto", "capped", BONUS} else ()


def _cells(standard: tree.Standard, clause: tree.Clause) -> dict[str, str]:
    texts = typed_clause(clause)
    texts["kind"] = str(Kind(clause.rule.kind).label) if clause.rule else ""
    texts[BELOW] = parent_of(standard, clause.code)
    texts[BONUS] = YES if not texts[BELOW] and is_bonus(standard, clause.code) else ""
    return texts


def read_upload(sent: Any, draft: tree.Standard) -> tuple[tree.Standard | None, list[Message]]:
    """Read a workbook that was sent; a standard, or every message at once."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sent"
        with path.open("wb") as file:
            for chunk in sent.chunks():
                file.write(chunk)
        try:
            book = read(path, sent.name)
        except Unreadable as refusal:
            return None, [Message(sent.name, "", str(refusal.words))]
    return content_of(book, draft)


def content_of(book: Book, draft: tree.Standard) -> tuple[tree.Standard | None, list[Message]]:
    """Return what a workbook says in the place of a draft, or all that cannot be read."""
    messages: list[Message] = []
    clauses, places = _clauses(_sheet(book, lambda: _("条目")), messages)
    general = _general(_sheet(book, lambda: _("总则")), messages)
    if messages:
        return None, messages
    told = {"key": draft.key or "draft", "version": draft.version} | general | clauses
    try:
        return replace(standard_of(told), example=draft.example), []
    except Refused as refusal:
        return None, [_placed(problem, places) for problem in refusal.problems]


def _placed(problem: Problem, places: dict[str, tuple[str, str]]) -> Message:
    return Message(*places.get(problem.field, (_("总则"), "")), str(problem))


def _sheet(book: Book, name: Callable[[], str]) -> Sheet | None:
    """The sheet of a name, whatever language the workbook was written in."""
    names = in_every_language(name)
    shown_sheets = [sheet for sheet in book.sheets if not sheet.hidden]
    return next((sheet for sheet in shown_sheets if sheet.name.strip() in names), None)


def _clauses(
    sheet: Sheet | None, messages: list[Message]
) -> tuple[dict[str, Any], dict[str, tuple[str, str]]]:
    """Read the rows of clauses into a tree, and note in which cell each of them stands."""
    name = _("条目")
    at, columns = _head(sheet)
    if sheet is None or at is None:
        words = _("没有名为“%(name)s”、表头有“编号”“内容”“满分”的工作表。用下载的工作簿")
        messages.append(Message(name, "", words % {"name": name}))
        return {}, {}
    if len(sheet.rows) - at > MOST_CLAUSES + 1:
        words = _("条目有 %(count)s 条，最多 %(most)s 条。拆成几个标准")
        told = {"count": len(sheet.rows) - at - 1, "most": MOST_CLAUSES}
        messages.append(Message(name, "", words % told))
        return {}, {}
    messages += _cell_notes(sheet, at, columns)
    found: dict[str, Any] = {"clauses": [], "bonus": []}
    made: dict[str, dict[str, Any]] = {}
    places: dict[str, tuple[str, str]] = {}
    for number, row in enumerate(sheet.rows[at + 1 :], at + 1):
        texts = {field: _text(row, column) for field, column in columns.items()}
        if not any(texts.values()):
            continue
        told, problems = clause_from(texts)
        problems += _row_problems(texts, made)
        for problem in problems:
            cell = address(number, columns.get(problem.field, columns["code"]))
            messages.append(Message(sheet.name, cell, str(problem)))
        code = texts["code"]
        places[code] = (sheet.name, address(number, columns["code"]))
        above = made.get(texts.get(BELOW, ""))
        bonus = BONUS if texts.get(BONUS) == YES else "clauses"
        into = found[bonus] if above is None else above.setdefault("clauses", [])
        into.append(told)
        made[code] = told
    return found, places


def _row_problems(texts: dict[str, str], made: dict[str, Any]) -> Iterator[Problem]:
    for name in sorted(NEEDED):
        if not texts.get(name):
            words = _("没有填“%(name)s”，补上") % {"name": titles()[name]}
            yield Problem("standards.empty_cell", words, name)
    code, above = texts["code"], texts.get(BELOW, "")
    if code and code in made:
        words = _("编号 %(code)s 与前面的条目相同。换一个编号") % {"code": code}
        yield Problem("standards.same_code", words, "code")
    if above and above not in made:
        words = _("上面没有编号是 %(code)s 的条目。上级条目要写在前面") % {"code": above}
        yield Problem("standards.no_parent", words, BELOW)
    elif above and "rule" in made[above]:
        words = _("条目 %(code)s 自己有评分办法，下面不能再有条目") % {"code": above}
        yield Problem("standards.both", words, BELOW)


def _head(sheet: Sheet | None) -> tuple[int | None, dict[str, int]]:
    """Find the row of the titles, and in which column each field stands."""
    by_title = _by_title(titles)
    for at, row in enumerate(sheet.rows[:20] if sheet else ()):
        found: dict[str, int] = {}
        for column, value in enumerate(row):
            name = by_title.get(str(value or "").strip().rstrip("*＊").strip())
            if name:
                found.setdefault(name, column)
        if found.keys() >= NEEDED:
            return at, found
    return None, {}


def _by_title(make: Callable[[], dict[str, str]]) -> dict[str, str]:
    return {title: name for words in in_every_language(make) for name, title in words.items()}


def _cell_notes(sheet: Sheet, at: int, columns: dict[str, int]) -> Iterator[Message]:
    for note in sheet.notes:
        if note.row > at and note.column in columns.values() and note.code != "digits":
            words = _("这一格是公式或错误值，不读。写成文字或数字")
            yield Message(sheet.name, address(note.row, note.column), words)


def _general(sheet: Sheet | None, messages: list[Message]) -> dict[str, Any]:
    name = _("总则")
    if sheet is None:
        words = _("没有名为“%(name)s”的工作表。用下载的工作簿") % {"name": name}
        messages.append(Message(name, "", words))
        return {}
    by_title = _by_title(general_titles)
    texts: dict[str, str] = {}
    rows: dict[str, int] = {}
    for number, row in enumerate(sheet.rows[:MOST_LINES]):
        field = by_title.get(_text(row, 0))
        if field and field not in texts:
            texts[field], rows[field] = _text(row, 1), number
    told, problems = general_from(texts)
    messages += [
        Message(sheet.name, address(rows[problem.field], 1), str(problem)) for problem in problems
    ]
    for field in ("name", "maximum"):
        if not texts.get(field):
            cell = address(rows[field], 1) if field in rows else ""
            words = _("没有填“%(name)s”，补上") % {"name": general_titles()[field]}
            messages.append(Message(sheet.name, cell, words))
    return told


def _text(row: Sequence[Value], column: int) -> str:
    value = row[column] if column < len(row) else None
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else ""
    if isinstance(value, Decimal):
        return shown(value)
    return str(value).replace("\r\n", "\n").strip()
