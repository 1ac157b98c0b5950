"""Read the rows of a file as plan inputs, chunk by chunk, and column by column within each.

Each cell becomes a wish or the reason why it is none; references are resolved many at a time.

Must not: say what a column means (`gathering_files` does), judge, write.
"""

import re
from bisect import bisect_left
from collections import abc
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice, repeat
from typing import Final, Self

from writeback.engine.file_formats import FormReader
from writeback.engine.looking_up import References, point
from writeback.engine.merged_cells import MergedCell
from writeback.engine.reading_files import FileRow
from writeback.engine.reading_records import BETWEEN
from writeback.engine.reading_sheets import ExactNumber, SheetFile
from writeback.engine.shaping import TextShape
from writeback.engine.source_files import SourceFile
from writeback.engine.walking import Led, both_modes
from writeback.errors import ConfigurationError
from writeback.model.canonical import UNSET, Unset, to_plain
from writeback.model.changes import Reason
from writeback.model.deltas import Delta, MultiMode
from writeback.model.file_mappings import NotFound
from writeback.model.integrations import BlankRule
from writeback.model.types import DECIMAL_TYPES, AttributeType, Wish
from writeback.planning.checking import ColumnReader, about
from writeback.planning.coercing import coercer, refusal, with_text
from writeback.planning.inputs import PlanInput
from writeback.planning.resolving import Aim
from writeback.sdk.values import FieldInfo

