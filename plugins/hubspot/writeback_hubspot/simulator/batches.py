"""Batches of at most 100 inputs (wire contract, section 6): unordered results, partial success, trace ids.

An input is planned, then made; where one failure fails all, all are planned before the first is made.
"""

from collections import abc
from dataclasses import dataclass, field

from writeback.sdk.simulator import Answer, Applied, json_answer, shuffled
from writeback_hubspot.simulator.associations import link_new, plan_links
from writeback_hubspot.simulator.objects import archive, check_id_property
from writeback_hubspot.simulator.problems import Json, Problem, invalid, missing
from writeback_hubspot.simulator.showing import Wanted, check_wanted, show
from writeback_hubspot.simulator.state import Call, Portal, listed
from writeback_hubspot.simulator.tables import Table
from writeback_hubspot.simulator.writing import (
    Planned,
    Source,
    disturb,
    make_write,
    plan_write,
    record,
    taken,
)

MOST = 100
MOST_WITH_HISTORY = 50


@dataclass(slots=True)
class _Input:
    """One input of a write."""

    id: str
    trace: str
    id_property: str
    properties: object
    associations: object

    @property
    def named(self) -> dict[str, list[str]]:
        """Give what an error's context says of this input."""
        return {"objectWriteTraceId": [self.trace]} if self.trace else {}


@dataclass(slots=True)
class _Batch:
    """What becomes of the inputs."""

    call: Call
    started_at: str
    results: list[Json] = field(default_factory=list)
    errors: list[Json] = field(default_factory=list)
    applied: list[Applied] = field(default_factory=list)
    shown: list[tuple[_Input, Planned, bool]] = field(default_factory=list)

    def answer(self, status: int) -> Answer:
        """Put the answer together: 207 when there are errors, but 2026-09 stays with its status."""
        portal = self.call.portal
        if portal.switches["result_order"] == "shuffled":
            self.results = shuffled(self.results, portal.new_number())
        told: Json = {
            "status": "COMPLETE",
            "results": self.results,
            "startedAt": self.started_at,
            "completedAt": portal.stamp(),
        }
        if self.errors:
            told |= {"numErrors": len(self.errors), "errors": self.errors}
            status = self.call.mixed_status(status)
        return json_answer(told, status=status)


def read_batch(call: Call) -> Answer:
    """`POST /objects/{type}/batch/read`: what is missing is named in one error."""
    portal, table, given = call.portal, call.table, call.json()
    with_history = _names(given, "propertiesWithHistory")
    ids = [item.id for item in _inputs(given, most=MOST_WITH_HISTORY if with_history else MOST)]
    wanted = Wanted(_names(given, "properties"), with_history)
    check_wanted(portal, table, wanted)
    id_property = str(given.get("idProperty") or "")
    if id_property:
        check_id_property(table, id_property)
    batch, lost, archived = _Batch(call, portal.stamp()), [], call.flag("archived")
    for each in dict.fromkeys(ids):
        row = table.find(id_property, each) if id_property else table.row(each)
        if row is None or (row in table.archived) is not archived:
            lost.append(each)
        else:
            batch.results.append(show(portal, table, row, wanted))
    if lost:
        batch.errors.append(missing(table.kind.singular.upper(), lost).standard({}))
    return batch.answer(200)


def update_batch(call: Call) -> Answer:
    """`POST /objects/{type}/batch/update`."""
    portal, table = call.portal, call.table
    inputs = _write_inputs(call)
    by_property = {item.id_property for item in inputs if item.id_property}
    if by_property and portal.switches["batch_update_id_property"] == "refused":
        kind, name = table.kind.type_id, min(by_property)
        raise invalid(f"Unable to perform update/upsert by non-unique {kind} property {name}")
    for name in by_property:
        check_id_property(table, name)
    batch = _Batch(call, portal.stamp())
    _fail_as_a_whole(call, table, inputs)
    lost: list[_Input] = []
    for item in inputs:
        _update_one(batch, table, item, lost)
    if lost:
        batch.errors.append(_lost(table, lost))
    _finish(batch, table)
    return batch.answer(200)


def create_batch(call: Call) -> Answer:
    """`POST /objects/{type}/batch/create`: partial success only if every input has a trace id of its own."""
    portal, table = call.portal, call.table
    inputs = _write_inputs(call, with_ids=False)
    traces = {item.trace for item in inputs}
    is_partial = "" not in traces and len(traces) == len(inputs)
    batch = _Batch(call, portal.stamp())
    if not is_partial or portal.switches["invalid_in_batch"] == "whole":
        for item in inputs:
            plan_write(portal, table, None, item.properties, newest=call.is_newest)
            plan_links(portal, table, item.associations)
        _check_no_twins(portal, table, inputs)
    for item in inputs:
        _make_one(batch, table, item, None)
    _finish(batch, table)
    return batch.answer(201)


def upsert_batch(call: Call) -> Answer:
    """`POST /objects/{type}/batch/upsert`: by a unique property; results say what is new."""
    portal, table = call.portal, call.table
    inputs = _write_inputs(call)
    for item in inputs:
        if not item.id_property:
            raise invalid("idProperty is required for upserts")
        check_id_property(table, item.id_property)
        if item.id_property == "email" and portal.switches["upsert_by_email"] == "refused":
            raise invalid("Partial upserts are not supported when using email as the idProperty")
    batch = _Batch(call, portal.stamp())
    for item in inputs:
        row = table.find(table.kind.properties[item.id_property].key, item.id)
        if row is None and isinstance(item.properties, dict):
            item.properties = {item.id_property: item.id} | item.properties
        _make_one(batch, table, item, row)
    _finish(batch, table, tells_new=True)
    return batch.answer(200)


