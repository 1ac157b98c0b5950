"""One record by its address: read, create, update, upsert, delete; and what changed in a span of time."""

from datetime import UTC, datetime, timedelta

from writeback.sdk.simulator import Answer, json_answer
from writeback_salesforce.simulator.conditions import reads_nothing_new, refuse_if_changed, row_headers
from writeback_salesforce.simulator.problems import Problem, no_such_column, not_found
from writeback_salesforce.simulator.seeding_makers import moment
from writeback_salesforce.simulator.state import Call
from writeback_salesforce.simulator.tables import Table
from writeback_salesforce.simulator.writing import begin, check_json, finish, let_others_edit

Json = dict[str, object]


def read_row(call: Call) -> Answer:
    """GET /sobjects/X/ID."""
    name, given = call.found
    table = call.org.table(name)
    with call.org.lock:
        row = call.row(table, given)
        return _shown(call, table, row)


def read_row_by_key(call: Call) -> Answer:
    """GET /sobjects/X/Field/value."""
    name, key, value = call.found
    table = call.org.table(name)
    with call.org.lock:
        rows = _by_key(table, key, value)
        if not rows:
            raise not_found(f"Provided external ID field does not exist or is not accessible: {key}")
        if len(rows) > 1:
            return _several(call, table, rows)
        return _shown(call, table, rows[0])


def update_row(call: Call) -> Answer:
    """PATCH /sobjects/X/ID: 204, or 412 when a condition does not hold."""
    name, given = call.found
    table = call.org.table(name)
    body = call.json()
    with call.org.lock:
        row = call.row(table, given)
        let_others_edit(call.org, table, row)
        refused = refuse_if_changed(call, table, row) if _is_conditional(call) else None
        return refused or _update(call, table, row, body)


def create_row(call: Call) -> Answer:
    """POST /sobjects/X."""
    table = call.org.table(call.found[0])
    body = call.json()
    with call.org.lock:
        record_id = _create(call, table, body)
    url = f"{call.base}/sobjects/{table.sobject.name}/{record_id}"
    answer = json_answer({"id": record_id, "success": True, "errors": []}, status=201)
    answer.headers["Location"] = url
    return answer


def upsert_row(call: Call) -> Answer:
    """PATCH /sobjects/X/Field/value: 201 created, 200 updated, 300 several."""
    name, key, value = call.found
    table = call.org.table(name)
    body = call.json()
    field = table.sobject.field(key)
    if field is not None and field.name in body:
        message = f"The {field.name} field should not be specified in the sobject data."
        raise Problem("INVALID_FIELD", message, fields=[field.name])
    with call.org.lock:
        rows = _by_key(table, key, value)
        if len(rows) > 1:
            return _several(call, table, rows)
        if rows:
            let_others_edit(call.org, table, rows[0])
            _update(call, table, rows[0], body)
            return json_answer(_done(table.ids.of(rows[0]), created=False))
        if call.query.get("updateOnly", "").lower() == "true":
            raise not_found()
        named = {} if field is None or field.name == "Id" else {field.name: value}
        record_id = _create(call, table, body | named)
        return json_answer(_done(record_id, created=True), status=201)


def delete_row(call: Call) -> Answer:
    """DELETE /sobjects/X/ID."""
    name, given = call.found
    table = call.org.table(name)
    with call.org.lock:
        row = call.row(table, given)
        transaction = begin(call)
        transaction.delete(table, row)
        finish(call, transaction)
    return Answer(204)


def updated_rows(call: Call) -> Answer:
    """GET /sobjects/X/updated?start&end."""
    table, start, end = _span(call)
    with call.org.lock:
        ids = [
            table.ids.of(row)
            for row in range(table.count)
            if row not in table.deleted and start <= str(table.value(row, "SystemModstamp")) < end
        ]
    if len(ids) > 600_000:
        raise Problem("EXCEEDED_ID_LIMIT", "exceeded id limit")
    return json_answer({"ids": ids, "latestDateCovered": end})


def deleted_rows(call: Call) -> Answer:
    """GET /sobjects/X/deleted?start&end."""
    table, start, end = _span(call)
    with call.org.lock:
        told = [(str(table.value(row, "SystemModstamp")), table.ids.of(row)) for row in sorted(table.deleted)]
    rows = [{"id": record_id, "deletedDate": at} for at, record_id in told if start <= at < end]
    early = moment(call.org.now() - timedelta(days=15))
    return json_answer({"deletedRecords": rows, "earliestDateAvailable": early, "latestDateCovered": end})


def _is_conditional(call: Call) -> bool:
    return call.route != "composite" or call.org.switches["composite_conditional"] == "works"


def _update(call: Call, table: Table, row: int, body: Json) -> Answer:
    if "Id" in body or "id" in body:
        raise Problem(
            "INVALID_FIELD", "The Id field should not be specified in the sobject data.", fields=["Id"]
        )
    stored = check_json(call.org, table.sobject, body, creating=False)
    transaction = begin(call)
    transaction.update(table, row, stored)
    finish(call, transaction)
    return Answer(204)


def _create(call: Call, table: Table, body: Json) -> str:
    stored = check_json(call.org, table.sobject, body, creating=True)
    transaction = begin(call)
    record_id = transaction.create(table, stored)
    finish(call, transaction)
    return record_id


def _done(record_id: str, *, created: bool) -> Json:
    return {"id": record_id, "success": True, "errors": [], "created": created}


def _by_key(table: Table, key: str, value: str) -> list[int]:
    field = table.sobject.field(key)
    if field is None or not field.lookup:
        raise not_found(f"Provided external ID field does not exist or is not accessible: {key}")
    if field.name == "Id":
        row = table.living(value)
        return [] if row is None else [row]
    return table.find(field.name, value)


def _several(call: Call, table: Table, rows: list[int]) -> Answer:
    base = f"{call.base}/sobjects/{table.sobject.name}/"
    return json_answer([base + table.ids.of(row) for row in rows], status=300)


def _shown(call: Call, table: Table, row: int) -> Answer:
    if reads_nothing_new(call, table, row):
        return Answer(304, headers=row_headers(table, row))
    asked = call.query.get("fields")
    names = (
        [name.strip() for name in asked.split(",") if name.strip()] if asked else list(table.sobject.fields)
    )
    told: Json = {"attributes": {"type": table.sobject.name, "url": _url(call, table, row)}}
    for name in names:
        field = table.sobject.field(name)
        if field is None:
            raise no_such_column(name, table.sobject.name)
        told[field.name] = table.value(row, field.name)
    if asked:
        told.setdefault("Id", table.ids.of(row))
    answer = json_answer(told)
    answer.headers |= row_headers(table, row)
    return answer


def _url(call: Call, table: Table, row: int) -> str:
    return f"{call.base}/sobjects/{table.sobject.name}/{table.ids.of(row)}"


def _span(call: Call) -> tuple[Table, str, str]:
    table = call.org.table(call.found[0])
    try:
        start, end = (
            datetime.fromisoformat(call.query[name].replace(" ", "+")).astimezone(UTC).replace(second=0)
            for name in ("start", "end")
        )
    except (KeyError, ValueError):
        raise Problem("INVALID_REPLICATION_DATE", "start and end are dateTime values") from None
    if end - start < timedelta(minutes=1):
        raise Problem(
            "INVALID_REPLICATION_DATE", "endDate must be at least one minute greater than startDate"
        )
    if start < call.org.now() - timedelta(days=30):
        raise Problem("INVALID_REPLICATION_DATE", "start date before replication window")
    return table, moment(start), moment(end)
