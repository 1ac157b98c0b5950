"""The associations API: v4, dated, and what is left of v3 (wire contract, section 9)."""

from collections import abc
from dataclasses import dataclass

from writeback.sdk.simulator import Answer, Applied, json_answer
from writeback_hubspot.simulator.joining import End, join, part, put_on_record
from writeback_hubspot.simulator.linking import USER, Label, labels_between
from writeback_hubspot.simulator.problems import Json, invalid, missing, not_found
from writeback_hubspot.simulator.showing import Wanted, show
from writeback_hubspot.simulator.state import Call, Portal, listed
from writeback_hubspot.simulator.tables import Table


@dataclass(frozen=True, slots=True)
class NewLink:
    """What a record that is about to be made shall be linked with."""

    target: Table
    row: int
    labels: list[Label]


def plan_links(portal: Portal, table: Table, given: object) -> list[NewLink]:
    """Read what a new record shall be linked with; nothing is touched.

    Raises:
        Problem: There is no such record or label.
    """
    planned = []
    for item in listed(given, "associations"):
        to = item.get("to") if isinstance(item, dict) else None
        if not isinstance(item, dict) or not isinstance(to, dict):
            raise invalid("Invalid input JSON on line 1, column 1: an association needs `to` and `types`")
        labels = _read_labels(item.get("types"))
        target = _target_of(portal, table, labels)
        other = target.living(str(to.get("id", "")))
        if other is None:
            raise missing(target.kind.singular.upper(), [str(to.get("id", ""))])
        planned.append(NewLink(target, other, labels))
    return planned


def link_new(portal: Portal, table: Table, row: int, links: abc.Iterable[NewLink]) -> None:
    """Link a record that was made."""
    for link in links:
        join(portal, (table, row), (link.target, link.row), link.labels)


def list_linked(call: Call) -> Answer:
    """`GET /objects/{type}/{id}/associations/{to}`."""
    source, row, target = _ends(call)
    limit, after = call.number("limit", 500, most=500), call.number("after", 0)
    found = sorted(call.portal.links.of(source.kind.name, row, target.kind.name).items())
    found = [(other, labels) for other, labels in found if int(target.id(other)) > after]
    shown: list[Json] = []
    for other, labels in found[:limit]:
        if call.version == "v3":
            word = f"{source.kind.singular}_to_{target.kind.singular}"
            shown.append({"id": target.id(other), "type": word})
        else:
            shown.append(_multi(call, source, target, (other, labels)))
    told: Json = {"results": shown}
    if len(found) > limit:
        told["paging"] = call.paging(target.id(found[limit - 1][0]))
    return json_answer(told)


def put_link(call: Call) -> Answer:
    """`PUT /objects/{type}/{id}/associations/{to}/{toId}` with labels as the body."""
    source, row, target = _ends(call)
    other = _living(target, call.found[3])
    labels = _read_labels(call.json_list())
    _check_labels(source, target, labels)
    _record(call, [join(call.portal, (source, row), (target, other), labels)])
    return json_answer(_pair(call, (source, row), (target, other), labels), status=201)


def put_link_by_type(call: Call) -> Answer:
    """`PUT /crm/v3/objects/{type}/{id}/associations/{to}/{toId}/{association}`: by number or by name."""
    source, row, target = _ends(call)
    other, label = _living(target, call.found[3]), _label_named(source, target, call.found[4])
    _record(call, [join(call.portal, (source, row), (target, other), [label])])
    return json_answer(show(call.portal, source, row, Wanted(associations=(target.kind.name,))))


def end_link_by_type(call: Call) -> Answer:
    """`DELETE` of the same: one label."""
    source, row, target = _ends(call)
    other, label = _living(target, call.found[3]), _label_named(source, target, call.found[4])
    _record(call, [part(call.portal, (source, row), (target, other), [label])])
    return Answer(204)


def put_default_link(call: Call) -> Answer:
    """`PUT …/associations/default/{to}/{toId}` without a body."""
    source, row, target = _ends(call)
    other = _living(target, call.found[3])
    done: list[Applied] = []
    told = _default(call, (source, row), (target, other), done)
    _record(call, done)
    return json_answer(_batch(call, [told]))


def end_link(call: Call) -> Answer:
    """`DELETE …/associations/{to}/{toId}`: all labels."""
    source, row, target = _ends(call)
    other = _living(target, call.found[3])
    _record(call, [part(call.portal, (source, row), (target, other))])
    return Answer(204)


