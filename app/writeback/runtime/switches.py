"""Whether write-back of a mapping can be switched on, and what it then means. Pure; for every front end."""

from writeback.model.changes import Reason
from writeback.model.integrations import FieldMapping, Integration, ReferenceMode
from writeback.runtime.views import Target


def switch_reason(target: Target) -> Reason | None:
    """Say why write-back of a mapping cannot be switched on; None when it can."""
    mapping, path = target.mapping, str(target.mapping.path)
    if target.connection.read_only:
        return Reason("connection.read_only", (("connection", target.connection.name),))
    if target.is_calculated:
        return Reason("field.calculated", (("field", path),))
    if target.is_updateable is False:
        return Reason("field.read_only", (("field", path),))
    if mapping.source_format:
        return Reason("mapping.format_read_only", (("field", path),))
    other = _same_column(target.integration, mapping)
    if other is not None:
        facts = (("first", str(other.path)), ("second", path), ("role", other.attribute))
        return Reason("mapping.same_column", facts)
    return None


def _same_column(integration: Integration, mapping: FieldMapping) -> FieldMapping | None:
    """Give another mapping that is written back into the column that this one would write."""
    if not mapping.path.hops or mapping.reference_mode is not ReferenceMode.REPOINT:
        return None
    return next(
        (
            one
            for one in integration.mappings
            if one.write_back
            and one.path != mapping.path
            and one.path.hops == mapping.path.hops
            and one.reference_mode is ReferenceMode.REPOINT
        ),
        None,
    )
