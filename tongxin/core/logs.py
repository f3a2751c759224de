"""Lines of the log: one for each event, whatever somebody typed into it."""

import logging
import re

UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
INDENT = "    "


def one_line(text: str) -> str:
    """Return a text in which nothing begins another line or turns the direction of writing."""
    return UNSHOWN.sub(lambda hit: hit[0].encode("unicode_escape").decode(), text)


class OneLine(logging.Formatter):
    """Writes an event on one line; what it tells of an error follows, indented.

    A line that begins at the edge is always one that the program wrote.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  the name is Python's
        """Return the line."""
        return one_line(super().formatMessage(record))

    def formatException(self, ei: object) -> str:  # noqa: N802
        """Return what is told of an error, every line of it indented."""
        return _indented(super().formatException(ei))  # type: ignore[arg-type]

    def formatStack(self, stack_info: str) -> str:  # noqa: N802
        """Return where the event came from, every line of it indented."""
        return _indented(super().formatStack(stack_info))


def _indented(text: str) -> str:
    return "\n".join(INDENT + one_line(line) for line in text.splitlines())
