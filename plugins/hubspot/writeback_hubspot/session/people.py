"""The account's owners as one session knows them: read whole, kept some minutes.

There is no batch read of owners, and an address may belong to an archived namesake: both lists are read.
"""

from collections import abc

from writeback_hubspot.limits import LIST_ROWS, OWNERS_KEPT_S
from writeback_hubspot.session.calls import Calls
from writeback_hubspot.wire.answers import Json, next_after
from writeback_hubspot.wire.owners import Owner, owners_by, parse_owners


class People:
    """Looks owners up; reads them at first need, and again when one is missing."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._known: tuple[Owner, ...] = ()
        self._read_at: float | None = None
        self._groups: dict[str, dict[str, list[Owner]]] = {}
        self._nobody: set[tuple[str, str]] = set()
        """Values that nobody held when the lists were read last."""

    def every(self) -> tuple[Owner, ...]:
        """Give all owners, the archived ones after the others."""
        if not self._is_fresh():
            self._load()
        return self._known

    def afresh(self) -> tuple[Owner, ...]:
        """Read all owners anew."""
        self._load()
        return self._known

    def by(self, field: str, values: abc.Iterable[str]) -> dict[str, list[Owner]]:
        """Give for each value the owners that hold it, compared without case.

        A value that nobody holds makes one fresh read: the owner may be new.

        Raises:
            InvalidRequestError: Owners have no such field.
        """
        folded = {value: value.strip().casefold() for value in values}
        was_fresh = self._is_fresh()
        found = self._grouped(field)
        missing = {(field, value) for value in folded.values() if value and value not in found}
        if was_fresh and missing - self._nobody:
            self._load()
            found = self._grouped(field)
        self._nobody |= {(name, value) for name, value in missing if value not in found}
        return {value: found.get(key, []) for value, key in folded.items()}

    def _is_fresh(self) -> bool:
        return self._read_at is not None and self._calls.monotonic() - self._read_at <= OWNERS_KEPT_S

    def _grouped(self, field: str) -> dict[str, list[Owner]]:
        owners = self.every()
        if field not in self._groups:
            self._groups[field] = owners_by(owners, field)
        return self._groups[field]

    def _load(self) -> None:
        found: dict[str, Owner] = {}
        for archived in ("false", "true"):
            for owner in self._pages(archived):
                found.setdefault(owner.id, owner)
        self._known, self._groups, self._nobody = tuple(found.values()), {}, set()
        self._read_at = self._calls.monotonic()

    def _pages(self, archived: str) -> abc.Iterator[Owner]:
        after: dict[str, str] = {}
        while True:
            body = self._read_page(archived=archived, **after)
            yield from parse_owners(body)
            cursor = next_after(body)
            if cursor is None:
                return
            after = {"after": cursor}

    def _read_page(self, **options: str) -> Json:
        return self._calls.read(
            lambda apis: apis.owners.get_page(limit=LIST_ROWS, _preload_content=False, **options)
        )
