"""Collections: up to 200 records a call, each with its own result, in input order."""

from collections import abc

from writeback.sdk.simulator import Answer, json_answer
from writeback_salesforce.simulator.problems import Problem, no_such_column, not_found, too_many
from writeback_salesforce.simulator.state import Call
from writeback_salesforce.simulator.tables import Table
from writeback_salesforce.simulator.writing import Transaction, begin, check_json, finish, let_others_edit

Json = dict[str, object]
Act = abc.Callable[[Json], Json]
_MOST = 200
_MOST_CHUNKS = 10
_ROLLED_BACK = Problem(
    "ALL_OR_NONE_OPERATION_ROLLED_BACK",
    "Record rolled back because not all records were valid and the request was using AllOrNone header",
)


def update_collection(call: Call) -> Answer:
    """PATCH /composite/sobjects."""
    records, all_or_none = _records(call)
    transaction = begin(call)

    def update(record: Json) -> Json:
        table = _table(call, record)
        given = str(record.get("id") or record.get("Id") or "")
        row = _row(table, given)
        let_others_edit(call.org, table, row)
        fields = {name: value for name, value in record.items() if name not in ("id", "Id", "attributes")}
        transaction.update(table, row, check_json(call.org, table.sobject, fields, creating=False))
        return _done(table.ids.of(row))

    return _each(call, transaction, records, act=update, all_or_none=all_or_none)


def create_collection(call: Call) -> Answer:
    """POST /composite/sobjects."""
    records, all_or_none = _records(call)
    transaction = begin(call)

    def create(record: Json) -> Json:
        table = _table(call, record)
        stored = check_json(call.org, table.sobject, record, creating=True)
        return _done(transaction.create(table, stored))

    return _each(call, transaction, records, act=create, all_or_none=all_or_none)


def upsert_collection(call: Call) -> Answer:
    """PATCH /composite/sobjects/X/Field."""
    name, key = call.found
    table = call.org.table(name)
    field = table.sobject.field(key)
    if field is None or not field.lookup:
        raise not_found(f"Provided external ID field does not exist or is not accessible: {key}")
    records, all_or_none = _records(call)
    transaction = begin(call)

    def upsert(record: Json) -> Json:
        fields = {name: value for name, value in record.items() if name != "attributes"}
        value = fields.get(field.name)
        if field.name == "Id":
            fields.pop("Id", None)
            rows = [] if value is None else [_row(table, str(value))]
        else:
            rows = [] if value is None else table.find(field.name, str(value))
        if len(rows) > 1:
            found = ", ".join(table.ids.of(row) for row in rows)
            message = f"{field.label}: more than one record found for external id field: [{found}]"
            raise Problem("DUPLICATE_EXTERNAL_ID", message)
        if not rows:
            stored = check_json(call.org, table.sobject, fields, creating=True)
            return _done(transaction.create(table, stored)) | {"created": True}
        let_others_edit(call.org, table, rows[0])
        transaction.update(table, rows[0], check_json(call.org, table.sobject, fields, creating=False))
        return _done(table.ids.of(rows[0])) | {"created": False}

    return _each(call, transaction, records, act=upsert, all_or_none=all_or_none)


def delete_collection(call: Call) -> Answer:
    """DELETE /composite/sobjects?ids=a,b&allOrNone=false."""
    ids = [given for given in call.query.get("ids", "").split(",") if given]
    if len(ids) > _MOST:
        raise too_many()
    transaction = begin(call)

    def delete(record: Json) -> Json:
        given = str(record["id"])
        table = call.org.by_id(given)
        if table is None:
            raise Problem("MALFORMED_ID", f"bad id {given}")
        row = _row(table, given)
        transaction.delete(table, row)
        return _done(table.ids.of(row))

    all_or_none = call.query.get("allOrNone", "").lower() == "true"
    return _each(call, transaction, [{"id": given} for given in ids], act=delete, all_or_none=all_or_none)


