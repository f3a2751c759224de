"""Office documents are packages of parts: each part is counted and looked at before any is used.

Sizes are counted while a part inflates; what the package says of itself is never trusted. Knows
neither Django nor words, so that a child process without either can ask it too.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

# What the library raises of a package that lies about itself: each was met in a mutated workbook,
# RuntimeError for a part under a password, NotImplementedError for a compression it does not know.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    OverflowError,
)
MOST_INFLATED = 200_000_000
MOST_RATIO = 100
RATIO_ASKED_FROM = 100_000
MOST_PARTS = 2_000
END = b"PK\x05\x06"
END_LENGTH = 22
MOST_DIRECTORY = 1_000_000
CHUNK = 256_000
# What a sign may straddle between two chunks.
SEAM = 512
ENCRYPTED = 0x1
PLAIN_WAYS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
TYPES = "[Content_Types].xml"
MAIN = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
    b"presentationml.presentation.main+xml": "pptx",
}
MACRO_NAMES = re.compile(r"vba|activex|macrosheet", re.IGNORECASE)
MACRO_TYPES = re.compile(rb"macroEnabled|vbaProject|ms-office\.activeX", re.IGNORECASE)
# A definition of entities, or an encoding in which it would be overlooked.
DEFINITIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""", re.IGNORECASE)
ENCODINGS = {b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"gb2312", b"gbk"}
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.IGNORECASE)
ELSEWHERE = re.compile(rb"""TargetMode\s*=\s*["']External""", re.IGNORECASE)
HYPERLINK = re.compile(rb"""Type\s*=\s*["'][^"']*/hyperlink["']""", re.IGNORECASE)
WITHIN = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf")

Watch = Callable[[str, bytes], None]
"""Called with the name of a part and each piece of its text, in order, zeros of UTF-16 left out."""


class Unfit(Exception):
    """A package that is not opened. `code` says why, for the room that words it.

    damaged, locked (a password), parts (too many), swells, macros, elsewhere (fetches what lies
    elsewhere), within (holds another file).
    """

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def look_into(content: bytes, watch: Watch | None = None) -> str | None:
    """Return which office document a package is; None when it is another archive.

    Raises Unfit for one that is damaged, swells, hides other files, or holds a program.
    """
    try:
        with zipfile.ZipFile(_whole(content)) as package:
            kind = None
            left = MOST_INFLATED
            for part in _directory(package, len(content)):
                first, left, types = _look_into_part(package, part, left, watch)
                if first.startswith(WITHIN):
                    raise Unfit("within")
                kind = kind or types
    except DAMAGED as broken:
        raise Unfit("damaged") from broken
    return kind


def _whole(content: bytes) -> BytesIO:
    """Refuse a package whose directory is not where it belongs: at the very end, of modest size."""
    end = content[-END_LENGTH:]
    if not (content.startswith(b"PK\x03\x04") and end.startswith(END) and end.endswith(b"\0\0")):
        raise Unfit("damaged")
    count, length = int.from_bytes(end[10:12], "little"), int.from_bytes(end[12:16], "little")
    if count > MOST_PARTS or length > MOST_DIRECTORY:
        raise Unfit("parts")
    return BytesIO(content)


def _directory(package: zipfile.ZipFile, size: int) -> list[zipfile.ZipInfo]:
    """Return the parts by the directory, after what it says of itself has been judged."""
    parts = package.infolist()
    names = [part.filename.casefold() for part in parts]
    if len(parts) > MOST_PARTS or len(set(names)) < len(names) or any(map(_escapes, parts)):
        raise Unfit("damaged")
    # Parts that lie over one another would be read many times over.
    if sum(part.compress_size for part in parts) > size:
        raise Unfit("damaged")
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise Unfit("locked")
    if any(part.compress_type not in PLAIN_WAYS for part in parts):
        raise Unfit("damaged")
    if sum(part.file_size for part in parts) > MOST_INFLATED:
        raise Unfit("swells")
    if any(MACRO_NAMES.search(part.filename) for part in parts):
        raise Unfit("macros")
    return parts


def _escapes(part: zipfile.ZipInfo) -> bool:
    """Whether the name of a part leads out of its package."""
    name = part.orig_filename
    return (
        "\0" in name
        or "\\" in name
        or ":" in name
        or name.startswith("/")
        or ".." in name.split("/")
    )


def _look_into_part(
    package: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, watch: Watch | None
) -> tuple[bytes, int, str | None]:
    """Inflate one part in pieces, counting; return its beginning, what may still come, its kind."""
    inflated, first, before, kind = 0, b"", b"", None
    relations = bytearray()
    is_text = part.filename.casefold().endswith((".xml", ".rels", ".vml"))
    tells = part.filename == TYPES or part.filename.casefold().endswith(".rels")
    for chunk in _chunks(package, part):
        inflated += len(chunk)
        ratio = inflated / max(part.compress_size, 1)
        if inflated > left or (inflated > RATIO_ASKED_FROM and ratio > MOST_RATIO):
            raise Unfit("swells")
        first = first or chunk[:SEAM]
        if is_text:
            # In UTF-16 every other byte is a zero: without them the signs are the same.
            plain = chunk.replace(b"\0", b"")
            text = before + plain
            _check_text(text, at_start=inflated == len(chunk))
            if part.filename == TYPES:
                kind = kind or _kind_by(text)
            if tells:
                if MACRO_TYPES.search(text):
                    raise Unfit("macros")
                relations += plain
            if watch:
                watch(part.filename, plain)
            before = text[-SEAM:]
    _check_relations(bytes(relations))
    return first, left - inflated, kind


def _chunks(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with package.open(part) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _check_text(text: bytes, *, at_start: bool) -> None:
    named = ENCODING.search(text[:SEAM]) if at_start else None
    if named and named[1].strip().lower() not in ENCODINGS:
        raise Unfit("damaged")
    if b"!" in text and DEFINITIONS.search(text):
        raise Unfit("damaged")


def _kind_by(types: bytes) -> str | None:
    return next((kind for sign, kind in MAIN.items() if sign in types), None)


def _check_relations(text: bytes) -> None:
    """Let a document lead elsewhere by links that a reader follows, and by nothing else."""
    for relation in RELATION.findall(text):
        if ELSEWHERE.search(relation) and not HYPERLINK.search(relation):
            raise Unfit("elsewhere")
