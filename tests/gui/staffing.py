"""People, roles and choices for screens: seeds of a busy directory, and the scripted answers about them."""

from collections import abc
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.engine import Connection

from tests.gui.seeding import NOW
from writeback.engine.matching_people import choose_user
from writeback.errors import WritebackError
from writeback.model.attributes import Attribute
from writeback.model.changes import Reason
from writeback.model.integrations import ReferenceMode
from writeback.model.people import MatchedBy, Person, PersonKind
from writeback.model.types import AttributeType, ConnectionId
from writeback.runtime import directory
from writeback.runtime.decoding import description_of
from writeback.runtime.facade.people import (
    CandidateView,
    ChoiceView,
    DirectoryView,
    PeopleReport,
    PersonView,
    RoleConsequence,
    RoleField,
    RoleView,
    RoleWish,
)
from writeback.runtime.reading import Reading
from writeback.sdk.capabilities import CrmUser, PeopleObject
from writeback.sdk.values import FieldInfo, ReferenceInfo
from writeback.store import choices, descriptions, model, people, roles, schema
from writeback.store.choices import Choice
from writeback.store.workspace import Workspace

MEMBERS = (
    Person("ana@acme.test", "Ana Stone", "ana@acme.test"),
    Person("ben@acme.test", "Ben <b>Bold</b>", "ben@acme.test"),
    Person("chloe@acme.test", "Chloé & Sons", "chloe@acme.test"),
    Person("deniz@acme.test", "Deniz Yılmaz", "deniz@acme.test", active=False),
    Person("shared@acme.test", "shared@acme.test", "shared@acme.test"),
    Person("team:nordic", "Nordic", kind=PersonKind.TEAM),
    Person("queue:support", "Support", kind=PersonKind.QUEUE),
)
FIELDS = (
    RoleField("OwnerId", "Owner ID", ReferenceMode.REPOINT),
    RoleField("Owner.Name", "Owner ID: Full Name", ReferenceMode.EDIT_TARGET, Reason("field.read_only")),
    RoleField("Owner.Email", "Owner ID: Email", ReferenceMode.EDIT_TARGET),
    RoleField("Success_Manager__c", "Success Manager", ReferenceMode.REPOINT),
    RoleField("CreatedById", "Created By ID", ReferenceMode.REPOINT, Reason("field.read_only")),
)


def seed_people(db: Connection) -> None:
    """The directory of a team in two CRMs: matched, by name, by hand, ambiguous, unmatched, inactive."""
    people.add_people(db, MEMBERS, at=NOW)
    roles.add(db, ("account", "csm"), at=NOW)
    objects = (
        PeopleObject("User", PersonKind.PERSON, "Id", "Name", "Email"),
        PeopleObject("Group", PersonKind.QUEUE, "Id", "Name"),
    )
    for connection in ("c1", "c2"):
        people.put_objects(db, connection, objects, at=NOW - timedelta(hours=2))
        people.put_users(db, connection, _users(connection))
    for connection, key, member, how in (
        ("c1", ("User", "005c1A"), 0, MatchedBy.EMAIL),
        ("c1", ("User", "005c1B"), 1, MatchedBy.NAME),
        ("c1", ("User", "005c1C"), 2, MatchedBy.EMAIL),
        ("c1", ("User", "005c1D"), 3, MatchedBy.EMAIL),
        ("c1", ("Group", "00Gc1S"), 6, MatchedBy.NAME),
        ("c2", ("User", "005c2A"), 0, MatchedBy.HAND),
    ):
        by = "ana" if how is MatchedBy.HAND else ""
        people.match(db, connection, [(key, MEMBERS[member].id, how)], by=by, at=NOW)
    choices.put(db, Choice(ConnectionId("c1"), "User", "a.stone@old.test", "005c1A", "Ana Stone", "ben", NOW))

    _describe_whole(db)


def _describe_whole(db: Connection) -> None:
    """Keep the seeded description with every fact, as a pull would: the owner is a reference to people."""
    kept = db.execute(
        select(schema.descriptions).where(
            schema.descriptions.c.connection_id == "c1", schema.descriptions.c.object == "Account"
        )
    ).one()
    told = description_of(kept.body)
    owner = FieldInfo(
        "OwnerId",
        "Owner ID",
        AttributeType.TEXT,
        "reference",
        is_nillable=False,
        is_updateable=True,
        reference=ReferenceInfo("Owner", ("User",), is_polymorphic=False),
    )
    fields = tuple(one for one in told.fields if one.name != "OwnerId")
    descriptions.put(db, "c1", replace(told, fields=(*fields, owner)), at=NOW)


