"""Value maps as SQL: what a record holds for the value that a CRM holds. The snapshot keeps the CRM's own.

Must not: read a page row by row; write a text into SQL that is not quoted.
"""

from collections import abc

from sqlalchemy.engine import Connection

from writeback.model.integrations import FieldMapping, Integration
from writeback.model.types import AttributeType
from writeback.model.value_rules import UnknownRule
from writeback.planning.coercing import coercer
from writeback.store import sqlite, wide

_KEPT = "null"


def come_in(mapping: FieldMapping, kind: AttributeType, cell: str, held: str = _KEPT) -> str:
    """Give SQL for what an attribute of `kind` holds for the CRM's value in `cell`.

    Args:
        mapping: With its value map; without one the cell is what the attribute holds.
        kind: Of the attribute.
        cell: SQL of what the CRM holds.
        held: SQL of what the record holds, which stays where the map holds a value back.
    """
    if not mapping.values.pairs:
        return cell
    if kind is AttributeType.MULTI_LIST:
        return _several(mapping, cell, held)
    unknown = {UnknownRule.PASS: cell, UnknownRule.HOLD: held}.get(mapping.values.unknown)
    if unknown is None:
        unknown = _literal(mapping.values.default, kind)
    lines = _lines(mapping, lambda ours: _literal(ours, kind))
    whens = " ".join(f"when {theirs} then {ours}" for theirs, ours in lines)
    named = f"case cast({cell} as text) {whens} else {unknown} end"
    return f"case when coalesce({cell}, '') = '' then {cell} else {named} end"


def apply_changed(
    db: Connection,
    integration: Integration,
    kinds: abc.Mapping[str, AttributeType],
    before: abc.Mapping[str, FieldMapping],
) -> None:
    """Bring records in line with value maps that were changed: those that hold what the old one made.

    Args:
        db: The write transaction.
        integration: With its mappings as they are from now on.
        kinds: The entity's attributes, by name.
        before: The mappings as they were, by path.
    """
    records = sqlite.quoted(wide.record_table(integration.entity))
    snapshot = sqlite.quoted(wide.snapshot_table(integration.id))
    for mapping in integration.mappings:
        old = before.get(str(mapping.path))
        if old is None or old.attribute != mapping.attribute or _map(old) == _map(mapping):
            continue
        kind = kinds[mapping.attribute]
        attribute = sqlite.quoted(mapping.attribute)
        cell = f"s.{sqlite.quoted(wide.path_column(str(mapping.path)))}"
        held = f"r.{attribute}"
        was, becomes = come_in(old, kind, cell, held), come_in(mapping, kind, cell, held)
        sqlite.run(
            db,
            f"update {records} as r set {attribute} = {becomes} from {snapshot} s "  # noqa: S608  quoted
            f"where s.rid = r.rid and not s.gone and coalesce({cell}, '') <> '' and {held} is {was}",
        )


def _map(mapping: FieldMapping) -> tuple[object, ...]:
    rules = mapping.values
    return (rules.pairs, rules.unknown, rules.default) if rules.pairs else ()


def _several(mapping: FieldMapping, cell: str, held: str) -> str:
    """Translate each option of a multi-list; the order stays, what becomes the same stands once."""
    rules = mapping.values
    lines = _lines(mapping, sqlite.literal)
    whens = " ".join(f"when {theirs} then {ours}" for theirs, ours in lines)
    unknown = sqlite.literal(rules.default) if rules.unknown is UnknownRule.DEFAULT else "o.value"
    each = f"select case o.value {whens} else {unknown} end as made, o.key as place from json_each({cell}) o"  # noqa: S608  quoted
    once = f"select made from ({each}) group by made order by min(place)"  # noqa: S608  as above
    made = f"(select json_group_array(made) from ({once}))"  # noqa: S608  as above
    if rules.unknown is UnknownRule.HOLD:
        known = ", ".join(theirs for theirs, _ in lines)
        strange = f"exists (select 1 from json_each({cell}) o where o.value not in ({known}))"  # noqa: S608  quoted
        made = f"case when {strange} then {held} else {made} end"
    return f"case when coalesce({cell}, '[]') = '[]' then {cell} else {made} end"


def _lines(mapping: FieldMapping, ours: abc.Callable[[str], str]) -> list[tuple[str, str]]:
    return [(sqlite.literal(pair.theirs), ours(pair.ours)) for pair in mapping.values.pairs]


def _literal(ours: str, kind: AttributeType) -> str:
    """Give the stored form of one of our values as an SQL literal."""
    value = coercer(kind)(ours)
    if isinstance(value, bool | int):
        return str(int(value))
    return sqlite.literal(ours)
