"""A batch that waits for a worker, and everything that it leads to, as plain values."""

import datetime as dt
import shutil

NEW, CHANGED = 30, 6
HEAD = "名称,所属地区,种类,登记状态,统一社会信用代码,业务范围"
APPART = {"id", "at", "hash", "previous", "sequence", "sort_key", "salt", "entry_id"}


def row(make, name, number, work=""):
    return f"{name},北镇,民办非企业单位,已登记,{make.credit_code(number)},{work}"


def set_up(home):
    """Make a town with some organisations, and a workbook of its clerk that waits."""
    from tests import factories as make
    from tongxin.exchange import actions
    from tongxin.exchange.background.jobs import ask_for_batch
    from tongxin.exchange.choices import JobKind
    from tongxin.exchange.queries import fingerprint
    from tongxin.registers import declaration

    tree = make.tree()
    pilot, clerk = make.programme(tree.city), make.clerk(tree.north)
    for number in range(1, CHANGED + 3):
        code = make.credit_code(number)
        make.organisation(tree.north, f"旧{number}社", credit_code=code, work="原来的业务")
    rows = [HEAD]
    rows += [row(make, f"改{n}社", n, work="新的业务") for n in range(1, CHANGED + 1)]
    rows += [row(make, f"旧{n}社", n, work="原来的业务") for n in range(CHANGED + 1, CHANGED + 3)]
    rows += [row(make, f"新{n}社", n) for n in range(100, 100 + NEW)]
    batch = actions.receive(
        declaration.get("organisations"),
        by=clerk,
        programme=pilot,
        name="名册.csv",
        content="\r\n".join(rows).encode("gb18030"),
    )
    seen = fingerprint(actions.look_through(batch))
    wishes = {"name": "年底名册", "reason": "", "without_errors": False, "seen": seen}
    ask_for_batch(JobKind.APPLY, batch, by=clerk, wishes=wishes)
    shutil.copytree(home / "uploads", home / "uploads.base")


def told():
    """Everything that an import writes, without numbers and moments that differ each time."""
    from tongxin.exchange.models import Batch, Line
    from tongxin.journal.models import Entry, Head, PersonalValue
    from tongxin.organisations.models import Organisation
    from tongxin.registers.models import Piece
    from tongxin.reviews.models import Review, Step

    names = dict(Organisation.objects.values_list("pk", "credit_code"))
    tables = {m.__name__: m.objects.all() for m in (Organisation, Piece, Review, Step, Line, Batch)}
    found = {name: sorted(map(repr, _plain(rows, names))) for name, rows in tables.items()}
    found["Entry"] = [repr(each) for each in _plain(Entry.objects.order_by("sequence"), names)]
    found["Personal"] = PersonalValue.objects.count()
    found["Head"] = list(Head.objects.values_list("sequence", flat=True))
    return found


def _plain(rows, names):
    for values in rows.values():
        kept = {}
        for name, value in values.items():
            if name in APPART or isinstance(value, dt.datetime):
                continue
            if name in {"subject_id", "review_id"}:
                kept[name] = names.get(value, "") if name == "subject_id" else ""
            elif name in {"stored", "looked"}:
                kept[name] = bool(value)
            else:
                kept[name] = value
        yield kept
