"""Tell what the texts of a file become, column by column."""

from collections import abc
from typing import TYPE_CHECKING

from writeback.cli.output import put_json, put_table
from writeback.model.file_values import FileValue

if TYPE_CHECKING:
    from writeback.cli.options import Run

PARTIAL = 4


def tell_values(values: abc.Sequence[FileValue], run: "Run") -> int:
    """Print what becomes of each text; gives 0 where all can be written, else 4."""
    from writeback.runtime.sentences import sentence_of

    def told(one: FileValue) -> str:
        return "" if one.reason is None else str(sentence_of(one.reason.code, dict(one.reason.facts)))

    if run.as_json:
        put_json(
            [
                {
                    "column": one.column,
                    "field": one.path,
                    "text": one.text,
                    "becomes": None if one.is_cleared else one.becomes,
                    "kept": one.is_kept,
                    "code": "" if one.reason is None else one.reason.code,
                }
                for one in values
            ]
        )
    else:
        rows = ((one.column or "every row", one.path, one.text, _becomes(one), told(one)) for one in values)
        put_table(("column", "field", "text", "becomes", "why"), rows)
    return PARTIAL if any(one.reason is not None and not one.is_kept for one in values) else 0


def _becomes(one: FileValue) -> str:
    if one.is_kept:
        return "stays as it is"
    if one.is_cleared:
        return "cleared"
    return "blocked" if one.reason is not None else one.becomes
