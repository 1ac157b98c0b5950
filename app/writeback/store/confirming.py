"""Write down what a CRM confirmed of records: values read back, and writes that came through.

Must not: take a wish for a fact. Only an applied write or a read-back comes in here.
"""

import json
from collections import abc
from typing import Any, Final, NamedTuple

from sqlalchemy.engine import Connection

from writeback.errors import MappingError
from writeback.model import canonical
from writeback.model.changes import Reason
from writeback.model.integrations import EmptyRule, Integration
from writeback.model.jobs import Column
from writeback.model.types import AttributeType, Value
from writeback.store import (
    emptying,
    masters,
    model,
    moments,
    noting,
    records,
    roles,
    settings,
    sqlite,
    value_maps,
    wide,
)

_PAGE: Final = 1000


_NOT_OLDER: Final = "not (coalesce(version, '') like '____-__-__T%' and coalesce(version > ?, 0))"
"""A pull may have read the record after what is confirmed here was told: then the pull knows better."""


_UNTOUCHED: Final[dict[str, object]] = {}


Read = abc.Callable[[Value], Value | Reason]
"""Reads a CRM's value as it is kept."""


ReadBack = abc.Mapping[str, Read]
"""By path."""


NO_READERS: Final[ReadBack] = {}


Confirmed = tuple[str, str | None, abc.Mapping[str, Value]]
"""(CRM key, version token after it or None, values by path) as a CRM confirmed them."""


def confirm_values(
    db: Connection,
    *,
    integration: Integration,
    values: abc.Iterable[Confirmed],
    is_written: bool = False,
    told: noting.Told | None = None,
    read: ReadBack = NO_READERS,
) -> int:
    """Write down values that the CRM told of single records, e.g. when they were read back.

    Paths that are not mapped are passed over, and so are records that were never pulled, and values that
    are not of their attribute's type (a text that has to be read by its format): the next pull brings them.

    Args:
        db: The write transaction that also settles what was sent.
        integration: Whose snapshot and records.
        values: Per record its key, its version now (None: not known) and values by path.
        is_written: We wrote them, so they are the record's; otherwise, where several CRMs feed it, only
            what this CRM holds anew.
        told: Why it tells them: what changes by that enters the history. None: our write, which the
            outbox tells of.
        read: Reads values of some paths, whose transform is turned back as they come in.

    Returns:
        How many records were touched.
    """
    kinds = records.kinds_of(db, integration)
    people = roles.translators(db, integration)
    texts = {path for path, kind in kinds.items() if wide.type_of(kind) is str and path not in read}
    groups: dict[tuple[str, ...], list[tuple[object, ...]]] = {}
    for key, version, given in values:
        held = given
        if people:
            held = {path: people[path](value) if path in people else value for path, value in given.items()}
        kept: dict[str, wide.Stored] = {}
        for path, kind in kinds.items():
            if path not in held:
                continue
            value = held[path]
            if value is None or (path in texts and type(value) is str):  # nearly every one
                kept[path] = value
                continue
            cell = _kept(value, kind, read.get(path))
            if not isinstance(cell, _Misfit):
                kept[path] = cell
        groups.setdefault(tuple(kept), []).append((*kept.values(), version, key))
    if told is None:
        return _confirm(db, integration, groups, is_written=is_written)
    keys = [str(row[-1]) for rows in groups.values() for row in rows]
    with noting.of_keys(db, integration, keys, told):
        return _confirm(db, integration, groups, is_written=is_written)


def confirm_writes(
    db: Connection,
    *,
    integration: Integration,
    job_id: str,
    columns: abc.Sequence[Column],
    first: int,
    last: int,
    read: ReadBack = NO_READERS,
) -> int:
    """Write down the values of a range of writes as confirmed: those that have no outcome of their own.

    Only columns that are read under the name they are written by (a re-pointed reference is read back
    instead). The version is not known any more afterwards. Keep the range short: one transaction.

    Returns:
        How many records were touched.
    """
    kinds = records.kinds_of(db, integration)
    people = roles.translators(db, integration)
    places = [(place, column) for place, column in enumerate(columns) if column.field in kinds]
    touched = 0
    query = (
        "select w.seq, w.record_id, w.new from writes w where w.job_id = ? and w.seq between ? and ? "
        "and not exists (select 1 from outcomes o where o.job_id = w.job_id and o.seq = w.seq) "
        "order by w.seq limit ?"
    )
    while rows := sqlite.run(db, query, (job_id, first, last, _PAGE)).fetchall():
        groups: dict[tuple[str, ...], list[tuple[object, ...]]] = {}
        for _, key, text in rows:
            row = json.loads(text)
            held = {
                column.field: canonical.from_plain(row[place], column.kind)
                for place, column in places
                if row[place] != _UNTOUCHED
            }
            kept = {
                path: _kept(people[path](new) if path in people else new, kinds[path], read.get(path))
                for path, new in held.items()
            }
            written = {path: cell for path, cell in kept.items() if cell is not _MISFIT}
            groups.setdefault(tuple(written), []).append((*written.values(), None, key))
        touched += _confirm(db, integration, groups, is_written=True)
        first = int(rows[-1][0]) + 1
    return touched


class _Misfit:
    """Marks a value that cannot be kept as its attribute's."""


_MISFIT: Final = _Misfit()


