"""Documents that are packages of parts: how the gate words what is wrong with one."""

from tongxin.core.packages import MOST_PARTS, Unfit, look_into
from tongxin.core.words import gettext as _
from tongxin.files.choices import FileKind

from .refusing import refused


def check_package(content: bytes) -> FileKind | None:
    """Return which office document a package is; None when it is another archive.

    Raises Refused for one that is damaged, swells, hides other files, or holds a program.
    """
    try:
        kind = look_into(content)
    except Unfit as unfit:
        raise refused(unfit.code, _words(unfit.code)) from unfit
    return FileKind(kind) if kind else None


def _words(code: str) -> str:
    if code == "parts":
        words = _("这份文件里有 %(count)d 个以上的部分，不像一份普通文档。拆成几份再上传")
        return words % {"count": MOST_PARTS}
    return {
        "locked": _("这份文件加了密码，查不了内容。去掉密码再上传"),
        "swells": _(
            "这份文件解开后大得不正常，没有接收。用办公软件重新保存一次，或导出成 pdf 再上传"
        ),
        "macros": _("这份文件带有宏或控件。另存为不带宏的 docx、xlsx 或 pptx 再上传"),
        "elsewhere": _(
            "这份文件打开时会去取别处的内容（链接的图片、模板或工作簿）。"
            "在文档里断开链接，把内容嵌入后再上传"
        ),
        "within": _(
            "这份文件里嵌着另一个文件（压缩包、表格对象或程序）。"
            "把嵌入的对象粘贴成图片，或把它单独上传"
        ),
    }.get(code, _("这份文件打不开，可能已损坏。用办公软件重新保存一次再上传"))
