"""Gather wishes from a file: its rows become a stream for `proposing`.

Each column is named like a CRM field path. Text is read and checked field by field, references are
resolved, and what cannot be sent is marked with its reason; what the CRM holds is `judging`'s to ask.

Must not: judge, write.
"""

from bisect import bisect_left
from collections import abc
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice, repeat
from typing import Final, Self

from writeback.engine.looking_up import References, point
from writeback.engine.reaching import Reach
from writeback.engine.reading_files import FileRow
from writeback.engine.source_files import SourceFile
from writeback.engine.walking import Led, Walk, both_modes
from writeback.errors import ConfigurationError, MappingError
from writeback.model.canonical import UNSET, Unset, to_plain
from writeback.model.changes import Reason
from writeback.model.deltas import Delta, MultiMode
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import BlankRule, ConflictRule, FieldMapping, Integration, ReferenceMode
from writeback.model.jobs import Column
from writeback.model.types import AttributeType, Wish
from writeback.planning.checking import ColumnReader, Read, about, column_reader, when_blank
from writeback.planning.coercing import coercer, refusal
from writeback.planning.inputs import PlanInput, PlanStream
from writeback.planning.resolving import Aim, aims_at, moves_hop, refuse_doubles
from writeback.sdk.values import FieldInfo, ObjectDescription

CHUNK: Final = 2_000
"""Rows whose references are resolved together."""


@dataclass(frozen=True, slots=True)
class FileWish:
    """What shall be written from a file."""

    object: str
    key: str
    """Names the column that identifies a record: the record id, or any field that is unique."""
    blank: BlankRule | None = None
    """What a blank cell means; None: what the mapping of its column says, else that it is kept."""
    conflict: ConflictRule = ConflictRule.ASK
    modes: abc.Mapping[str, ReferenceMode] | None = None
    """By path; others re-point."""
    multi: abc.Mapping[str, MultiMode] | None = None
    """By path of a multi-list: what its values mean; others replace."""
    blanks: abc.Mapping[str, BlankRule] = field(default_factory=dict)
    """By path, folded: what a blank cell means to the mapping of a column."""
    edited: str = ""
    """Names the column that tells when a row was edited, for the rule *newest*; it is not written."""

    def blank_of(self, name: str) -> BlankRule:
        """Say what a blank cell of a column means."""
        return self.blank or self.blanks.get(name.casefold(), BlankRule.KEEP)

    def mode_of(self, path: FieldPath) -> ReferenceMode:
        """Say what writing through the references of a path means."""
        modes = {name.casefold(): mode for name, mode in (self.modes or {}).items()}
        return modes.get(str(path).casefold(), ReferenceMode.REPOINT)


_Way = tuple[tuple[str, ...], str]
"""Hops, and the object they lead to: what one stream writes. No hops: the records that the rows name."""


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
    is_first: bool = True
    """Of several kinds of records that it may reach: this one's stream tells of rows that reach none."""
    multi: MultiMode = MultiMode.REPLACE


