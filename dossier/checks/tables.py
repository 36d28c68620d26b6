"""Rule on tables of words: they have parts, and something in them. That their quotations exist is a rule on references."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.checks.rule import Violation, rule
from dossier.model.dossier import Dossier

MIN_TABLE_PARTS, MAX_TABLE_PARTS = 2, 8
"""Number of parts of a table: with one there is nothing to compare, and more than 8 columns cannot be read."""


@rule("table-form")
def check_table_form(dossier: Dossier) -> Iterator[Violation]:
    for table in dossier.tables.values():
        if not MIN_TABLE_PARTS <= len(table.parts) <= MAX_TABLE_PARTS:
            message = f"a table has {MIN_TABLE_PARTS} to {MAX_TABLE_PARTS} parts, this one {len(table.parts)}"
            yield Violation(table.locate("parts"), message, "add parts, or make two tables of it")
        if not any(part.quotations for part in table.parts):
            message = "no part of this table has a quotation, so it has no row"
            yield Violation(table.locate("parts"), message, "name the quotations that have it, `article#id`")
        seen: set[tuple[object, str]] = set()
        for steps, spot in table.iter_quotations():
            if (steps[1], spot) in seen:
                yield Violation(table.locate(*steps), f"`{spot}` is in this part already", "name each quotation once")
            seen.add((steps[1], spot))
            note = dossier.get_annotation(spot)
            if table.is_published and note and not note.is_published:
                message = f"`{spot}` is `{note.status}`, so readers would see that no text has it"
                yield Violation(table.locate(*steps), message, "publish it, or make this table a draft")
