"""What is known of single conflicts: both sides, what was read before, who wrote what when.

Rows come raw, values in `model.canonical`'s JSON; a master's values in the stored form of the wide tables.

Must not: settle anything, decide what a conflict is (`inbox` does).
"""

import json
from collections import abc
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.engine import Connection

from writeback.model.canonical import Json
from writeback.store import sqlite, wide
from writeback.store.inbox import MASTER, ROW, VALUE, Place

_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class Dispute:
    """One conflict as the workspace knows it."""

    place: Place
    kind: str
    """`model.types.AttributeType`."""
    connection_id: str = ""
    integration_id: str = ""
    object: str = ""
    entity: str = ""
    field: str = ""
    """The CRM field's path; of a master the attribute."""
    column: str = ""
    """The CRM column that travels."""
    attribute: str = ""
    rid: str = ""
    record_id: str = ""
    """The CRM's id."""
    base: Json = None
    has_base: bool = True
    """Whether anybody had seen a value before: a file has none."""
    theirs: Json = None
    ours: Json = None
    rule: str = "ask"
    code: str = ""
    message: str = ""
    """Who wrote what stands in the CRM, and when, where it tells."""
    found_at: str = ""
    author: str = ""
    edited_at: str = ""
    origin: str = ""
    job_id: str = ""
    job_number: int = 0
    held_back: int = 0
    """Further fields of the same row that wait with it."""
    is_gone: bool = False
    held: abc.Mapping[str, Json] | None = None
    """A master's: by integration what each CRM holds."""


def load(db: Connection, places: abc.Sequence[Place]) -> list[Dispute]:
    """Give what is known of some conflicts, in their order; one that ended meanwhile is left out."""
    found: dict[Place, Dispute] = {}
    for start in range(0, len(places), _PAGE):
        some = json.dumps(places[start : start + _PAGE])
        for kind, query, make in _QUERIES:
            for row in db.execute(text(query), {"places": some, "kind": kind}):
                made = make(row)
                found[made.place] = made
    every = [found[place] for place in places if place in found]
    return _with_keys(db, every)


_PLACES: Final = (
    "with wanted as (select json_extract(value, '$[1]') as first, json_extract(value, '$[2]') as second, "
    "json_extract(value, '$[3]') as third from json_each(:places) where json_extract(value, '$[0]') = :kind) "
)
_OF_VALUES: Final = (
    _PLACES + "select v.*, i.connection_id, i.object, i.entity, coalesce(m.path, v.attribute) as path, "  # noqa: S608  our own words
    "coalesce(m.conflict_rule, 'ask') as rule, a.kind, d.old as base, d.seen, d.author, d.origin, "
    "d.created_at, j.number from wanted k "
    "join value_states v on v.rid = k.first and v.attribute = k.second and v.integration_id = k.third "
    "join integrations i on i.id = v.integration_id "
    "join attributes a on a.entity = i.entity and a.name = v.attribute "
    "left join field_mappings m on m.integration_id = v.integration_id and m.attribute = v.attribute "
    "left join drafts d on d.rid = v.rid and d.attribute = v.attribute "
    "left join jobs j on j.id = v.job_id where v.state = 'conflict'"
)
_JOB: Final = (
    "j.number, j.connection_id, j.integration_id, j.object, j.columns, p.author, p.origin, p.planned_at, "
    "s.theirs as looked, s.is_gone, s.message as told from wanted k "
)
_ENDS: Final = (
    "join jobs j on j.id = k.first join change_sets p on p.id = j.change_set_id "
    "left join settlements s on s.job_id = k.first and s.seq = cast(k.second as integer) "
    "and s.place = cast(k.third as integer)"
)
_OF_PLANNED: Final = (
    _PLACES + "select k.first, k.second, k.third, f.record_id, f.rid, f.old, f.theirs, f.new, f.code, "
    f"'' as message, f.places as fields, null as edited, j.submitted_at as at, {_JOB}"
    f"join findings f on f.job_id = k.first and f.seq = cast(k.second as integer) {_ENDS} "
    "where f.verdict = 'conflict'"
)
_OF_SENT: Final = (
    _PLACES + "select k.first, k.second, k.third, w.record_id, w.rid, w.old, "
    "coalesce(o.theirs, '[]') as theirs, w.new, o.code, o.message, o.fields, w.edited, o.at, "
    f"{_JOB}join outcomes o on o.job_id = k.first and o.seq = cast(k.second as integer) "
    f"join writes w on w.job_id = o.job_id and w.seq = o.seq {_ENDS} where o.outcome = 'conflict'"
)
_OF_MASTERS: Final = (
    _PLACES + "select d.*, a.kind from wanted k "  # noqa: S608  our own words
    "join disagreements d on d.rid = k.first and d.attribute = k.second "
    "join attributes a on a.entity = d.entity and a.name = d.attribute where d.kept = ''"
)


