"""How a file writes dates and numbers: as a person said, or in the only way that reads all of its cells.

Looked for among the first rows, and only for columns that write dates or numbers. Where several ways would
read every cell a person has to say which is meant; nothing is guessed. A later row that the found way does
not read is refused with its reason.

Must not: read a value (`planning.blocks` does).
"""

from collections import abc
from itertools import islice
from typing import Final, NamedTuple

from writeback.engine.reading_sheets import ExactNumber
from writeback.engine.source_files import SourceFile
from writeback.errors import ConfigurationError
from writeback.model.canonical import Unset
from writeback.model.changes import Reason
from writeback.model.source_formats import SourceFormat
from writeback.model.types import DECIMAL_TYPES, INTEGER_TYPES, AttributeType, Wish
from writeback.planning.blocks import fitting_formats
from writeback.planning.checking import ColumnReader, Read
from writeback.planning.coercing import coercer

LOOKED_AT: Final = 20_000
"""So many rows are looked at."""
DIFFERENT: Final = 2_000
"""So many different texts of a column."""
SAMPLES: Final = 5
_MOMENTS: Final = frozenset({AttributeType.DATE, AttributeType.DATETIME})
_NUMBERS: Final = DECIMAL_TYPES | INTEGER_TYPES


class FormReader(ColumnReader):
    """Reads a column as the file writes it; a number that a sheet holds as one is read as it is."""

    def __init__(self, read: Read, own: Read) -> None:
        super().__init__(read)
        self._own = ColumnReader(own)

    def read(self, texts: abc.Sequence[str]) -> abc.Sequence[Wish | Unset | Reason]:
        """Read some cells of the column."""
        values = super().read(texts)
        exact = [isinstance(text, ExactNumber) for text in texts]
        if not any(exact):
            return values
        own = self._own.read(texts)
        return [own[place] if is_exact else values[place] for place, is_exact in enumerate(exact)]


class Typed(NamedTuple):
    """A column of a file that writes dates or numbers."""

    place: int
    name: str
    kind: AttributeType


def find_formats(
    file: SourceFile, columns: abc.Collection[Typed], said: SourceFormat
) -> dict[int, SourceFormat]:
    """Give by place the format of each column that is not written in our own form.

    Args:
        file: The file.
        columns: Its columns that write dates or numbers; others are passed over.
        said: What a person said of the whole file; a part that is unset is looked for.

    Raises:
        ConfigurationError: `file.which_order`, `file.which_decimal`: several are possible; names samples.
    """
    found: dict[int, SourceFormat] = {}
    unsaid = []
    for one in columns:
        if one.kind in _MOMENTS and said.order is not None:
            found[one.place] = SourceFormat(order=said.order)
        elif one.kind in _NUMBERS and said.decimal is not None:
            found[one.place] = SourceFormat(decimal=said.decimal)
        elif one.kind in _MOMENTS | _NUMBERS:
            unsaid.append(one)
    for one, texts in zip(unsaid, _texts(file, unsaid), strict=True):
        form = _form(file, one, tuple(texts))
        if form is not None:
            found[one.place] = form
    return found


def _texts(file: SourceFile, columns: abc.Sequence[Typed]) -> list[dict[str, None]]:
    """Give the different texts of some columns, in the order in which they stand."""
    seen: list[dict[str, None]] = [{} for _ in columns]
    if columns:
        for row in islice(file.rows(), LOOKED_AT):
            for one, texts in zip(columns, seen, strict=True):
                cell = row.cells[one.place] if one.place < len(row.cells) else ""
                if len(texts) < DIFFERENT and not isinstance(cell, ExactNumber):
                    texts.setdefault(cell.strip())
    return seen


def _form(file: SourceFile, one: Typed, texts: abc.Sequence[str]) -> SourceFormat | None:
    own = coercer(one.kind)
    foreign = [text for text in texts if text and isinstance(own(text), Reason)]
    if not foreign:  # all of it is in our own form
        return None
    forms = [form for form in fitting_formats(texts, one.kind) if form is not None]
    if len(forms) > 1:
        is_date = one.kind in _MOMENTS
        raise ConfigurationError(
            "file.which_order" if is_date else "file.which_decimal",
            path=str(file.path),
            column=one.name[:200],
            samples=", ".join(foreign[:SAMPLES])[:200],
        )
    return forms[0] if forms else None
