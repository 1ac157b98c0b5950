"""Which records an act on a grid means: what the grid shows, without what was taken out, or some rows.

Must not: read records.
"""

from collections import abc
from dataclasses import replace
from typing import TYPE_CHECKING

from writeback.model.segments import All, Expression, Not, RecordIs
from writeback.planning.segment_writing import join_parts, write_marks, write_words
from writeback.runtime.windowing import Filter

if TYPE_CHECKING:  # its parser costs more than all the rest of a grid
    from writeback.runtime.segmenting import Meant


def segment_text(what: Filter) -> str:
    """Give everything that a grid's filter says as one segment's text; '' is every record."""
    words = what.words.strip()
    return join_parts((what.text, write_words(words) if words else "", write_marks(what.marks)))


def narrowed(
    meant: "Meant", *, only: abc.Collection[str] = (), excepted: abc.Collection[str] = ()
) -> "Meant":
    """Give a segment without some records, or of it only some; empty narrows nothing."""
    parts: list[Expression] = [meant.expression]
    if only:
        parts.append(RecordIs(tuple(only)))
    if excepted:
        parts.append(Not(RecordIs(tuple(excepted))))
    return meant if len(parts) == 1 else replace(meant, expression=All(tuple(parts)))