def gather_file(
    file: SourceFile, wish: FileWish, reach: Reach, *, integrations: abc.Iterable[Integration] = ()
) -> tuple[PlanStream, ...]:
    """Make the rows of a file streams, one for each kind of record written; reads only its header now.

    The first is about the records that the rows name; the others are about records that these refer to, and
    hold the rows that touch them, by the row's number in the file.

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
    dated, is_id = _Dated.of(file, wish), key.name == description.key_field
    skipped = {key_place, *(() if dated is None else (dated.place,))}
    known = tuple(integrations)
    wish = replace(wish, blanks=_blanks(known, reach, description.name))
    ways = _ways(file, wish, reach, references=references, skipped=skipped)
    plain = _FileRows(
        file=file,
        key_place=key_place,
        key=key,
        is_id=is_id,
        full_id=reach.record_id,
        references=references,
        blanks=tuple(wish.blank_of(name) for name in file.header.columns),
        dated=dated,
    )
    walks: dict[tuple[str, ...], Walk] = {}
    streams = []
    for (via, object_name), cells in ways.items():
        columns = tuple(cell.aim.column for cell in cells if cell.written >= 0)
        rows = replace(plain, cells=tuple(cells), width=len(columns), skipped=[])
        if via:
            walk = walks.setdefault(via, Walk(reach, description.name, via, by="" if is_id else key.name))
            rows = replace(rows, led=Led(walk, object_name), moving=_moving(ways, via))
        stream = PlanStream(
            connection_id=reach.connection.id,
            object=object_name,
            columns=columns,
            rows=rows,
            rules=(wish.conflict,) * len(columns),
            integration_id=_home(columns, reach, wish, integrations=known),
            root=description.name if via else "",
            key_field="" if is_id or via else key.name,
            line_of=rows.line_of,
            is_dated=dated is not None,
            has_deltas=any(cell.multi is not MultiMode.REPLACE for cell in cells),
        )
        streams.append(stream)
    return tuple(streams)


@dataclass(frozen=True, slots=True)
class _Dated:
    """The column that tells when a row was edited."""

    place: int
    name: str

    @classmethod
    def of(cls, file: SourceFile, wish: FileWish) -> Self | None:
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


def _key(file: SourceFile, wish: FileWish, description: ObjectDescription) -> tuple[int, FieldInfo]:
    key = description.field(wish.key)
    if key is None or key.kind is None:
        raise ConfigurationError("file.unknown_key", key=wish.key[:200], object=description.name)
    names = [name.casefold() for name in file.header.columns]
    if wish.key.casefold() not in names:
        told = ", ".join(file.header.columns)[:300]
        raise ConfigurationError("file.no_key_column", key=wish.key[:200], path=str(file.path), columns=told)
    return names.index(wish.key.casefold()), key


def _ways(
    file: SourceFile, wish: FileWish, reach: Reach, *, references: References, skipped: abc.Set[int]
) -> dict[_Way, list[_Cell]]:
    """Say for each kind of record that is written which columns of the file write it; its own come first."""
    own: _Way = ((), reach.describe(wish.object).name)
    found: dict[_Way, list[_Cell]] = {own: []}
    for place, name in enumerate(file.header.columns[: file.header.width]):
        if place in skipped:
            continue
        for number, aim in enumerate(_aims(file, wish, name, reach=reach, references=references)):
            way = own if aim.blocked is not None else (aim.column.via, aim.object)
            cells = found.setdefault(way, [])
            is_pointing = aim.blocked is None and references.is_looked_up(aim)
            if is_pointing:
                read = ColumnReader(_reference_reader(aim, wish.blank_of(name)))
            else:
                read = column_reader(aim.field, blank=wish.blank_of(name))
            written = -1 if aim.blocked is not None else sum(cell.written >= 0 for cell in cells)
            how = _multi(wish, name, aim)
            cells.append(_Cell(place, aim, read, is_pointing, written, is_first=not number, multi=how))
    _refuse_strange(wish, file)
    if not any(found.values()):
        raise ConfigurationError("file.nothing_to_write", path=str(file.path))
    for cells in found.values():
        refuse_doubles(cell.aim for cell in cells)
    return {way: cells for way, cells in found.items() if cells}


def _multi(wish: FileWish, name: str, aim: Aim) -> MultiMode:
    """Say what the values of a column mean; only a multi-list is added to or taken from."""
    how = {path.casefold(): mode for path, mode in (wish.multi or {}).items()}.get(name.casefold())
    if how is not None and how is not MultiMode.REPLACE and aim.field.kind is not AttributeType.MULTI_LIST:
        raise ConfigurationError("file.no_multi_list", column=name[:200], object=wish.object)
    return how or MultiMode.REPLACE


def _refuse_strange(wish: FileWish, file: SourceFile) -> None:
    """Refuse what is said of a list that is no column of the file."""
    names = {name.casefold() for name in file.header.columns}
    for path in wish.multi or {}:
        if path.casefold() not in names:
            raise ConfigurationError("file.no_multi_list", column=path[:200], object=wish.object)


def _blanks(integrations: abc.Iterable[Integration], reach: Reach, object_name: str) -> dict[str, BlankRule]:
    """Give by path, folded, what blank cells mean to the mappings of an object."""
    return {
        str(mapping.path).casefold(): mapping.blank_rule
        for one in integrations
        if one.connection_id == reach.connection.id and one.object == object_name
        for mapping in one.mappings
    }


def _aims(
    file: SourceFile, wish: FileWish, name: str, *, reach: Reach, references: References
) -> tuple[Aim, ...]:
    try:
        path = FieldPath.parse(name)
        aims = aims_at(path, reach.describe(wish.object), describe=reach.describe, mode=wish.mode_of(path))
        for aim in aims:
            if aim.blocked is None:
                references.check(aim)
    except MappingError as error:
        raise ConfigurationError(
            "file.unknown_column", column=name[:200], object=wish.object, path=str(file.path)
        ) from error
    return aims


def _moving(ways: abc.Mapping[_Way, abc.Sequence[_Cell]], via: tuple[str, ...]) -> dict[int, str]:
    """Name the columns that point a hop of a way elsewhere, with their paths."""
    cells = (cell for mine in ways.values() for cell in mine)
    return {cell.place: str(cell.aim.column.path) for cell in cells if moves_hop(cell.aim, via)}


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
    columns: abc.Sequence[Column], reach: Reach, wish: FileWish, *, integrations: abc.Iterable[Integration]
) -> str | None:
    """Give the integration that all columns are mapped in for write-back, if there is one."""
    object_name = reach.describe(wish.object).name
    for integration in integrations:
        if integration.connection_id != reach.connection.id or integration.object != object_name:
            continue
        switched = {str(one.path) for one in integration.mappings if one.write_back and _means_so(one, wish)}
        if columns and all(str(column.path) in switched for column in columns):
            return integration.id
    return None


def _means_so(mapping: FieldMapping, wish: FileWish) -> bool:
    """Say whether writing through references means the same to a mapping as to the file."""
    return not mapping.path.hops or mapping.reference_mode is wish.mode_of(mapping.path)


@dataclass(frozen=True, slots=True)
class _FileRows:
    """The rows of a file as plan inputs; read anew by each iteration."""

    file: SourceFile
    key_place: int
    key: FieldInfo
    is_id: bool
    full_id: abc.Callable[[str], str | None]
    """Gives a record id in the CRM's own form."""
    references: References
    blanks: tuple[BlankRule, ...]
    """What a blank cell of each column means."""
    dated: _Dated | None = None
    cells: tuple[_Cell, ...] = ()
    width: int = 0
    """How many columns are written."""
    led: Led | None = None
    moving: abc.Mapping[int, str] = field(default_factory=dict)
    """Columns that point a hop of the way elsewhere, with their paths."""
    skipped: list[int] = field(default_factory=list)
    """Empty lines of the file, by the number of rows before them."""

    def line_of(self, seq: int) -> int:
        """Give a row's line as a spreadsheet counts: the header is line 1, empty lines count."""
        return seq + 1 + bisect_left(self.skipped, seq)

    def __iter__(self) -> abc.Iterator[PlanInput]:
        self.skipped.clear()
        lines = self.file.rows()
        done = 0
        while chunk := list(islice(lines, CHUNK)):
            if chunk[-1].number != done + len(chunk) + len(self.skipped):
                self._note_skipped(chunk, done)
            first = done + 1
            done += len(chunk)
            rows = [row.cells for row in chunk]
            inputs = self._inputs(rows)
            if self.led is not None:
                inputs = list(self.led.lead(self._touching(inputs, rows, first)))
            for cell in self.cells:
                if cell.is_pointing:
                    inputs = point(inputs, cell.written, cell.aim, references=self.references)
            yield from inputs

    def _touching(
        self, inputs: abc.Iterable[PlanInput], rows: abc.Iterable[abc.Sequence[str]], first: int
    ) -> abc.Iterator[tuple[PlanInput, abc.Sequence[Aim]]]:
        """Give the rows that wish something of the record behind them, by their number in the file."""
        firsts = [cell for cell in self.cells if cell.is_first]
        width = len(self.file.header.columns)
        for number, (row, cells) in enumerate(zip(inputs, rows, strict=True), first):
            if row.blocked is None and all(wish is UNSET for wish in row.wishes):
                continue
            asked = [one.aim for one in firsts if len(cells) != width or self._asks(one.place, cells)]
            moved = [
                path for place, path in self.moving.items() if row.blocked is None and cells[place].strip()
            ]
            if moved and asked:
                reason = both_modes(asked[0].column.path, moved[0])
                yield row._replace(number=number, blocked=reason), asked
            else:
                yield row._replace(number=number), asked

    def _asks(self, place: int, cells: abc.Sequence[str]) -> bool:
        return self.blanks[place] is BlankRule.CLEAR or bool(cells[place].strip())

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
        if any(cell.multi is not MultiMode.REPLACE for cell in self.cells):
            inputs = [self._intended(row) for row in inputs]
        for place, (reason, path) in refused.items():
            if inputs[place].blocked is None:
                inputs[place] = inputs[place]._replace(blocked=reason, field=path)
        if self.dated is not None:
            inputs = self._dated(self.dated, inputs, by_column)
        for place, reason in misshapen.items():
            inputs[place] = PlanInput("", nothing, nothing, blocked=reason)
        return inputs

    def _intended(self, row: PlanInput) -> PlanInput:
        """Make intents of the lists that are added to or taken from; a blank cell adds and takes nothing."""
        wishes, deltas = list(row.wishes), dict(row.deltas)
        for cell in self.cells:
            if cell.multi is MultiMode.REPLACE or cell.written < 0:
                continue
            wish = wishes[cell.written]
            if isinstance(wish, tuple):
                deltas[cell.written] = Delta.of(cell.multi, wish)
            else:
                wishes[cell.written] = UNSET
        return row._replace(wishes=wishes, deltas=deltas)

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