def _of_value(row: Any) -> Dispute:  # noqa: ANN401  a row of SQLAlchemy
    has_draft = row.base is not None
    seen = json.loads(row.seen or "{}")
    base = seen.get(row.integration_id, json.loads(row.base)) if has_draft else None
    return Dispute(
        Place(VALUE, row.rid, row.attribute, row.integration_id),
        row.kind,
        connection_id=row.connection_id,
        integration_id=row.integration_id,
        object=row.object,
        entity=row.entity,
        field=row.path,
        column=row.path,
        attribute=row.attribute,
        rid=row.rid,
        base=base,
        has_base=has_draft,
        theirs=json.loads(row.theirs or "null"),
        ours=json.loads(row.new),
        rule=row.rule,
        code=row.code,
        message=row.message,
        found_at=row.at,
        author=row.author or "",
        edited_at=row.created_at or "",
        origin=row.origin or "",
        job_id=row.job_id,
        job_number=int(row.number or 0),
    )


def _of_row(row: Any) -> Dispute:  # noqa: ANN401
    place = int(row.third)
    columns: list[dict[str, str]] = json.loads(row.columns)
    column, new = columns[place], json.loads(row.new)
    old, theirs = _at(json.loads(row.old), place), _at(json.loads(row.theirs), place)
    if row.looked is not None:
        theirs = json.loads(row.looked)
    touched = sum(wish != {} for wish in new)
    fields = json.loads(row.fields)
    return Dispute(
        Place(ROW, row.first, row.second, row.third),
        column["kind"],
        connection_id=row.connection_id,
        integration_id=row.integration_id or "",
        object=row.object,
        field=column["path"],
        column=column["field"],
        attribute=column.get("attribute", ""),
        rid=row.rid or "",
        record_id=row.record_id,
        base=None if old == {} else old,
        has_base=old != {},
        theirs=None if theirs == {} else theirs,
        ours=new[place],
        rule=column.get("rule", "ask"),
        code=row.code,
        message=row.told or row.message,
        found_at=row.at,
        author=row.author,
        edited_at=row.planned_at or "",
        origin=row.origin,
        job_id=row.first,
        job_number=int(row.number or 0),
        held_back=max(0, touched - max(1, len(fields))),
        is_gone=bool(row.is_gone),
    )


def _of_master(row: Any) -> Dispute:  # noqa: ANN401
    return Dispute(
        Place(MASTER, row.rid, row.attribute),
        row.kind,
        entity=row.entity,
        field=row.attribute,
        attribute=row.attribute,
        rid=row.rid,
        rule="master",
        code="master.disagree",
        found_at=row.at,
        held=json.loads(row.held),
    )


_QUERIES: Final[abc.Sequence[tuple[str, str, abc.Callable[[Any], Dispute]]]] = (
    (VALUE, _OF_VALUES, _of_value),
    (ROW, _OF_PLANNED, _of_row),
    (ROW, _OF_SENT, _of_row),
    (MASTER, _OF_MASTERS, _of_master),
)


def _at(row: list[Json], place: int) -> Json:
    return row[place] if place < len(row) else {}


def _with_keys(db: Connection, every: list[Dispute]) -> list[Dispute]:
    """Add the CRM's ids of values, and whether the record is gone there."""
    by_integration: dict[str, list[str]] = {}
    for one in every:
        if one.place.kind == VALUE:
            by_integration.setdefault(one.integration_id, []).append(one.rid)
    known: dict[tuple[str, str], tuple[str, bool]] = {}
    for integration, rids in by_integration.items():
        table = sqlite.quoted(wide.snapshot_table(integration))
        for some in sqlite.chunks(rids):
            query = f"select rid, key, gone from {table} where rid in ({sqlite.marks(some)})"  # noqa: S608  quoted
            for rid, key, gone in sqlite.run(db, query, some):
                known[integration, rid] = str(key), bool(gone)
    return [
        replace(one, record_id=found[0], is_gone=found[1])
        if (found := known.get((one.integration_id, one.rid))) is not None and one.place.kind == VALUE
        else one
        for one in every
    ]