def archive_batch(call: Call) -> Answer:
    """`POST /objects/{type}/batch/archive`: 204, whatever was gone already."""
    table = call.table
    items = _inputs(call.json(), most=MOST)
    rows = [row for item in items if (row := table.living(item.id)) is not None]
    archive(call, table, list(dict.fromkeys(rows)), route="batch")
    return Answer(204)


def _update_one(batch: _Batch, table: Table, item: _Input, lost: list[_Input]) -> None:
    if item.id_property:
        row = table.find(table.kind.properties[item.id_property].key, item.id)
    else:
        row = table.living(item.id)
    if row is None:
        lost.append(item)
        return
    _make_one(batch, table, item, row)


def _make_one(batch: _Batch, table: Table, item: _Input, row: int | None) -> None:
    portal = batch.call.portal
    try:
        disturb(portal, table, row)
        planned = plan_write(portal, table, row, item.properties, newest=batch.call.is_newest)
        links = plan_links(portal, table, item.associations) if row is None else []
    except Problem as problem:
        ids = {"ids": [item.id]} if item.id else {}
        batch.errors.append(problem.standard({**ids, **item.named}))
        return
    batch.applied.append(make_write(portal, table, planned, Source()))
    if row is None and planned.row is not None:
        link_new(portal, table, planned.row, links)
    batch.shown.append((item, planned, row is None))


def _finish(batch: _Batch, table: Table, *, tells_new: bool = False) -> None:
    """Put the writes on record, then show them."""
    portal = batch.call.portal
    record(portal, batch.applied, route="batch", sha256=batch.call.body.sha256)
    for item, planned, is_new in batch.shown:
        if planned.row is None or portal.faults.take("omit_result", object=table.kind.name, id=item.id):
            continue
        told = show(portal, table, planned.row, Wanted(tuple(planned.shown) or table.kind.always))
        if item.trace:
            told["objectWriteTraceId"] = item.trace
        if tells_new:
            told["new"] = is_new
        batch.results.append(told)


def _fail_as_a_whole(call: Call, table: Table, inputs: abc.Iterable[_Input]) -> None:
    """Let one bad value fail all, where the switch or the fault says so.

    Raises:
        Problem: 400, and nothing is written.
    """
    portal = call.portal
    always = portal.switches["invalid_in_batch"] == "whole"
    if not always and not portal.faults.has("whole_batch"):
        return
    try:
        for item in inputs:
            row = table.living(item.id)
            if row is not None:
                plan_write(portal, table, row, item.properties, newest=call.is_newest)
    except Problem:
        if always or portal.faults.take("whole_batch", object=table.kind.name):
            raise


def _check_no_twins(portal: Portal, table: Table, inputs: abc.Iterable[_Input]) -> None:
    seen: dict[tuple[str, str], None] = {}
    for item in inputs:
        given = item.properties if isinstance(item.properties, dict) else {}
        for name, value in given.items():
            if table.kind.is_unique(name) and value:
                if (name, str(value).lower()) in seen:
                    raise taken(portal, table, name, str(value), holder=table.count)
                seen[name, str(value).lower()] = None


def _lost(table: Table, lost: abc.Sequence[_Input]) -> Json:
    traces = [item.trace for item in lost if item.trace]
    more = {"objectWriteTraceId": traces} if traces else {}
    return missing(table.kind.singular.upper(), [item.id for item in lost], **more).standard({})


def _write_inputs(call: Call, *, with_ids: bool = True) -> list[_Input]:
    inputs = _inputs(call.json(), most=MOST, with_ids=with_ids)
    if not with_ids:
        return inputs
    last = {item.id: item for item in inputs}
    if len(last) < len(inputs):
        if call.portal.switches["duplicate_ids"] == "refused":
            twice = sorted({item.id for item in inputs if last[item.id] is not item})
            raise invalid("Duplicate IDs found in batch input", ids=twice)
        inputs = list(last.values())
    return inputs


def _inputs(given: Json, *, most: int, with_ids: bool = True) -> list[_Input]:
    items = listed(given.get("inputs"), "inputs")
    if not items:
        raise invalid("Invalid input JSON on line 1, column 1: inputs may not be empty")
    if len(items) > most:
        raise invalid(
            f"The maximum number of inputs supported in a batch request is {most}, got {len(items)}"
        )
    read = []
    for item in items:
        if not isinstance(item, dict) or (with_ids and not isinstance(item.get("id"), str | int)):
            raise invalid("Invalid input JSON on line 1, column 1: an input needs its id")
        read.append(
            _Input(
                str(item.get("id", "")) if with_ids else "",
                str(item.get("objectWriteTraceId") or ""),
                str(item.get("idProperty") or ""),
                item.get("properties", {}),
                item.get("associations"),
            )
        )
    return read


def _names(given: Json, key: str) -> tuple[str, ...]:
    return tuple(str(name) for name in listed(given.get(key), key))
