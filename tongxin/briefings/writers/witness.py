"""The head of the journal on a file that is taken away: digits to read, a square to scan."""

import io

import segno

from tongxin.briefings.document import Witness

MODULE = 2
"""Pixels of one module in HTML, the smallest part of the square; Word sets its width itself."""
SHARP = 8
"""Pixels of one module in a picture, so that it stays sharp on paper."""


def line_of(witness: Witness) -> str:
    """Return the line that stands below the text."""
    head = f"操作日志头：第 {witness.number} 号，{witness.digits}。"
    return f"{head}留存这一行，可以核对日志到此为止没有动过。"


def drawing_of(witness: Witness) -> str:
    """Return the square as a drawing that may stand within a page."""
    drawing: str = _square(witness).svg_inline(scale=MODULE, title="操作日志头", omitsize=False)
    return drawing


def picture_of(witness: Witness) -> bytes:
    """Return the square as a picture, the same bytes for the same head."""
    into = io.BytesIO()
    _square(witness).save(into, kind="png", scale=SHARP)
    return into.getvalue()


def _square(witness: Witness) -> segno.QRCode:
    return segno.make_qr(witness.text, error="m")
