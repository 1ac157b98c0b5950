"""Say what the first texts of a file's columns become: shaped, read as their fields' values, looked up.

Must not: ask what the CRM's records hold, plan, write.
"""

from collections import abc
from itertools import islice
from typing import Final

from writeback.engine.gathering_files import FileWish, gather_file
from writeback.engine.looking_up import LEFT
from writeback.engine.reaching import Reach
from writeback.engine.reading_cells import Cell, FileRows
from writeback.engine.source_files import SourceFile
from writeback.model.canonical import Unset
from writeback.model.changes import Reason
from writeback.model.file_mappings import NotFound
from writeback.model.file_values import FileValue
from writeback.model.integrations import Integration
from writeback.model.types import Clear
from writeback.planning.coercing import refusal, text_of
from writeback.planning.resolving import NOT_FOUND

ROWS: Final = 200
"""So many rows of the file are looked at."""
TEXTS: Final = 12
"""So many different texts of a column are told."""


def preview_values(
    file: SourceFile, wish: FileWish, reach: Reach, *, integrations: abc.Iterable[Integration] = ()
) -> tuple[FileValue, ...]:
    """Give for each column that is written its first different texts, with what becomes of each.

    Raises:
        ConfigurationError: As by `gather_file`.
        ConnectorError: What a text refers to could not be looked up.
    """
    told: list[tuple[int, FileValue]] = []
    for stream in gather_file(file, wish, reach, integrations=integrations):
        rows = stream.rows
        if isinstance(rows, FileRows):
            told += (
                (cell.place, one) for cell in rows.cells if cell.is_first for one in _of_cell(rows, cell)
            )
    return tuple(one for _, one in sorted(told, key=lambda pair: pair[0]))


def _of_cell(rows: FileRows, cell: Cell) -> abc.Iterator[FileValue]:
    names, width = rows.file.header.columns, len(rows.file.header.columns)
    name = names[cell.place] if cell.place < width else ""
    texts: dict[str, None] = {}
    for row in islice(rows.file.rows(), ROWS):
        cells = (*row.cells, *rows.constants)
        if len(row.cells) == width and len(texts) < TEXTS:
            texts.setdefault(cells[cell.place])
    shown = [text for text in texts if text.strip()]
    path = str(cell.aim.column.path)
    values = dict(zip(shown, cell.values(shown), strict=True))
    asked = {value for value in values.values() if isinstance(value, str)} if cell.is_pointing else set()
    meant = rows.references.resolve(cell.aim, sorted(asked)) if asked and cell.aim.blocked is None else {}
    for text, value in values.items():
        one = FileValue(name, path, str(text))
        if cell.aim.blocked is not None or isinstance(value, Reason):
            reason = value if isinstance(value, Reason) else cell.aim.blocked
            yield FileValue(name, path, str(text), reason=reason)
        elif isinstance(value, Unset):
            yield FileValue(name, path, str(text), is_kept=True)
        elif isinstance(value, Clear):
            yield FileValue(name, path, str(text), is_cleared=True)
        elif isinstance(value, str) and value in meant:
            yield _pointed(one, value, meant[value], leaves=cell.not_found is NotFound.LEAVE)
        else:
            yield FileValue(name, path, str(text), becomes=_words(value))


def _pointed(one: FileValue, value: str, meant: object, *, leaves: bool) -> FileValue:
    if isinstance(meant, Reason):
        is_left = leaves and meant.code == NOT_FOUND
        reason = refusal(LEFT, value, field=one.path) if is_left else meant
        return FileValue(one.column, one.path, one.text, is_kept=is_left, reason=reason)
    title, key = str(getattr(meant, "title", "")), str(getattr(meant, "id", ""))
    return FileValue(one.column, one.path, one.text, becomes=f"{title} ({key})" if title else key)


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return text_of(value) or ""  # type: ignore[arg-type]
