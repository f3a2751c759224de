"""Pictures are taken apart without being decoded: size from the head, and only what is drawn kept.

What a camera writes beside the picture, the place and time of the shot above all, is left out; the
picture itself is copied byte for byte. Of a photograph's notes only its turning is kept.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterator

from tongxin.core.words import gettext as _
from tongxin.files.choices import FileKind
from tongxin.files.rules import MOST_PIXELS

from .refusing import refused

START, END, SCAN, JFIF = 0xD8, 0xD9, 0xDA, 0xE0
ALONE = {0x01, *range(0xD0, 0xD8)}
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
# JFIF, the colour profile, and Adobe's note on how colours are meant.
KEPT_NOTES = ((JFIF, b"JFIF\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
NOTES = {*range(0xE0, 0xF0), 0xFE}
EXIF = b"Exif\0\0"
TURNING = 0x0112
SHORT = 3
UPRIGHT = 1
TURNED = range(2, 9)
PNG_HEAD = 8
PNG_KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
    b"pHYs", b"bKGD", b"hIST", b"cICP",
}  # fmt: skip
WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"}
WEBP_NOTED = 0b0000_1110  # EXIF, XMP, animation: none of them is kept
# A marker that is neither stuffing nor a restart.
DRAWN_UNTIL = re.compile(rb"\xff[^\x00\xd0-\xd7]")
# More pieces than any program writes, and few enough to look at each.
MOST_PIECES = 20_000
Size = tuple[int, int]


class Broken(ValueError):
    """A picture that does not keep to its own format."""


def clean_picture(kind: FileKind, content: bytes) -> bytes:
    """Return a picture without what stands beside it; raise Refused for one that is no picture."""
    try:
        (width, height), kept = READERS[kind](content)
    except (Broken, IndexError, struct.error) as broken:
        words = _("这张图片打不开，可能已损坏。重新导出一次再上传")
        raise refused("picture", words) from broken
    if not (width and height) or width * height > MOST_PIXELS:
        words = _("这张图片有 %(width)d×%(height)d 像素，太大了。缩小到 1 亿像素以内再上传")
        raise refused("pixels", words % {"width": width, "height": height})
    return kept


def _count(pieces: list[bytes]) -> None:
    if len(pieces) > MOST_PIECES:
        raise Broken


def _jpeg(content: bytes) -> tuple[Size, bytes]:
    """Copy the segments that are drawn, up to the end of the picture."""
    kept, size, turning = [content[:2]], (0, 0), UPRIGHT
    at, seen_end = 2, False
    while not seen_end:
        marker, body, following = _segment(content, at)
        if marker == END:
            seen_end = True
        elif marker in NOTES:
            turning = _turning(body) if body.startswith(EXIF) else turning
            known = any(marker == note and body.startswith(sign) for note, sign in KEPT_NOTES)
            kept.append(content[at:following] if known else b"")
            at = following
            _count(kept)
            continue
        elif marker in FRAMES:
            size = (int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big"))
        elif marker == SCAN:
            following = _scan_end(content, following)
        kept.append(content[at:following])
        at = following
        _count(kept)
    if turning in TURNED:
        kept.insert(2 if kept[1][1:2] == bytes([JFIF]) else 1, _turned(turning))
    return (size[0], size[1]), b"".join(kept)


def _segment(content: bytes, at: int) -> tuple[int, bytes, int]:
    """Return the marker at a place, its body, and where the next one begins."""
    if content[at] != 0xFF:  # noqa: PLR2004  every marker begins with it
        raise Broken
    while content[at + 1] == 0xFF:  # noqa: PLR2004  fill bytes
        at += 1
    marker = content[at + 1]
    if marker == END or marker in ALONE:
        return marker, b"", at + 2
    length = int.from_bytes(content[at + 2 : at + 4], "big")
    following = at + 2 + length
    if length < 2 or marker in {0, START} or following > len(content):  # noqa: PLR2004
        raise Broken
    return marker, content[at + 4 : following], following


def _scan_end(content: bytes, at: int) -> int:
    """Return where the drawn data ends: at a marker that is neither stuffing nor a restart."""
    end = DRAWN_UNTIL.search(content, at)
    if end is None:
        raise Broken
    return end.start()


def _turning(body: bytes) -> int:
    """Return how a photograph is to be turned, by the first directory of its notes."""
    notes = body[len(EXIF) :]
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(notes[:4])
    if order is None:
        return UPRIGHT
    try:
        (start,) = struct.unpack_from(f"{order}I", notes, 4)
        (count,) = struct.unpack_from(f"{order}H", notes, start)
        for each in range(count):
            tag, kind, _n, value = struct.unpack_from(f"{order}HHIH", notes, start + 2 + each * 12)
            if (tag, kind) == (TURNING, SHORT):
                return int(value)
    except struct.error:
        return UPRIGHT
    return UPRIGHT


def _turned(turning: int) -> bytes:
    """Return a note that holds the turning and nothing else."""
    notes = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, TURNING, SHORT, 1, turning, 0, 0)
    body = EXIF + notes
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


def _png(content: bytes) -> tuple[Size, bytes]:
    """Copy the chunks that are drawn, up to the last."""
    kept = [content[:PNG_HEAD]]
    size = (0, 0)
    for at, name, body, following in _png_chunks(content):
        if at == PNG_HEAD and name != b"IHDR":
            raise Broken
        if name == b"IHDR":
            width, height = struct.unpack_from(">II", body)
            size = (width, height)
        kept.append(content[at:following] if name in PNG_KEPT else b"")
        _count(kept)
    return size, b"".join(kept)


def _png_chunks(content: bytes) -> Iterator[tuple[int, bytes, bytes, int]]:
    at, name = PNG_HEAD, b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", content, at)
        following = at + 12 + length
        if following > len(content):
            raise Broken
        (check,) = struct.unpack_from(">I", content, following - 4)
        body = content[at + 8 : following - 4]
        if zlib.crc32(name + body) != check:
            raise Broken
        yield at, name, body, following
        at = following


def _webp(content: bytes) -> tuple[Size, bytes]:
    """Copy the chunks that are drawn; a moving picture is none."""
    kept: list[bytes] = []
    size = (0, 0)
    at, end = 12, 8 + int.from_bytes(content[4:8], "little")
    if end > len(content):
        raise Broken
    while at + 8 <= end:
        name, length = struct.unpack_from("<4sI", content, at)
        body = content[at + 8 : at + 8 + length]
        if len(body) < length or name in {b"ANIM", b"ANMF"}:
            raise Broken
        drawn = b""
        if name in WEBP_KEPT:
            size = _webp_size(name, body) if size == (0, 0) else size
            if name == b"VP8X":
                body = bytes([body[0] & ~WEBP_NOTED]) + body[1:]
            drawn = name + struct.pack("<I", length) + body + b"\0" * (length % 2)
        kept.append(drawn)
        at += 8 + length + length % 2
        _count(kept)
    whole = b"WEBP" + b"".join(kept)
    return size, b"RIFF" + struct.pack("<I", len(whole)) + whole


def _webp_size(name: bytes, body: bytes) -> Size:
    if name == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if name == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if name == b"VP8 ":
        width, height = struct.unpack_from("<HH", body, 6)
        return width & 0x3FFF, height & 0x3FFF
    raise Broken


READERS: dict[FileKind, Callable[[bytes], tuple[Size, bytes]]] = {
    FileKind.JPG: _jpeg,
    FileKind.PNG: _png,
    FileKind.WEBP: _webp,
}
