"""Read, change, create and delete one row at a time: the table of section 9 with all its conditions."""

import re
from collections import abc
from decimal import Decimal
from urllib.parse import quote

import orjson

from writeback.sdk.simulator import Answer
from writeback_dynamics.simulator.bodies import Values, read_body
from writeback_dynamics.simulator.keys import Address, from_url, missing
from writeback_dynamics.simulator.problems import JSON_TYPE, Problem, bad_key, no_such_segment
from writeback_dynamics.simulator.schema import LOOKUPS, Column, Navigation, Ref
from writeback_dynamics.simulator.selecting import ROW_OPTIONS, plan, show
from writeback_dynamics.simulator.showing import plain
from writeback_dynamics.simulator.state import Call
from writeback_dynamics.simulator.tables import Table
from writeback_dynamics.simulator.values import stored
from writeback_dynamics.simulator.writing import Transaction, edit_as_somebody_else

_IN_KEYS = "'=,-"  # what may stand bare in the key of an address
_ETAG = re.compile(r'W/"\d+"')


def read_row(call: Call, address: Address) -> Answer:
    """GET /accounts(id)."""
    row = address.found(call.org)
    table = address.table
    etag = table.etag(row)
    seen = call.headers.get("if-none-match", "")
    is_plain = "$expand" not in call.query and not call.prefer.annotations
    if seen == etag and is_plain and table.entity.has_versions:
        return Answer(304, None, {"ETag": etag, "OData-Version": "4.0"})
    return _represented(call, table, row, status=200)


def update_row(call: Call, address: Address) -> Answer:
    """PATCH /accounts(id): update, upsert or create, as the conditions say."""
    org, table = call.org, address.table
    given = call.json(table.entity.set_name)
    with org.lock:
        let_others_edit(call, address)
        creates = _check_conditions(call, address)
        transaction = _transaction(call)
        mark = transaction.mark()
        try:
            if creates:
                row = upserted(call, transaction, address, given)
            else:
                row = address.found(org)
                values = read_body(org, table.entity, given, is_create=False, references=call.references)
                values = {name: value for name, value in values.items() if name not in address.values}
                if table.entity.is_elastic and "if-match" not in call.headers:
                    values = _emptied(table) | values  # section 0, trap 2
                transaction.update(table, row, values)
        except Problem:
            transaction.rollback(mark)
            raise
        _done(call, transaction)
        if call.prefer.returns_row:
            return _represented(call, table, row, status=201 if creates else 200)
    shown = f"{org.root}{table.entity.set_name}({quote(address.written, safe=_IN_KEYS)})"
    answer = Answer(204, None, {"OData-Version": "4.0"})
    if org.switches.is_on("patch_entity_id") or creates:
        answer.headers["OData-EntityId"] = shown
        answer.headers["Location"] = shown
    return answer


def create_row(call: Call, table: Table) -> Answer:
    """POST /accounts."""
    org = call.org
    given = call.json(table.entity.set_name)
    with org.lock:
        values = read_body(org, table.entity, given, is_create=True, references=call.references)
        transaction = _transaction(call)
        mark = transaction.mark()
        try:
            row = transaction.create(table, values)
        except Problem:
            transaction.rollback(mark)
            raise
        _done(call, transaction)
        url = f"{org.root}{table.entity.set_name}({table.id(row)})"
        headers = {"OData-EntityId": url, "Location": url, "OData-Version": "4.0"}
        if call.prefer.returns_row:
            answer = _represented(call, table, row, status=201)
            answer.headers |= headers
            return answer
    return Answer(204, None, headers)


def delete_row(call: Call, address: Address) -> Answer:
    """DELETE /accounts(id)."""
    with call.org.lock:
        let_others_edit(call, address)
        if "if-match" in call.headers:
            _check_conditions(call, address)
        row = address.found(call.org)
        transaction = _transaction(call)
        transaction.delete(address.table, row)
        _done(call, transaction)
    return Answer(204, None, {"OData-Version": "4.0"})


def one_property(call: Call, address: Address, name: str) -> Answer:
    """GET, PUT or DELETE /accounts(id)/name."""
    table, org = address.table, call.org
    column = table.entity.properties.get(name)
    if column is None:
        raise no_such_segment(name)
    row = address.found(org)
    if call.method == "GET":
        return _read_property(call, table, row, column)
    value: object = None
    if call.method == "PUT":
        given = call.json(table.entity.set_name)
        if "value" not in given:
            raise org.payload_problem(table.entity, "Microsoft.OData.ODataException: 'value' is missing.")
        value = given["value"]
    if column.type in LOOKUPS:
        raise no_such_segment(name)
    values = {name: stored(org, table.entity, column, value)} if column.updatable else {}
    return _change(call, address, values)


def reference(call: Call, address: Address, navigation: Navigation) -> Answer:
    """PUT or DELETE /accounts(id)/primarycontactid/$ref."""
    org, table = call.org, address.table
    if navigation.is_many:
        raise no_such_segment("$ref")
    value: str | None = None
    if call.method == "PUT":
        given = call.json(table.entity.set_name).get("@odata.id")
        if not isinstance(given, str):
            raise org.payload_problem(table.entity, "Microsoft.OData.ODataException: '@odata.id' is missing.")
        value = given
        from_url(org, value, call.references)
    body = {f"{navigation.name}@odata.bind": value}
    values = read_body(org, table.entity, body, is_create=False, references=call.references)
    return _change(call, address, values)


