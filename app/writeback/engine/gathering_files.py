"""Gather wishes from a file: its rows become a stream for `proposing`.

Each column is named like a CRM field path. Text is read and checked field by field, references are
resolved, and what cannot be sent is marked with its reason; what the CRM holds is `judging`'s to ask.

Must not: judge, write.
"""

from bisect import bisect_left
from collections import abc
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from writeback.engine.looking_up import References, point
from writeback.engine.reaching import Reach
from writeback.engine.reading_files import CsvFile, FileRow
from writeback.errors import ConfigurationError, MappingError
from writeback.model.canonical import UNSET, Unset, to_plain
from writeback.model.changes import Reason
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import BlankRule, ConflictRule, Integration, ReferenceMode
from writeback.model.jobs import Column
from writeback.model.types import CLEAR, AttributeType, Value, Wish
from writeback.planning.checking import Read, about, check_wish, reader
from writeback.planning.coercing import coercer, refusal
from writeback.planning.inputs import PlanInput, PlanStream
from writeback.planning.resolving import Aim, aim_at, refuse_doubles
from writeback.sdk.values import FieldInfo, ObjectDescription

CHUNK: Final = 2_000
"""Rows whose references are resolved together."""


@dataclass(frozen=True, slots=True)
class FileWish:
    """What shall be written from a file."""

    object: str
    key: str
    """Names the column that identifies a record: the record id, or any field that is unique."""
    blank: BlankRule = BlankRule.KEEP
    conflict: ConflictRule = ConflictRule.ASK
    modes: abc.Mapping[str, ReferenceMode] | None = None
    """By path; others re-point."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """One column of the file that is written."""

    place: int
    """Where it stands in a row."""
    aim: Aim
    read: Read
    is_pointing: bool


def gather_file(
    file: CsvFile, wish: FileWish, reach: Reach, *, integrations: abc.Iterable[Integration] = ()
) -> PlanStream:
    """Make the rows of a file a stream; reads only its header now.

    Args:
        file: The file.
        wish: What its columns mean.
        reach: The connection they go to.
        integrations: Those of this connection and object: where all columns are mapped for write-back
            the confirmed values come back into our records.

    Raises:
        ConfigurationError: A column or the key is no field of the object, or the key column is missing.
        MappingError: Two columns write the same field.
    """
    description = reach.describe(wish.object)
    references = References(reach)
    key_place, key = _key(file, wish, description)
    cells = _cells(file, wish, description, references=references, key_place=key_place)
    written = [cell for cell in cells if cell.aim.blocked is None]
    rows = _FileRows(
        file=file,
        key_place=key_place,
        key=key,
        is_id=key.name == description.key_field,
        cells=tuple(cells),
        places={id(cell): place for place, cell in enumerate(written)},
        reach=reach,
        references=references,
    )
    columns = tuple(cell.aim.column for cell in written)
    return PlanStream(
        connection_id=reach.connection.id,
        object=description.name,
        columns=columns,
        rows=rows,
        rules=(wish.conflict,) * len(columns),
        integration_id=_home(columns, reach, description.name, integrations),
        key_field="" if rows.is_id else key.name,
        line_of=rows.line_of,
    )


def _key(file: CsvFile, wish: FileWish, description: ObjectDescription) -> tuple[int, FieldInfo]:
    key = description.field(wish.key)
    if key is None or key.kind is None:
        raise ConfigurationError("file.unknown_key", key=wish.key[:200], object=description.name)
    names = [name.casefold() for name in file.header.columns]
    if wish.key.casefold() not in names:
        told = ", ".join(file.header.columns)[:300]
        raise ConfigurationError("file.no_key_column", key=wish.key[:200], path=str(file.path), columns=told)
    return names.index(wish.key.casefold()), key


def _cells(
    file: CsvFile,
    wish: FileWish,
    description: ObjectDescription,
    *,
    references: References,
    key_place: int,
) -> list[_Cell]:
    cells = []
    modes = {path.casefold(): mode for path, mode in (wish.modes or {}).items()}
    for place, name in enumerate(file.header.columns[: file.header.width]):
        if place == key_place:
            continue
        try:
            mode = modes.get(name.casefold(), ReferenceMode.REPOINT)
            aim = aim_at(FieldPath.parse(name), description, mode=mode)
            if aim.blocked is None:
                references.check(aim)
        except MappingError as error:
            raise ConfigurationError(
                "file.unknown_column", column=name[:200], object=description.name, path=str(file.path)
            ) from error
        is_pointing = aim.blocked is None and references.is_looked_up(aim)
        read = _reference_reader(aim, wish.blank) if is_pointing else reader(aim.field, blank=wish.blank)
        cells.append(_Cell(place, aim, read, is_pointing))
    if not cells:
        raise ConfigurationError("file.nothing_to_write", path=str(file.path))
    refuse_doubles(cell.aim for cell in cells)
    return cells


def _reference_reader(aim: Aim, blank: BlankRule) -> Read:
    """Read the text that names a record; it is looked up later."""
    empty: Wish | Unset | Reason = UNSET
    if blank is BlankRule.CLEAR:
        empty = check_wish(aim.field, CLEAR) or CLEAR
    read = coercer(AttributeType.TEXT)

    def read_text(text: str) -> Wish | Unset | Reason:
        if not text or text.isspace():
            return empty
        value = read(text.strip())
        return about(aim.field, value) if isinstance(value, Reason) else value

    return read_text


def _home(
    columns: abc.Sequence[Column], reach: Reach, object_name: str, integrations: abc.Iterable[Integration]
) -> str | None:
    """Give the integration that all columns are mapped in for write-back, if there is one."""
    for integration in integrations:
        if integration.connection_id != reach.connection.id or integration.object != object_name:
            continue
        switched = {str(mapping.path) for mapping in integration.mappings if mapping.write_back}
        if columns and all(str(column.path) in switched for column in columns):
            return integration.id
    return None


@dataclass(frozen=True, slots=True)
class _FileRows:
    """The rows of a file as plan inputs; read anew by each iteration."""

    file: CsvFile
    key_place: int
    key: FieldInfo
    is_id: bool
    cells: tuple[_Cell, ...]
    places: abc.Mapping[int, int]
    """By cell: the position among the columns that are written."""
    reach: Reach
    references: References

    skipped: list[int] = field(default_factory=list)
    """Empty lines of the file, by the number of rows before them."""

    def line_of(self, seq: int) -> int:
        """Give a row's line as a spreadsheet counts: the header is line 1, empty lines count."""
        return seq + 1 + bisect_left(self.skipped, seq)

    def __iter__(self) -> abc.Iterator[PlanInput]:
        self.skipped.clear()
        rows = self._counted()
        while chunk := list(islice(rows, CHUNK)):
            inputs = [self._input(row) for row in chunk]
            yield from self._resolved(inputs)

    def _counted(self) -> abc.Iterator[FileRow]:
        for seq, row in enumerate(self.file.rows(), 1):
            self.skipped.extend([seq - 1] * (row.number - seq - len(self.skipped)))
            yield row

    def _input(self, row: FileRow) -> PlanInput:
        width = len(self.file.header.columns)
        cells = row.cells
        nothing: tuple[Unset, ...] = (UNSET,) * len(self.places)
        if len(cells) != width:
            code = "file.too_few_cells" if len(cells) < width else "file.too_many_cells"
            reason = Reason(code, (("cells", str(len(cells))), ("columns", str(width))))
            key = cells[self.key_place].strip() if len(cells) > self.key_place else ""
            return PlanInput("", nothing, nothing, source_key=key, blocked=reason)
        record_id, key, blocked = self._key_of(cells[self.key_place])
        path = self.key.name if blocked is not None else ""
        wishes: list[Wish | Unset] = list(nothing)
        for cell in self.cells:
            text = cells[cell.place]
            value = cell.read(text)
            if value is UNSET:
                continue
            if isinstance(value, Reason) or cell.aim.blocked is not None:
                if blocked is None:
                    blocked = _told(cell, value, text)
                    path = str(cell.aim.column.path)
            else:
                wishes[self.places[id(cell)]] = value
        return PlanInput(record_id, nothing, wishes, None, key, blocked, path)

    def _key_of(self, text: str) -> tuple[str, str, Reason | None]:
        """Give record id, key and why the key is none."""
        bare = text.strip()
        if not bare:
            return "", "", Reason("plan.no_key", (("field", self.key.name),))
        if self.is_id:
            record_id = self.reach.record_id(bare)
            if record_id is None:
                return "", bare, refusal("plan.record_not_found", bare, field=self.key.name)
            return record_id, bare, None
        value = coercer(self.key.kind or AttributeType.TEXT)(bare)
        if isinstance(value, Reason):
            return "", bare, about(self.key, value)
        return "", str(to_plain(value)), None

    def _resolved(self, inputs: list[PlanInput]) -> abc.Iterator[PlanInput]:
        for cell in self.cells:
            if not cell.is_pointing:
                continue
            place = self.places[id(cell)]
            inputs = point(inputs, place, cell.aim, references=self.references)
        yield from inputs


def _told(cell: _Cell, value: Value | Wish | Unset | Reason, text: str) -> Reason:
    """Give why a cell cannot be written: the field's own reason before the value's."""
    if cell.aim.blocked is not None:
        code, facts = cell.aim.blocked.code, dict(cell.aim.blocked.facts)
        return refusal(code, text, **facts)
    return value if isinstance(value, Reason) else Reason("field.read_only")
