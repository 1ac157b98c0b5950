"""How a file writes dates and numbers: as a person said, or in the only way that reads all of its cells.

Looked for in the whole file, and only for columns that write dates or numbers: `1.234` may be one thing in a
thousand rows until `1.234,5` tells. Where several ways would read every cell a person has to say which is
meant; nothing is guessed. A row that the found way does not read is refused with its reason.

Must not: read a value (`planning.blocks` does).
"""

from collections import abc
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

DIFFERENT: Final = 2_000
"""So many different texts of a column are read in every way, and then one of each further shape."""
SAMPLES: Final = 5
SHAPES_MOST: Final = 10_000
"""A column of more shapes holds no dates or numbers."""
_SHAPE: Final = str.maketrans("123456789", "000000000")
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
    """Give texts of some columns, in the order in which they stand: one at least of each shape."""
    seen: list[dict[str, None]] = [{} for _ in columns]
    shapes: list[set[str]] = [set() for _ in columns]
    for row in file.rows() if columns else ():
        for one, texts, known in zip(columns, seen, shapes, strict=True):
            cell = row.cells[one.place] if one.place < len(row.cells) else ""
            if isinstance(cell, ExactNumber):
                continue
            text = cell.strip()
            shape = text.translate(_SHAPE)
            if len(texts) < DIFFERENT or (shape not in known and len(texts) < SHAPES_MOST):
                known.add(shape)
                texts.setdefault(text)
    return seen


def _form(file: SourceFile, one: Typed, texts: abc.Sequence[str]) -> SourceFormat | None:
    own = coercer(one.kind)
    foreign = [text for text in texts if text and isinstance(own(text), Reason)]
    marked = [text for text in texts if "." in text]
    is_date = one.kind in _MOMENTS
    if is_date and not foreign:  # all of it is in our own form, which no other one looks like
        return None
    forms = fitting_formats(texts, one.kind)
    if len(forms) > 1:
        raise ConfigurationError(
            "file.which_order" if is_date else "file.which_decimal",
            path=str(file.path),
            column=one.name[:200],
            samples=", ".join((foreign or marked)[:SAMPLES])[:200],
        )
    return forms[0]
