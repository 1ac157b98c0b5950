"""Say which fields of which objects an integration or a job hangs on, and how.

A path through references hangs on each reference on its way and on the field at its end.

Must not: compare (`planning.drifting` does).
"""

from collections import abc
from dataclasses import dataclass

from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration, ReferenceMode
from writeback.model.jobs import Column
from writeback.planning.facts import FieldFacts, ObjectFacts

Described = abc.Callable[[str], ObjectFacts | None]
"""Gives an object's description by name, as it was when something was built on it."""


@dataclass(frozen=True, slots=True)
class Use:
    """One field that something hangs on."""

    object: str
    field: str
    path: str = ""
    """The mapping's field path; '' for a key."""
    attribute: str = ""
    is_written: bool = False
    names_record: bool = False
    """Values of it name a record: the key, or the field a reference is looked up by."""
    step: int = 0
    """Which part of the path it is."""


def uses_of(integration: Integration, described: Described) -> tuple[Use, ...]:
    """Give all that an integration hangs on: its key, the link to the account, its mappings."""
    found = [Use(integration.object, integration.key, names_record=True)]
    for path in integration.ties:
        found += _along(FieldPath.parse(path), integration.object, described)
    for mapping in integration.mappings:
        found += _of_mapping(mapping, integration.object, described)
    return tuple(found)


def uses_of_job(object_name: str, columns: abc.Iterable[Column]) -> tuple[Use, ...]:
    """Give the fields that a job writes."""
    return tuple(
        Use(object_name, column.field, str(column.path), column.attribute, is_written=True)
        for column in columns
    )


def _of_mapping(mapping: FieldMapping, object_name: str, described: Described) -> abc.Iterator[Use]:
    is_pointing = mapping.path.is_reference and mapping.reference_mode is ReferenceMode.REPOINT
    for use in _along(mapping.path, object_name, described):
        is_end = use.step == len(mapping.path.hops)
        is_last_hop = use.step == len(mapping.path.hops) - 1
        yield Use(
            use.object,
            use.field,
            use.path,
            mapping.attribute,
            is_written=mapping.write_back and (is_last_hop if is_pointing else is_end),
            names_record=mapping.write_back and is_pointing and is_end,
            step=use.step,
        )


def _along(path: FieldPath, object_name: str, described: Described) -> abc.Iterator[Use]:
    """Walk a path; where a hop leads nowhere, the walk ends with it."""
    name = object_name
    for step, hop in enumerate(path.hops):
        known = described(name)
        reference: FieldFacts | None = None if known is None else known.reference(hop)
        if reference is None or reference.reference is None or not reference.reference.targets:
            yield Use(name, hop, str(path), step=step)
            return
        yield Use(name, reference.name, str(path), step=step)
        name = reference.reference.targets[0]
    yield Use(name, path.field, str(path), step=len(path.hops))
