"""The part of a session that tells who gave properties their values."""

from collections import abc
from typing import Any

from writeback.errors import RefusedError
from writeback.sdk.capabilities import History
from writeback_hubspot.limits import HISTORY_ROWS
from writeback_hubspot.session.reading import Reading
from writeback_hubspot.session.seam import Apis
from writeback_hubspot.wire import histories
from writeback_hubspot.wire.answers import Json
from writeback_hubspot.wire.describes import COMPANY_FIELD, canonical_name
from writeback_hubspot.wire.memberships import MEMBERSHIPS
from writeback_hubspot.wire.owners import OWNERS
from writeback_hubspot.wire.paths import known_id, type_name
from writeback_hubspot.wire.selections import select


class Remembering(Reading):
    """Reads property history; changes nothing."""

    def read_history(
        self, object_name: str, *, since: abc.Mapping[str, str | None], fields: abc.Sequence[str]
    ) -> abc.Mapping[str, History]:
        """Give what some fields of some records were given after the records' versions, 50 a call.

        An association has no history, nor has an owner.

        Raises:
            RetryableError: It may be asked again.
            RefusedError: This key may not see it, or there is no such property.
        """
        name = type_name(canonical_name(object_name))
        if name in (OWNERS, MEMBERSHIPS):
            return {}
        places = zip(fields, select(name, tuple(fields), self._known).places, strict=True)
        asked = {field: place for field, place in places if place.hop < 0 and place.field != COMPANY_FIELD}
        kinds = {place.field: place.kind for place in asked.values()}
        keys = [key for key in since if known_id(key)]
        found: dict[str, History] = {}
        for start in range(0, len(keys) if kinds else 0, HISTORY_ROWS):
            some = keys[start : start + HISTORY_ROWS]
            told = self._read_versions(name, histories.prepare_history(some, kinds))
            emails = self._emails(histories.parse_users(told))
            found |= histories.parse_history(
                told, {key: since[key] for key in some}, kinds=kinds, emails=emails
            )
        if len(asked) < len(fields):
            found = {key: History(history.written) for key, history in found.items()}
        return found

    def _read_versions(self, object_name: str, body: Json) -> Json:
        def ask(apis: Apis) -> Any:  # noqa: ANN401  the package has no types
            return apis.batch.read(object_name, body, _preload_content=False)

        return self._calls.read(ask, is_posted=True)

    def _emails(self, users: abc.Set[str]) -> dict[str, str]:
        """Give the addresses of users who are owners; a key that may not see owners knows none."""
        if not users:
            return {}
        try:
            owners = self._people.by("userId", users)
        except RefusedError:
            return {}
        return {
            user: str(found[0].told["email"])
            for user, found in owners.items()
            if found and found[0].told.get("email")
        }