def follow(call: Call, address: Address, navigation: Navigation) -> Address:
    """Give the row a single-valued navigation property leads to."""
    row = address.found(call.org)
    held = address.table.value(row, navigation.column)
    if not isinstance(held, Ref) or held.entity != navigation.entity:
        raise no_such_segment(navigation.name)
    target = call.org.tables[held.entity]
    return Address(target, target.living(held.id), held.id, id=held.id)


def _change(call: Call, address: Address, values: Values) -> Answer:
    with call.org.lock:
        let_others_edit(call, address)
        if "if-match" in call.headers:
            _check_conditions(call, address)
        row = address.found(call.org)
        transaction = _transaction(call)
        transaction.update(address.table, row, values)
        _done(call, transaction)
    return Answer(204, None, {"OData-Version": "4.0"})


def _check_conditions(call: Call, address: Address) -> bool:
    """Say whether a row has to be created.

    Raises:
        Problem: A condition does not hold.
    """
    org, table, row = call.org, address.table, address.row
    wanted = call.headers.get("if-match")
    if wanted is not None:
        is_concrete = wanted.strip() != "*"
        if row is None:
            if is_concrete and org.switches["missing_with_etag"] == "412":
                raise _stale(call)
            raise missing(org, address)
        if is_concrete:
            _check_version(call, table, row, wanted.strip())
        return False
    if call.headers.get("if-none-match", "").strip() == "*" and row is not None:
        raise Problem("", "A record with matching key values already exists.", status=412)
    return row is None


def _check_version(call: Call, table: Table, row: int, wanted: str) -> None:
    if not table.entity.has_versions:
        message = (
            f"Optimistic concurrency isn't enabled for entity type {table.entity.name}. The IfVersionMatches"
            " value of ConcurrencyBehavior can only be used if optimistic concurrency is enabled."
        )
        raise Problem("0x8006088d", message)
    if _ETAG.fullmatch(wanted) is None:
        raise Problem("0x80060888", f"The version '{wanted}' is not a valid entity tag.")
    is_stale = call.org.faults.take("stale_row", object=table.entity.name, id=table.id(row))
    if is_stale or wanted != table.etag(row):
        raise _stale(call)


def _stale(call: Call) -> Problem:
    code = "" if call.org.switches["stale_code"] == "empty" else "0x80060882"
    message = "The version of the existing record doesn't match the RowVersion property provided."
    return Problem(code, message, status=412)


def upserted(call: Call, transaction: Transaction, address: Address, given: abc.Mapping[str, object]) -> int:
    """Create the row an address names but does not find."""
    values = read_body(call.org, address.table.entity, given, is_create=True, references=call.references)
    for name, value in address.values.items():  # columns of the body win over the URL's (section 11)
        column = address.table.entity.columns[name]
        if name in values:
            continue
        if column.type in LOOKUPS:
            values[name] = value if isinstance(value, Ref) else Ref(column.targets[0], str(value))
        elif name == address.table.entity.primary_id:
            values[name] = value
        else:
            values[name] = stored(call.org, address.table.entity, column, _json_value(address, column, value))
    if address.id:
        values.pop(address.table.entity.primary_id, None)
    return transaction.create(address.table, values, address.id or None)


def _json_value(address: Address, column: Column, value: object) -> object:
    if column.edm != "Edm.Int32":
        return value
    if not isinstance(value, Decimal) or value != int(value):
        raise bad_key(address.table.entity.name)
    return int(value)


def _emptied(table: Table) -> Values:
    entity = table.entity
    key_columns = {name for key in entity.keys for name in key.columns}
    return {
        column.name: None
        for column in entity.columns.values()
        if column.updatable
        and column.is_shown
        and not column.is_primary_id
        and column.name not in key_columns
        and column.type not in LOOKUPS | {"State", "Status"}
    }


def let_others_edit(call: Call, address: Address) -> None:
    """Let an armed *concurrent_edit* happen just before our own write."""
    if address.row is None or not call.org.faults.armed():
        return
    table, row = address.table, address.row
    fault = call.org.faults.take("concurrent_edit", object=table.entity.name, id=table.id(row))
    if fault is not None:
        fields = fault.facts.get("fields") or {}
        if isinstance(fields, abc.Mapping):
            edit_as_somebody_else(call.org, table, row, fields)


def _transaction(call: Call) -> Transaction:
    return call.transaction if isinstance(call.transaction, Transaction) else Transaction(call)


def _done(call: Call, transaction: Transaction) -> None:
    if call.transaction is None:
        transaction.commit()


def _represented(call: Call, table: Table, row: int, *, status: int) -> Answer:
    is_read = call.method == "GET"
    options = {name: text for name, text in call.query.items() if is_read or name != "$expand"}
    query = plan(call, table, options, known=ROW_OPTIONS)
    context = f"{call.org.root}$metadata#{table.entity.set_name}{query.context}/$entity"
    told = {"@odata.context": context, **show(call, query, row)}
    headers = {"Content-Type": JSON_TYPE, "OData-Version": "4.0", "ETag": table.etag(row)}
    applied = call.prefer.applied(is_list=is_read)
    if applied:
        headers["Preference-Applied"] = ",".join(applied)
    return Answer(status, orjson.dumps(told), headers)


def _read_property(call: Call, table: Table, row: int, column: Column) -> Answer:
    value = plain(table.value(row, column.name))
    if value is None:
        return Answer(204, None, {"OData-Version": "4.0"})
    shown = f"{table.entity.set_name}({table.id(row)})/{column.shown_name}"
    told = {"@odata.context": f"{call.org.root}$metadata#{shown}", "value": value}
    return Answer(200, orjson.dumps(told), {"Content-Type": JSON_TYPE, "OData-Version": "4.0"})
