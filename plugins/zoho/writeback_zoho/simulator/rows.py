"""Write records by request, and read one: PUT, POST, upsert, DELETE, GET by id.

The status says how many of the rows went well: 200 (201 for created ones) all, 207 some, 400 none, 412 when
all are stale; `data` holds the result of each row, in the order of the rows
(https://www.zoho.com/crm/developer/docs/api/v8/update-records.html).
"""

from collections import abc

from writeback.sdk.simulator import Answer, json_answer
from writeback_zoho.simulator.problems import (
    Problem,
    RowProblem,
    bad_body,
    bad_id,
    bad_param,
    mandatory,
    param_missing,
    row_path,
    too_many_rows,
)
from writeback_zoho.simulator.showing import show_record
from writeback_zoho.simulator.stamps import parse
from writeback_zoho.simulator.state import Call, Json
from writeback_zoho.simulator.tables import Table
from writeback_zoho.simulator.writing import Wish, Writing, let_others_edit

MOST = 100
TRIGGERS = ("approval", "workflow", "blueprint", "pathfinder", "orchestration")
Writer = abc.Callable[[int, Json], Json]


def update_rows(call: Call) -> Answer:
    """PUT /{module}: up to 100 rows, each with its id."""
    return _update(call, call.org.table(call.found[0]), None)


def update_row(call: Call) -> Answer:
    """PUT /{module}/{id}."""
    return _update(call, call.org.table(call.found[0]), call.found[1])


def create_rows(call: Call) -> Answer:
    """POST /{module}."""
    org, table = call.org, call.org.table(call.found[0])
    data, wish = _asked(call)
    with org.lock:
        writing = Writing(org, wish)
        results = _each(
            data, lambda place, given: _success(writing.create(table, given, place), "record added")
        )
        writing.commit(route="single" if len(data) == 1 else "collections", sha256=call.body.sha256)
    return _told(results, well=201)


def upsert_rows(call: Call) -> Answer:
    """POST /{module}/upsert: what has a duplicate is updated, what has none is added."""
    org, table = call.org, call.org.table(call.found[0])
    data, wish = _asked(call)
    asked = call.json().get("duplicate_check_fields")
    keys = [str(name) for name in asked] if isinstance(asked, list) else _default_keys(table)
    with org.lock:
        writing = Writing(org, wish)

        def one(place: int, given: Json) -> Json:
            found = _duplicate(table, keys, given)
            if found is None:
                told = _success(writing.create(table, given, place), "record added")
                return {**told, "action": "insert", "duplicate_field": None}
            row, key = found
            let_others_edit(org, table, row)
            told = _success(writing.update(table, row, given, place), "record updated")
            return {**told, "action": "update", "duplicate_field": key}

        results = _each(data, one)
        writing.commit(route="collections", sha256=call.body.sha256)
    return _told(results, well=200)


def delete_rows(call: Call) -> Answer:
    """DELETE /{module} of the ids named."""
    given = [piece for piece in call.query.get("ids", "").split(",") if piece]
    if not given:
        raise param_missing("ids")
    if len(given) > MOST:
        raise bad_param("ids", maximum_length=MOST)
    return _delete(call, given)


def delete_row(call: Call) -> Answer:
    """DELETE /{module}/{id}."""
    return _delete(call, [call.found[1]])


def read_row(call: Call) -> Answer:
    """GET /{module}/{id}: all fields, or those named."""
    table = call.org.table(call.found[0])
    row = table.living(call.found[1])
    if row is None:
        if call.org.switches["unknown_id"] == "400":
            raise Problem("INVALID_DATA", "the id given seems to be invalid", {"resource_path_index": 1})
        return Answer(204)
    names = [name for name in call.query.get("fields", "").split(",") if name] or None
    return json_answer({"data": [show_record(call.org, table, row, names)]})


def deleted_rows(call: Call) -> Answer:
    """GET /{module}/deleted: what lies in the recycle bin; nothing here is gone for good."""
    org, table = call.org, call.org.table(call.found[0])
    kind = call.query.get("type", "all")
    if kind not in ("all", "recycle", "permanent"):
        raise bad_param("type", supported_values=["all", "recycle", "permanent"])
    since = parse(call.headers.get("if-modified-since", ""))
    floor = org.zone.show(since) if since else ""
    told = [
        {
            "deleted_by": org.person(deletion.by),
            "id": table.ids.of(row),
            "display_name": table.value(row, table.module.display),
            "type": "recycle",
            "created_by": org.person(table.value(row, "Created_By")),
            "deleted_time": deletion.at,
        }
        for row, deletion in table.deleted.items()
        if kind != "permanent" and deletion.at > floor
    ]
    page, per_page = max(1, call.whole("page", 1)), min(200, max(1, call.whole("per_page", 200)))
    shown = told[::-1][(page - 1) * per_page : page * per_page]
    if not shown:
        return Answer(304 if floor and not told else 204)
    more = page * per_page < len(told)
    info = {"per_page": per_page, "count": len(shown), "page": page, "more_records": more}
    return json_answer({"data": shown, "info": info})


