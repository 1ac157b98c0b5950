"""What the command line is told about who is what at which account.

Must not: talk to a CRM.
"""

from writeback.errors import UnknownAttributeError
from writeback.runtime.reading import Reading
from writeback.runtime.views import MembershipView
from writeback.store.records import Record


class TellingMemberships:
    """Reads of memberships; a part of `Telling`."""

    _reading: Reading

    def memberships(self, of: Record) -> tuple[MembershipView, ...]:
        """Give what a person is at each account, or who is what at an account."""
        return self._reading.profiles.memberships(of.entity, of.id)

    def membership(self, person: Record, account: Record) -> MembershipView:
        """Give what a person is at one account.

        Raises:
            UnknownAttributeError: Nothing was pulled of the two together.
        """
        whose = self.memberships(person)
        found = next(
            (one for one in whose if one.account is not None and one.account.rid == account.id), None
        )
        if found is None:
            raise UnknownAttributeError("membership.unknown", person=person.title, account=account.title)
        return found
