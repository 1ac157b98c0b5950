"""Who records can belong to: owners, of which some are queues (contracts/hubspot.md §9: `type PERSON|QUEUE`).

An owner's teams are where a person works; they own nothing themselves.
https://developers.hubspot.com/docs/api-reference/crm-owners-v3/guide
"""

from collections import abc
from typing import Final

from writeback.model.people import PersonKind
from writeback.sdk.capabilities import CrmUser, PeopleObject
from writeback_hubspot.session.remembering import Remembering
from writeback_hubspot.wire.owners import OWNERS, Owner

_OWNERS: Final = PeopleObject(OWNERS, PersonKind.PERSON, "id", "", "email")
_QUEUE: Final = "QUEUE"


class Owning(Remembering):
    """Tells who there is that records can belong to."""

    def people_objects(self) -> tuple[PeopleObject, ...]:
        """Say which objects hold them; makes no call."""
        return (_OWNERS,)

    def read_people(self) -> abc.Iterator[tuple[CrmUser, ...]]:
        """Give all owners, the archived ones too."""
        yield tuple(_user_of(owner) for owner in self._people.afresh())


def _user_of(owner: Owner) -> CrmUser:
    shown = owner.as_candidate()
    kind = PersonKind.QUEUE if owner.told.get("type") == _QUEUE else PersonKind.PERSON
    email = str(owner.told.get("email") or "")
    return CrmUser(shown.id, OWNERS, shown.title, email, is_active=shown.is_active, kind=kind)
