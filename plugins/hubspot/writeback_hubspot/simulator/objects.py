"""Single records: list, read, create, update, archive, merge (wire contract, section 5)."""

from itertools import islice

from writeback.sdk.simulator import Answer, Applied, json_answer
from writeback_hubspot.simulator.associations import link_new, plan_links
from writeback_hubspot.simulator.problems import Json, invalid, not_found
from writeback_hubspot.simulator.showing import Wanted, check_wanted, show
from writeback_hubspot.simulator.state import Call
from writeback_hubspot.simulator.tables import Table
from writeback_hubspot.simulator.writing import Source, disturb, make_write, plan_write, record


def list_records(call: Call) -> Answer:
    """`GET /objects/{type}`: pages in the order of ids."""
    table, wanted = call.table, _wanted(call)
    check_wanted(call.portal, table, wanted)
    limit = call.number("limit", 10, most=50 if wanted.with_history else 100)
    after = call.number("after", 0)
    archived = call.flag("archived")
    if archived:
        rows = (row for row in table.rows(archived=True) if int(table.id(row)) > after)
    else:
        start = max(0, after - table.kind.first_id + 1)
        rows = (row for row in range(start, table.count) if row not in table.archived)
    page = list(islice(rows, limit + 1))
    told: Json = {"results": [show(call.portal, table, row, wanted) for row in page[:limit]]}
    if len(page) > limit:
        told["paging"] = call.paging(table.id(page[limit - 1]))
    return json_answer(told)


def read_record(call: Call) -> Answer:
    """`GET /objects/{type}/{id}`."""
    table, wanted = call.table, _wanted(call)
    check_wanted(call.portal, table, wanted)
    if call.flag("archived"):
        row = table.row(call.found[1])
        if row is None or row not in table.archived:
            raise not_found()
    else:
        row = named_row(table, call.found[1], call.one("idProperty"))
    return json_answer(show(call.portal, table, row, wanted))


def create_record(call: Call) -> Answer:
    """`POST /objects/{type}`."""
    portal, table, given = call.portal, call.table, call.json()
    disturb(portal, table, None)
    planned = plan_write(portal, table, None, given.get("properties", {}), newest=call.is_newest)
    links = plan_links(portal, table, given.get("associations"))
    applied = make_write(portal, table, planned, Source())
    row = table.count - 1
    link_new(portal, table, row, links)
    record(portal, [applied], route="single", sha256=call.body.sha256)
    return json_answer(show(portal, table, row, Wanted(tuple(planned.shown))), status=201)


def update_record(call: Call) -> Answer:
    """`PATCH /objects/{type}/{id}`: 200 with the touched properties and those always shown."""
    portal, table, given = call.portal, call.table, call.json()
    row = named_row(table, call.found[1], call.one("idProperty"))
    disturb(portal, table, row)
    planned = plan_write(portal, table, row, given.get("properties", {}), newest=call.is_newest)
    applied = make_write(portal, table, planned, Source())
    record(portal, [applied], route="single", sha256=call.body.sha256)
    return json_answer(show(portal, table, row, Wanted(tuple(planned.shown) or table.kind.always)))


def archive_record(call: Call) -> Answer:
    """`DELETE /objects/{type}/{id}`: 204, again when already gone."""
    _portal, table = call.portal, call.table
    row = table.living(call.found[1])
    if row is not None:
        archive(call, table, [row], route="single")
    return Answer(204)


def archive(call: Call, table: Table, rows: list[int], *, route: str) -> None:
    """Put records into the recycle bin and on record."""
    portal = call.portal
    for row in rows:
        table.archive(row, portal.stamp(), seen_at=portal.seen_at())
    applied = [Applied(table.kind.name, table.id(row), {}, "delete") for row in rows]
    record(portal, applied, route=route, sha256=call.body.sha256)


def merge_records(call: Call) -> Answer:
    """`POST /objects/{type}/merge`: the merged id resolves to the surviving record from now on."""
    portal, table, given = call.portal, call.table, call.json()
    kept = table.living(str(given.get("primaryObjectId", "")))
    gone = table.living(str(given.get("objectIdToMerge", "")))
    if kept is None or gone is None:
        raise not_found()
    if kept == gone:
        raise invalid("Cannot merge an object with itself")
    ids = ";".join(filter(None, [table.value(kept, "hs_merged_object_ids"), table.id(gone)]))
    table.archive(gone, portal.stamp(), seen_at=portal.seen_at())
    stamps = {"hs_merged_object_ids": ids, table.kind.modified: portal.stamp()}
    table.write(kept, stamps, seen_at=portal.seen_at())
    table.merged[gone] = kept
    applied = [
        Applied(table.kind.name, table.id(gone), {}, "delete"),
        Applied(table.kind.name, table.id(kept), {"hs_merged_object_ids": ids}, "update"),
    ]
    record(portal, applied, route="merge", sha256=call.body.sha256)
    return json_answer(show(portal, table, kept, Wanted()))


def named_row(table: Table, given: str, id_property: str) -> int:
    """Find a living record by its id, or by a unique property.

    Raises:
        Problem: 404, or 400 when the property is not unique.
    """
    if not id_property:
        row = table.living(given)
        if row is None:
            message = "resource not found" if given.isdigit() else None
            raise not_found(message or "Object not found.  objectId are usually numeric.")
        return row
    check_id_property(table, id_property)
    row = table.find(table.kind.properties[id_property].key, given)
    if row is None:
        raise not_found()
    return row


def check_id_property(table: Table, name: str) -> None:
    """Refuse a property that does not name records (reported, node-548).

    Raises:
        Problem: 400.
    """
    if not table.kind.is_unique(name):
        kind = table.kind.type_id
        raise invalid(f"Unable to perform update/upsert by non-unique {kind} property {name}")


def _wanted(call: Call) -> Wanted:
    return Wanted(
        tuple(call.many("properties")),
        tuple(call.many("propertiesWithHistory")),
        tuple(call.many("associations")),
    )
