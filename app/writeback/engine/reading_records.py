"""Read single records afresh, by id or by another field that names them.

Must not: judge what was read, write.
"""

from collections import abc
from datetime import datetime
from typing import Final, NamedTuple

from writeback.engine.reaching import Reach
from writeback.model.canonical import to_plain
from writeback.model.changes import Reason
from writeback.model.types import Value
from writeback.planning.coercing import refusal

PAIR: Final = "+"
"""Between the two fields that name a record together: `Name+Website`."""
BETWEEN: Final = "\u241f"
"""Between the two texts of such a key."""


class Theirs(NamedTuple):
    """A record as the CRM holds it now."""

    record_id: str
    version: str | None
    values: abc.Sequence[Value]
    modified: datetime | None = None
    """When it was last written; read for the rule *newest* only."""


def read_records(
    reach: Reach, object_name: str, *, by: str, keys: abc.Sequence[str], fields: abc.Sequence[str]
) -> dict[str, list[Theirs]]:
    """Give for each key the records it names, one call for all.

    Args:
        reach: Whom to ask.
        object_name: Of what.
        by: The field that the keys stand in, compared exactly first, then without case; '': the record id.
            Two with `PAIR` between them: keys hold both texts with `BETWEEN` between them.
        keys: Each once; none asks nothing.
        fields: Field paths of the values wanted.
    """
    if not keys:
        return {}
    if PAIR in by:
        return _read_pairs(reach, object_name, by=by, keys=keys, fields=fields)
    key_field = reach.describe(object_name).key_field
    reach.spent.reads += 1
    page = reach.session.fetch(object_name, by=by or key_field, keys=keys, paths=tuple(fields))
    if not by or by == key_field:
        return {record_id: [Theirs(record_id, version, row)] for record_id, version, row in page.rows}
    exact: dict[str, list[Theirs]] = {}
    folded: dict[str, list[Theirs]] = {}
    for record_id, version, row in page.rows:
        theirs = Theirs(record_id, version, row[1:])
        key = str(to_plain(row[0]))
        exact.setdefault(key, []).append(theirs)
        folded.setdefault(key.casefold(), []).append(theirs)
    return {key: exact.get(key) or folded.get(key.casefold(), []) for key in keys}


def _read_pairs(
    reach: Reach, object_name: str, *, by: str, keys: abc.Sequence[str], fields: abc.Sequence[str]
) -> dict[str, list[Theirs]]:
    """Read by the first field, and keep what the second one says as well."""
    first, _, second = by.partition(PAIR)
    firsts = tuple(dict.fromkeys(key.partition(BETWEEN)[0] for key in keys))
    held = read_records(reach, object_name, by=first, keys=firsts, fields=(second, *fields))
    found: dict[str, list[Theirs]] = {}
    for key in keys:
        one, _, other = key.partition(BETWEEN)
        found[key] = [
            theirs._replace(values=theirs.values[1:])
            for theirs in held.get(one, ())
            if str(to_plain(theirs.values[0])).strip().casefold() == other.casefold()
        ]
    return found


def not_one(reach: Reach, object_name: str, *, by: str, key: str, found: int) -> Reason:
    """Say that a key names no record, or several."""
    key = key.replace(BETWEEN, f" {PAIR} ")
    field = by or reach.describe(object_name).key_field
    if found == 0:
        return refusal("plan.record_not_found", key, field=field)
    return refusal("plan.record_ambiguous", key, field=field, found=str(found))
