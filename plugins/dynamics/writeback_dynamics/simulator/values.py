"""Check one value of a body against its column, and give it the form it is stored in (section 8)."""

from collections import abc
from decimal import ROUND_HALF_EVEN, Decimal

from writeback_dynamics.simulator.problems import Problem, wrong_literal
from writeback_dynamics.simulator.schema import Column, Entity
from writeback_dynamics.simulator.state import Org
from writeback_dynamics.simulator.tables import is_guid
from writeback_dynamics.simulator.times import read_date, read_moment

_MOST_CHOICES = 150


def stored(org: Org, entity: Entity, column: Column, value: object) -> object:
    """Give a JSON value as it is stored.

    Raises:
        Problem: It has the wrong type, length or range.
    """
    if value is None:
        _check_nothing(entity, column)
        return None
    read = _READERS.get(column.type)
    if read is None:
        raise org.unknown_in_body(column.name, entity)
    return read(org, entity, column, value)


def _refused(org: Org, entity: Entity, column: Column, value: object) -> Problem:
    return org.payload_problem(entity, wrong_literal(value, column.edm))


def _check_nothing(entity: Entity, column: Column) -> None:
    if column.required == "SystemRequired" or column.type in ("State", "Status"):
        message = f"'{entity.name}' entity doesn't allow a null value for the attribute '{column.name}'."
        raise Problem("0x80040203", message)


def _text(org: Org, entity: Entity, column: Column, value: object) -> str:
    if not isinstance(value, str):
        raise _refused(org, entity, column, value)
    if len(value.encode("utf-16-le")) // 2 > column.max_length:  # the vendor counts UTF-16 units
        message = (
            f"A validation error occurred.  The length of the '{column.name}' attribute of the"
            f" '{entity.name}' entity exceeded the maximum allowed length of '{column.max_length}'."
        )
        raise Problem("0x80044331", message)
    return value if column.is_unicode else value.encode("ascii", "replace").decode()


def _choice(org: Org, entity: Entity, column: Column, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _refused(org, entity, column, value)
    _check_options(entity, column, (value,))
    return value


def _choices(org: Org, entity: Entity, column: Column, value: object) -> str:
    if not isinstance(value, str):
        raise _refused(org, entity, column, value)
    pieces = [piece.strip() for piece in value.split(",")]
    if not all(piece.lstrip("-").isdigit() for piece in pieces):
        raise _refused(org, entity, column, value)
    numbers = sorted({int(piece) for piece in pieces})
    _check_options(entity, column, numbers)
    if len(numbers) > _MOST_CHOICES:
        raise Problem("0x8004431a", f"Only {_MOST_CHOICES} values can be selected for '{column.name}'.")
    return ",".join(map(str, numbers))


def _check_options(entity: Entity, column: Column, values: abc.Iterable[int]) -> None:
    known = [option.value for option in column.options]
    for value in values:
        if value not in known:
            message = (
                f"A validation error occurred. The value {value} of '{column.name}' on record of type"
                f" '{entity.name}' is outside the valid range. Accepted Values: {','.join(map(str, known))}"
            )
            raise Problem("0x8004431a", message)


def _whole(org: Org, entity: Entity, column: Column, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _refused(org, entity, column, value)
    _check_range(entity, column, value)
    return value


def _broken(org: Org, entity: Entity, column: Column, value: object) -> object:
    if not isinstance(value, int | Decimal) or isinstance(value, bool):
        raise _refused(org, entity, column, value)
    _check_range(entity, column, value)
    if column.type == "Double":
        return round(float(value), column.precision)
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-column.precision), ROUND_HALF_EVEN)
    return rounded.quantize(Decimal("1.0000")) if column.type == "Money" else rounded


def _check_range(entity: Entity, column: Column, value: int | Decimal) -> None:
    limits = f"the valid range is {column.low:g} to {column.high:g}"
    start = f"A validation error occurred. The value {value} of '{column.name}' on record of type"
    if value > column.high:
        raise Problem("0x8004432f", f"{start} '{entity.name}' is above its maximum: {limits}.")
    if value < column.low:
        raise Problem("0x80044330", f"{start} '{entity.name}' is below its minimum: {limits}.")


def _boolean(org: Org, entity: Entity, column: Column, value: object) -> bool:
    if not isinstance(value, bool):
        raise _refused(org, entity, column, value)
    return value


def _moment(org: Org, entity: Entity, column: Column, value: object) -> str:
    read = read_date if column.edm == "Edm.Date" else read_moment
    found = read(value) if isinstance(value, str) else None
    if found is None:
        raise _refused(org, entity, column, value)
    return found


def _guid(org: Org, entity: Entity, column: Column, value: object) -> str:
    if not isinstance(value, str) or not is_guid(value):
        raise _refused(org, entity, column, value)
    return value.lower()


_READERS: abc.Mapping[str, abc.Callable[[Org, Entity, Column, object], object]] = {
    "String": _text,
    "Memo": _text,
    "Picklist": _choice,
    "State": _choice,
    "Status": _choice,
    "MultiSelectPicklist": _choices,
    "Boolean": _boolean,
    "Integer": _whole,
    "BigInt": _whole,
    "Decimal": _broken,
    "Double": _broken,
    "Money": _broken,
    "DateTime": _moment,
    "Uniqueidentifier": _guid,
}
