"""A briefing as JSON: its tables as plain lists of text, its sections in reading order."""

import json
from typing import Any

from tongxin.briefings.document import Document, Paragraph, Section, Source, Table
from tongxin.briefings.writers.wording import clean_document


def write_json(document: Document) -> bytes:
    """The document as UTF-8 JSON; `tables` has the shape in which a programme publishes them."""
    document = clean_document(document)
    content: dict[str, Any] = {
        "key": document.key,
        "title": document.title,
        "facts_on": document.facts_on.isoformat(),
        "tables": {table.key: _table(table) for table in document.tables},
        "sections": [_section(section) for section in document.sections],
    }
    if document.witness is not None:
        content["journal"] = {"number": document.witness.number, "digits": document.witness.digits}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _table(table: Table) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "title": table.title,
        "columns": list(table.columns),
        "rows": [list(row.cells) for row in table.rows],
    }
    if table.note:
        plain["note"] = table.note
    return plain


def _section(section: Section) -> dict[str, Any]:
    return {"heading": section.heading, "blocks": [_block(block) for block in section.blocks]}


def _block(block: Paragraph | Table) -> dict[str, Any]:
    if isinstance(block, Table):
        return {"table": block.key}
    figures = [
        {"text": run.text, **_source(run.source)} for run in block.runs if run.source is not None
    ]
    return {"text": block.text, "figures": figures}


def _source(source: Source) -> dict[str, Any]:
    return {"figure": source.figure, "records": [list(record) for record in source.records]}
