"""The part of the façade that lets a person say which record a reference's value means.

Must not: change a row; the next plan takes the choice up.
"""

from collections import abc
from dataclasses import replace
from typing import Final

from writeback.errors import ConfigurationError, InvalidRequestError
from writeback.model.connections import Connection
from writeback.model.events import EventKind
from writeback.planning.pairing import folded
from writeback.runtime import directory
from writeback.runtime.connecting import Connecting
from writeback.runtime.facade.people import CandidateView, ChoiceView
from writeback.runtime.mapping import Mapping
from writeback.runtime.sessions import Sessions
from writeback.sdk.values import Candidate
from writeback.store import acts, choices, people
from writeback.store.choices import Choice
from writeback.store.workspace import Db, Workspace

MOST: Final = 50
"""Candidates shown at once; a search narrows them."""


class Choosing:
    """Candidates for a reference, and what was chosen of them."""

    def __init__(
        self, workspace: Workspace, *, sessions: Sessions, connecting: Connecting, mapping: Mapping
    ) -> None:
        self._workspace = workspace
        self._sessions = sessions
        self._connecting = connecting
        self._mapping = mapping

    def candidates(
        self, connection_text: str, objects: abc.Sequence[str], value: str, *, search: str
    ) -> tuple[CandidateView, ...]:
        """Give whom or what a value may mean. See `Facade.reference_candidates`."""
        connection = self._connecting.find(connection_text)
        found = {(one.object, one.id): one for one in self._namesakes(connection, objects, value)}
        for one in self._known(connection, objects, search):
            found.setdefault((one.object, one.id), one)
        ordered = sorted(found.values(), key=lambda one: (not one.active, folded(one.title), one.id))
        return tuple(ordered[:MOST])

    def choose(
        self, connection_text: str, objects: abc.Sequence[str], value: str, *, target: str, author: str
    ) -> ChoiceView:
        """Remember a choice. See `Facade.choose_reference`."""
        connection = self._connecting.find(connection_text)
        meant = next((one for name in objects for one in self._by_id(connection, name, target)), None)
        if not value.strip() or meant is None or not meant.is_active:
            raise ConfigurationError("choice.not_there", id=target[:200], object=", ".join(objects)[:200])
        at = self._workspace.now()
        choice = Choice(connection.id, meant.object, value.strip(), meant.id, meant.title, author, at)
        with self._workspace.writing() as db:
            choices.put(db, choice, instead_of=objects)
            self._note(db, connection, "reference.chosen", meant.object)
        return ChoiceView(connection.name, meant.object, choice.value, meant.id, meant.title, author, at)

    def every(self) -> tuple[ChoiceView, ...]:
        """Give what is remembered. See `Facade.reference_choices`."""
        with self._workspace.reading() as db:
            return directory.choice_views(db)

    def forget(self, connection_text: str, object_name: str, value: str) -> bool:
        """Forget a choice. See `Facade.forget_choice`."""
        connection = self._connecting.find(connection_text)
        with self._workspace.writing() as db:
            done = choices.forget(db, connection.id, object_name, value)
            if done:
                self._note(db, connection, "reference.forgotten", object_name)
        return done

    def _namesakes(
        self, connection: Connection, objects: abc.Sequence[str], value: str
    ) -> abc.Iterator[CandidateView]:
        """Ask the CRM who is called so: by every field that names a record."""
        session = self._sessions.open(connection.id)
        text = value.strip()
        if not text:
            return
        for name in objects:
            described = self._mapping.describe(connection.id, name)
            fields = {field.name for field in described.fields if field.is_lookup_key}
            for by in sorted(fields | {described.key_field, described.name_field}):
                try:
                    found = session.find(described.name, by=by, values=(text,))
                except InvalidRequestError:  # the CRM does not look up by this one
                    continue
                yield from (_view(described.name, one) for one in found.get(text, ()))

    def _known(
        self, connection: Connection, objects: abc.Sequence[str], search: str
    ) -> abc.Iterator[CandidateView]:
        """Give what was read: users of the directory, and records that were pulled."""
        words = folded(search).split()
        wanted = {name.casefold() for name in objects}
        with self._workspace.reading() as db:
            users = people.users(db, connection_id=connection.id)
            for user in users:
                text = folded(f"{user.title} {user.email} {user.id}")
                is_meant = user.object.casefold() in wanted and not user.is_gone
                if is_meant and all(one in text for one in words):
                    yield CandidateView(user.object, user.id, user.title, user.is_active, user.email)
            held = {user.object.casefold() for user in users}
            for name in objects:
                if name.casefold() not in held:
                    for key, title in choices.records_like(db, connection.id, name, words, most=MOST):
                        yield CandidateView(name, key, title, active=True)

    def _by_id(self, connection: Connection, object_name: str, target: str) -> abc.Sequence[Candidate]:
        described = self._mapping.describe(connection.id, object_name)
        session = self._sessions.open(connection.id)
        try:
            found = session.find(described.name, by=described.key_field, values=(target.strip(),))
        except InvalidRequestError:  # an id of another object
            return ()
        return [replace(one, object=described.name) for one in found.get(target.strip(), ())]

    def _note(self, db: Db, connection: Connection, act: str, object_name: str) -> None:
        """Tell that it was done; what was chosen for whom stays out of the audit: it is CRM data."""
        acts.record(
            db,
            at=self._workspace.now(),
            kind=EventKind.PEOPLE_CHANGED,
            subject=connection.id,
            act=act,
            body={"connection": connection.id, "object": object_name},
        )


def _view(object_name: str, one: Candidate) -> CandidateView:
    return CandidateView(object_name, one.id, one.title, one.is_active)
