"""GET on EntityDefinitions and below: which metadata are asked for, cut down as the query says.

Metadata collections do not page. Filters compare; text functions are not implemented (501, section 4).
"""

import re
from collections import abc
from urllib.parse import unquote

import orjson

from writeback.sdk.simulator import Answer
from writeback_dynamics.simulator.describing import (
    CASTS,
    ENUMS,
    cast_of,
    describe_column,
    describe_entity,
    describe_key,
    metadata_id,
    option_set,
    own_expands,
    relationships,
)
from writeback_dynamics.simulator.expressions import (
    Compare,
    Literal,
    Logic,
    Node,
    Not,
    Path,
    TextCall,
    read_filter,
)
from writeback_dynamics.simulator.problems import JSON_TYPE, Problem, bad_key, bad_query, no_such_segment
from writeback_dynamics.simulator.schema import Column, Entity
from writeback_dynamics.simulator.selecting import check_options, split
from writeback_dynamics.simulator.state import Call, Json, Org
from writeback_dynamics.simulator.tables import is_guid

_SEGMENT = re.compile(r"([\w.$]+)(?:\((.*)\))?")
_CAST = re.compile(r"Microsoft\.Dynamics\.CRM\.(\w+)AttributeMetadata")
_OPTIONS = frozenset({"$select", "$filter", "$expand", "$count"})
_PARTS = ("Attributes", "Keys", "ManyToOneRelationships", "OneToManyRelationships", "ManyToManyRelationships")


def answer_definitions(call: Call) -> Answer:
    """Answer EntityDefinitions and everything below.

    Raises:
        Problem: A segment or a piece of the query is unknown.
    """
    check_options(call.query, _OPTIONS)
    org = call.org
    segments = [unquote(piece) for piece in call.path.split("/")]
    name, key = _segment(segments[0])
    if key is None:
        if len(segments) > 1:
            raise no_such_segment(segments[1])
        tables = [
            _with_expands(org, entity, describe_entity(org, entity), call.query.get("$expand", ""))
            for entity in org.entities.values()
        ]
        return _listed(call, tables, "EntityMetadata", "EntityDefinitions")
    entity = _entity(org, key)
    if len(segments) == 1:
        told = _with_expands(org, entity, describe_entity(org, entity), call.query.get("$expand", ""))
        return _single(call, told, "EntityMetadata", f"{name}")
    return _below(call, entity, segments[1:])


def _below(call: Call, entity: Entity, segments: list[str]) -> Answer:
    org = call.org
    name, key = _segment(segments[0])
    shown = f"EntityDefinitions('{metadata_id(org, entity.name)}')/{name}"
    if name not in _PARTS:
        raise no_such_segment(name)
    if name == "Attributes":
        return _attributes(call, entity, key, segments[1:], shown=shown)
    if len(segments) > 1:
        raise no_such_segment(segments[1])
    rows, kind = _part(org, entity, name), "EntityKeyMetadata" if name == "Keys" else "RelationshipMetadata"
    if key is None:
        return _listed(call, rows, kind, shown)
    row = next((one for one in rows if f"'{one['SchemaName']}'" in key or one["MetadataId"] == key), None)
    if row is None:
        raise no_such_segment(segments[0])
    return _single(call, row, kind, shown)


def _attributes(call: Call, entity: Entity, key: str | None, rest: list[str], *, shown: str) -> Answer:
    cast = ""
    if rest:
        match = _CAST.fullmatch(rest[0])
        if match is None or match[1] not in CASTS:
            raise no_such_segment(rest[0])
        cast = match[1]
    if key is None:
        if len(rest) > 1:
            raise no_such_segment(rest[1])
        return _columns(call, entity, cast, shown)
    column = _found_column(call.org, entity, key, cast)
    if len(rest) > 1:
        if rest[1] not in ("OptionSet", "GlobalOptionSet") or len(rest) > 2 or not column.options:
            raise no_such_segment(rest[1])
        return _single(call, option_set(call.org, entity, column), "OptionSetMetadata", shown)
    told = _described(call, entity, column, cast)
    return _single(call, told, f"{cast}AttributeMetadata", f"{shown}{_cast_path(cast)}")


def _columns(call: Call, entity: Entity, cast: str, shown: str) -> Answer:
    columns = [column for column in entity.columns.values() if not cast or cast_of(column) == cast]
    told = [_described(call, entity, column, cast) for column in columns]
    return _listed(call, told, f"{cast}AttributeMetadata", f"{shown}{_cast_path(cast)}")


def _found_column(org: Org, entity: Entity, key: str, cast: str) -> Column:
    wanted = _key_text(key, "AttributeMetadata")
    column = entity.columns.get(wanted)
    if column is None and is_guid(wanted):
        columns = entity.columns.values()
        found = (one for one in columns if metadata_id(org, entity.name, one.name) == wanted.lower())
        column = next(found, None)
    if column is None or (cast and cast_of(column) != cast):
        message = f"Could not find an attribute with LogicalName='{wanted}' on entity '{entity.name}'."
        raise Problem("0x80060888", message, status=404)
    return column


def _described(call: Call, entity: Entity, column: Column, cast: str) -> Json:
    told = describe_column(call.org, entity, column, is_cast=bool(cast))
    extra = own_expands(call.org, entity, column) if cast else {}
    for name, options in _expands(call.query.get("$expand", "")):
        if name not in extra:
            raise _unknown(name, f"{cast}AttributeMetadata")
        value = extra[name]
        told[name] = _cut(value, options, "OptionSetMetadata") if isinstance(value, dict) else value
    return told


