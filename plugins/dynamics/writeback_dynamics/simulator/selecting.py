"""Read `$select`, `$expand`, `$orderby`, `$filter`, `$top` and show rows by them.

One `Query` serves a whole list, a single row, or what is nested in a row.
"""

from collections import abc
from dataclasses import dataclass, field
from urllib.parse import quote

from writeback_dynamics.simulator.filtering import Filter
from writeback_dynamics.simulator.problems import bad_query
from writeback_dynamics.simulator.schema import Column, Entity, Navigation, Ref
from writeback_dynamics.simulator.showing import Shower, shown_columns
from writeback_dynamics.simulator.state import Call, Json, Org
from writeback_dynamics.simulator.tables import Table

MOST_EXPANDS = 15
LIST_OPTIONS = frozenset({"$select", "$filter", "$orderby", "$expand", "$top", "$count", "$skiptoken"})
ROW_OPTIONS = frozenset({"$select", "$expand"})
_NESTED_OPTIONS = frozenset({"$select", "$filter", "$orderby", "$expand", "$top"})
_OTHER_LANGUAGES = frozenset({"fetchxml", "savedquery", "userquery", "sql"})  # the vendor has them, we do not
_SAFE = "$,()'@/:;=*!"


@dataclass(frozen=True, slots=True)
class Order:
    """One key of `$orderby`."""

    path: tuple[str, ...]
    is_descending: bool


@dataclass(slots=True)
class Query:
    """What is asked of the rows of one table."""

    table: Table
    columns: list[Column]
    context: str = ""  # what stands in the parentheses of the context URL
    expands: "list[Expand]" = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    filter: Filter | None = None
    top: int | None = None
    shower: Shower | None = None


@dataclass(slots=True)
class Expand:
    """One navigation property that is shown with the row."""

    navigation: Navigation
    query: Query
    options: abc.Mapping[str, str]
    is_reference: bool = False


def check_options(given: abc.Iterable[str], known: abc.Set[str]) -> None:
    """Refuse system query options that the resource does not take.

    Raises:
        Problem: With the vendor's words where they are known.
    """
    for name in given:
        if name.lower() in _OTHER_LANGUAGES:
            raise bad_query(f"The query parameter '{name}' is not supported.")
        if not name.startswith("$") or name in known:
            continue
        if name == "$skip":
            raise bad_query("Skip Clause is not supported in CRM")
        raise bad_query(f"The query parameter '{name}' is not supported.")


def plan(call: Call, table: Table, options: abc.Mapping[str, str], *, known: abc.Set[str]) -> Query:
    """Read the options of one level.

    Raises:
        Problem: A name or a piece of grammar is unknown.
    """
    check_options(options, known)
    query = Query(table, _selected(call.org, table.entity, options.get("$select")))
    names = [piece.strip() for piece in options.get("$select", "").split(",") if piece.strip()]
    if "$expand" in options:
        for piece in split(options["$expand"], ","):
            query.expands.append(_expand(call, table.entity, piece))
            names.append(_expand_context(query.expands[-1]))
        if _count(query) > MOST_EXPANDS:
            raise bad_query(f"Number of $expand options exceeds the limit of {MOST_EXPANDS}.")
    if options.get("$filter"):
        query.filter = Filter(call, table, options["$filter"])
    if options.get("$orderby"):
        query.orders = [_order(call.org, table.entity, piece) for piece in split(options["$orderby"], ",")]
    if "$top" in options:
        if not options["$top"].isdigit():
            message = f"Invalid value '{options['$top']}' for $top query option found."
            raise bad_query(f"{message} The $top query option requires a non-negative integer value.")
        query.top = int(options["$top"])
    query.context = f"({','.join(names)})" if names else ""
    query.shower = Shower(call, table, query.columns)
    return query


def show(call: Call, query: Query, row: int, *, is_nested: bool = False) -> Json:
    """Show one row with what is nested in it."""
    assert query.shower is not None  # noqa: S101  plan always makes one
    told = query.shower.row(row)
    if is_nested and query.table.entity.named_key == "ownerid":
        told["ownerid"] = query.table.id(row)
    for expand in query.expands:
        name = expand.navigation.name
        if expand.navigation.is_many:
            told |= _nested_list(call, query.table, row, expand)
        else:
            told[name] = _nested_row(call, query.table, row, expand)
    return told


def sort(org: Org, query: Query, rows: abc.Iterable[int]) -> list[int]:
    """Put rows in the order asked for; nothing comes before something."""
    ordered = list(rows)
    for order in reversed(query.orders):
        value = _reader(org, query.table, order.path)
        keyed = {row: _sortable(value(row)) for row in ordered}
        ordered.sort(key=keyed.__getitem__, reverse=order.is_descending)
    return ordered


def query_text(options: abc.Mapping[str, str]) -> str:
    """Write options the way they stand in a URL."""
    return "&".join(f"{name}={quote(value, safe=_SAFE)}" for name, value in options.items())


def split(text: str, sign: str) -> list[str]:
    """Cut at a sign outside parentheses, brackets and quotes."""
    pieces, depth, start, quoted = [], 0, 0, False
    for place, letter in enumerate(text):
        if letter == "'":
            quoted = not quoted
        elif quoted:
            continue
        elif letter in "([":
            depth += 1
        elif letter in ")]":
            depth -= 1
        elif letter == sign and depth == 0:
            pieces.append(text[start:place])
            start = place + 1
    if depth != 0 or quoted:
        raise bad_query(f"Found an unbalanced bracket expression or quote in '{text}'.")
    return [*(piece.strip() for piece in pieces), text[start:].strip()]