def _update(call: Call, table: Table, given_id: str | None) -> Answer:
    org = call.org
    data, wish = _asked(call)
    if given_id is not None:
        if len(data) != 1:
            raise bad_body("jsonobject")
        data = [{**_object(0, data[0]), "id": given_id}]
    with org.lock:
        writing = Writing(org, wish)
        rows = [table.living(given.get("id")) for given in data if isinstance(given, dict)]
        for row in rows:
            if row is not None:
                let_others_edit(org, table, row)
        if org.switches["stale_in_batch"] == "request":
            _refuse_whole(writing, table, rows, wish)

        def one(place: int, given: Json) -> Json:
            row = writing.find(table, given, place)
            return _success(writing.update(table, row, given, place), "record updated")

        results = _each(data, one)
        route = "single" if len(data) == 1 else "collections"
        writing.commit(route=route, sha256=call.body.sha256)
    return _told(results, well=200)


def _refuse_whole(writing: Writing, table: Table, rows: abc.Sequence[int | None], wish: Wish) -> None:
    """Refuse everything because of one stale row, where the switch says so."""
    if wish.unmodified_since is None:
        return
    for row in rows:
        if row is not None and str(table.value(row, "Modified_Time")) > wish.unmodified_since:
            writing.refuse_stale(table, row)


def _delete(call: Call, given: abc.Sequence[str]) -> Answer:
    org, table = call.org, call.org.table(call.found[0])
    with org.lock:
        writing = Writing(org)

        def one(place: int, named: Json) -> Json:
            row = table.living(named["id"])
            if row is None:
                raise bad_id("id", f"$.ids[{place}]")
            return _success(writing.delete(table, row, place), "record deleted")

        results = _each([{"id": text} for text in given], one)
        writing.commit(route="single" if len(given) == 1 else "collections", sha256="")
    return _told(results, well=200)


def _asked(call: Call) -> tuple[list[object], Wish]:
    """Read what all writes have in common."""
    body = call.json()
    data = body.get("data")
    if data is None:
        raise mandatory("data", "$.data")
    if not isinstance(data, list) or not data:
        raise RowProblem(
            "INVALID_DATA",
            "invalid data",
            {"expected_data_type": "jsonarray", "api_name": "data", "json_path": "$.data"},
        )
    if len(data) > MOST:
        raise too_many_rows(MOST)
    return data, _wish(call, body)


def _wish(call: Call, body: Json) -> Wish:
    trigger = body.get("trigger")
    if trigger is not None and not (isinstance(trigger, list) and set(map(str, trigger)) <= set(TRIGGERS)):
        details = {"supported_values": list(TRIGGERS), "api_name": "trigger", "json_path": "$.trigger"}
        raise Problem("INVALID_DATA", "invalid data", details)
    features = body.get("apply_feature_execution")
    rules = isinstance(features, list) and {"name": "layout_rules"} in features
    given = call.headers.get("if-unmodified-since")
    since = None
    if given is not None:
        at = parse(given)
        if at is None:  # an HTTP date is none
            raise Problem("INVALID_DATA", "invalid data", {"header_name": "If-Unmodified-Since"})
        since = call.org.zone.show(at)
    triggers = None if trigger is None else frozenset(map(str, trigger))
    return Wish(triggers, rules, since, as_sent=trigger)


def _each(data: abc.Sequence[object], write: Writer) -> list[tuple[Json, int]]:
    """Write row by row; give each result and the status it stands for."""
    results: list[tuple[Json, int]] = []
    for place, given in enumerate(data):
        try:
            results.append((write(place, _object(place, given)), 200))
        except RowProblem as problem:
            results.append((problem.told(), problem.status))
    return results


def _object(place: int, given: object) -> Json:
    if not isinstance(given, dict):
        details = {"expected_data_type": "jsonobject", "api_name": "data", "json_path": row_path(place)}
        raise RowProblem("INVALID_DATA", "invalid data", details)
    return given


def _told(results: abc.Sequence[tuple[Json, int]], *, well: int) -> Answer:
    statuses = {status for _, status in results}
    if statuses == {200}:
        status = well
    elif 200 in statuses:
        status = 207
    else:
        status = 412 if statuses == {412} else 400
    return json_answer({"data": [told for told, _ in results]}, status=status)


def _success(details: Json, message: str) -> Json:
    return {"code": "SUCCESS", "details": details, "message": message, "status": "success"}


def _default_keys(table: Table) -> list[str]:
    return [name for name, of in table.module.fields.items() if of.unique]


def _duplicate(table: Table, keys: abc.Sequence[str], given: Json) -> tuple[int, str] | None:
    """Find the row an upsert is about: by id first, then by the first key with a hit."""
    row = table.living(given.get("id")) if given.get("id") is not None else None
    if row is not None:
        return row, "id"
    for key in keys:
        value = given.get(key)
        if isinstance(value, str) and value and key in table.module.fields:
            for found in sorted(table.holders(key, value)):
                return found, key
    return None
