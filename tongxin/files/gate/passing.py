"""From what somebody sent to what is kept: name, size, kind, content, each judged in turn."""

import hashlib
import re
from dataclasses import dataclass

from tongxin.core.errors import Refused
from tongxin.core.sniffing import OLD_OFFICE, PACKAGE, TEXT, sniff
from tongxin.core.words import gettext as _
from tongxin.core.words import listed
from tongxin.files.choices import IMAGES, PACKAGES, TEXTS, FileKind
from tongxin.files.rules import (
    MOST_BYTES,
    clean_name,
    ending_of,
    fits,
    kind_of,
    size_words,
)

from .clamd import scan
from .packages import check_package
from .pictures import clean_picture
from .refusing import refused

RUNNING = re.compile(rb"/(?:JavaScript|Launch)[\s/<\[(]")
PDF_ENDS_WITHIN = 2_048
INSTEAD = {
    **dict.fromkeys(("doc", "docm", "dot", "dotx", "dotm", "wps", "odt", "rtf"), FileKind.DOCX),
    **dict.fromkeys(("xls", "xlsm", "xlsb", "et", "ods", "xltx", "xltm"), FileKind.XLSX),
    **dict.fromkeys(("ppt", "pptm", "pps", "ppsx", "dps", "odp"), FileKind.PPTX),
    **dict.fromkeys(("gif", "bmp", "tif", "tiff", "svg", "heic", "heif", "avif"), FileKind.PNG),
    **dict.fromkeys(("htm", "html", "mht", "xps", "ofd", "md"), FileKind.PDF),
}
ARCHIVES = {"zip", "rar", "7z", "gz", "tar", "bz2", "xz"}


@dataclass(frozen=True, slots=True)
class Passed:
    """A file that passed the gate, as it will be kept.

    `declared` is what came with it, `cleaned` whether notes were taken out of a picture.
    """

    name: str
    kind: FileKind
    declared: str
    content: bytes
    cleaned: bool = False

    @property
    def sha256(self) -> str:
        """The checksum of what is kept."""
        return hashlib.sha256(self.content).hexdigest()


def inspect(name: str, declared: str, content: bytes, *, scanner: str = "") -> Passed:
    """Return what will be kept of a file that somebody sent; raise Refused with the remedy.

    `scanner` is the socket of a virus scanner, when the installation has one.
    """
    name = clean_name(name)
    kind = _kind(name)
    _check_size(name, len(content))
    if not fits(kind, declared):
        raise _disagrees(name, kind, declared)
    found = sniff(content)
    _check_found(name, kind, found)
    kept = content
    if kind in PACKAGES:
        package = check_package(content)
        if package is not kind:
            raise _disagrees(name, kind, package.value if package else PACKAGE)
    elif kind in IMAGES:
        kept = clean_picture(kind, content)
    elif kind is FileKind.PDF:
        _check_pdf(content)
    if scanner:
        scan(content, scanner)
    return Passed(name, kind, declared[:120], kept, cleaned=kept != content)


def too_large(name: str) -> str:
    """Return the words for a file of which more came than is taken."""
    return _("“%(name)s”超过 %(most)s。压缩图片或拆成几份再上传") % {
        "name": clean_name(name),
        "most": size_words(MOST_BYTES),
    }


def _kind(name: str) -> FileKind:
    kind = kind_of(name)
    if kind is not None:
        return kind
    ending = ending_of(name)
    facts = {"name": name, "kinds": listed(FileKind.values)}
    if ending in INSTEAD:
        facts["instead"] = INSTEAD[ending].value
        words = _("“%(name)s”不是能接收的类型（%(kinds)s）。另存为 %(instead)s 再上传")
    elif ending in ARCHIVES:
        words = _("“%(name)s”是压缩包。解开后逐个上传里面的文件（%(kinds)s）")
    else:
        words = _("“%(name)s”不是能接收的类型。能上传的有：%(kinds)s")
    raise refused("kind", words % facts)


def _check_size(name: str, size: int) -> None:
    if not size:
        words = _("“%(name)s”是空的。核对文件，重新选一次")
        raise refused("empty", words % {"name": name})
    if size > MOST_BYTES:
        raise refused("size", too_large(name))


def _check_found(name: str, kind: FileKind, found: str) -> None:
    """See that the content is of the kind that the name says."""
    if kind in PACKAGES and found == OLD_OFFICE:
        words = _("“%(name)s”加了密码，或其实是旧格式。去掉密码，另存为 %(kind)s 再上传")
        raise refused("locked", words % {"name": name, "kind": kind.value})
    wanted = PACKAGE if kind in PACKAGES else TEXT if kind in TEXTS else kind.value
    if found != wanted:
        raise _disagrees(name, kind, found)


def _check_pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-PDF_ENDS_WITHIN:]:
        raise refused("damaged", _("这份 pdf 不完整，可能没有下载完。重新导出一次再上传"))
    if RUNNING.search(content):
        words = _("这份 pdf 带有会运行的内容。用“打印成 pdf”重新导出再上传")
        raise refused("running", words)


def _disagrees(name: str, kind: FileKind, found: str) -> Refused:
    words = _("“%(name)s”名为 %(kind)s，内容却是 %(found)s。改对后缀，或用原来的软件另存一次")
    shown = found if found != "?" else _("别的东西")
    return refused("disagrees", words % {"name": name, "kind": kind.value, "found": shown})