def _kept(value: Value, kind: AttributeType, read: Read | None) -> wide.Stored | _Misfit:
    """Give the stored form of a CRM's value for the type in which it is kept."""
    made = value if read is None or value is None else read(value)
    if isinstance(made, Reason):
        return _MISFIT
    try:
        return wide.stored(wide.retyped(made, kind))
    except MappingError:
        return _MISFIT


def _confirm(
    db: Connection,
    integration: Integration,
    groups: abc.Mapping[tuple[str, ...], list[tuple[Any, ...]]],
    *,
    is_written: bool,
) -> int:
    """Update record and snapshot alike: rows of (cells along the paths…, version, key).

    The record first, while the snapshot still tells what is new in it: where several CRMs feed a
    record, a value that was only read comes over where this CRM changed it.
    """
    if not groups:
        return 0
    kinds = model.kinds(db, integration.entity)
    number = settings.next_number(db, settings.CONFIRMATIONS)
    snapshot = sqlite.quoted(wide.snapshot_table(integration.id))
    table = sqlite.quoted(wide.record_table(integration.entity))
    rules = {} if is_written else _empty_rules(integration, kinds)
    only_moved = not is_written and records.is_shared(db, integration)
    asked = masters.asked(db, integration.entity) if only_moved else frozenset()
    touched = 0
    for paths, rows in groups.items():
        version, key = f"?{len(paths) + 1}", f"?{len(paths) + 2}"
        is_new = f"key = {key} and {_NOT_OLDER.replace('?', version)}"
        defaults = [rules[path].default for path in paths if path in rules]
        if sets := _record_sets(
            integration, kinds, paths, rules, key=key, only_moved=only_moved, asked=asked
        ):
            mine = f"rid = (select rid from {snapshot} where {is_new})"  # noqa: S608  quoted
            told = [(*row, *defaults) for row in rows] if defaults else rows
            sqlite.many(db, f"update {table} set {sets} where {mine}", told)  # noqa: S608  quoted
        cells = "".join(
            f"{sqlite.quoted(wide.path_column(path))} = ?{place}, " for place, path in enumerate(paths, 1)
        )
        statement = f"update {snapshot} set {cells}version = {version}, seen = {number} where {is_new}"  # noqa: S608  quoted
        touched += sqlite.many(db, statement, rows)
    _let_masters(db, integration, [str(row[-1]) for rows in groups.values() for row in rows])
    return touched


def _let_masters(db: Connection, integration: Integration, keys: abc.Collection[str]) -> None:
    """Let the rules of attributes that several CRMs feed decide over some records, by their CRM keys."""
    if not records.is_shared(db, integration) or not masters.rules(db, integration.entity):
        return
    at = moments.from_text(sqlite.database_now(db))
    for some in sqlite.chunks(dict.fromkeys(keys)):
        marks = ", ".join(f"?{place}" for place in range(1, len(some) + 1))
        snapshot = sqlite.quoted(wide.snapshot_table(integration.id))
        mine = f"r.rid in (select rid from {snapshot} where key in ({marks}))"  # noqa: S608  quoted
        masters.apply(db, masters.Over(integration.entity, mine, some, at))


class _Emptying(NamedTuple):
    """What an empty value that was read back does to a record, where it is not just empty."""

    keeps: bool
    default: wide.Stored


def _empty_rules(integration: Integration, kinds: abc.Mapping[str, AttributeType]) -> dict[str, _Emptying]:
    return {
        str(one.path): _Emptying(
            one.empty_rule is EmptyRule.KEEP,
            emptying.default_cell(one, kinds[one.attribute]) if one.empty_rule is EmptyRule.DEFAULT else None,
        )
        for one in integration.mappings
        if one.empty_rule is not EmptyRule.CLEAR
    }


def _record_sets(
    integration: Integration,
    kinds: abc.Mapping[str, AttributeType],
    paths: abc.Sequence[str],
    rules: abc.Mapping[str, _Emptying],
    *,
    key: str,
    only_moved: bool,
    asked: abc.Set[str] = frozenset(),
) -> str:
    """Say what a record takes over of cells numbered along the paths; '' when none of them is mapped.

    Behind the cells stand version and key, then the default of each path that has a rule. Attributes that a
    person is `asked` about stay as they are.
    """
    snapshot = sqlite.quoted(wide.snapshot_table(integration.id))
    mappings = {str(mapping.path): mapping for mapping in integration.mappings}
    sets: list[str] = []
    ruled = len(paths) + 2
    for place, path in enumerate(paths, 1):
        ruled += path in rules
        mapping = mappings.get(path)
        if mapping is None or mapping.attribute in asked:
            continue
        held = (
            f"(select {sqlite.quoted(wide.path_column(path))} from {snapshot} "  # noqa: S608  quoted
            f"where key = {key})"
        )
        name = sqlite.quoted(mapping.attribute)
        cell = value_maps.come_in(mapping, kinds[mapping.attribute], f"?{place}", name)
        if path in rules:
            cell = f"coalesce({emptying.filled(cell)}, ?{ruled}{f', {name}' if rules[path].keeps else ''})"
        title = f"coalesce(nullif({cell}, ''), {key})"
        for column, value in ((name, cell), ("title", title)):
            if column == "title" and mapping.attribute != wide.TITLE_ATTRIBUTE:
                continue
            moved = f"case when ?{place} is not {held} then {value} else {column} end"
            sets.append(f"{column} = {moved if only_moved else value}")
    return ", ".join(sets)
