"""The inbox of conflicts: what waits for a person's word, wherever it came from.

Three kinds of places: a *value* of a record of ours (`value_states`), a *row* of a job that knows no value of
ours (files, big jobs), and a value in which CRMs *disagree* (rule *ask* of an attribute). Nothing is copied
for the inbox: a place is in it as long as what made it stands and nobody settled it.

Must not: settle anything, talk to a CRM.
"""

import json
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, Text, select, text
from sqlalchemy.engine import Connection

from writeback.store import sqlite
from writeback.store.value_states import MOST as TRACKED_MOST

VALUE, ROW, MASTER = "value", "row", "master"
COUNT_MOST: Final = 10_000
"""More are told as *more than*."""


class Place(NamedTuple):
    """Where a conflict stands: record, attribute, integration · job, row, column · record, attribute."""

    kind: str
    first: str
    second: str
    third: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which conflicts are meant; '' and () everything."""

    field: str = ""
    """A CRM field path, or the name of an attribute."""
    rule: str = ""
    connection_id: str = ""
    record: str = ""
    """Our record, or the CRM's id."""
    places: tuple[Place, ...] = ()


_TRACKED: Final = f"j.integration_id is not null and j.rows <= {TRACKED_MOST}"
_NOBODYS: Final = (
    "({row}.rid is null and not exists "
    "(select 1 from sources q where q.job_id = {row}.job_id and q.seq = {row}.seq and q.rid is not null))"
)
"""No value of ours stands for the row."""
_SETTLED: Final = (
    "exists (select 1 from settlements s where s.job_id = {row}.job_id and s.seq = {row}.seq "
    "and s.place = c.key and s.kept <> '' and (s.plan_id = '' or exists "
    "(select 1 from change_sets p where p.id = s.plan_id and p.state = 'submitted')))"
)
_PATH: Final = "json_extract(c.value, '$.path')"
_RULE: Final = "coalesce(json_extract(c.value, '$.rule'), 'ask')"
_VALUES: Final = (
    "select 'value' as kind, v.rid as first, v.attribute as second, v.integration_id as third, "
    "i.connection_id as connection, coalesce(m.path, v.attribute) as field, v.attribute as attribute, "
    "coalesce(m.conflict_rule, 'ask') as rule, v.rid as record, v.at as at "
    "from value_states v join integrations i on i.id = v.integration_id "
    "left join field_mappings m on m.integration_id = v.integration_id and m.attribute = v.attribute "
    "where v.state = 'conflict'"
)
_PLANNED: Final = (
    f"select 'row', f.job_id, cast(f.seq as text), cast(c.key as text), j.connection_id, {_PATH}, "  # noqa: S608  our own words
    f"coalesce(json_extract(c.value, '$.attribute'), ''), {_RULE}, f.record_id, j.submitted_at "
    "from jobs j join findings f on f.job_id = j.id and f.verdict = 'conflict' join json_each(j.columns) c "
    "where j.conflict > 0 and j.submitted_at is not null "
    f"and ({_NOBODYS.format(row='f')} or not ({_TRACKED})) "
    f"and case f.places when '[]' then f.field = {_PATH} else "
    "exists (select 1 from json_each(f.places) p where p.value = c.key) end "
    f"and not {_SETTLED.format(row='f')}"
)
_SENT: Final = (  # a record that was to be made and is there has no two sides: it is sent as an update
    f"select 'row', o.job_id, cast(o.seq as text), cast(c.key as text), j.connection_id, {_PATH}, "  # noqa: S608  the same
    f"coalesce(json_extract(c.value, '$.attribute'), ''), {_RULE}, w.record_id, o.at "
    "from jobs j join outcomes o on o.job_id = j.id and o.outcome = 'conflict' "
    "join writes w on w.job_id = o.job_id and w.seq = o.seq join json_each(j.columns) c "
    f"where j.conflict > 0 and j.creates_by = '' and ({_NOBODYS.format(row='w')} or not ({_TRACKED})) "
    "and json_type(w.new, '$[' || c.key || ']') <> 'object' and (not exists "
    "(select 1 from json_each(j.columns) x join json_each(o.fields) p "
    "on p.value = json_extract(x.value, '$.field')) "
    "or exists (select 1 from json_each(o.fields) p where p.value = json_extract(c.value, '$.field'))) "
    f"and not {_SETTLED.format(row='o')}"
)
_MASTERS: Final = (
    "select 'master', d.rid, d.attribute, '', '', d.attribute, d.attribute, 'master', d.rid, d.at "
    "from disagreements d where d.kept = ''"
)
_ALL: Final = f"({_VALUES} union all {_PLANNED} union all {_SENT} union all {_MASTERS})"


def keys(wanted: Wanted) -> Select[Any]:
    """Select the places of the conflicts that are meant, alike ones together, as a window's keys."""
    condition, values = _condition(wanted)
    found = text(
        f"select kind, first, second, third from {_ALL} where {condition} "  # noqa: S608  our own words, values apart
        "order by field, connection, rule, at, first, cast(second as integer), second, third"
    ).bindparams(**values)
    every = found.columns(kind=Text, first=Text, second=Text, third=Text).subquery()
    return select(every.c.kind, every.c.first, every.c.second, every.c.third)


def count(db: Connection) -> int:
    """Count the conflicts, up to one more than `COUNT_MOST`."""
    query = f"select count(*) from (select 1 from {_ALL} limit {COUNT_MOST + 1})"  # noqa: S608  our own words
    return int(sqlite.run(db, query).fetchone()[0])


def places(db: Connection, wanted: Wanted) -> tuple[Place, ...]:
    """Give the places that are meant, in the order of `keys`."""
    return tuple(Place(*(str(one) for one in row)) for row in db.execute(keys(wanted)))


def groups(db: Connection, by: str) -> list[tuple[str, int]]:
    """Count conflicts by `field`, `rule` or `connection` (its id), the biggest group first.

    Raises:
        KeyError: By something else.
    """
    column = {"field": "field", "rule": "rule", "connection": "connection"}[by]
    query = f"select {column}, count(*) from {_ALL} group by 1 order by 2 desc, 1"  # noqa: S608  one of three words
    return [(str(row[0]), int(row[1])) for row in sqlite.run(db, query)]


def _condition(wanted: Wanted) -> tuple[str, dict[str, str]]:
    parts: list[str] = []
    values: dict[str, str] = {}
    named = {
        "field": (wanted.field, "(field = :field or attribute = :field)"),
        "rule": (wanted.rule, "rule = :rule"),
        "connection": (wanted.connection_id, "connection = :connection"),
        "record": (wanted.record, "record = :record"),
    }
    for name, (value, condition) in named.items():
        if value:
            parts.append(condition)
            values[name] = value
    if wanted.places:
        values["places"] = json.dumps(wanted.places)
        parts.append(
            "(kind, first, second, third) in (select json_extract(value, '$[0]'), "
            "json_extract(value, '$[1]'), json_extract(value, '$[2]'), json_extract(value, '$[3]') "
            "from json_each(:places))"
        )
    return " and ".join(parts) or "1", values