def read_links(call: Call) -> Answer:
    """`POST /associations/{from}/{to}/batch/read`."""
    source, target = call.table, call.portal.table(call.found[1])
    results: list[Json] = []
    lost: list[str] = []
    for item in _batch_inputs(call, most=1000):
        given = str(item.get("id", ""))
        row = source.living(given)
        found = {} if row is None else call.portal.links.of(source.kind.name, row, target.kind.name)
        if not found:
            lost.append(given)
        elif call.version == "v3":
            word = f"{source.kind.singular}_to_{target.kind.singular}"
            to: list[Json] = [{"id": target.id(other), "type": word} for other in found]
            results.append({"from": {"id": given}, "to": to})
        else:
            to = [_multi(call, source, target, (other, labels)) for other, labels in sorted(found.items())]
            results.append({"from": {"id": given}, "to": to})
    errors = []
    if lost:
        message = f"No {target.kind.singular} is associated with {source.kind.singular} {', '.join(lost)}."
        errors = [not_found(message, fromObjectId=lost).standard({})]
    return json_answer(_batch(call, results, errors), status=call.mixed_status(200) if errors else 200)


def create_links(call: Call) -> Answer:
    """`POST /associations/{from}/{to}/batch/create`."""
    source, target = call.table, call.portal.table(call.found[1])
    results: list[Json] = []
    lost: list[str] = []
    done: list[Applied] = []
    for item in _batch_inputs(call, most=2000):
        row, other = source.living(_end(item, "from")), target.living(_end(item, "to"))
        if row is None or other is None:
            lost.append(_end(item, "from" if row is None else "to"))
            continue
        given = item.get("types")
        names = labels_between(source.kind.name, target.kind.name)
        labels = _read_labels(given) if given is not None else [*names][:1]
        _check_labels(source, target, labels)
        done.append(join(call.portal, (source, row), (target, other), labels))
        results.append(_pair(call, (source, row), (target, other), labels))
    _record(call, done)
    errors = [missing("ASSOCIATED", lost).standard({})] if lost else []
    normal = 200 if call.is_newest else 201
    status = call.mixed_status(normal) if errors else normal
    return json_answer(_batch(call, results, errors), status=status)


def create_default_links(call: Call) -> Answer:
    """`POST /associations/{from}/{to}/batch/associate/default`."""
    source, target = call.table, call.portal.table(call.found[1])
    results = []
    done: list[Applied] = []
    for item in _batch_inputs(call, most=2000):
        row, other = _living(source, _end(item, "from")), _living(target, _end(item, "to"))
        results.append(_default(call, (source, row), (target, other), done))
    _record(call, done)
    return json_answer(_batch(call, results))


def archive_links(call: Call) -> Answer:
    """`POST /associations/{from}/{to}/batch/archive`: 204 before the dated versions, 200 in them."""
    source, target = call.table, call.portal.table(call.found[1])
    done = []
    for item in _batch_inputs(call, most=100):
        to = item.get("to")
        ends = [each for each in (to if isinstance(to, list) else [to]) if isinstance(each, dict)]
        row = source.living(_end(item, "from"))
        for end in ends:
            other = target.living(str(end.get("id", "")))
            if row is not None and other is not None:
                done.append(part(call.portal, (source, row), (target, other)))
    _record(call, done)
    return _gone(call)


def archive_labels(call: Call) -> Answer:
    """`POST /associations/{from}/{to}/batch/labels/archive`: some labels of links."""
    source, target = call.table, call.portal.table(call.found[1])
    done = []
    for item in _batch_inputs(call, most=100):
        row, other = source.living(_end(item, "from")), target.living(_end(item, "to"))
        if row is not None and other is not None:
            labels = _read_labels(item.get("types"))
            done.append(part(call.portal, (source, row), (target, other), labels))
    _record(call, done)
    return _gone(call)


def list_labels(call: Call) -> Answer:
    """`GET /associations/{from}/{to}/labels`."""
    source, target = call.table, call.portal.table(call.found[1])
    found = labels_between(source.kind.name, target.kind.name)
    shown = [{"category": each[0], "typeId": each[1], "label": name} for each, name in found.items()]
    return json_answer({"results": shown})


def _gone(call: Call) -> Answer:
    return json_answer(_batch(call, [])) if call.is_dated else Answer(204)


def _record(call: Call, done: abc.Sequence[Applied]) -> None:
    put_on_record(call.portal, done, sha256=call.body.sha256)


