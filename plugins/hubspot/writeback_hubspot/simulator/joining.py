"""Join and part records, and what follows from it: a contact's primary company is a property of it too."""

from collections import abc

from writeback.sdk.simulator import Applied
from writeback_hubspot.simulator.linking import PRIMARY, Label
from writeback_hubspot.simulator.state import Portal
from writeback_hubspot.simulator.tables import Table
from writeback_hubspot.simulator.writing import record

End = tuple[Table, int]
_FOLLOWS = "associatedcompanyid"


def join(portal: Portal, one: End, other: End, labels: abc.Collection[Label]) -> Applied:
    """Link two records, and say what was done."""
    portal.links.add(_named(one), _named(other), labels)
    _follow(portal, one, other)
    return _told(one, other, labels, "link")


def part(portal: Portal, one: End, other: End, labels: abc.Collection[Label] = ()) -> Applied:
    """Take labels off a link (all of them when none are named), and say what was done."""
    portal.links.remove(_named(one), _named(other), labels)
    _follow(portal, one, other)
    return _told(one, other, labels, "unlink")


def put_on_record(portal: Portal, done: abc.Sequence[Applied], *, sha256: str) -> None:
    """Put links on record: route `association`, the other record under its object's name."""
    record(portal, done, route="association", sha256=sha256)


def _told(one: End, other: End, labels: abc.Iterable[Label], operation: str) -> Applied:
    (table, row), (target, far) = one, other
    fields = {target.kind.name: target.id(far), "types": [label[1] for label in labels]}
    return Applied(table.kind.name, table.id(row), fields, operation)


def _named(end: End) -> tuple[str, int]:
    return end[0].kind.name, end[1]


def _follow(portal: Portal, one: End, other: End) -> None:
    """Let the contact's own property say which company is its primary one."""
    ends = {end[0].kind.name: end for end in (one, other)}
    if ends.keys() != {"contacts", "companies"}:
        return
    (contacts, row), (companies, _row) = ends["contacts"], ends["companies"]
    found = portal.links.of("contacts", row, "companies")
    primary = next((far for far, labels in found.items() if PRIMARY & labels.keys()), None)
    wanted = None if primary is None else companies.id(primary)
    if contacts.value(row, _FOLLOWS) != wanted:
        stamps = {_FOLLOWS: wanted, contacts.kind.modified: portal.stamp()}
        contacts.write(row, stamps, seen_at=portal.seen_at())