def _part(org: Org, entity: Entity, name: str) -> list[Json]:
    if name == "Keys":
        return [describe_key(org, entity, key) for key in entity.keys]
    if name == "Attributes":
        return [describe_column(org, entity, column) for column in entity.columns.values()]
    if name == "ManyToManyRelationships":
        return []
    return relationships(org, entity, is_many=name == "OneToManyRelationships")


def _with_expands(org: Org, entity: Entity, told: Json, text: str) -> Json:
    for name, options in _expands(text):
        if name not in _PARTS:
            raise _unknown(name, "EntityMetadata")
        rows = _part(org, entity, name)
        if "$filter" in options:
            rows = _filtered(rows, options["$filter"], {}, name)
        told[name] = [_cut(row, options, name) for row in rows]
    return told


def _expands(text: str) -> abc.Iterator[tuple[str, dict[str, str]]]:
    for piece in split(text, ",") if text else []:
        name, bracket, rest = piece.partition("(")
        options = dict[str, str]()
        for option in split(rest.removesuffix(")"), ";") if bracket else []:
            key, _equals, value = option.partition("=")
            if key not in ("$select", "$filter"):
                raise bad_query(f"The query option '{key}' is not supported inside $expand.")
            options[key] = value
        yield name, options


def _listed(call: Call, rows: list[Json], kind: str, shown: str) -> Answer:
    if "$filter" in call.query:
        aliases = {name: text for name, text in call.query.items() if name.startswith("@")}
        rows = _filtered(rows, call.query["$filter"], aliases, kind)
    told: Json = {"@odata.context": f"{call.org.root}$metadata#{shown}"}
    if call.query.get("$count") == "true":
        told["@odata.count"] = len(rows)
    told["value"] = [_cut(row, call.query, kind) for row in rows]
    return Answer(200, orjson.dumps(told), {"Content-Type": JSON_TYPE, "OData-Version": "4.0"})


def _single(call: Call, row: Json, kind: str, shown: str) -> Answer:
    context: Json = {"@odata.context": f"{call.org.root}$metadata#{shown}/$entity"}
    body = orjson.dumps(context | _cut(row, call.query, kind))
    return Answer(200, body, {"Content-Type": JSON_TYPE, "OData-Version": "4.0"})


def _cut(row: Json, options: abc.Mapping[str, str], kind: str) -> Json:
    """Keep what was selected; `MetadataId` is always returned, and so is what was expanded."""
    text = options.get("$select")
    if not text or text.strip() == "*":
        return row
    names = [piece.strip() for piece in text.split(",")]
    for name in names:
        if name not in row:
            raise _unknown(name, kind)
    expanded = {name for name, _options in _expands(options.get("$expand", ""))}
    kept = {"MetadataId", "@odata.type", *names, *expanded}
    return {name: value for name, value in row.items() if name in kept}


def _filtered(rows: list[Json], text: str, aliases: abc.Mapping[str, str], kind: str) -> list[Json]:
    node = read_filter(text, aliases)
    return [row for row in rows if _holds(node, row, kind)]


def _holds(node: Node, row: Json, kind: str) -> bool:
    match node:
        case Logic(operator, parts):
            join = all if operator == "and" else any
            return join([_holds(part, row, kind) for part in parts])
        case Not(inner):
            return not _holds(inner, row, kind)
        case Compare(("eq" | "ne") as operator, Path(names), Literal(type_name, wanted)):
            value = _value(row, names, kind)
            if ("/".join(names) in ENUMS) != (type_name == "enum") and type_name != "null":
                message = "A binary operator with incompatible types was detected."
                raise bad_query(f"{message} Enum literals are needed for '{'/'.join(names)}'.")
            return (value == wanted) == (operator == "eq")
        case Path(names):
            return _value(row, names, kind) is True
        case TextCall(function):
            message = f'The "{function}" function isn\'t supported for Metadata Entities'
            raise Problem("", message, status=501)
        case _:
            raise bad_query("The filter expression is not supported for Metadata Entities.")


def _value(row: Json, names: tuple[str, ...], kind: str) -> object:
    value: object = row
    for name in names:
        if not isinstance(value, dict) or name not in value:
            raise _unknown(name, kind)
        value = value[name]
    return value


def _entity(org: Org, key: str) -> Entity:
    wanted = _key_text(key, "EntityMetadata")
    entity = org.entities.get(wanted)
    if entity is None and is_guid(wanted):
        found = (one for one in org.entities.values() if metadata_id(org, one.name) == wanted.lower())
        entity = next(found, None)
    if entity is None:
        message = f"Could not find an entity with name {wanted} and id 00000000-0000-0000-0000-000000000000."
        raise Problem("0x80060888", message, status=404)
    return entity


def _key_text(key: str, kind: str) -> str:
    if is_guid(key):
        return key
    match = re.fullmatch(r"\s*(?:LogicalName|MetadataId)\s*=\s*'?([\w-]+)'?\s*", key)
    if match is None:
        raise bad_key(kind)
    return match[1]


def _segment(text: str) -> tuple[str, str | None]:
    match = _SEGMENT.fullmatch(text)
    if match is None:
        raise no_such_segment(text)
    return match[1], match[2]


def _cast_path(cast: str) -> str:
    return f"/Microsoft.Dynamics.CRM.{cast}AttributeMetadata" if cast else ""


def _unknown(name: str, kind: str) -> Problem:
    return bad_query(f"Could not find a property named '{name}' on type 'Microsoft.Dynamics.CRM.{kind}'.")
