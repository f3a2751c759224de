"""Giving a workbook back with comments in the cells that are to be mended."""

import json
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryFile

from .limits import MOST_BYTES
from .reading import UNHEARD, check_said
from .running import Ended, lines
from .words import unreadable

Place = tuple[str, int, int]
# More than anybody reads; the page has the whole list.
MOST_COMMENTS = 5_000
MOST_COMMENT_TEXT = 1_000


def annotate(path: Path, comments: Mapping[Place, str], *, name: str = "") -> bytes:
    """Return the .xlsx at a path with comments by sheet, row and column (from 0).

    The file itself is not changed. Comments of an earlier round go, those of people stay. Raises
    Unreadable for what is no .xlsx, or has no such sheet.
    """
    name = name or path.name
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise unreadable("size", name)
    asked = [
        [*place, text[:MOST_COMMENT_TEXT]]
        for place, text in sorted(comments.items())[:MOST_COMMENTS]
    ]
    try:
        with path.open("rb") as file, TemporaryFile() as beside:
            beside.write(json.dumps(asked).encode())
            beside.seek(0)
            with closing(lines("annotate", file, size, beside)) as said:
                head, *rest = said
            told = check_said(json.loads(head), name)
            content = b"\n".join(rest)
            if len(content) != told["size"]:
                raise unreadable("broke", name)
    except Ended as ended:
        raise unreadable(ended.code, name) from ended
    except UNHEARD as unheard:
        raise unreadable("broke", name) from unheard
    return content
