"""What reading and writing share: descriptions asked for once, and records fetched by id."""

import time
from collections import abc
from itertools import count

from writeback.errors import InvalidRequestError
from writeback.sdk.connector import Access
from writeback.sdk.values import ObjectInfo
from writeback_zoho.limits import CHASE_KEPT
from writeback_zoho.session.calls import Calls, Sleep
from writeback_zoho.wire import describes, lists, orgs, users
from writeback_zoho.wire.answers import Json, member, members
from writeback_zoho.wire.describes import Described
from writeback_zoho.wire.ids import known_id


class Asking:
    """Asks for what does not change within a session: modules, fields, the organisation."""

    def __init__(self, access: Access, *, sleep: Sleep = time.sleep) -> None:
        self.calls = Calls(access, sleep=sleep)
        self._modules: dict[str, ObjectInfo] = {}
        self._creatable: frozenset[str] = frozenset()
        self._described: dict[str, Described] = {users.USERS: describes.USERS}
        self._org: Json | None = None

    def modules(self) -> tuple[ObjectInfo, ...]:
        """List the modules, asked anew."""
        told = self.calls.get(*describes.prepare_modules()).content
        found = describes.parse_modules(told)
        self._creatable = describes.creatable_modules(told)
        self._modules = {module.name.casefold(): module for module in found}
        return found

    def describe(self, object_name: str) -> Described:
        """Describe a module, asked anew: whether its records may be changed the list of modules tells.

        Raises:
            InvalidRequestError: There is no such module.
        """
        if users.is_users(object_name):
            return describes.USERS
        self.modules()
        module = self._modules.get(object_name.casefold())
        if module is None:
            raise InvalidRequestError("zoho.no_such_module", object=object_name[:80])
        answer = self.calls.get(*describes.prepare_fields(module.name))
        is_strict = self.calls.access.options.get("outside_picklist", "") != "accepted"
        described = describes.parse_fields(
            answer.content or {"fields": []},
            module,
            is_strict=is_strict,
            is_creatable=module.name in self._creatable,
        )
        self._described[module.name.casefold()] = described
        return described

    def known(self, object_name: str) -> Described:
        """Describe a module as this session knows it already, or ask."""
        return self.remembered(object_name) or self.describe(object_name)

    def remembered(self, object_name: str) -> Described | None:
        """Describe a module without asking; None where this session has not asked yet."""
        if users.is_users(object_name):
            return describes.USERS
        return self._described.get(object_name.casefold())

    def org(self) -> Json:
        """Say who answers, asked once."""
        if self._org is None:
            self._org = orgs.parse_org(self.calls.get("org", {}).content)
        return self._org

    def all_users(self) -> abc.Iterator[list[Json]]:
        """Give all users, inactive ones too, page by page."""
        for page in count(1):
            answer = self.calls.get(*users.prepare_users(page))
            if answer.is_empty:
                return
            yield members(answer.content, "users")
            if member(answer.content, "info").get("more_records") is not True:
                return

    def by_ids(self, module: str, ids: abc.Sequence[str], fields: abc.Sequence[str]) -> dict[str, Json]:
        """Fetch records by id, a hundred a call and fifty fields at a time; a missing one is left out."""
        found: dict[str, Json] = {}
        for some in lists.id_chunks(ids):
            first, *more = lists.field_chunks(fields)
            records = lists.by_id(self.calls.get(*lists.prepare_by_ids(module, first, some)))
            for names in more:
                part = lists.by_id(self.calls.get(*lists.prepare_by_ids(module, names, some)))
                records = {key: {**row, **part[key]} for key, row in records.items() if key in part}
            found.update(records)
        return found


class Behind:
    """Fetches records behind references, each once for the length of one read."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._kept: dict[tuple[str, tuple[str, ...]], dict[str, Json]] = {}
        self._users: dict[str, Json] | None = None

    def fetch(
        self, object_name: str, ids: abc.Sequence[str], fields: tuple[str, ...]
    ) -> abc.Mapping[str, Json]:
        """Give records by id; users come all at once."""
        if users.is_users(object_name):
            return self._all_users()
        kept = self._kept.setdefault((object_name, fields), {})
        if len(kept) > CHASE_KEPT:
            kept.clear()
        wanted = ids if not kept else [key for key in ids if key not in kept]
        names = [name for name in fields if name != describes.KEY] or [describes.KEY]
        kept.update(self._asking.by_ids(object_name, wanted, names))
        return kept

    def _all_users(self) -> dict[str, Json]:
        if self._users is None:
            pages = self._asking.all_users()
            found = ((known_id(user.get("id")), user) for page in pages for user in page)
            self._users = {key: user for key, user in found if key is not None}
        return self._users
