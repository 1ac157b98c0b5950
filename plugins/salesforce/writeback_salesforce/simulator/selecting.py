"""Run a parsed statement: check its names, find the rows, put pages of them into the API's shape."""

from array import array
from collections import abc
from dataclasses import dataclass
from datetime import date
from itertools import islice

from writeback_salesforce.simulator.describing import Field, SObject, parts
from writeback_salesforce.simulator.filtering import Place, candidates, compile_test
from writeback_salesforce.simulator.problems import Problem
from writeback_salesforce.simulator.queries import Comparison, Count, Named, Ordering, Path, Query
from writeback_salesforce.simulator.tables import Table

Json = dict[str, object]
_MOST_OFFSET = 2000
# what a polymorphic parent shows, whichever object it is ("Name" is the vendor's word for it)
_OF_ANY_PARENT = (
    "Id",
    "Name",
    "FirstName",
    "LastName",
    "Email",
    "Username",
    "Title",
    "Alias",
    "IsActive",
    "Type",
)


@dataclass(frozen=True, slots=True)
class World:
    """What a statement is run against."""

    tables: abc.Mapping[str, Table]  # by object name in lower case
    today: date
    version: str
    text: str  # of the statement, for error texts
    with_deleted: bool = False


class Shape:
    """What a row looks like: fields, nested parents, sub-selects, in the order of SELECT."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.entries: list[
            tuple[str, object]
        ] = []  # key, and a field name, a (Field, _Parent) or a Selection
        self._by_key: dict[str, object] = {}

    def add(self, key: str, entry: object) -> None:
        """Add one entry; a second of the same key is the first."""
        if key not in self._by_key:
            self._by_key[key] = entry
            self.entries.append((key, entry))

    def get(self, key: str) -> object:
        """Find an entry."""
        return self._by_key.get(key)


class _Parent:
    """The parent a reference points at: one shape, or one for each object a polymorphic one may name."""

    def __init__(self, field: Field, shapes: dict[str, Shape]) -> None:
        self.field = field
        self.shapes = shapes


class Selection:
    """A statement ready to give rows."""

    def __init__(self, query: Query, table: Table, world: World) -> None:
        self.query = query
        self.table = table
        self.world = world
        self.shape = Shape(table)
        self.count = next((item for item in query.items if isinstance(item, Count)), None)
        for item in query.items:
            self._add(item)
        if query.offset > _MOST_OFFSET:
            message = f"Maximum SOQL offset allowed is {_MOST_OFFSET}"
            raise Problem("NUMBER_OUTSIDE_VALID_RANGE", message)
        if self.count is not None and len(query.items) > 1:
            raise Problem("MALFORMED_QUERY", "Grouped query fields are not supported here: use COUNT alone")
        self._test = compile_test(query.where, self._place, world.today) if query.where else None
        self._orders = [(item, self._order_place(item)) for item in query.order]

    def rows(self) -> abc.Sequence[int]:
        """Find the rows, in their order."""
        query, table = self.query, self.table
        found = candidates(query.where, table, self._place)
        return self.ordered(range(table.count) if found is None else found)

    def ordered(self, among: abc.Sequence[int]) -> abc.Sequence[int]:
        """Give those of the rows that fit, ordered and cut."""
        query, deleted = self.query, self.table.deleted
        if not self.world.with_deleted and deleted:
            among = [row for row in among if row not in deleted]
        fitting: abc.Iterable[int] = among if self._test is None else filter(self._test, among)
        stop = None if query.limit is None else query.offset + query.limit
        if self._is_in_row_order():
            if self._test is None:
                return among[query.offset : stop]
            return array("L", islice(fitting, query.offset, stop))
        rows = list(fitting)
        for item, place in reversed(self._orders):
            _sort(rows, item, place)
        return rows[query.offset : stop]

    def render(self, rows: abc.Sequence[int]) -> list[Json]:
        """Put rows into the API's shape."""
        return _render(self.shape, rows, self.world)

    def _is_in_row_order(self) -> bool:
        if not self._orders:
            return True
        item, place = self._orders[0]
        return place.field.name == "Id" and place.is_own and not item.descending

    def _add(self, item: Named | Count | Query) -> None:
        if isinstance(item, Count):
            if item.named is not None:
                self._place_of(item.named)
        elif isinstance(item, Query):
            self._add_children(item)
        else:
            self._add_path(item)

    def _add_children(self, query: Query) -> None:
        name = query.source.path[-1]
        child = self.table.sobject.children.get(name.lower())
        table = self.world.tables.get(child[0].lower()) if child else None
        if child is None or table is None:
            raise self._unknown_relationship(name, query.source.at)
        spelled = _spelled_child(self.table.sobject, name)
        self.shape.add(spelled, (Selection(query, table, self.world), child[1]))

    def _add_path(self, named: Named) -> None:
        path = self._without_alias(named.path)
        shape: Shape | None = self.shape
        shapes = [self.shape]
        for step in path[:-1]:
            field = self._reference(shapes[0].table.sobject, step, named)
            key = field.relationship or step
            parent = shapes[0].get(key)
            if not isinstance(parent, _Parent):
                targets = [name for name in field.targets if name.lower() in self.world.tables]
                parent = _Parent(field, {name: Shape(self.world.tables[name.lower()]) for name in targets})
                for shape in shapes:
                    shape.add(key, parent)
            shapes = list(parent.shapes.values())
        for shape in shapes:
            found = self._field(shape.table.sobject, path[-1], named, quiet=len(shapes) > 1)
            shape.add(found.name if found else path[-1], found.name if found else None)

    def _place(self, comparison: Comparison) -> Place:
        return self._place_of(comparison.named)

    def _place_of(self, named: Named) -> Place:
        path = self._without_alias(named.path)
        table = self.table
        if len(path) == 1:
            field = self._field(table.sobject, path[0], named) or table.sobject.fields["Id"]
            name = field.name
            return Place(field, lambda row: table.value(row, name), is_own=True)
        return self._parent_place(path, named)

    def _parent_place(self, path: Path, named: Named) -> Place:
        first = self._reference(self.table.sobject, path[0], named)
        targets = [
            self.world.tables[name.lower()] for name in first.targets if name.lower() in self.world.tables
        ]
        inner: dict[str, Place] = {}
        for target in targets:
            selection = Selection.__new__(Selection)
            selection.query, selection.table, selection.world = self.query, target, self.world
            if len(path) > 2 or target.sobject.field(path[1]) is not None or len(targets) == 1:
                inner[target.sobject.prefix] = selection._place_of(Named(path[1:], named.at))  # noqa: SLF001  own class
        if not inner:
            raise self._unknown_column(path[-1], self.table.sobject, named.at)
        own, key = self.table, first.name
        by_prefix = {target.sobject.prefix: target for target in targets}

        def read(row: int) -> object:
            parent_id = own.value(row, key)
            place = inner.get(parent_id[:3]) if isinstance(parent_id, str) else None
            if place is None or not isinstance(parent_id, str):
                return None
            parent = by_prefix[parent_id[:3]].row(parent_id)
            return None if parent is None else place.read(parent)

        return Place(next(iter(inner.values())).field, read, is_own=False)

    def _order_place(self, item: Ordering) -> Place:
        place = self._place_of(item.named)
        if not place.field.sortable:
            message = f"field '{place.field.name}' can not be sorted in a query call"
            raise Problem("INVALID_FIELD", self._pointing(item.named.at, message))
        return place

    def _without_alias(self, path: Path) -> Path:
        names = {self.table.sobject.name.lower(), (self.query.alias or self.table.sobject.name).lower()}
        is_alias = len(path) > 1 and path[0].lower() in names
        if is_alias and path[0].lower() not in self.table.sobject.relationships:
            return path[1:]
        return path

    def _field(self, sobject: SObject, name: str, named: Named, *, quiet: bool = False) -> Field | None:
        found = sobject.field(name)
        if found is None and not (quiet and name in _OF_ANY_PARENT):
            raise self._unknown_column(name, sobject, named.at)
        return found

    def _reference(self, sobject: SObject, name: str, named: Named) -> Field:
        found = sobject.relationships.get(name.lower())
        if found is None or not any(target.lower() in self.world.tables for target in found.targets):
            raise self._unknown_relationship(name, named.at)
        return found

    def _unknown_column(self, name: str, sobject: SObject, at: int) -> Problem:
        message = (
            f"No such column '{name}' on entity '{sobject.name}'. If you are attempting to use a custom"
            " field, be sure to append the '__c' after the custom field name. Please reference your WSDL or"
            " the describe call for the appropriate names."
        )
        return Problem("INVALID_FIELD", self._pointing(at, message))

    def _unknown_relationship(self, name: str, at: int) -> Problem:
        message = (
            f"Didn't understand relationship '{name}' in field path. If you are attempting to use a custom"
            " relationship, be sure to append the '__r' after the custom relationship name. Please reference"
            " your WSDL or the describe call for the appropriate names."
        )
        return Problem("INVALID_FIELD", self._pointing(at, message))

    def _pointing(self, at: int, message: str) -> str:
        return pointing(self.world.text, at, message)


