"""CreateMultiple, UpdateMultiple, UpsertMultiple, DeleteMultiple (section 13).

On standard tables one transaction whose error names no row; on elastic tables row by row, with a list of
those that failed.
"""

from collections import abc

import orjson

from writeback.sdk.simulator import Answer
from writeback_dynamics.simulator.bodies import read_body
from writeback_dynamics.simulator.keys import Address, from_url, in_partition, locate
from writeback_dynamics.simulator.problems import JSON_TYPE, Problem, no_such_segment
from writeback_dynamics.simulator.rows import let_others_edit, upserted
from writeback_dynamics.simulator.state import Call, Json
from writeback_dynamics.simulator.tables import Table
from writeback_dynamics.simulator.writing import Transaction

_OK = {"OData-Version": "4.0"}
_MESSAGES = ("CreateMultiple", "UpdateMultiple", "UpsertMultiple", "DeleteMultiple")


def answer_bulk(call: Call, table: Table, message: str) -> Answer:
    """POST /accounts/Microsoft.Dynamics.CRM.UpdateMultiple.

    Raises:
        Problem: The message is not there for the table, or a row is refused.
    """
    entity = table.entity
    if message not in _MESSAGES:
        raise no_such_segment(f"Microsoft.Dynamics.CRM.{message}")
    if message not in entity.messages:
        if message == "DeleteMultiple" and entity.messages:
            raise Problem("0x80040216", "DeleteMultiple has not yet been implemented.", status=501)
        raise no_such_segment(f"Microsoft.Dynamics.CRM.{message}")
    if message == "UpsertMultiple" and not call.org.switches.is_on("upsert_multiple"):
        raise no_such_segment(f"Microsoft.Dynamics.CRM.{message}")
    targets = _targets(call, table)
    do = {
        "CreateMultiple": _create,
        "UpdateMultiple": _update,
        "UpsertMultiple": _upsert,
        "DeleteMultiple": _delete,
    }[message]
    call.route = "bulk"
    with call.org.lock:
        ids = (_one_by_one if entity.is_elastic else _together)(call, table, targets, do)
    if message != "CreateMultiple":
        return Answer(204, None, dict(_OK))
    context = f"{call.org.root}$metadata#Microsoft.Dynamics.CRM.CreateMultipleResponse"
    body = orjson.dumps({"@odata.context": context, "Ids": ids})
    return Answer(200, body, _OK | {"Content-Type": JSON_TYPE})


_Act = abc.Callable[[Call, Transaction, Table, Json], str]


def _together(call: Call, table: Table, targets: list[Json], do: _Act) -> list[str]:
    transaction = Transaction(call)
    try:
        ids = [do(call, transaction, table, target) for target in targets]
    except Problem:
        transaction.rollback()
        raise
    transaction.commit()
    return ids


def _one_by_one(call: Call, table: Table, targets: list[Json], do: _Act) -> list[str]:
    transaction, failed, ids = Transaction(call), list[Json](), list[str]()
    for place, target in enumerate(targets):
        mark = transaction.mark()
        try:
            ids.append(do(call, transaction, table, target))
        except Problem as problem:
            transaction.rollback(mark)
            given = str(target.get(table.entity.primary_id, ""))
            failed.append({"RequestIndex": place, "Id": given, "StatusCode": problem.status})
    transaction.commit()
    if failed:
        details = {"Plugin.BulkApiErrorDetails": orjson.dumps(failed).decode()}
        raise Problem("0x80040265", f"{len(failed)} of {len(targets)} rows failed.", details=details)
    return ids


def _targets(call: Call, table: Table) -> list[Json]:
    entity = table.entity
    given = call.json(entity.set_name).get("Targets")
    if not isinstance(given, list) or not all(isinstance(target, dict) for target in given):
        raise call.org.payload_problem(entity, "Microsoft.OData.ODataException: 'Targets' is missing.")
    wanted = f"Microsoft.Dynamics.CRM.{entity.name}"
    for target in given:
        if str(target.get("@odata.type", "")).lstrip("#") != wanted:
            inner = (
                "Microsoft.OData.ODataException: A type named"
                f" '{target.get('@odata.type', '')}' could not be resolved by the model."
            )
            raise call.org.payload_problem(entity, inner)
    return given


def _create(call: Call, transaction: Transaction, table: Table, target: Json) -> str:
    values = read_body(call.org, table.entity, target, is_create=True)
    return table.id(transaction.create(table, values))


def _update(call: Call, transaction: Transaction, table: Table, target: Json) -> str:
    address = _address(call, table, target)
    if address is None or address.row is None:
        raise _gone(table, address.id if address else str(target.get(table.entity.primary_id, "")))
    let_others_edit(call, address)
    values = read_body(call.org, table.entity, target, is_create=False)
    transaction.update(table, address.row, values)
    return table.id(address.row)


def _upsert(call: Call, transaction: Transaction, table: Table, target: Json) -> str:
    address = _address(call, table, target)
    if address is None:
        return _create(call, transaction, table, target)
    if address.row is not None:
        values = read_body(call.org, table.entity, target, is_create=False)
        values = {name: value for name, value in values.items() if name not in address.values}
        transaction.update(table, address.row, values)
        return table.id(address.row)
    if set(address.values) & set(target):
        message = "The key columns may not be repeated in the body when a row is created."
        raise call.org.payload_problem(table.entity, message)
    return table.id(upserted(call, transaction, address, target))


def _delete(call: Call, transaction: Transaction, table: Table, target: Json) -> str:
    address = _address(call, table, target)
    if address is None or address.row is None:
        raise _gone(table, str(target.get(table.entity.primary_id, "")))
    transaction.delete(table, address.row)
    return table.id(address.row)


def _address(call: Call, table: Table, target: Json) -> Address | None:
    link = target.get("@odata.id")
    if isinstance(link, str):
        return from_url(call.org, link, {})
    given = target.get(table.entity.primary_id)
    if not isinstance(given, str):
        return None
    partition = target.get("partitionid")
    return in_partition(locate(table, given), partition if isinstance(partition, str) else None)


def _gone(table: Table, given: str) -> Problem:
    entity = table.entity
    return Problem("0x80040217", f"{entity.schema_name} With Ids = {given} Do Not Exist", status=404)
