"""What a file may be called, how large it may be, and what its name says of its content."""

import unicodedata

from .choices import FileKind

MOST_BYTES = 20_000_000
MOST_PIXELS = 100_000_000
NAME_LENGTH = 80
ENDING_LENGTH = 12
SAME_ENDING = {"jpeg": "jpg", "jpe": "jpg", "text": "txt"}
ANYTHING = "application/octet-stream"
# What browsers and offices call a kind of file besides its own media type.
ALSO_CALLED: dict[str, frozenset[str]] = {
    FileKind.JPG: frozenset({"image/jpg", "image/pjpeg"}),
    FileKind.PDF: frozenset({"application/x-pdf"}),
    FileKind.CSV: frozenset(
        {"text/plain", "application/csv", "text/comma-separated-values", "application/vnd.ms-excel"}
    ),
}
# Names that Windows keeps for devices: a file so called cannot be saved there.
DEVICES = frozenset(
    {"con", "prn", "aux", "nul"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)}
)
UNWRITABLE = frozenset('<>:"/\\|?*')


def ending_of(name: str) -> str:
    """Return the ending of a file name, in its usual spelling.

    >>> ending_of("照片.JPEG"), ending_of("ＡＢＣ．ｐｄｆ"), ending_of("无后缀")
    ('jpg', 'pdf', '')
    """
    _stem, dot, ending = unicodedata.normalize("NFKC", name).strip().rpartition(".")
    ending = ending.strip().casefold()
    return SAME_ENDING.get(ending, ending) if dot else ""


def kind_of(name: str) -> FileKind | None:
    """Return the kind that a file's name says it is of; None when it is of none that is taken."""
    ending = ending_of(name)
    return FileKind(ending) if ending in FileKind.values else None


def clean_name(name: str) -> str:
    """Return a file's name as it is kept and given back: one that every computer can save.

    Folders before it, invisible characters and those that turn the direction of writing are
    dropped; a long name is cut, its ending is kept.

    >>> clean_name("../../etc/通知\u202efdp.pdf"), clean_name("CON.pdf"), len(clean_name("长" * 300 + ".pdf"))
    ('通知fdp.pdf', '_CON.pdf', 80)
    """  # noqa: E501  the example is one line
    last = name.replace("\\", "/").rpartition("/")[2]
    # Compatible forms are left as typed; only the dot before the ending must be a dot.
    kept = "".join(char for char in unicodedata.normalize("NFC", last) if _shows(char))
    kept = " ".join(kept.split())
    stem, ending = _parted(kept)
    stem = stem.strip(" .") or "_"
    if stem.partition(".")[0].casefold() in DEVICES:
        stem = f"_{stem}"
    room = NAME_LENGTH - len(ending) - 1 if ending else NAME_LENGTH
    stem = stem[:room].rstrip(" .")
    return f"{stem}.{ending}" if ending else stem


def _parted(name: str) -> tuple[str, str]:
    """Return a name before its last dot, and its ending in its usual spelling."""
    at = max(name.rfind(dot) for dot in (".", "．", "。"))
    ending = ending_of(f".{name[at + 1 :]}") if at >= 0 else ""
    return (name[:at], ending) if 0 < len(ending) <= ENDING_LENGTH else (name, "")


def _shows(char: str) -> bool:
    """Whether a character may stand in a file's name: nothing unseen, nothing a disk refuses."""
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs"} and char not in UNWRITABLE


def fits(kind: FileKind, declared: str) -> bool:
    """Whether the media type that came with a file may be that of its kind.

    A computer that does not know a kind of file says nothing, or “some bytes”.
    """
    said = declared.partition(";")[0].strip().casefold()
    return (
        said in {"", ANYTHING, "application/x-download", kind.label}
        or said in ALSO_CALLED.get(kind, frozenset())
        or (kind in {FileKind.TXT, FileKind.CSV} and said == "text/plain")
    )


def size_words(size: int) -> str:
    """Return a size as people read it.

    >>> size_words(0), size_words(2_048), size_words(20_000_000)
    ('0 B', '2 kB', '20.0 MB')
    """
    if size < 1_000:  # noqa: PLR2004  the step between units
        return f"{size} B"
    if size < 1_000_000:  # noqa: PLR2004
        return f"{round(size / 1_000)} kB"
    return f"{size / 1_000_000:.1f} MB"