def _default(call: Call, one: End, two: End, done: list[Applied]) -> Json:
    (source, row), (target, other) = one, two
    label = next(iter(labels_between(source.kind.name, target.kind.name)), None)
    if label is None:
        raise invalid(f"No association type between {source.kind.type_id} and {target.kind.type_id}")
    done.append(join(call.portal, one, two, [label]))
    return {
        "from": {"id": source.id(row)},
        "to": {"id": target.id(other)},
        "associationSpec": {"associationCategory": label[0], "associationTypeId": label[1]},
    }


def _batch(call: Call, results: abc.Sequence[Json], errors: abc.Sequence[Json] = ()) -> Json:
    at = call.portal.stamp()
    told: Json = {"status": "COMPLETE", "results": list(results), "startedAt": at, "completedAt": at}
    return told | ({"numErrors": len(errors), "errors": list(errors)} if errors else {})


def _multi(call: Call, source: Table, target: Table, link: tuple[int, abc.Iterable[Label]]) -> Json:
    other, labels = link
    names = labels_between(source.kind.name, target.kind.name)
    types = [{"category": each[0], "typeId": each[1], "label": names.get(each)} for each in labels]
    given = target.id(other)
    as_number = call.portal.switches["to_object_id"] == "number"
    return {"toObjectId": int(given) if as_number else given, "associationTypes": types}


def _pair(call: Call, one: End, two: End, labels: abc.Iterable[Label]) -> Json:
    """Show a link that was made: v3 names the pair, later versions the labels."""
    (source, row), (target, other) = one, two
    if call.version == "v3":
        word = f"{source.kind.singular}_to_{target.kind.singular}"
        return {"from": {"id": source.id(row)}, "to": {"id": target.id(other)}, "type": word}
    names = labels_between(source.kind.name, target.kind.name)
    return {
        "fromObjectTypeId": source.kind.type_id,
        "fromObjectId": source.id(row),
        "toObjectTypeId": target.kind.type_id,
        "toObjectId": target.id(other),
        "labels": [name for label in labels if (name := names.get(label))],
    }


def _label_named(source: Table, target: Table, given: str) -> Label:
    """Find a label by its number, or by the older name of the plain one (`contact_to_company`)."""
    known = labels_between(source.kind.name, target.kind.name)
    if known and given == f"{source.kind.singular}_to_{target.kind.singular}":
        return next(iter(known))
    for label in known:
        if str(label[1]) == given:
            return label
    raise invalid(f"association type {given} does not exist")


def _ends(call: Call) -> tuple[Table, int, Table]:
    source, target = call.table, call.portal.table(call.found[2])
    return source, _living(source, call.found[1]), target


def _living(table: Table, given: str) -> int:
    row = table.living(given)
    if row is None:
        raise not_found()
    return row


def _batch_inputs(call: Call, *, most: int) -> list[Json]:
    if call.portal.switches["association_batch"] == "100":
        most = 100
    items = [item for item in listed(call.json().get("inputs"), "inputs") if isinstance(item, dict)]
    if not items:
        raise invalid("Invalid input JSON on line 1, column 1: inputs may not be empty")
    if len(items) > most:
        raise invalid(
            f"The maximum number of inputs supported in a batch request is {most}, got {len(items)}"
        )
    return items


def _end(item: Json, which: str) -> str:
    end = item.get(which)
    return str(end.get("id", "")) if isinstance(end, dict) else ""


def _read_labels(given: object) -> list[Label]:
    labels = []
    for each in listed(given, "types"):
        if not isinstance(each, dict) or not isinstance(each.get("associationTypeId"), int):
            raise invalid("Invalid input JSON on line 1, column 1: an association type needs its id")
        labels.append((str(each.get("associationCategory", "")), int(each["associationTypeId"])))
    if not labels:
        raise invalid("Invalid input JSON on line 1, column 1: types may not be empty")
    return labels


def _check_labels(source: Table, target: Table, labels: abc.Iterable[Label]) -> None:
    known = labels_between(source.kind.name, target.kind.name)
    for label in labels:
        if label not in known:
            between = f"{source.kind.type_id} and {target.kind.type_id}"
            raise invalid(f"association type {label[1]} ({label[0]}) does not exist between {between}")


def _target_of(portal: Portal, table: Table, labels: abc.Sequence[Label]) -> Table:
    for name, target in portal.tables.items():
        if labels[0] in labels_between(table.kind.name, name):
            return target
    word = "user-defined" if labels[0][0] == USER else "HubSpot-defined"
    raise invalid(f"{word} association type {labels[0][1]} is not one of {table.kind.type_id}")
