"""COQL: what to ask. Every value of ours goes through `literal`, names are taken from the metadata.

A query must have a WHERE; more than two criteria are bracketed in pairs ([coql-limits], README). Pages are
walked by id (``id > <last> order by id asc``), which has no end at 100,000 rows as an offset has. A person's
own condition stands in brackets of its own.

Must not: page; following is the session's trade.
"""

from collections import abc
from datetime import date, datetime
from decimal import Decimal
from typing import Final

import orjson

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.canonical import number_text
from writeback.model.types import Value
from writeback_zoho.limits import QUERY_ROWS, QUERY_VALUES
from writeback_zoho.wire.answers import Answer, Json, member, members
from writeback_zoho.wire.ids import api_name, known_id, row_id
from writeback_zoho.wire.versions import wire_moment

PATH: Final = "coql"
EVERYTHING: Final = "id is not null"


def literal(value: Value) -> str:
    """Write a value: text in single quotes, those inside doubled; numbers and booleans bare.

    Raises:
        ContractBrokenError: Nothing, or a list, is no single value.
    """
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return number_text(value)
        case datetime():
            return f"'{wire_moment(value)}'"
        case date():
            return f"'{value.isoformat()}'"
        case str():
            return "'" + value.replace("'", "''") + "'"
        case _:
            raise ContractBrokenError("zoho.misfit", kind=type(value).__name__)


def column(path: str) -> str:
    """Give a dotted path as it may stand in a query.

    Raises:
        ContractBrokenError: A part holds a character that no API name has.
    """
    return ".".join(api_name(part) for part in path.split("."))


def all_of(conditions: abc.Iterable[str], word: str = "and") -> str:
    """Join conditions, bracketed in pairs: ``((a and b) and c)``."""
    joined = ""
    for condition in conditions:
        joined = f"({joined} {word} {condition})" if joined else condition
    return joined


def select(
    module: str,
    columns: abc.Iterable[str],
    conditions: abc.Sequence[str],
    *,
    after: str | None = None,
    rows: int = QUERY_ROWS,
) -> str:
    """Ask for the next rows by id.

    Args:
        module: Where from.
        columns: Dotted paths; `id` is added by the caller.
        conditions: Conditions in COQL, all of which hold.
        after: The id of the last row read before.
        rows: At most so many.
    """
    walking = [f"id > {row_id(after)}"] if after is not None else []
    where = all_of([*conditions, *walking]) or EVERYTHING
    names = ", ".join(column(path) for path in columns)
    return f"select {names} from {api_name(module)} where {where} order by id asc limit {rows}"  # noqa: S608  names checked, values through literal


def changed_since(version_field: str, moment: datetime) -> str:
    """Give the condition for records changed at or after a moment."""
    return f"{api_name(version_field)} >= {literal(moment)}"


def typed(condition: str) -> list[str]:
    """Give a condition as a person typed it, in brackets of its own; nothing for a blank one."""
    return [f"({condition.strip()})"] if condition.strip() else []


def keys_in(field: str, values: abc.Sequence[Value]) -> abc.Iterator[str]:
    """Give conditions for the values of a field, as many in one as COQL takes."""
    for start in range(0, len(values), QUERY_VALUES):
        listed = ", ".join(literal(value) for value in values[start : start + QUERY_VALUES])
        yield f"{column(field)} in ({listed})"


def prepare(query: str) -> bytes:
    """Give the body of a query.

    Raises:
        ContractBrokenError: A text holds half a character, which no JSON can carry.
    """
    try:
        return orjson.dumps({"select_query": query})
    except TypeError:
        raise ContractBrokenError("zoho.not_text") from None


def parse(answer: Answer) -> tuple[list[Json], str | None]:
    """Give the rows of an answer, and the id to go on after where there are more.

    Raises:
        InvalidRequestError: The answer holds no rows that can be read.
    """
    if answer.is_empty:
        return [], None
    rows = members(answer.content, "data")
    if member(answer.content, "info").get("more_records") is not True:
        return rows, None
    last = known_id(rows[-1].get("id")) if rows else None
    if last is None:
        raise InvalidRequestError("zoho.unreadable_answer", expected="id")
    return rows, last
