"""Who records can belong to: users, and the teams that may own.

`ownerid` is of the abstract type principal: a systemuser or a team (contracts/dynamics.md §10). A team of
type 1 (access team) shares rows and owns none.
https://learn.microsoft.com/en-us/power-apps/developer/data-platform/use-access-teams-owner-teams-collaborate-share-information
"""

from collections import abc
from typing import Final

from writeback.model.people import PersonKind
from writeback.sdk.capabilities import CrmUser, PeopleObject
from writeback.sdk.connector import ReadQuery
from writeback_dynamics.session.changing import Changing

_USER: Final = PeopleObject(
    "systemuser", PersonKind.PERSON, "systemuserid", "fullname", "internalemailaddress"
)
_TEAM: Final = PeopleObject("team", PersonKind.TEAM, "teamid", "name")
_OWNS: Final = "teamtype ne 1"


class Owning(Changing):
    """Tells who there is that rows can belong to."""

    def people_objects(self) -> tuple[PeopleObject, ...]:
        """Say which tables hold them; makes no call."""
        return _USER, _TEAM

    def read_people(self) -> abc.Iterator[tuple[CrmUser, ...]]:
        """Give all users, disabled ones too, then the teams that may own."""
        users = ReadQuery("systemuser", ("fullname", "internalemailaddress", "isdisabled"))
        for page in self.read(users):
            yield tuple(
                CrmUser(key, "systemuser", str(name or ""), str(email or ""), is_active=disabled is not True)
                for key, _, (name, email, disabled) in page.rows
            )
        for page in self.read(ReadQuery("team", ("name",), filter=_OWNS)):
            yield tuple(
                CrmUser(key, "team", str(name or ""), kind=PersonKind.TEAM) for key, _, (name,) in page.rows
            )
