"""Answers about team members and roles."""

from writeback.model.integrations import ReferenceMode
from writeback.model.permissions import Right
from writeback.runtime.answering.once import Answering
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


class PeopleAnswers(Answering):
    """Answers about team members and roles."""

    def pull_people(self, connection: str, *, act: str) -> PeopleReport:
        """See `Facade.pull_people`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        return self._once(act, "pull_people", lambda: self._staffing.pull(connection))

    def people(self) -> DirectoryView:
        """See `Facade.people`."""
        return self._staffing.everyone()

    def match_person(self, person: str, connection: str, *, user: str, author: str, act: str) -> PersonView:
        """See `Facade.match_person`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS, author)
        return self._once(
            act, "match_person", lambda: self._staffing.match(person, connection, user=user, author=author)
        )

    def roles(self) -> tuple[RoleView, ...]:
        """See `Facade.roles`."""
        return self._staffing.every_role()

    def add_role(self, wish: RoleWish, *, act: str) -> RoleView:
        """See `Facade.add_role`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        return self._once(act, "add_role", lambda: self._staffing.add_role(wish))

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
        """See `Facade.map_role`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        if write_back:
            self._permitting.admit(Right.SET_WRITE_BACK)
        return self._once(
            act,
            "map_role",
            lambda: self._staffing.map_role(
                role, integration, path, write_back=write_back, mode=reference_mode
            ),
        )

    def role_fields(self, integration: str) -> tuple[RoleField, ...]:
        """See `Facade.role_fields`."""
        return self._role_forms.fields(integration)

    def role_consequence(self, integration: str, path: str) -> RoleConsequence:
        """See `Facade.role_consequence`."""
        return self._role_forms.consequence(integration, path)

    def reference_candidates(
        self, connection: str, objects: tuple[str, ...], value: str, *, search: str = ""
    ) -> tuple[CandidateView, ...]:
        """See `Facade.reference_candidates`."""
        return self._choosing.candidates(connection, objects, value, search=search)

    def choose_reference(
        self, connection: str, objects: tuple[str, ...], value: str, *, target: str, author: str, act: str
    ) -> ChoiceView:
        """See `Facade.choose_reference`."""
        self._permitting.admit(Right.EDIT, author)
        return self._once(
            act,
            "choose_reference",
            lambda: self._choosing.choose(connection, objects, value, target=target, author=author),
        )

    def reference_choices(self) -> tuple[ChoiceView, ...]:
        """See `Facade.reference_choices`."""
        return self._choosing.every()

    def forget_choice(self, connection: str, object_name: str, value: str, *, act: str) -> bool:
        """See `Facade.forget_choice`."""
        self._permitting.admit(Right.EDIT)
        return self._once(act, "forget_choice", lambda: self._choosing.forget(connection, object_name, value))
