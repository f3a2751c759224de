"""Small files of every kind, made here."""

import io
import struct
import zipfile
import zlib

MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation.main+xml"),
}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PLACE_OF_THE_SHOT = b"GPS 31.98N 120.88E"


def types_of(kind):
    """The part of an office document that says what the others are."""
    part, sign = MAIN[kind]
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Types><Override '
        f'PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{sign}"/>'
        "</Types>"
    ).encode()


def package(kind="docx", *, types=None, **parts):
    """An office document with its main part, and with others by name (`__` stands for `/`)."""
    part, _sign = MAIN[kind]
    content = {"[Content_Types].xml": types or types_of(kind), part: b"<body>text</body>"}
    content |= {name.replace("__", "/"): value for name, value in parts.items()}
    return zipped(content)


def zipped(content):
    """An archive of some parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, value in content.items():
            archive.writestr(name, value)
    return out.getvalue()


def segment(marker, body):
    """One segment of a JPEG."""
    return b"\xff" + bytes([marker]) + (len(body) + 2).to_bytes(2, "big") + body


def exif(turning):
    """A photograph's notes: how it is turned, and where it was taken."""
    notes = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, 0x0112, 3, 1, turning, 0, 0)
    return b"Exif\0\0" + notes + PLACE_OF_THE_SHOT


def jpg(width=4, height=3, *, turning=1, after=b""):
    """A photograph, as its segments go; what is drawn is not looked at."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return b"".join(
        (
            b"\xff\xd8",
            segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
            segment(0xE1, exif(turning)),
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + PLACE_OF_THE_SHOT),
            segment(0xFE, PLACE_OF_THE_SHOT),
            segment(0xDB, b"\0" + bytes(64)),
            segment(0xC0, frame),
            segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"),
            b"drawn\xff\x00drawn\xff\xd0drawn",
            b"\xff\xd9",
            after,
        )
    )


def chunk(name, body):
    """One chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width=4, height=3, *more):
    """A drawing, with other chunks before its end."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    drawn = zlib.compress(b"\0" * (width + 1) * height if width * height < 10_000 else b"")
    parts = [chunk(b"IHDR", head), chunk(b"IDAT", drawn), *more, chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def webp(width=4, height=3):
    """A picture with notes beside it."""
    head = bytes([0b1000, 0, 0, 0]) + (width - 1).to_bytes(3, "little")
    parts = [
        (b"VP8X", head + (height - 1).to_bytes(3, "little")),
        (b"VP8L", b"\x2f" + bytes(9)),
        (b"EXIF", PLACE_OF_THE_SHOT + b"!"),
    ]
    body = b"".join(n + struct.pack("<I", len(b)) + b + b"\0" * (len(b) % 2) for n, b in parts)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


WHOLE = {
    "pdf": PDF,
    "docx": package("docx"),
    "xlsx": package("xlsx"),
    "pptx": package("pptx"),
    "jpg": jpg(),
    "png": png(),
    "webp": webp(),
    "txt": "签到表，共 12 人\n".encode(),
    "csv": "序号,名称\n1,协会\n".encode("gb18030"),
}
