"""Workbooks as values, made by hand; the reading of files is another room's."""

from tongxin.sheets.book import Book, Sheet


def book(*rows, merged=(), stamp=None, name="Sheet1", others=()):
    """A workbook of one visible sheet."""
    sheet = Sheet(name, hidden=False, rows=tuple(map(tuple, rows)), merged=tuple(merged))
    return Book("xlsx", "", (sheet, *others), stamp or {})


def told(report):
    """A report as plain values: counts, what is said of which cell, what was left out."""
    return {
        "counts": {k: v for k, v in report.counts.items() if v},
        "said": [(m.sheet, m.cell, m.severity.value, m.code) for m in report.messages],
        "left out": [
            (each.sheet, each.number, each.reason.value if each.reason else "")
            for each in report.left_out
        ],
    }
