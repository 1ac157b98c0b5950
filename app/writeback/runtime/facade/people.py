"""Team members, the users that CRMs know them by, and roles."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from writeback.model.changes import Reason
from writeback.model.integrations import ReferenceMode
from writeback.model.people import MatchedBy, PersonKind
from writeback.model.types import ConnectionId, IntegrationId


@dataclass(frozen=True, slots=True)
class UserView:
    """A CRM's user, team or queue as last read."""

    connection_id: ConnectionId
    object: str
    id: str
    title: str
    email: str
    kind: PersonKind
    active: bool


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """Who a team member is in one CRM."""

    connection_id: ConnectionId
    connection: str
    state: str
    """`matched` | `inactive` (matched, and switched off there) | `ambiguous` | `unmatched`."""
    user: UserView | None = None
    matched_by: MatchedBy | None = None
    confidence: float = 0.0
    decided_by: str = ""
    """Who chose; '': Writeback."""
    decided_at: datetime | None = None
    candidates: tuple[UserView, ...] = ()
    """Where it is ambiguous: users with the member's e-mail or name whom nobody was matched with."""


@dataclass(frozen=True, slots=True)
class PersonView:
    """One team member with their user in every CRM whose users were read."""

    id: str
    name: str
    email: str
    kind: PersonKind
    active: bool
    matches: tuple[PersonMatch, ...] = ()


@dataclass(frozen=True, slots=True)
class PeopleSource:
    """One connection as a source of users."""

    connection_id: ConnectionId
    connection: str
    connector: str
    pulled_at: datetime | None
    """None: its users were never read."""
    users: int


@dataclass(frozen=True, slots=True)
class DirectoryView:
    """The whole directory."""

    sources: tuple[PeopleSource, ...]
    people: tuple[PersonView, ...]
    unclaimed: tuple[UserView, ...]
    """Users that are no team member: several fit, or an active namesake is meant."""


@dataclass(frozen=True, slots=True)
class PeopleReport:
    """What reading one CRM's users brought."""

    connection_id: ConnectionId
    read: int
    matched: int
    added: int
    ambiguous: int
    gone: int


@dataclass(frozen=True, slots=True)
class RoleMapping:
    """Where a role stands in one CRM."""

    integration_id: IntegrationId
    connection_id: ConnectionId
    connection: str
    object: str
    path: str
    column: str
    """The CRM column that a write-back sets; '' when that is not known yet."""
    write_back: bool
    reference_mode: ReferenceMode
    clearable: bool | None
    """The CRM lets it be emptied; None: not known."""
    strangers: int
    """Records whose value is nobody in the directory."""


@dataclass(frozen=True, slots=True)
class RoleView:
    """One role: an attribute whose value is a team member."""

    entity: str
    attribute: str
    title: str
    reference_mode: ReferenceMode
    mappings: tuple[RoleMapping, ...]
    records: int
    """Records that have somebody in it."""
    members: int
    """How many different team members."""
    unmatched: tuple[str, ...]
    """Members in it whom a CRM does not know that takes it for their record: not written there."""


@dataclass(frozen=True, slots=True)
class RoleWish:
    """A role to be made, or an attribute to be made one."""

    title: str
    entity: str = "account"
    attribute: str = ""
    """'' makes one of the title."""


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A record that a reference may point at."""

    object: str
    id: str
    title: str
    active: bool
    email: str = ""
    """Of users that were read."""


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """What somebody chose for a value that named nobody, or several."""

    connection: str
    object: str
    value: str
    id: str
    title: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class RoleField:
    """A field that may hold a role."""

    path: str
    label: str
    reference_mode: ReferenceMode
    """What writing it means: REPOINT for a reference, EDIT_TARGET for a field of the person behind it."""
    lock: Reason | None = None
    """Why it cannot be written; None: it can."""


@dataclass(frozen=True, slots=True)
class RoleConsequence:
    """What writing a role would do, told by an example of the CRM's own."""

    connection: str
    record: str
    """A record that has somebody, by name; '' where there is no record."""
    person: str
    """Who that is now; '' where nobody has one."""
    records: int | None
    """How many records of the object name that person in the CRM; None: the CRM cannot be asked so."""


class PeopleCalls(Protocol):
    """Team members, the users that CRMs know them by, and roles."""

    def pull_people(self, connection: str, *, act: str) -> PeopleReport:
        """Read all users of a CRM and match those that have no team member yet.

        Raises:
            ConfigurationError: `people.not_told`: the connector cannot tell.
        """

    def people(self) -> DirectoryView:
        """Give the directory."""

    def match_person(self, person: str, connection: str, *, user: str, author: str, act: str) -> PersonView:
        """Say which user of a CRM a team member is, for good; `user` '' says: none.

        Args:
            person: Id, e-mail or name.
            connection: Name or id.
            user: The CRM's id of the user.
            author: Who says so.
            act: The act's id.
        """

    def roles(self) -> tuple[RoleView, ...]:
        """Give all roles."""

    def add_role(self, wish: RoleWish, *, act: str) -> RoleView:
        """Make a role. An attribute that is there already becomes one.

        Raises:
            ConfigurationError: `role.exists`, `role.not_text`.
        """

    def map_role(
        self,
        role: str,
        integration: str,
        path: str,
        *,
        write_back: bool,
        reference_mode: ReferenceMode,
        act: str,
    ) -> RoleView:
        """Let a role stand in a field of a CRM: a reference, or a field of the record it points at.

        Raises:
            MappingError: `role.same_column` with the two names, `role.not_people`, `role.not_known_by`,
                `role.two_modes`, and what `map_fields` refuses.
        """

    def role_fields(self, integration: str) -> tuple[RoleField, ...]:
        """Give the fields of an integration's object that may hold a role, with what hinders writing."""

    def role_consequence(self, integration: str, path: str) -> RoleConsequence:
        """Say what writing through a field would do, by an example that is read now.

        Raises:
            MappingError: `role.not_people`.
        """

    def reference_candidates(
        self, connection: str, objects: tuple[str, ...], value: str, *, search: str = ""
    ) -> tuple[CandidateView, ...]:
        """Give the records that a value may mean: its namesakes in the CRM, and what we know like `search`.

        Active ones come first, at most some dozen.
        """

    def choose_reference(
        self, connection: str, objects: tuple[str, ...], value: str, *, target: str, author: str, act: str
    ) -> ChoiceView:
        """Remember which record a value means, for all rows alike, now and later.

        Args:
            connection: Name or id.
            objects: What the reference may point at.
            value: As it stands in the source.
            target: The CRM's id of the record.
            author: Who chooses.
            act: The act's id.

        Raises:
            ConfigurationError: `choice.not_there`: none of the objects has an active record of that id.
        """

    def reference_choices(self) -> tuple[ChoiceView, ...]:
        """Give everything that was chosen and is remembered."""

    def forget_choice(self, connection: str, object_name: str, value: str, *, act: str) -> bool:
        """Forget a choice; gives whether there was one."""
