"""Reading single records and their associations by batch: what to send, who answered.

The answer is in no given order, names a merged record by the id that survived, and has 207 beside it when
some are missing. Only records under an id that was asked for count: a merged one is not the record meant.
"""

from collections import abc

from writeback.errors import InvalidRequestError
from writeback_hubspot.wire.answers import Json, dicts, next_after, results_of
from writeback_hubspot.wire.describes import Association
from writeback_hubspot.wire.values import carried


def prepare_read(
    keys: abc.Iterable[str], properties: abc.Iterable[str], *, id_property: str | None = None
) -> dict[str, object]:
    """Ask for records by id, or by a property whose values are unique."""
    body: dict[str, object] = {
        "properties": list(properties),
        "propertiesWithHistory": [],
        "inputs": [{"id": carried(key)} for key in keys],
    }
    return body if id_property is None else {**body, "idProperty": id_property}


def parse_read(body: Json, *, asked: abc.Container[str] | None = None) -> list[Json]:
    """Give the records found, each once; with `asked` only those under an id that was asked for."""
    found = {str(told.get("id") or ""): told for told in results_of(body)}
    return [told for key, told in found.items() if key and (asked is None or key in asked)]


def prepare_associations(wanted: abc.Mapping[str, str | None]) -> dict[str, object]:
    """Ask what some records are associated with; the value is the cursor of a further page."""
    return {
        "inputs": [
            {"id": key} if after is None else {"id": key, "after": after} for key, after in wanted.items()
        ]
    }


def parse_associations(body: Json) -> dict[str, tuple[list[Json], str | None]]:
    """Give for each record its associations on this page, and the cursor of the next.

    Raises:
        InvalidRequestError: A row does not say whose it is.
    """
    found: dict[str, tuple[list[Json], str | None]] = {}
    for row in results_of(body):
        source = row.get("from")
        key = source.get("id") if isinstance(source, abc.Mapping) else None
        if not key:
            raise InvalidRequestError("hubspot.unreadable_answer", expected="from.id")
        found[str(key)] = (dicts(row.get("to")), next_after(row))
    return found


def primary_of(associations: abc.Sequence[Json], association: Association) -> str | None:
    """Give the id of the primary one; an only one needs no mark."""
    for told in associations:
        if any(one.get("typeId") == association.type_id for one in dicts(told.get("associationTypes"))):
            return str(told.get("toObjectId"))
    return str(associations[0].get("toObjectId")) if len(associations) == 1 else None
