"""Match the columns of a file to the fields of an object by their names, with a reason and a confidence.

A match is a proposal: a field is proposed once, for its best column, and a column for one field.
"""

from collections import abc
from dataclasses import dataclass

from writeback.planning.facts import ObjectFacts
from writeback.planning.matching import SAME_NAME, likeness


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """A column that seems to hold a field's values."""

    column: str
    path: str
    confidence: float
    """From 0 to 1."""
    reason: str
    """`same_name` | `same_label` | `same_meaning`."""


def match_columns(
    columns: abc.Sequence[str], description: ObjectFacts, *, taken: abc.Collection[str] = ()
) -> tuple[ColumnMatch, ...]:
    """Propose fields for columns, in the order of the columns.

    Fields that may not be written are proposed as well, so that the plan says why they are not.

    Args:
        columns: As the file calls them.
        description: What the CRM tells about the object.
        taken: Columns and paths that somebody mapped already.
    """
    gone = {name.casefold() for name in taken}
    ranked = sorted(
        (
            (-found[0], place, number, ColumnMatch(column, field.name, *found))
            for place, column in enumerate(columns)
            if column.casefold() not in gone
            for number, field in enumerate(description.fields)
            if field.kind is not None and field.name.casefold() not in gone
            for found in [_same(field.name, column) or likeness(field, (column,))]
            if found is not None
        ),
        key=lambda one: one[:3],
    )
    kept: dict[str, ColumnMatch] = {}
    paths: set[str] = set()
    for _, _, _, match in ranked:
        if match.column not in kept and match.path not in paths:
            kept[match.column] = match
            paths.add(match.path)
    return tuple(kept[column] for column in columns if column in kept)


def _same(name: str, column: str) -> tuple[float, str] | None:
    return (SAME_NAME, "same_name") if name.casefold() == column.casefold() else None