def select(query: Query, world: World) -> Selection:
    """Check a statement's names.

    Raises:
        Problem: INVALID_TYPE, INVALID_FIELD and what else is wrong with it.
    """
    name = query.source.path[-1]
    table = world.tables.get(name.lower()) if len(query.source.path) == 1 else None
    if table is None or not table.sobject.names["queryable"]:
        message = (
            f"sObject type '{name}' is not supported. If you are attempting to use a custom object, be sure"
            " to append the '__c' after the entity name. Please reference your WSDL or the describe call for"
            " the appropriate names."
        )
        raise Problem("INVALID_TYPE", pointing(world.text, query.source.at, message))
    return Selection(query, table, world)


def pointing(text: str, at: int, message: str) -> str:
    """Put the statement, a caret under the place, and the place's numbers before a message."""
    before = text[:at]
    row, start = before.count("\n") + 1, before.rfind("\n") + 1
    line = text[start:].split("\n", 1)[0]
    column = at - start + 1
    return f"\n{line}\n{' ' * (column - 1)}^\nERROR at Row:{row}:Column:{column}\n{message}"


def flat_paths(shape: Shape, prefix: str = "") -> list[tuple[str, Path]]:
    """Give the columns of a bulk query: header and path, in the order of SELECT."""
    columns: list[tuple[str, Path]] = []
    for key, entry in shape.entries:
        if isinstance(entry, _Parent):
            inner = next(iter(entry.shapes.values()))
            columns.extend((header, (key, *path)) for header, path in flat_paths(inner, f"{prefix}{key}."))
        else:
            columns.append((prefix + key, (key,)))
    return columns


