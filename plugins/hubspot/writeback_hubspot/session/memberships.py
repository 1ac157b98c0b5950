"""Reads who is what at which company: contacts page by page, the associations of each page in one batch."""

from collections import abc
from typing import Any

from writeback.errors import InvalidRequestError
from writeback.sdk.connector import ReadQuery
from writeback.sdk.values import ObjectDescription, Page
from writeback_hubspot.limits import BATCH_ROWS
from writeback_hubspot.session.calls import Calls
from writeback_hubspot.session.seam import Apis
from writeback_hubspot.wire import memberships, reads
from writeback_hubspot.wire.answers import Json
from writeback_hubspot.wire.memberships import CONTACT, KEY, SOURCE, TARGET, PairRow
from writeback_hubspot.wire.paths import association_labels_path

Listed = abc.Callable[[str, abc.Sequence[str]], abc.Iterator[list[Json]]]


class Memberships:
    """The pairs of contacts and companies."""

    def __init__(self, calls: Calls, listed: Listed) -> None:
        self._calls, self._listed = calls, listed

    def describe(self) -> ObjectDescription:
        """Give the fields, the account's labels among them."""
        return memberships.describe_memberships(self._calls.get(association_labels_path(SOURCE, TARGET)))

    def read(self, query: ReadQuery) -> abc.Iterator[Page]:
        """Give all pairs. There is no filter, and no version: every read is a whole one.

        Raises:
            InvalidRequestError: A filter was given.
        """
        if query.filter.strip():
            raise InvalidRequestError("hubspot.bad_filter", given=query.filter[:200])
        left = query.limit
        for contacts in self._listed(SOURCE, ()):
            rows = self._rows([str(one["id"]) for one in contacts], query.paths)
            some = rows if left is None else rows[:left]
            if some:
                yield Page(query.paths, some)
            left = None if left is None else left - len(some)
            if left == 0:
                return

    def fetch(self, *, by: str, keys: abc.Sequence[str], paths: abc.Sequence[str]) -> Page:
        """Read some pairs afresh, by their key or their contact.

        Raises:
            InvalidRequestError: There is no such field.
        """
        name = by.casefold()
        if name not in (KEY, CONTACT):
            raise InvalidRequestError(
                "hubspot.unknown_property", object=memberships.MEMBERSHIPS, path=by[:200]
            )
        pairs = [memberships.pair_of(key) for key in keys]
        contacts = (
            [pair[0] for pair in pairs if pair] if name == KEY else [key for key in keys if key.isdecimal()]
        )
        columns = tuple(paths) if name == KEY else (by, *paths)
        wanted = {key.strip() for key in keys}
        rows = self._rows(contacts, columns)
        return Page(columns, [row for row in rows if name != KEY or row[0] in wanted])

    def _rows(self, contacts: abc.Sequence[str], paths: abc.Sequence[str]) -> list[PairRow]:
        found: dict[str, list[Json]] = {}
        unique = list(dict.fromkeys(contacts))
        for start in range(0, len(unique), BATCH_ROWS):
            wanted: dict[str, str | None] = dict.fromkeys(unique[start : start + BATCH_ROWS])
            while wanted:
                told = self._ask(reads.prepare_associations(wanted))
                wanted = {}
                for key, (page, after) in reads.parse_associations(told).items():
                    found.setdefault(key, []).extend(page)
                    if after is not None:
                        wanted[key] = after
        return memberships.rows_of(found, paths)

    def _ask(self, body: dict[str, object]) -> Json:
        def ask(apis: Apis) -> Any:  # noqa: ANN401  the package has no types
            return apis.link_batch.get_page(SOURCE, TARGET, body, _preload_content=False)

        return self._calls.read(ask, is_posted=True)
