"""What a CRM's values mean as values of ours: through roles and value maps; mostly they are themselves.

Must not: write.
"""

import json
from collections import abc

from sqlalchemy import text
from sqlalchemy.engine import Connection

from writeback.model.canonical import Json, as_told, to_plain
from writeback.model.integrations import Integration
from writeback.model.types import AttributeType, Value
from writeback.planning.translating import Translation
from writeback.store import roles
from writeback.store.mapping_rows import mapping_of


def told_as(plain: Json, read: abc.Callable[[str], str] | None) -> Json:
    """Give a value as the record holds it: in a role the team member, not the CRM's id."""
    return read(plain) if read is not None and isinstance(plain, str) else plain


def meanings_of(
    db: Connection, integration_id: str | None, columns: abc.Sequence[abc.Mapping[str, object]]
) -> dict[int, abc.Callable[[Json], Json]]:
    """Say by place what the CRM's values mean here, where a value map lies between; mostly nowhere."""
    query = (
        "select m.*, a.kind as attribute_kind from field_mappings m "
        "join integrations i on i.id = m.integration_id "
        "join attributes a on a.entity = i.entity and a.name = m.attribute "
        "where m.integration_id = :id and m.value_map <> '[]'"
    )
    rows = db.execute(text(query), {"id": integration_id}).all()
    kinds = {str(row.path): AttributeType(row.attribute_kind) for row in rows}
    mapped = {one.attribute: one for one in map(mapping_of, rows)}
    found: dict[int, abc.Callable[[Json], Json]] = {}
    for place, column in enumerate(columns):
        mapping = mapped.get(str(column.get("attribute", "")))
        if mapping is not None and str(mapping.path) == column["field"]:
            translation = Translation(mapping.values, kinds[str(mapping.path)])
            found[place] = _through(translation, AttributeType(str(column["kind"])))
    return found


def _through(translation: Translation, kind: AttributeType) -> abc.Callable[[Json], Json]:
    return lambda plain: to_plain(translation.meaning(as_told(plain, kind)))


def meant(plain: Json, means: abc.Callable[[Json], Json] | None) -> str:
    """Give the JSON of what a CRM's value means here; nothing and what is not touched mean themselves."""
    told = plain if means is None or plain is None or plain == {} else means(plain)
    return json.dumps(told, ensure_ascii=False)


def meaning_in(
    db: Connection, integration: Integration, attribute: str, kind: AttributeType
) -> abc.Callable[[Value], Value]:
    """Say what a CRM's value of an attribute means here: through roles and value maps, mostly itself."""
    mapping = integration.mapping_of(attribute)
    read = roles.readers(db, integration.id).get(attribute)
    translation = Translation(mapping.values, kind) if mapping is not None and mapping.values else None

    def means(value: Value) -> Value:
        told = read(value) if read is not None and isinstance(value, str) else value
        return told if translation is None else translation.meaning(told)

    return means
