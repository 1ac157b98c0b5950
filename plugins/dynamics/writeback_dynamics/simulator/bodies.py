"""Read the JSON of a write: which columns get which values. Changes nothing.

What a real server drops silently is dropped here too: columns that are not valid for the operation.
"""

from collections import abc

from writeback_dynamics.simulator.keys import from_url
from writeback_dynamics.simulator.problems import Problem, undeclared, wrong_literal
from writeback_dynamics.simulator.schema import LOOKUPS, Entity, Navigation, Ref
from writeback_dynamics.simulator.state import Org
from writeback_dynamics.simulator.values import stored

_BIND = "@odata.bind"
Values = dict[str, object]


def read_body(
    org: Org,
    entity: Entity,
    given: abc.Mapping[str, object],
    *,
    is_create: bool,
    references: abc.Mapping[str, str] | None = None,
) -> Values:
    """Give what is to be stored, by column.

    Raises:
        Problem: A name is unknown or a value does not fit.
    """
    found: Values = {}
    for name, value in given.items():
        if name.endswith(_BIND):
            bound = name.removesuffix(_BIND)
            found |= _bound(org, entity, bound, value, is_create=is_create, references=references or {})
        elif "@" in name:
            continue  # other annotations are read and forgotten
        elif name in entity.columns and entity.columns[name].type not in LOOKUPS:
            found |= _of_column(org, entity, name, value, is_create=is_create)
        else:
            found |= _of_navigation(org, entity, name, value)
    return found


def _of_column(org: Org, entity: Entity, name: str, value: object, *, is_create: bool) -> Values:
    column = entity.columns[name]
    if not column.is_shown:
        raise org.unknown_in_body(name, entity)
    if isinstance(value, dict | list):
        raise org.payload_problem(entity, wrong_literal("{…}", column.edm))
    if column.is_primary_id or (column.creatable if is_create else column.updatable):
        return {name: stored(org, entity, column, value)}
    return {}


def _of_navigation(org: Org, entity: Entity, name: str, value: object) -> Values:
    navigation = entity.navigations.get(name)
    if navigation is not None and not navigation.is_many and value is None:
        return _cleared(entity, navigation)
    if name in entity.properties:  # _x_value
        message = (
            "An error occurred while validating input parameters: Microsoft.OData.ODataException: CRM do not"
            " support direct update of Entity Reference properties, Use Navigation properties instead."
        )
        raise Problem("0x0", message)
    if name in entity.columns:  # the bare column of a lookup is no property
        raise org.payload_problem(entity, undeclared(name))
    raise org.unknown_in_body(name, entity)


def _bound(
    org: Org,
    entity: Entity,
    name: str,
    value: object,
    *,
    is_create: bool,
    references: abc.Mapping[str, str],
) -> Values:
    navigation = entity.navigations.get(name)
    if navigation is None or navigation.is_many:
        raise org.payload_problem(entity, undeclared(name))
    if value is None:
        return _cleared(entity, navigation)
    if not isinstance(value, str):
        raise org.payload_problem(entity, wrong_literal(value, "Edm.String"))
    address = from_url(org, value, references)
    column = entity.columns[navigation.column]
    target = address.table.entity.name
    allowed = column.targets if column.type == "Owner" else (navigation.entity,)
    if target not in allowed:
        inner = (
            "Microsoft.OData.ODataException: An unexpected type was found:"
            f" '{address.table.entity.set_name}' is not what '{name}' refers to."
        )
        raise org.payload_problem(entity, inner)
    row = address.found(org)
    is_taken = column.creatable if is_create else column.updatable
    return {column.name: Ref(target, address.table.id(row))} if is_taken else {}


def _cleared(entity: Entity, navigation: Navigation) -> Values:
    column = entity.columns[navigation.column]
    if column.type == "Owner" or column.required == "SystemRequired":
        message = f"'{entity.name}' entity doesn't allow a null value for the attribute '{column.name}'."
        raise Problem("0x80040203", message)
    return {column.name: None} if column.updatable else {}