def _selected(org: Org, entity: Entity, text: str | None) -> list[Column]:
    table = org.tables[entity.name]
    if text is None or text.strip() == "*":
        return shown_columns(table)
    chosen: dict[str, Column] = {}
    for name in (piece.strip() for piece in text.split(",")):
        column = entity.properties.get(name)
        if column is None:
            raise org.unknown_in_query(name, entity.name)
        chosen[column.name] = column
    if any(column.type == "Money" for column in chosen.values()):
        chosen["transactioncurrencyid"] = entity.columns["transactioncurrencyid"]
    primary = entity.columns[entity.primary_id]
    chosen.setdefault(primary.name, primary)
    return list(chosen.values())


def _expand(call: Call, entity: Entity, text: str) -> Expand:
    name, bracket, rest = text.partition("(")
    name, is_reference = name.strip(), name.strip().endswith("/$ref")
    name = name.removesuffix("/$ref")
    navigation = entity.navigations.get(name)
    if navigation is None or navigation.entity not in call.org.tables:
        raise call.org.unknown_in_query(name, entity.name)
    if is_reference and navigation.is_many:
        raise bad_query("Expand with $ref is only supported on lookup type navigation property.")
    if name == "ownerid":  # principal, an abstract type (section 0, trap 12)
        raise bad_query("Expanding the abstract type 'Microsoft.Dynamics.CRM.principal' is not supported.")
    options: dict[str, str] = {}
    if bracket:
        if not rest.endswith(")"):
            raise bad_query(f"Found an unbalanced bracket expression in '{text}'.")
        for piece in split(rest[:-1], ";"):
            key, equals, value = piece.partition("=")
            if not equals:
                raise bad_query(f"Syntax error in the options of '{name}': '{piece}'.")
            options[key.strip()] = value.strip()
    target = call.org.tables[navigation.entity]
    known = _NESTED_OPTIONS if navigation.is_many else _NESTED_OPTIONS - {"$orderby", "$top", "$filter"}
    for key in options:
        if key not in known:
            raise bad_query(f"The query option '{key}' is not supported inside $expand.")
    aliases = {key: value for key, value in call.query.items() if key.startswith("@")}
    nested = plan(call, target, {**options, **aliases}, known=known)
    return Expand(navigation, nested, options, is_reference=is_reference)


def _expand_context(expand: Expand) -> str:
    return f"{expand.navigation.name}{expand.query.context or '()'}"


def _count(query: Query) -> int:
    return sum(1 + _count(expand.query) for expand in query.expands)


def _order(org: Org, entity: Entity, text: str) -> Order:
    words = text.split()
    if not words or len(words) > 2 or (len(words) == 2 and words[1] not in ("asc", "desc")):
        raise bad_query(f"Syntax error in $orderby: '{text}'.")
    path = tuple(words[0].split("/"))
    for name in path[:-1]:
        step = entity.navigations.get(name)
        if step is None or step.is_many:
            raise org.unknown_in_query(name, entity.name)
        entity = org.entities[step.entity]
    if path[-1] not in entity.properties:
        raise org.unknown_in_query(path[-1], entity.name)
    return Order(path, words[1:] == ["desc"])


def _reader(org: Org, table: Table, path: tuple[str, ...]) -> abc.Callable[[int], object]:
    column = table.entity.properties.get(path[0])
    if len(path) == 1 and column is not None:
        name = column.name
        return lambda row: table.value(row, name)
    step = table.entity.navigations[path[0]]
    target = org.tables[step.entity]
    inner = _reader(org, target, path[1:])

    def read(row: int) -> object:
        held = table.value(row, step.column)
        found = target.living(held.id) if isinstance(held, Ref) and held.entity == step.entity else None
        return None if found is None else inner(found)

    return read


def _sortable(value: object) -> tuple[bool, object]:
    if isinstance(value, str):
        value = value.casefold()
    return value is not None, value.id if isinstance(value, Ref) else value


def _nested_row(call: Call, table: Table, row: int, expand: Expand) -> Json | None:
    held = table.value(row, expand.navigation.column)
    if not isinstance(held, Ref) or held.entity != expand.navigation.entity:
        return None
    target = expand.query.table
    found = target.living(held.id)
    if found is None:
        return None
    if expand.is_reference:
        return {"@odata.id": f"{call.org.root}{target.entity.set_name}({held.id})"}
    return show(call, expand.query, found, is_nested=True)


def _nested_list(call: Call, table: Table, row: int, expand: Expand) -> Json:
    navigation, nested = expand.navigation, expand.query
    rows = children(call.org, table, row, navigation)
    if nested.filter is not None:
        matches = nested.filter.matches
        rows = [found for found in rows if matches(found) is True]
    rows = sort(call.org, nested, rows)
    most = min(call.prefer.page_size or int(call.org.switches.number("page_size")), nested.top or len(rows))
    told: Json = {navigation.name: [show(call, nested, found, is_nested=True) for found in rows[:most]]}
    if len(rows) > most and nested.top is None:
        address = f"{call.org.root}{table.entity.set_name}({table.id(row)})/{navigation.name}"
        told[f"{navigation.name}@odata.nextLink"] = f"{address}?{query_text(expand.options)}".rstrip("?")
    return told


def children(org: Org, table: Table, row: int, navigation: Navigation) -> list[int]:
    """Give the rows at the other end of a collection-valued navigation property."""
    target = org.tables[navigation.entity]
    return target.children(navigation.column, table.entity.name, table.id(row), row)