def read_collection(call: Call) -> Answer:
    """GET or POST /composite/sobjects/X: a missing record is null."""
    table = call.org.table(call.found[0])
    body: Json = call.json() if call.method == "POST" else {}
    ids, names = (body.get(key) or call.query.get(key, "").split(",") for key in ("ids", "fields"))
    if not isinstance(ids, list) or not isinstance(names, list):
        raise Problem("JSON_PARSER_ERROR", "ids and fields are lists")
    if len(ids) > 2000 or (call.method == "GET" and len(ids) > 800):
        raise too_many(2000)
    fields = []
    for name in names:
        field = table.sobject.field(str(name).strip())
        if field is None:
            raise no_such_column(str(name), table.sobject.name)
        fields.append(field.name)
    with call.org.lock:
        return json_answer([_shown(call, table, str(given), fields) for given in ids])


def _shown(call: Call, table: Table, given: str, fields: abc.Sequence[str]) -> Json | None:
    row = table.living(given)
    if row is None:
        return None
    record_id = table.ids.of(row)
    url = f"{call.base}/sobjects/{table.sobject.name}/{record_id}"
    told: Json = {"attributes": {"type": table.sobject.name, "url": url}}
    told |= {name: table.value(row, name) for name in fields}
    told.setdefault("Id", record_id)
    return told


def _each(
    call: Call, transaction: Transaction, records: list[Json], *, act: Act, all_or_none: bool
) -> Answer:
    results: list[Json] = []
    failed: set[int] = set()
    with call.org.lock:
        mark = transaction.mark()
        for place, record in enumerate(records):
            try:
                results.append(act(record))
            except Problem as problem:
                failed.add(place)
                given = record.get("id") or record.get("Id")
                known = {"id": given} if given else {}
                results.append(known | {"success": False, "errors": [problem.told_in_row()]})
        if failed and all_or_none:
            transaction.rollback(mark)
            undone = {"success": False, "errors": [_ROLLED_BACK.told_in_row()]}
            results = [result if place in failed else undone for place, result in enumerate(results)]
        route = "composite" if call.route == "composite" else "collections"
        finish(call, transaction, route)
    return json_answer(results)


def _records(call: Call) -> tuple[list[Json], bool]:
    body = call.json()
    records = body.get("records")
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise Problem("JSON_PARSER_ERROR", "The records field is a list of sObjects")
    if len(records) > _MOST:
        raise too_many()
    kinds = [_kind(record) for record in records]
    chunks = sum(1 for place, kind in enumerate(kinds) if place == 0 or kind != kinds[place - 1])
    if chunks > _MOST_CHUNKS:
        raise Problem("INVALID_INPUT", f"Cannot have more than {_MOST_CHUNKS} chunks in a single operation")
    return records, body.get("allOrNone") is True


def _kind(record: Json) -> str:
    attributes = record.get("attributes")
    kind = attributes.get("type") if isinstance(attributes, dict) else None
    if not isinstance(kind, str):
        raise Problem("INVALID_INPUT", "Include a type attribute for each sObject: attributes.type")
    return kind


def _table(call: Call, record: Json) -> Table:
    kind = _kind(record)
    table = call.org.tables.get(kind.lower())
    if table is None:
        raise Problem("INVALID_TYPE", f"sObject type '{kind}' is not supported.")
    return table


def _row(table: Table, given: str) -> int:
    if not given:
        raise Problem("MISSING_ARGUMENT", "Id not specified in an update call", fields=["Id"])
    row = table.row(given)
    if row is None:
        is_foreign = table.ids.prefix != given[:3]
        if is_foreign:
            message = f"{table.sobject.told['label']} ID: id value of incorrect type: {given}"
            raise Problem("MALFORMED_ID", message, fields=["Id"])
        raise Problem("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
    if row in table.deleted:
        raise Problem("ENTITY_IS_DELETED", "entity is deleted")
    return row


def _done(record_id: str) -> Json:
    return {"id": record_id, "success": True, "errors": []}