_SHORTENED: Final = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]{2,3}", re.ASCII)
"""How spreadsheets write a long number that they keep as one."""
KEPT_DIGITS: Final = 15
_ROUNDED: Final = re.compile(r"-?[0-9]{15}0+", re.ASCII)
"""How such a number stands in a sheet that holds it as one."""
CHUNK: Final = 2_000
"""Rows whose references are resolved together."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of the file that is written."""

    place: int
    """Where its text stands in a row; constants stand behind the file's own cells."""
    aim: Aim
    reader: ColumnReader
    is_pointing: bool
    written: int
    """Its position among the columns that are written; -1: none may write it."""
    is_first: bool = True
    """Of several kinds of records that it may reach: this one's stream tells of rows that reach none."""
    multi: MultiMode = MultiMode.REPLACE
    blank: BlankRule = BlankRule.KEEP
    shape: TextShape | None = None
    """Shapes its texts before they are read."""
    not_found: NotFound = NotFound.BLOCK
    """What becomes of a reference whose text names no record."""

    def values(self, texts: abc.Sequence[str]) -> abc.Sequence[Wish | Unset | Reason]:
        """Give what each text of the column is, or why it is nothing."""
        if self.shape is None:
            return self.reader.read(texts)
        made = {text: self.shape.out(text) for text in set(texts)}
        shaped = [one if isinstance(one, str) else "" for one in (made[text] for text in texts)]
        read = self.reader.read(shaped)
        return [
            about(self.aim.field, one) if isinstance(one, Reason) else value
            for one, value in zip((made[text] for text in texts), read, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Dated:
    """The column that tells when a row was edited."""

    place: int
    name: str

    @classmethod
    def of(cls, file: SourceFile, column: str) -> Self | None:
        """Find a column in the header; None where none is named."""
        if not column:
            return None
        names = [name.casefold() for name in file.header.columns]
        if column.casefold() not in names:
            told = ", ".join(file.header.columns)[:300]
            raise ConfigurationError(
                "file.no_edited_column", column=column[:200], path=str(file.path), columns=told
            )
        return cls(names.index(column.casefold()), column)

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


@dataclass(frozen=True, slots=True)
class FileRows:
    """The rows of a file as plan inputs; read anew by each iteration."""

    file: SourceFile
    key_place: int
    key: FieldInfo
    is_id: bool
    full_id: abc.Callable[[str], str | None]
    """Gives a record id in the CRM's own form."""
    references: References
    also_place: int = -1
    also: FieldInfo | None = None
    """The second field of a key of two, and where it stands."""
    dated: Dated | None = None
    constants: tuple[str, ...] = ()
    """Texts that every row has behind its own cells."""
    cells: tuple[Cell, ...] = ()
    width: int = 0
    """How many columns are written."""
    led: Led | None = None
    moving: abc.Mapping[int, str] = field(default_factory=dict)
    """Columns that point a hop of the way elsewhere, with their paths."""
    skipped: list[int] = field(default_factory=list)
    """Empty lines of the file, by the number of rows before them."""

    def line_of(self, seq: int) -> int:
        """Give a row's line as a spreadsheet counts: the header is line 1, empty lines count."""
        return seq + self._above + bisect_left(self.skipped, seq)

    @property
    def _above(self) -> int:
        """How many lines stand above the first row."""
        return 0 if self.file.header.is_made_up else 1

    def __iter__(self) -> abc.Iterator[PlanInput]:
        self.skipped.clear()
        lines = self.file.rows()
        done = 0
        while chunk := list(islice(lines, CHUNK)):
            if chunk[-1].number + 1 - self._above != done + len(chunk) + len(self.skipped):
                self._note_skipped(chunk, done)
            first = done + 1
            done += len(chunk)
            rows = [(*row.cells, *self.constants) if self.constants else row.cells for row in chunk]
            inputs = self._inputs(rows)
            if self.led is not None:
                inputs = list(self.led.lead(self._touching(inputs, rows, first)))
            for cell in self.cells:
                if cell.is_pointing:
                    inputs = point(
                        inputs,
                        cell.written,
                        cell.aim,
                        references=self.references,
                        leaves=cell.not_found is NotFound.LEAVE,
                    )
            yield from inputs

    def _touching(
        self, inputs: abc.Iterable[PlanInput], rows: abc.Iterable[abc.Sequence[str]], first: int
    ) -> abc.Iterator[tuple[PlanInput, abc.Sequence[Aim]]]:
        """Give the rows that wish something of the record behind them, by their number in the file."""
        firsts = [cell for cell in self.cells if cell.is_first]
        width = len(self.file.header.columns) + len(self.constants)
        for number, (row, cells) in enumerate(zip(inputs, rows, strict=True), first):
            if row.blocked is None and all(wish is UNSET for wish in row.wishes):
                continue
            asked = [one.aim for one in firsts if len(cells) != width or _asks(one, cells)]
            moved = [
                path for place, path in self.moving.items() if row.blocked is None and cells[place].strip()
            ]
            if moved and asked:
                reason = both_modes(asked[0].column.path, moved[0])
                yield row._replace(number=number, blocked=reason), asked
            else:
                yield row._replace(number=number), asked

    def _note_skipped(self, chunk: abc.Iterable[FileRow], done: int) -> None:
        for seq, row in enumerate(chunk, done + 1):
            passed = row.number + 1 - self._above - seq - len(self.skipped)
            self.skipped.extend([seq - 1] * passed)

    def _inputs(self, rows: abc.Sequence[abc.Sequence[str]]) -> list[PlanInput]:
        """Read rows column by column: most of them hold nothing but good values."""
        added = len(self.constants)
        width = len(self.file.header.columns) + added
        nothing: tuple[Unset, ...] = (UNSET,) * self.width
        misshapen = {
            place: _misshapen(len(row) - added, width - added)
            for place, row in enumerate(rows)
            if len(row) != width
        }
        if misshapen:
            rows = [("",) * width if place in misshapen else row for place, row in enumerate(rows)]
        by_column = list(zip(*rows, strict=True))
        refused: dict[int, tuple[Reason, str]] = {}
        keys = self._keys(by_column, refused)
        wished: list[abc.Sequence[Wish | Unset]] = []
        for cell in self.cells:
            texts = self._texts_for(cell, by_column)
            _refuse_merged(str(cell.aim.column.path), by_column[cell.place], refused)
            _refuse_shortened(cell, by_column[cell.place], refused)
            values = _sifted(cell, texts, cell.values(texts), refused)
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

    def _keys(
        self, columns: abc.Sequence[abc.Sequence[str]], refused: dict[int, tuple[Reason, str]]
    ) -> list[tuple[str, str, Reason | None]]:
        """Give for each row record id, key and why the key is none; what is merged goes into `refused`."""
        keys = [self._key_of(text) for text in columns[self.key_place]]
        if self.also is not None:
            others = (self._text_of_key(text, self.also) for text in columns[self.also_place])
            keys = [_paired(one, other) for one, other in zip(keys, others, strict=True)]
        for place, name in self._naming():
            _refuse_merged(name, columns[place], refused)
        for place in refused:  # of such a key nothing is known, not even that it is blank
            keys[place] = (*keys[place][:2], None)
        return keys

    def _naming(self) -> abc.Iterator[tuple[int, str]]:
        """Give the columns that say which record a row is about, and when it was edited."""
        yield self.key_place, self.key.name
        if self.also is not None:
            yield self.also_place, self.also.name
        if self.dated is not None:
            yield self.dated.place, self.dated.name

    def _texts_for(self, cell: Cell, columns: abc.Sequence[abc.Sequence[str]]) -> abc.Sequence[str]:
        """Give the texts of a cell's column; only who reads a format is told which are numbers of a sheet."""
        texts = columns[cell.place]
        if isinstance(self.file, SheetFile) and (cell.shape or not isinstance(cell.reader, FormReader)):
            return tuple(map(str, texts))
        return texts

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
        self, dated: Dated, inputs: list[PlanInput], columns: abc.Sequence[abc.Sequence[str]]
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
        key, blocked = self._text_of_key(text, self.key)
        if blocked is not None or not self.is_id:
            return "", key, blocked
        record_id = self.full_id(key)
        if record_id is None:
            return "", key, refusal("plan.record_not_found", key, field=self.key.name)
        return record_id, key, None

    def _text_of_key(self, text: str, key: FieldInfo) -> tuple[str, Reason | None]:
        """Give the text of a key's field, and why it is none."""
        bare = text.strip()
        if not bare:
            return "", Reason("plan.no_key", (("field", key.name),))
        if key.kind not in DECIMAL_TYPES and _is_shortened(text):
            return bare, refusal("file.shortened_number", bare, field=key.name)
        if self.is_id:
            return bare, None
        value = coercer(key.kind or AttributeType.TEXT)(bare)
        return (bare, about(key, value)) if isinstance(value, Reason) else (str(to_plain(value)), None)


def _paired(
    one: tuple[str, str, Reason | None], other: tuple[str, Reason | None]
) -> tuple[str, str, Reason | None]:
    """Put the two texts of a key together."""
    _, first, blocked = one
    second, also_blocked = other
    return "", f"{first}{BETWEEN}{second}", blocked or also_blocked


def _asks(cell: Cell, cells: abc.Sequence[str]) -> bool:
    return cell.blank is BlankRule.CLEAR or bool(cells[cell.place].strip())


def _misshapen(cells: int, width: int) -> Reason:
    code = "file.too_few_cells" if cells < width else "file.too_many_cells"
    return Reason(code, (("cells", str(cells)), ("columns", str(width))))


def _is_shortened(text: str) -> bool:
    """Say whether a spreadsheet kept few digits of a long number: `1.23E+15`, or noughts behind fifteen."""
    if isinstance(text, ExactNumber):
        return len(text) > KEPT_DIGITS and _ROUNDED.fullmatch(text) is not None
    return "+" in text and _SHORTENED.fullmatch(text.strip()) is not None


def _refuse_merged(path: str, texts: abc.Sequence[str], refused: dict[int, tuple[Reason, str]]) -> None:
    """Refuse cells that read blank because they are merged: they are neither kept nor cleared."""
    if MergedCell not in set(map(type, texts)):
        return
    for place, text in enumerate(texts):
        if isinstance(text, MergedCell):
            refused.setdefault(
                place, (Reason("file.merged_cell", (("field", path), ("span", text.span))), path)
            )


def _refuse_shortened(cell: Cell, texts: abc.Sequence[str], refused: dict[int, tuple[Reason, str]]) -> None:
    """Refuse what a spreadsheet made of a long number in a field of texts: an account's number, a phone."""
    is_text = cell.aim.field.kind is AttributeType.TEXT and not cell.is_pointing and cell.shape is None
    if not is_text or ("+" not in "".join(texts) and ExactNumber not in set(map(type, texts))):
        return
    path = str(cell.aim.column.path)
    for place, text in enumerate(texts):
        if _is_shortened(text):
            refused.setdefault(place, (refusal("file.shortened_number", text.strip(), field=path), path))


def _sifted(
    cell: Cell,
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
            refused.setdefault(place, (with_text(value, texts[place]), path))
            good.append(UNSET)
        else:
            good.append(value)
    return good
