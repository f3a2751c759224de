"""What a file is by its first bytes, whatever it is called."""

import re

PACKAGE = "zip"
OLD_OFFICE = "ole"
BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"PK\x03\x04", PACKAGE),
    (b"PK\x05\x06", PACKAGE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"MZ", "exe"),
    (b"\x7fELF", "exe"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ", "xz"),
    (b"{\\rtf", "rtf"),
    (b"#!", "script"),
    (b"wOFF", "font"),
)
# Where a browser that guesses would see a page or a drawing.
MARKUP = re.compile(
    rb"\s*<(?:!doctype|!--|\?xml|html|head|body|script|iframe|style|title|svg|object|img|a\s|"
    rb"table|div|p\b|br\b|b\b|font|h1)",
    re.IGNORECASE,
)
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
FOUND_IN_TEXT = 4_096
TEXT = "text"
PAGE = "html"
UNKNOWN = "?"


def sniff(content: bytes) -> str:
    """Return what the content is: a kind, `text`, or the usual ending of something else."""
    for beginning, kind in BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "webp"
    if MARKUP.match(content.removeprefix(BYTE_ORDER_MARK)[:FOUND_IN_TEXT]):
        return PAGE
    return TEXT if text_of(content) is not None else UNKNOWN


def text_of(content: bytes) -> str | None:
    """Return the content as text, in one of the two encodings that offices use; None if it is none.

    Anything could be read as something in the older one, so characters nobody writes exclude it.
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if UNPRINTED.search(text) else text
    return None
