"""What a session knows of the environment's tables: asked at first need, kept while it is open."""

from writeback.errors import InvalidRequestError
from writeback_dynamics.session.calls import Calls
from writeback_dynamics.wire import describes, multiples, tables
from writeback_dynamics.wire.describes import Described
from writeback_dynamics.wire.tables import Table


class Catalogue:
    """Tables and their columns; changes nothing at Dataverse."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._tables: dict[str, Table] = {}
        self._described: dict[str, Described] = {}
        self._takes_multiple: dict[str, bool] = {}

    def tables(self, *, afresh: bool = False) -> dict[str, Table]:
        """Give all tables by logical name."""
        if afresh or not self._tables:
            self._tables = tables.parse_tables(self._calls.read(tables.prepare_tables()))
        return self._tables

    def table(self, name: str) -> Table:
        """Give one table; one that was not there is asked for again, it may have come meanwhile.

        Raises:
            InvalidRequestError: There is none of that name.
        """
        found = self.tables().get(name.lower()) or self.tables(afresh=True).get(name.lower())
        if found is None:
            raise InvalidRequestError("dynamics.unknown_table", object=name[:100])
        return found

    def known(self, name: str) -> Described:
        """Give a table's description, asked for once.

        Raises:
            InvalidRequestError: There is no such table.
        """
        found = self._described.get(name.lower())
        return found if found is not None else self.describe(name)

    def describe(self, name: str) -> Described:
        """Give a table's description, asked for now."""
        table = self.table(name)
        columns, relations, keys, *casts = self._calls.read_all(describes.prepare_describe(table.name))
        described = describes.parse_describe(table, columns, relations=relations, keys=keys, casts=casts)
        self._described[table.name] = described
        return described

    def takes_multiple(self, table: Table) -> bool:
        """Say whether a table takes UpdateMultiple; asked for once."""
        if table.name not in self._takes_multiple:
            answer = self._calls.read(multiples.prepare_offer(table.name))
            self._takes_multiple[table.name] = multiples.parse_offer(answer)
        return self._takes_multiple[table.name]
