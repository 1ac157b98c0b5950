"""What an empty value that a pull brings does to ours, as SQL: kept, cleared, or filled with a default.

The snapshot always holds what the CRM holds; the rule only shapes what stands in the record. So a plan
still compares with the CRM, and an invariant still tells both apart.

Must not: read a page row by row.
"""

from collections import abc
from dataclasses import dataclass
from typing import Final, Self

from sqlalchemy.engine import Connection

from writeback.errors import MappingError
from writeback.model.attributes import Attribute
from writeback.model.changes import Reason
from writeback.model.integrations import EmptyRule, FieldMapping, Integration
from writeback.model.types import AttributeType, Clear
from writeback.planning.coercing import coercer
from writeback.store import sqlite, value_maps, wide

_BLANKS: Final = ("''", "'[]'")
"""What is empty beside null: a blank text, a multi-list of nothing."""


def filled(cell: str) -> str:
    """Give SQL that is null where a cell is empty, else the cell."""
    for blank in _BLANKS:
        cell = f"nullif({cell}, {blank})"
    return cell


def is_empty(cell: str) -> str:
    """Give SQL that says whether a cell is empty."""
    return f"({cell} is null or {cell} in ({', '.join(_BLANKS)}))"


def default_cell(mapping: FieldMapping, kind: AttributeType) -> wide.Stored:
    """Give the stored form of a mapping's default value.

    Raises:
        MappingError: `mapping.bad_default`: it is no value of that type.
    """
    read = coercer(kind)(mapping.empty_default)
    if isinstance(read, Reason | Clear):
        raise MappingError(
            "mapping.bad_default",
            field=str(mapping.path),
            value=mapping.empty_default[:80],
            type=kind.value,
        )
    return wide.stored(read)


@dataclass(frozen=True, slots=True)
class Incoming:
    """How one path comes into its attribute: names are quoted, `default` is an SQL expression."""

    mapping: FieldMapping
    kind: AttributeType
    attribute: str
    column: str
    rule: EmptyRule
    default: str = "null"

    @classmethod
    def of(cls, mapping: FieldMapping, place: int, kind: AttributeType) -> Self:
        """Give it for mapping number `place`, whose default lies in `staging.defaults`."""
        return cls(
            mapping,
            kind,
            sqlite.quoted(mapping.attribute),
            sqlite.quoted(wide.path_column(str(mapping.path))),
            mapping.empty_rule,
            f"(select value from staging.defaults where place = {int(place)})",  # noqa: S608  a number
        )

    def fresh(self, cell: str) -> str:
        """Give what a new record holds for the CRM's value in `cell`."""
        return self._filled(value_maps.come_in(self.mapping, self.kind, cell))

    def over(self, cell: str, held: str) -> str:
        """Give what a record that holds `held` holds afterwards, for the CRM's value in `cell`."""
        made = value_maps.come_in(self.mapping, self.kind, cell, held)
        return f"coalesce({filled(made)}, {held})" if self.rule is EmptyRule.KEEP else self._filled(made)

    def inserted_over(self, held: str, snapshot: str) -> str:
        """Give the same for a row that was to be inserted: `excluded` holds what a new record would.

        What a value map holds back is not to be told from nothing there, so the snapshot is asked.
        """
        if self.mapping.values.pairs:
            cell = f"(select s.{self.column} from {snapshot} s where s.rid = excluded.rid)"  # noqa: S608  quoted
            return self.over(cell, held)
        made = f"excluded.{self.attribute}"
        return f"coalesce({filled(made)}, {held})" if self.rule is EmptyRule.KEEP else self._filled(made)

    def _filled(self, made: str) -> str:
        return f"coalesce({filled(made)}, {self.default})" if self.rule is EmptyRule.DEFAULT else made


def apply_changed(
    db: Connection,
    integration: Integration,
    attributes: abc.Mapping[str, Attribute],
    before: abc.Mapping[str, FieldMapping],
    *,
    others: abc.Iterable[Integration] = (),
) -> None:
    """Bring records in line with rules that were changed: what is empty now gets, or loses, its default.

    Args:
        db: The write transaction.
        integration: With its mappings as they are from now on.
        attributes: The entity's, by name.
        before: The mappings as they were, by path.
        others: Further integrations of the entity: what one of their CRMs holds is no default of ours.
    """
    further = tuple(others)
    for mapping in integration.mappings:
        old = before.get(str(mapping.path))
        if old is None or old.attribute != mapping.attribute or _rule(old) == _rule(mapping):
            continue
        kind = attributes[mapping.attribute].kind
        if old.empty_rule is EmptyRule.DEFAULT:
            held = default_cell(old, kind)
            unless = _elsewhere(mapping, kind, further)
            _replace(db, integration, mapping, held=held, by=None, unless=unless)
        if mapping.empty_rule is EmptyRule.DEFAULT:
            _replace(db, integration, mapping, held=None, by=default_cell(mapping, kind))


def _rule(mapping: FieldMapping) -> tuple[EmptyRule, str]:
    return mapping.empty_rule, mapping.empty_default


def _elsewhere(mapping: FieldMapping, kind: AttributeType, others: abc.Iterable[Integration]) -> str:
    """Give the condition that no other CRM holds what record `r` does."""
    attribute = sqlite.quoted(mapping.attribute)
    return "".join(
        f" and not exists (select 1 from {sqlite.quoted(wide.snapshot_table(other.id))} o "  # noqa: S608  quoted
        f"where o.rid = r.rid and not o.gone and {_held_there(same, kind)} is r.{attribute})"
        for other in others
        if (same := other.mapping_of(mapping.attribute)) is not None
    )


def _held_there(same: FieldMapping, kind: AttributeType) -> str:
    return value_maps.come_in(same, kind, f"o.{sqlite.quoted(wide.path_column(str(same.path)))}")


def _replace(
    db: Connection,
    integration: Integration,
    mapping: FieldMapping,
    *,
    held: wide.Stored,
    by: wide.Stored,
    unless: str = "",
) -> None:
    """Put `by` where a record `r` holds `held` (None: nothing) and the CRM holds nothing."""
    records = sqlite.quoted(wide.record_table(integration.entity))
    snapshot = sqlite.quoted(wide.snapshot_table(integration.id))
    attribute, column = sqlite.quoted(mapping.attribute), sqlite.quoted(wide.path_column(str(mapping.path)))
    holds = is_empty(f"r.{attribute}") if held is None else f"r.{attribute} = ?2"
    values = (by,) if held is None else (by, held)
    sqlite.run(
        db,
        f"update {records} as r set {attribute} = ?1 from {snapshot} s "  # noqa: S608  quoted
        f"where s.rid = r.rid and not s.gone and {is_empty(f's.{column}')} and {holds}{unless}",
        values,
    )
