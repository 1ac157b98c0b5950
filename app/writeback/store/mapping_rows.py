"""A field mapping as a row of its table, and back. Pure: whoever has a row may ask, the window too."""

import functools
import json
from types import SimpleNamespace
from typing import Any, Final

from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import BlankRule, ConflictRule, EmptyRule, FieldMapping, ReferenceMode
from writeback.model.source_formats import SourceFormat
from writeback.model.value_rules import Pair, TransformUse, UnknownRule, ValueRules

RawRow = Any  # a row of SQLAlchemy, asked by column name


def mapping_of(row: RawRow) -> FieldMapping:
    """Give the mapping that a row holds."""
    return _mapping(*(getattr(row, name) for name in _CELLS))


_CELLS: Final = (
    *("path", "attribute", "write_back", "reference_mode", "conflict_rule", "blank_rule", "empty_rule"),
    *("empty_default", "source_format", "value_map", "unknown_rule", "unknown_default", "transforms"),
)


@functools.lru_cache(maxsize=1_000)
def _mapping(*cells: object) -> FieldMapping:
    """Read a mapping of its cells: several times a batch, and it is the same each time."""
    row: RawRow = SimpleNamespace(**dict(zip(_CELLS, cells, strict=True)))
    return FieldMapping(
        path=FieldPath.parse(row.path),
        attribute=row.attribute,
        write_back=bool(row.write_back),
        reference_mode=ReferenceMode(row.reference_mode),
        conflict_rule=ConflictRule(row.conflict_rule),
        blank_rule=BlankRule(row.blank_rule),
        empty_rule=EmptyRule(row.empty_rule),
        empty_default=row.empty_default,
        source_format=SourceFormat.parse(row.source_format),
        values=ValueRules(
            tuple(Pair(str(theirs), str(ours)) for theirs, ours in json.loads(row.value_map)),
            UnknownRule(row.unknown_rule),
            row.unknown_default,
            tuple(TransformUse.parse(str(text)) for text in json.loads(row.transforms)),
        ),
    )


def cells_of(mapping: FieldMapping) -> dict[str, object]:
    """Give what a mapping's row holds, but for whose it is and where it stands."""
    rules = mapping.values
    return {
        "path": str(mapping.path),
        "attribute": mapping.attribute,
        "write_back": mapping.write_back,
        "reference_mode": mapping.reference_mode.value,
        "conflict_rule": mapping.conflict_rule.value,
        "blank_rule": mapping.blank_rule.value,
        "empty_rule": mapping.empty_rule.value,
        "empty_default": mapping.empty_default,
        "source_format": str(mapping.source_format),
        "value_map": json.dumps(rules.pairs, ensure_ascii=False),
        "unknown_rule": rules.unknown.value,
        "unknown_default": rules.default,
        "transforms": json.dumps([str(one) for one in rules.transforms], ensure_ascii=False),
    }
