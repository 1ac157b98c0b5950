"""Say what writing a field path back means in either mode: which record, which field, or why not.

Must not: change anything.
"""

from functools import partial

from writeback.errors import MappingError
from writeback.model.changes import Reason
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import ReferenceMode
from writeback.planning.resolving import Aim, aims_at
from writeback.runtime.connecting import Connecting
from writeback.runtime.facade.references import ReferenceMeaning
from writeback.runtime.mapping import Mapping


def meanings_of(
    mapping: Mapping, connecting: Connecting, integration_text: str, path_text: str
) -> tuple[ReferenceMeaning, ...]:
    """Give the meaning of a path in each mode. See `Facade.reference_meanings`."""
    integration = mapping.find_integration(integration_text)
    connection = connecting.find(integration.connection_id)
    describe = partial(mapping.describe, connection.id)
    path = FieldPath.parse(path_text)
    found = []
    for mode in ReferenceMode:
        try:
            aim = aims_at(path, describe(integration.object), describe=describe, mode=mode)[0]
        except MappingError as error:
            facts = tuple((name, str(fact)) for name, fact in error.facts.items())
            found.append(
                ReferenceMeaning(mode, "", "", connection=connection.name, reason=Reason(error.code, facts))
            )
            continue
        label = describe(aim.object).label if aim.object else ""
        targets = aim.lookup.targets if aim.column.local.hops and aim.lookup is not None else ()
        found.append(
            ReferenceMeaning(
                mode=mode,
                object=label,
                field=aim.field.label,
                points_at=describe(targets[0]).label if targets else "",
                via=aim.column.via,
                connection=connection.name,
                reason=aim.blocked or _names_nobody(aim, mapping, connection.id),
            )
        )
    return tuple(found)


def _names_nobody(aim: Aim, mapping: Mapping, connection_id: str) -> Reason | None:
    """Say that the field at the end names no record, so that nothing can be pointed by it."""
    if not aim.column.local.hops or aim.lookup is None:
        return None
    for target in aim.lookup.targets:
        end = mapping.describe(connection_id, target).field(aim.lookup.by)
        if end is not None and end.is_lookup_key:
            return None
    return Reason("mapping.not_a_lookup_key", (("field", str(aim.column.path)),))
