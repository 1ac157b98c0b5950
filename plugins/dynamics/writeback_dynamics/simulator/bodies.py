"""Read the JSON of a write: which columns get which values. Changes nothing.

What a real server drops silently is dropped here too: columns that are not valid for the operation.
"""

from collections import abc

from writeback_dynamics.simulator.keys import from_url, missing
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
            _bind(org, entity, name.removesuffix(_BIND), value, found, references=references or {})
        elif "@" in name:
            continue  # other annotations are read and forgotten
        elif name in entity.columns and entity.columns[name].type not in LOOKUPS:
            _column(org, entity, name, value, found, is_create=is_create)
        else:
            _navigation(org, entity, name, value, found)
    return found


def _column(org: Org, entity: Entity, name: str, value: object, found: Values, *, is_create: bool) -> None:
    column = entity.columns[name]
    if not column.is_shown:
        raise org.unknown_in_body(name, entity)
    if isinstance(value, dict | list):
        raise org.payload_problem(entity, wrong_literal("{…}", column.edm))
    if column.is_primary_id or (column.creatable if is_create else column.updatable):
        found[name] = stored(org, entity, column, value)


def _navigation(org: Org, entity: Entity, name: str, value: object, found: Values) -> None:
    navigation = entity.navigations.get(name)
    if navigation is not None and not navigation.is_many and value is None:
        _clear(entity, navigation, found)
        return
    if name in entity.properties:  # _x_value
        message = (
            "An error occurred while validating input parameters: Microsoft.OData.ODataException: CRM do not"
            " support direct update of Entity Reference properties, Use Navigation properties instead."
        )
        raise Problem("0x0", message)
    if name in entity.columns:  # the bare column of a lookup is no property
        raise org.payload_problem(entity, undeclared(name))
    raise org.unknown_in_body(name, entity)


def _bind(
    org: Org,
    entity: Entity,
    name: str,
    value: object,
    found: Values,
    *,
    references: abc.Mapping[str, str],
) -> None:
    navigation = entity.navigations.get(name)
    if navigation is None or navigation.is_many:
        raise org.payload_problem(entity, undeclared(name))
    if value is None:
        _clear(entity, navigation, found)
        return
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
    if address.row is None:
        raise missing(org, address)
    if column.updatable:
        found[column.name] = Ref(target, address.table.id(address.row))


def _clear(entity: Entity, navigation: Navigation, found: Values) -> None:
    column = entity.columns[navigation.column]
    if column.type == "Owner" or column.required == "SystemRequired":
        message = f"'{entity.name}' entity doesn't allow a null value for the attribute '{column.name}'."
        raise Problem("0x80040203", message)
    if column.updatable:
        found[column.name] = None
