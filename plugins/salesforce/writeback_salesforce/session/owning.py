"""Who records can belong to: users, and the queues among the groups.

A lead or a case may belong to a queue, which is a `Group` of type `Queue` (contracts/salesforce.md §8,
recorded: `OwnerId` of Lead and Case refers to `["Group","User"]`, of Account and Contact to `["User"]`).
Users are not unique by e-mail (§1, 21).
https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_group.htm
"""

from collections import abc
from typing import Final

from writeback.model.people import PersonKind
from writeback.sdk.capabilities import CrmUser, PeopleObject
from writeback.sdk.connector import ReadQuery
from writeback_salesforce.session.reading import Reading

_USER: Final = PeopleObject("User", PersonKind.PERSON, "Id", "Name", "Email")
_QUEUE: Final = PeopleObject("Group", PersonKind.QUEUE, "Id", "Name")


class Owning(Reading):
    """Tells who there is that records can belong to."""

    def people_objects(self) -> tuple[PeopleObject, ...]:
        """Say which objects hold them; makes no call."""
        return _USER, _QUEUE

    def read_people(self) -> abc.Iterator[tuple[CrmUser, ...]]:
        """Give all users, inactive ones too, then the queues."""
        for page in self.read(ReadQuery("User", ("Name", "Email", "IsActive"))):
            yield tuple(
                CrmUser(key, "User", str(name or ""), str(email or ""), is_active=active is not False)
                for key, _, (name, email, active) in page.rows
            )
        for page in self.read(ReadQuery("Group", ("Name",), filter="Type = 'Queue'")):
            yield tuple(
                CrmUser(key, "Group", str(name or ""), kind=PersonKind.QUEUE) for key, _, (name,) in page.rows
            )
