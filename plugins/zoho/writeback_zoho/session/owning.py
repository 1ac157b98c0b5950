"""Who records can belong to: the org's users (contracts/zoho.md §6: `/users?type=AllUsers`).

Zoho's groups and roles share records; an owner is always a user.
https://www.zoho.com/crm/developer/docs/api/v8/get-users.html
"""

from collections import abc
from typing import Final

from writeback.model.people import PersonKind
from writeback.sdk.capabilities import CrmUser, PeopleObject
from writeback_zoho.session.reading import Reading
from writeback_zoho.wire import users

_USERS: Final = PeopleObject(users.USERS, PersonKind.PERSON, "id", "full_name", "email")


class Owning(Reading):
    """Tells who there is that records can belong to."""

    def people_objects(self) -> tuple[PeopleObject, ...]:
        """Say which modules hold them; makes no call."""
        return (_USERS,)

    def read_people(self) -> abc.Iterator[tuple[CrmUser, ...]]:
        """Give all users, inactive ones too."""
        for page in self._asking.all_users():
            yield users.people_of(page)
