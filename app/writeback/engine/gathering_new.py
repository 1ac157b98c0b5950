"""Gather the records that a file makes: the rows whose key names nobody, along what may be set in a new one.

Which rows those are is found where the others are judged, and noted once (`PlanStream.missing`): no row is
both updated and made, and none is neither.

Must not: ask whether a record exists, judge.
"""

from collections import abc
from dataclasses import dataclass, replace

from writeback.engine.making import keys_alike, makeable
from writeback.engine.reaching import Reach
from writeback.engine.reading_cells import Cell, FileRows
from writeback.errors import ConfigurationError
from writeback.model.changes import Reason
from writeback.model.creating import Creating
from writeback.model.fieldpaths import FieldPath
from writeback.planning.checking import column_reader
from writeback.planning.inputs import PlanInput, PlanStream
from writeback.planning.resolving import Aim, aim_at, refuse_doubles
from writeback.sdk.values import ObjectDescription

NOT_FOUND = "plan.record_not_found"
READ_ONLY = "field.read_only"
NOT_CREATEABLE = "create.field_not_settable"


def admit_key(reach: Reach, object_name: str, plain: FileRows) -> str:
    """Give the field by which records are made, which is the one that names them.

    Raises:
        ConfigurationError: The CRM makes none, or not by this key.
        ConnectorError: The CRM could not be asked.
    """
    found = makeable(reach, object_name)
    name = plain.key.name if plain.also is None else f"{plain.key.name}+{plain.also.name}"
    code = found.code
    if not code and plain.is_id:
        code = "create.by_id"
    elif not code and (plain.also is not None or not keys_alike(name, found.keys)):
        code = "create.not_by_key"
    if code:
        told = ", ".join(found.keys)[:300]
        facts = {"connection": reach.connection.name, "object": object_name, "key": name, "keys": told}
        raise ConfigurationError(code, **facts)
    return plain.key.name


def refuse_behind(creating: Creating, ways: abc.Iterable[tuple[tuple[str, ...], str]]) -> None:
    """Refuse columns that change the record behind a reference where nothing but new records is wanted.

    Raises:
        ConfigurationError: There is such a column.
    """
    first = next((via for via, _ in ways if via), ())
    if creating is Creating.ONLY and first:
        raise ConfigurationError("create.behind_reference", field=".".join(first))


def stream_of_new(
    plain: FileRows,
    cells: abc.Sequence[Cell],
    reach: Reach,
    described: ObjectDescription,
    *,
    missing: set[int] | None,
) -> PlanStream:
    """Give the stream of rows that become records.

    Args:
        plain: The rows of the file, of which nothing is written yet.
        cells: What its columns set in a new record, but for the key.
        reach: The connection.
        described: The object as it stands to records that are made.
        missing: Numbers of the rows that become records; None: all whose key names nobody.
    """
    key = aim_at(FieldPath((), plain.key.name), described)
    own = Cell(plain.key_place, key, column_reader(key.field), is_pointing=False, written=0)
    others = (_settable(one) for one in cells)
    every = (own, *(one if one.written < 0 else replace(one, written=one.written + 1) for one in others))
    refuse_doubles(one.aim for one in every)
    columns = tuple(one.aim.column for one in every if one.written >= 0)
    rows = replace(plain, cells=every, width=len(columns), skipped=[])
    return PlanStream(
        connection_id=reach.connection.id,
        object=described.name,
        columns=columns,
        rows=_Missing(rows, missing),
        key_field=plain.key.name,
        line_of=rows.line_of,
        has_deltas=True,
        creates_by=plain.key.name,
        missing=missing,
    )


def _settable(cell: Cell) -> Cell:
    """Say of a field that may not be set in a new record just that, not that it is read-only."""
    aim: Aim = cell.aim
    if aim.blocked is None or aim.blocked.code != READ_ONLY:
        return cell
    return replace(cell, aim=replace(aim, blocked=Reason(NOT_CREATEABLE, aim.blocked.facts)))


@dataclass(frozen=True, slots=True)
class _Missing:
    """The rows of a file that become records, by their number in it; read anew by each iteration."""

    rows: FileRows
    missing: set[int] | None

    def __iter__(self) -> abc.Iterator[PlanInput]:
        for number, row in enumerate(self.rows, 1):
            if self.missing is not None and number not in self.missing:
                continue
            wishes = row.wishes
            if wishes and isinstance(wishes[0], str):  # the very text that the record is looked up by
                wishes = (row.source_key, *wishes[1:])
            yield row._replace(record_id=row.source_key, number=number, wishes=wishes)


@dataclass(frozen=True, slots=True)
class BehindNew:
    """Rows about records behind references: of a row whose own record is yet to be made there is none."""

    rows: abc.Iterable[PlanInput]

    def __iter__(self) -> abc.Iterator[PlanInput]:
        for row in self.rows:
            if row.blocked is not None and row.blocked.code == NOT_FOUND:
                yield row._replace(blocked=Reason("create.behind_missing", (("field", row.field),)))
            else:
                yield row
