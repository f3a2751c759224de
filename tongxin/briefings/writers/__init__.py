"""Writers: each turns a briefing into the bytes of one kind of file, the same bytes each time."""

from collections.abc import Callable
from dataclasses import dataclass

from tongxin.briefings.document import Document
from tongxin.briefings.writers.markdown import write_markdown
from tongxin.briefings.writers.page import write_page
from tongxin.briefings.writers.plain_json import write_json
from tongxin.briefings.writers.word import write_word

__all__ = ["WRITERS", "Writer"]


@dataclass(frozen=True, slots=True)
class Writer:
    """How to write one format, and how a browser and a disk call the result."""

    write: Callable[[Document], bytes]
    media_type: str
    extension: str


WRITERS: dict[str, Writer] = {
    "json": Writer(write_json, "application/json", ".json"),
    "md": Writer(write_markdown, "text/markdown; charset=utf-8", ".md"),
    "html": Writer(write_page, "text/html; charset=utf-8", ".html"),
    "docx": Writer(
        write_word,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".docx",
    ),
}
