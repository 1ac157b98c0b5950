"""The part of a session that reads what changed, under a token of Dataverse's own where the table has one."""

from collections import abc

from writeback.errors import InvalidRequestError, PermissionDeniedError
from writeback.sdk.capabilities import ChangesPage
from writeback.sdk.connector import ReadQuery
from writeback.sdk.values import Page
from writeback_dynamics.session.reading import Reading
from writeback_dynamics.wire import changes, queries
from writeback_dynamics.wire.describes import Described
from writeback_dynamics.wire.queries import MODIFIED, Selection


class Changing(Reading):
    """Reads changes, on top of reading rows."""

    def tracks(self, object_name: str) -> bool:
        """Say whether changes of this table can be asked for: by delta links, else by `modifiedon`."""
        described = self._catalogue.known(object_name)
        return described.table.tracks_changes or described.has(MODIFIED)

    def read_changes(self, query: ReadQuery) -> abc.Iterator[ChangesPage]:
        """Give all rows (`since` None), or those that changed or vanished since the token.

        A table without change tracking does not tell of deletes; a full pull finds them.

        Raises:
            InvalidRequestError: `changes.token_expired`: the token is too old, or of another kind by now.
        """
        described = self._catalogue.known(query.object)
        selection = queries.select(query.object, query.paths, self._catalogue.known)
        if query.since is None:
            yield from self._all(query, described, selection)
        elif (moment := changes.moment_since(query.since)) is not None:
            yield from self._modified(query, selection, queries.modified_since(moment))
        else:
            yield from self._delta(query, described, selection, query.since)

    def _all(self, query: ReadQuery, described: Described, selection: Selection) -> abc.Iterator[ChangesPage]:
        """Take the token first: what changes while the rows are read belongs to the next pull."""
        token = self._first_token(described) if described.table.tracks_changes else None
        if token is None:
            yield from self._modified(query, selection, "")
            return
        yield from _ended(self._read(selection, [query.filter], limit=query.limit), selection, token)

    def _first_token(self, described: Described) -> str | None:
        """Page through the ids for the delta link at their end; None for a user who may not track."""
        try:
            token = None
            for answer in self._tracked(queries.prepare_ids(described.table)):
                token = changes.delta_token(answer)
        except PermissionDeniedError:  # it takes reading rights of the organisation's level
            return None
        return token

    def _modified(self, query: ReadQuery, selection: Selection, condition: str) -> abc.Iterator[ChangesPage]:
        """Read by `modifiedon`; the next token is the newest moment there was before the reading."""
        token = changes.moment_token(self._calls.read(changes.prepare_newest(selection.table)))
        pages = self._read(selection, [query.filter, condition], limit=query.limit)
        yield from _ended(pages, selection, token)

    def _delta(
        self, query: ReadQuery, described: Described, selection: Selection, since: str
    ) -> abc.Iterator[ChangesPage]:
        address = changes.delta_address(since, described.table)
        if address is None:
            raise InvalidRequestError("changes.token_expired", object=query.object)
        ids: dict[str, None] = {}
        gone: dict[str, None] = {}
        token = None
        for answer in self._delta_pages(address, query.object):
            changed = changes.parse_changes(answer, described.table)
            ids |= dict.fromkeys(changed.ids)
            gone |= dict.fromkeys(changed.gone)
            token = changes.delta_token(answer)
        wanted = [one for one in ids if one not in gone]
        for condition in queries.conditions_of_ids(described.table, wanted):
            for page in self._read(selection, [condition, query.filter]):
                yield ChangesPage(page)
        yield ChangesPage(Page(selection.paths, ()), tuple(gone), token)

    def _delta_pages(self, address: str, object_name: str) -> abc.Iterator[abc.Mapping[str, object]]:
        """Follow a delta link; what refuses its first page is the token, whatever it says."""
        try:
            yield from self._tracked(address)
        except PermissionDeniedError:
            raise
        except InvalidRequestError as error:
            if error.code == "dynamics.unreadable_answer":
                raise
            raise InvalidRequestError("changes.token_expired", object=object_name) from None

    def _tracked(self, address: str) -> abc.Iterator[abc.Mapping[str, object]]:
        asked: str | None = address
        prefer = f"{changes.TRACK},{self._paging(self._page_rows)}"
        while asked is not None:
            answer = self._calls.read(asked, prefer=prefer)
            yield answer
            asked = queries.next_address(answer)


def _ended(pages: abc.Iterable[Page], selection: Selection, token: str | None) -> abc.Iterator[ChangesPage]:
    for page in pages:
        yield ChangesPage(page)
    yield ChangesPage(Page(selection.paths, ()), (), token)
