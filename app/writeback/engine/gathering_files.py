"""Gather wishes from a file: its rows become a stream for `proposing`.

Each column is named like a CRM field path. Text is read and checked field by field, references are
resolved, and what cannot be sent is marked with its reason; what the CRM holds is `judging`'s to ask.

Must not: judge, write.
"""

from bisect import bisect_left
from collections import abc
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice, repeat
from typing import Final, Self

from writeback.engine.looking_up import References, point
from writeback.engine.reaching import Reach
from writeback.engine.reading_files import CsvFile, FileRow
from writeback.errors import ConfigurationError, MappingError
from writeback.model.canonical import UNSET, Unset, to_plain
from writeback.model.changes import Reason
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import BlankRule, ConflictRule, Integration, ReferenceMode
from writeback.model.jobs import Column
from writeback.model.types import AttributeType, Wish
from writeback.planning.checking import ColumnReader, Read, about, column_reader, when_blank
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
    edited: str = ""
    """Names the column that tells when a row was edited, for the rule *newest*; it is not written."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """One column of the file that is written."""

    place: int
    """Where it stands in a row."""
    aim: Aim
    reader: ColumnReader
    is_pointing: bool
    written: int
    """Its position among the columns that are written; -1: none may write it."""


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
    dated = _Dated.of(file, wish)
    skipped = {key_place, *(() if dated is None else (dated.place,))}
    cells = _cells(file, wish, description, references=references, skipped=skipped)
    columns = tuple(cell.aim.column for cell in cells if cell.written >= 0)
    rows = _FileRows(
        file=file,
        key_place=key_place,
        key=key,
        is_id=key.name == description.key_field,
        cells=tuple(cells),
        width=len(columns),
        full_id=reach.record_id,
        references=references,
        dated=dated,
    )
    return PlanStream(
        connection_id=reach.connection.id,
        object=description.name,
        columns=columns,
        rows=rows,
        rules=(wish.conflict,) * len(columns),
        integration_id=_home(columns, reach, description.name, integrations),
        key_field="" if rows.is_id else key.name,
        line_of=rows.line_of,
        is_dated=dated is not None,
    )


@dataclass(frozen=True, slots=True)
class _Dated:
    """The column that tells when a row was edited."""

    place: int
    name: str

    @classmethod
    def of(cls, file: CsvFile, wish: FileWish) -> Self | None:
        """Find it in the header; None where the wish names none."""
        if not wish.edited:
            return None
        names = [name.casefold() for name in file.header.columns]
        if wish.edited.casefold() not in names:
            told = ", ".join(file.header.columns)[:300]
            raise ConfigurationError(
                "file.no_edited_column", column=wish.edited[:200], path=str(file.path), columns=told
            )
        return cls(names.index(wish.edited.casefold()), wish.edited)

    def read(self, text: str) -> datetime | Reason | None:
        """Read one moment; nothing where the cell is blank."""
        bare = text.strip()
        if not bare:
            return None
        value = coercer(AttributeType.DATETIME)(bare)
        if isinstance(value, datetime):
            return value
        facts = value.facts if isinstance(value, Reason) else ()
        return Reason("file.no_moment", (("field", self.name), ("value", bare[:80]), *facts))


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
    skipped: abc.Set[int],
) -> list[_Cell]:
    cells: list[_Cell] = []
    modes = {path.casefold(): mode for path, mode in (wish.modes or {}).items()}
    for place, name in enumerate(file.header.columns[: file.header.width]):
        if place in skipped:
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
        if is_pointing:
            read = ColumnReader(_reference_reader(aim, wish.blank))
        else:
            read = column_reader(aim.field, blank=wish.blank)
        written = -1 if aim.blocked is not None else sum(cell.written >= 0 for cell in cells)
        cells.append(_Cell(place, aim, read, is_pointing, written))
    if not cells:
        raise ConfigurationError("file.nothing_to_write", path=str(file.path))
    refuse_doubles(cell.aim for cell in cells)
    return cells


def _reference_reader(aim: Aim, blank: BlankRule) -> Read:
    """Read the text that names a record; it is looked up later."""
    empty = when_blank(aim.field, blank)
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
    width: int
    """How many columns are written."""
    full_id: abc.Callable[[str], str | None]
    """Gives a record id in the CRM's own form."""
    references: References
    dated: _Dated | None = None
    skipped: list[int] = field(default_factory=list)
    """Empty lines of the file, by the number of rows before them."""

    def line_of(self, seq: int) -> int:
        """Give a row's line as a spreadsheet counts: the header is line 1, empty lines count."""
        return seq + 1 + bisect_left(self.skipped, seq)

    def __iter__(self) -> abc.Iterator[PlanInput]:
        self.skipped.clear()
        rows = self.file.rows()
        done = 0
        while chunk := list(islice(rows, CHUNK)):
            if chunk[-1].number != done + len(chunk) + len(self.skipped):
                self._note_skipped(chunk, done)
            done += len(chunk)
            inputs = self._inputs([row.cells for row in chunk])
            for cell in self.cells:
                if cell.is_pointing:
                    inputs = point(inputs, cell.written, cell.aim, references=self.references)
            yield from inputs

    def _note_skipped(self, chunk: abc.Iterable[FileRow], done: int) -> None:
        for seq, row in enumerate(chunk, done + 1):
            self.skipped.extend([seq - 1] * (row.number - seq - len(self.skipped)))

    def _inputs(self, rows: abc.Sequence[abc.Sequence[str]]) -> list[PlanInput]:
        """Read rows column by column: most of them hold nothing but good values."""
        width = len(self.file.header.columns)
        nothing: tuple[Unset, ...] = (UNSET,) * self.width
        misshapen = {place: _misshapen(row, width) for place, row in enumerate(rows) if len(row) != width}
        if misshapen:
            rows = [("",) * width if place in misshapen else row for place, row in enumerate(rows)]
        by_column = list(zip(*rows, strict=True))
        keys = [self._key_of(text) for text in by_column[self.key_place]]
        refused: dict[int, tuple[Reason, str]] = {}
        wished: list[abc.Sequence[Wish | Unset]] = []
        for cell in self.cells:
            texts = by_column[cell.place]
            values = _sifted(cell, texts, cell.reader.read(texts), refused)
            if cell.written >= 0:
                wished.append(values)
        wishes: abc.Iterable[abc.Sequence[Wish | Unset]] = zip(*wished, strict=True) if wished else repeat(())
        inputs = [
            PlanInput(record_id, nothing, wish, None, key, blocked, self.key.name if blocked else "")
            for (record_id, key, blocked), wish in zip(keys, wishes, strict=False)
        ]
        for place, (reason, path) in refused.items():
            if inputs[place].blocked is None:
                inputs[place] = inputs[place]._replace(blocked=reason, field=path)
        if self.dated is not None:
            inputs = self._dated(self.dated, inputs, by_column)
        for place, reason in misshapen.items():
            inputs[place] = PlanInput("", nothing, nothing, blocked=reason)
        return inputs

    def _dated(
        self, dated: _Dated, inputs: list[PlanInput], columns: abc.Sequence[abc.Sequence[str]]
    ) -> list[PlanInput]:
        """Tell when each row was edited; one whose moment cannot be read is not sent."""
        told = [dated.read(text) for text in columns[dated.place]]
        return [
            row._replace(blocked=row.blocked or at, field=row.field or dated.name)
            if isinstance(at, Reason)
            else row._replace(edited=(at,) * self.width)
            for row, at in zip(inputs, told, strict=True)
        ]

    def _key_of(self, text: str) -> tuple[str, str, Reason | None]:
        """Give record id, key and why the key is none."""
        bare = text.strip()
        if not bare:
            return "", "", Reason("plan.no_key", (("field", self.key.name),))
        if self.is_id:
            record_id = self.full_id(bare)
            if record_id is None:
                return "", bare, refusal("plan.record_not_found", bare, field=self.key.name)
            return record_id, bare, None
        value = coercer(self.key.kind or AttributeType.TEXT)(bare)
        if isinstance(value, Reason):
            return "", bare, about(self.key, value)
        return "", str(to_plain(value)), None


def _misshapen(row: abc.Sequence[str], width: int) -> Reason:
    code = "file.too_few_cells" if len(row) < width else "file.too_many_cells"
    return Reason(code, (("cells", str(len(row))), ("columns", str(width))))


def _sifted(
    cell: _Cell,
    texts: abc.Sequence[str],
    values: abc.Sequence[Wish | Unset | Reason],
    refused: dict[int, tuple[Reason, str]],
) -> abc.Sequence[Wish | Unset]:
    """Take the reasons out of a column's values, into `refused` by row; the first reason of a row stands."""
    path = str(cell.aim.column.path)
    if cell.aim.blocked is not None:
        code, facts = cell.aim.blocked.code, dict(cell.aim.blocked.facts)
        for place, value in enumerate(values):
            if value is not UNSET:
                refused.setdefault(place, (refusal(code, texts[place], **facts), path))
        return ()
    if values is texts:  # plain texts, passed through
        return texts
    good: list[Wish | Unset] = []
    for place, value in enumerate(values):
        if isinstance(value, Reason):
            refused.setdefault(place, (value, path))
            good.append(UNSET)
        else:
            good.append(value)
    return good