def _users(connection: str) -> list[CrmUser]:
    def user(letter: str, name: str, mail: str, *, is_active: bool = True) -> CrmUser:
        return CrmUser(f"005{connection}{letter}", "User", name, mail, is_active=is_active)

    return [
        user("A", "Ana Stone", "ana@acme.test"),
        user("B", "Ben <b>Bold</b>", "b.bold@acme.test"),
        user("C", "Chloé & Sons", "chloe@acme.test"),
        user("D", "Deniz Yılmaz", "deniz@acme.test", is_active=False),
        user("S", "Shared mailbox", "shared@acme.test"),
        user("T", "Second shared mailbox", "shared@acme.test"),
        CrmUser(f"00G{connection}S", "Group", "Support", kind=PersonKind.QUEUE),
    ]


class ScriptedPeople:
    """Answers about people: from the workspace where no CRM is needed."""

    workspace: Workspace
    reads: Reading
    now: abc.Callable[[], datetime]
    seen: list[tuple[str, object]]
    fails: dict[str, WritebackError]
    consequence = RoleConsequence("Acme", "Northwind Traders", "Ana Stone", 214)

    def _note(self, call: str, what: object = None) -> None:
        raise NotImplementedError

    def pull_people(self, connection: str, *, act: str) -> PeopleReport:
        del act
        self._note("pull_people", connection)
        return PeopleReport(ConnectionId(connection), 7, 5, 2, 1, 0)

    def people(self) -> DirectoryView:
        return self.reads.people()

    def match_person(self, person: str, connection: str, *, user: str, author: str, act: str) -> PersonView:
        del act
        self._note("match_person", (person, connection, user))
        key = None
        with self.workspace.reading() as db:
            for one in people.users(db, connection_id=connection):
                if one.id == user:
                    key = one.key
        choose_user(self.workspace, connection, person, key, author=author)
        return next(one for one in self.reads.people().people if one.id == person)

    def roles(self) -> tuple[RoleView, ...]:
        return self.reads.roles()

    def add_role(self, wish: RoleWish, *, act: str) -> RoleView:
        del act
        self._note("add_role", wish)
        name = wish.title.casefold().replace(" ", "_")
        with self.workspace.writing() as db:
            model.add_attribute(db, Attribute(wish.entity, name, wish.title, AttributeType.USER_REF))
            roles.add(db, (wish.entity, name), at=self.now())
        return next(one for one in self.reads.roles() if one.attribute == name)

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
        del act
        self._note("map_role", (role, integration, path, write_back, reference_mode))
        return next(one for one in self.reads.roles() if one.attribute == role)

    def role_fields(self, integration: str) -> tuple[RoleField, ...]:
        self._note("role_fields", integration)
        return FIELDS

    def role_consequence(self, integration: str, path: str) -> RoleConsequence:
        self._note("role_consequence", (integration, path))
        return self.consequence

    def reference_candidates(
        self, connection: str, objects: tuple[str, ...], value: str, *, search: str = ""
    ) -> tuple[CandidateView, ...]:
        self._note("reference_candidates", (connection, objects, value, search))
        return (
            CandidateView("User", "005c1S", "Shared mailbox", active=True, email="shared@acme.test"),
            CandidateView("User", "005c1D", "Deniz Yılmaz", active=False, email="deniz@acme.test"),
        )

    def choose_reference(
        self, connection: str, objects: tuple[str, ...], value: str, *, target: str, author: str, act: str
    ) -> ChoiceView:
        del act
        self._note("choose_reference", (connection, objects, value, target))
        return ChoiceView(connection, objects[0], value, target, "Shared mailbox", author, self.now())

    def reference_choices(self) -> tuple[ChoiceView, ...]:
        with self.workspace.reading() as db:
            return directory.choice_views(db)

    def forget_choice(self, connection: str, object_name: str, value: str, *, act: str) -> bool:
        del act
        self._note("forget_choice", (connection, object_name, value))
        with self.workspace.writing() as db:
            return choices.forget(db, "c1", object_name, value)
