"""Tell team members for the users of one CRM, and users for team members, while a plan is made.

A role's value never reaches a CRM as text: it becomes the id of the user that the directory knows, or its
row is blocked with who is missing where.

Must not: match anybody, ask the CRM (`looking_up` asks whether the user is still there and active).
"""

from collections import abc
from dataclasses import dataclass, replace

from writeback.model.changes import Reason
from writeback.model.connections import Connection
from writeback.planning.coercing import refusal
from writeback.planning.resolving import Aim, Lookup
from writeback.store import choices, integrations, roles
from writeback.store.choices import Choice, looked_up
from writeback.store.people import KnownUser
from writeback.store.roles import Members
from writeback.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Staff:
    """What the directory knows of one connection: its users, and which columns hold team members."""

    connection: Connection
    members: Members
    columns: frozenset[tuple[str, str]]
    """Integrations and attributes that are roles."""
    choices: abc.Mapping[tuple[str, str], Choice]
    """What people chose, by object and value as it is looked up."""

    def choice_of(self, targets: abc.Iterable[str], text: str) -> Choice | None:
        """Give what a person chose for a value, whichever of the objects it is of."""
        value = looked_up(text)
        found = (self.choices.get((target.casefold(), value)) for target in targets)
        return next((choice for choice in found if choice is not None), None)

    def recognise(self, aim: Aim, integration_id: str | None) -> Aim:
        """Mark an aim as one whose values are team members, if they are."""
        if (integration_id, aim.column.attribute) not in self.columns:
            return aim
        if aim.lookup is None:
            return aim
        return replace(aim, lookup=Lookup(aim.lookup.targets, "", str(aim.column.path), is_people=True))

    def user_of(self, person_id: str, aim: Aim) -> KnownUser | Reason:
        """Give the user that a team member is in this CRM, or why none can be written."""
        path = str(aim.column.path)
        where = self.connection.name
        person = self.members.persons.get(person_id)
        if person is None:
            facts = {"field": path, "person": person_id, "connection": where}
            return refusal("reference.unmatched_person", person_id, **facts)
        user = self.members.user_of(person.id)
        if user is None:
            alike = self.members.alike(person)
            told = ", ".join(f"{one.title} ({one.id})" for one in alike[:5])
            facts = {"field": path, "person": person.name, "connection": where, "candidates": told}
            code = "reference.ambiguous_person" if alike else "reference.unmatched_person"
            return refusal(code, person_id, **facts)
        targets = {one.casefold() for one in aim.lookup.targets} if aim.lookup is not None else set()
        if user.object.casefold() not in targets:
            facts = {"field": path, "person": person.name, "connection": where, "kind": user.kind.value}
            return refusal("reference.wrong_kind", person_id, **facts)
        return user

    def shown(self, user_id: str, aim: Aim) -> str | None:
        """Give what a role says where this user stands; None: nobody of that id was read."""
        word = self.members.word_of(user_id, aim.column.path)
        return None if word is None else self.said(word, aim)

    def said(self, word: str, aim: Aim) -> str:
        """Give what a role says for a CRM's word: a team member, or the word itself."""
        translate = self.members.translator(aim.column.path)
        return str(translate(word)) if translate is not None else word


def staff_of(workspace: Workspace, connection: Connection) -> Staff:
    """Read what the directory knows of a connection now."""
    with workspace.reading() as db:
        columns = frozenset(
            (one.id, mapping.attribute)
            for one in integrations.every(db, connection_id=connection.id)
            for mapping in one.mappings
            if mapping.attribute in roles.pointing(db, one.entity)
        )
        kept = choices.every(db, connection_id=connection.id)
        by_value = {(one.object.casefold(), looked_up(one.value)): one for one in kept}
        known = roles.members(db, connection.id) if columns else Members(connection.id, {}, (), ())
        return Staff(connection, known, columns, by_value)


StaffOf = abc.Callable[[], Staff]