def _spelled_child(sobject: SObject, name: str) -> str:
    children = parts(sobject.told, "childRelationships")
    return next(
        str(child["relationshipName"])
        for child in children
        if str(child["relationshipName"]).lower() == name.lower()
    )


def _sort(rows: list[int], item: Ordering, place: Place) -> None:
    nulls_first = not item.descending if item.nulls_first is None else item.nulls_first
    read = place.read

    def key(row: int) -> tuple[bool, object]:
        value = read(row)
        if isinstance(value, str) and place.field.type not in ("id", "reference"):
            value = value.lower()
        # with reverse=True everything turns round, the place of nulls too
        is_late = (value is None) is not nulls_first
        return (is_late is not item.descending, "" if value is None else value)

    rows.sort(key=key, reverse=item.descending)


def _render(shape: Shape, rows: abc.Sequence[int], world: World) -> list[Json]:
    table = shape.table
    columns = [_column(entry, table, rows, world) for _key, entry in shape.entries]
    keys = [key for key, _entry in shape.entries]
    name, base = table.sobject.name, f"/services/data/v{world.version}/sobjects/{table.sobject.name}/"
    of = table.ids.of
    if not columns:
        return [{"attributes": {"type": name, "url": base + of(row)}} for row in rows]
    return [
        {"attributes": {"type": name, "url": base + of(row)}, **dict(zip(keys, values, strict=True))}
        for row, values in zip(rows, zip(*columns, strict=True), strict=True)
    ]


def _column(entry: object, table: Table, rows: abc.Sequence[int], world: World) -> abc.Sequence[object]:
    if isinstance(entry, str):
        return table.column(entry, rows)
    if isinstance(entry, _Parent):
        return _parents(entry, table, rows, world)
    if isinstance(entry, tuple):
        selection, field = entry
        return [_children(selection, field, table, row) for row in rows]
    return [None] * len(rows)


def _parents(parent: _Parent, table: Table, rows: abc.Sequence[int], world: World) -> list[object]:
    ids = table.column(parent.field.name, rows)
    made: dict[object, Json] = {}
    for name, shape in parent.shapes.items():
        wanted = {
            given: row
            for given in set(ids)
            if isinstance(given, str) and (row := shape.table.living(given)) is not None
        }
        rendered = _render(shape, list(wanted.values()), world)
        if len(parent.field.targets) > 1:
            for told in rendered:
                told["attributes"] = {"type": "Name", "url": _url_of(told)}
        made |= dict(zip(wanted, rendered, strict=True))
        del name
    return [made.get(given) for given in ids]


def _url_of(told: Json) -> object:
    attributes = told["attributes"]
    return attributes.get("url") if isinstance(attributes, dict) else None


def _children(selection: Selection, field: str, table: Table, row: int) -> object:
    rows = selection.ordered(selection.table.children(field, row, table.ids.of(row)))
    if not rows:
        return None
    return {"totalSize": len(rows), "done": True, "records": selection.render(rows)}
