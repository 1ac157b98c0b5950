"""Account assignment: roles, who is who in which CRM, what was chosen for references. Never sends."""

from collections import abc
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from writeback.errors import WritebackError
from writeback.gui.dialogs.role_form import Place, RoleDialog
from writeback.gui.models.people import RoleLine, choices_model, role_lines, roles_model
from writeback.gui.panels.assignment_many import Many
from writeback.gui.panels.panel import Panel
from writeback.gui.panels.people_page import AMBIGUOUS, UNMATCHED, PeoplePage
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import PageHead, boxed, column, row
from writeback.gui.widgets.pages import Pages
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import one_line
from writeback.model.events import EventKind
from writeback.runtime.facade.people import (
    ChoiceView,
    DirectoryView,
    PeopleReport,
    PersonMatch,
    PersonView,
    RoleView,
)
from writeback.runtime.reading import Reading

if TYPE_CHECKING:  # every call of the façade at once: more than the screen costs
    from writeback.runtime.facade import Facade

PARTS = (mark("Roles"), mark("People"), mark("Choices"))
ROLES, PEOPLE, CHOICES = range(3)

Told = tuple[tuple[RoleView, ...], DirectoryView, tuple[ChoiceView, ...], tuple[Place, ...]]


class AssignmentPanel(Panel):
    """Roles and the people in them."""

    cares_about = frozenset(
        {
            EventKind.PEOPLE_CHANGED,
            EventKind.MODEL_CHANGED,
            EventKind.INTEGRATION_CHANGED,
            EventKind.RECORDS_PULLED,
            EventKind.CONNECTION_CHANGED,
        }
    )

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Account assignment"), parent=parent)
        self._told: Told | None = None
        self._problem: WritebackError | None = None
        """Why the users of some CRM could not be read."""
        self._read = Button(tr("Read users"), picture="pull", call=self.read_users)
        self._add = Button(tr("Add a role"), picture="plus", call=self.add_role)
        head = PageHead(
            tr("Account assignment"),
            self._read,
            self._add,
            explains=tr("Who looks after an account: one team member, written to each CRM as its own user."),
        )
        self.roles = roles_model()
        self.choices = choices_model()
        self.role_table = Table(tr("Roles"))
        self.role_table.dress(self.roles, [spec.width for spec in self.roles.specs], spare=(7, 2))
        self.role_table.chosen.connect(lambda _row: self.open_role())
        self.choice_table = Table(tr("Remembered choices"))
        self.choice_table.dress(self.choices, [spec.width for spec in self.choices.specs])
        self.people = PeoplePage(desk)
        self.people.moved.connect(self._tell_abilities)
        self.people.matched.connect(self._matched)
        self._stack = Pages()
        self._no_roles, self._no_choices = States(self.role_table), States(self.choice_table)
        self._no_roles.acted.connect(self.add_role)
        for page in (self._no_roles, self.people, self._no_choices):
            self._stack.addWidget(page)
        for table in (self.role_table, self.choice_table):
            table.selectionModel().currentChanged.connect(lambda _now, _before: self._tell_abilities())
        self.many = Many(self, lambda: line.role.attribute if (line := self.current_role) is not None else "")
        self.many.matched.connect(self._matched_many)
        self._open = Button(tr("Change…"), picture="pencil", call=self._open_chosen)
        self._forget = Button(tr("Forget"), picture="trash", call=self.forget_choice)
        inside = QWidget()
        body = column(gap=4)
        acts = Flowing(
            self.many.distribute_button, self.many.propose_button, self._open, self._forget, is_at_end=True
        )
        tools = row(boxed(self._segments()), acts)
        tools.setStretch(1, 1)
        body.addLayout(tools)
        body.addWidget(self._stack, 1)
        inside.setLayout(body)
        self.states = States(inside)
        self.states.retry.connect(self.refresh)
        self.states.acted.connect(lambda: self.asked.emit("do:connect", None))
        self.setLayout(column(head, self.states, gap=4, margin=(8, 5, 8, 6)))
        self.show_part(ROLES)

    def _segments(self) -> QHBoxLayout:
        self._parts = QButtonGroup(self)
        parts = row(gap=0)
        for place, word in enumerate(PARTS):
            button = Button(tr(word), kind="segment")
            button.setCheckable(True)
            self._parts.addButton(button, place)
            parts.addWidget(button)
        self._parts.idClicked.connect(self.show_part)
        return parts

    # for the window

    def open(self, subject: object = None) -> None:
        if isinstance(subject, str) and subject:  # somebody that a CRM does not know
            self.show_part(PEOPLE)
            self.people.shows.setCurrentIndex(0)
            self.people.search.setText(subject)
        super().open()

    def first_focus(self) -> QWidget:
        if self.part == ROLES and not self.roles.rows:
            return self._add  # there is no line to stand on yet
        return (self.role_table, self.people.search, self.choice_table)[self.part]

    def do(self, what: str) -> bool:
        acts: dict[str, abc.Callable[[], None]] = {
            "read_users": self.read_users,
            "add_role": self.add_role,
            "open_role": self.open_role,
            "match_person": self.people.match_person,
            "propose_people": self.many.open_proposals,
            "distribute": self.many.open_distribution,
            "forget_choice": self.forget_choice,
            "find": self._find,
        }
        if what not in acts:
            return False
        acts[what]()
        return True

    def refresh(self) -> None:
        self.states.loading()
        self.desk.read(self, _told, done=self._show, failed=self.states.error)

    @property
    def part(self) -> int:
        """Which of the three parts is in front."""
        return self._stack.currentIndex()

    def show_part(self, place: int) -> None:
        """Bring one part to the front."""
        self._parts.button(place).setChecked(True)
        self._stack.setCurrentIndex(place)
        self._open.setVisible(place != CHOICES)
        self.many.distribute_button.setVisible(place == ROLES)
        self.many.propose_button.setVisible(place == PEOPLE)
        self._open.say(tr("Who is this…") if place == PEOPLE else tr("Change…"))
        self._forget.setVisible(place == CHOICES)
        self._tell_abilities()

    # what is there

    def _show(self, told: Told) -> None:
        self._told = told
        roles, view, choices, _places = told
        if not view.sources:
            self.states.empty(
                tr("No CRM is connected yet"),
                tr("Roles say who looks after an account. Connect a CRM, then read its users."),
                act=tr("Connect a CRM"),
                picture="profile",
            )
            self.offer()
            return
        self.roles.show_rows(role_lines(roles))
        self.choices.show_rows(choices)
        for table in (self.role_table, self.choice_table):
            if not table.currentIndex().isValid():
                table.go_to(0)  # else what is done to a row is greyed until somebody clicks the first
        self.people.show_people(view, roles)
        self.many.know(roles, view)
        self._tell_parts(has_roles=bool(roles), has_choices=bool(choices))
        self._tell_state(roles, view)
        self._tell_abilities()

    def _tell_parts(self, *, has_roles: bool, has_choices: bool) -> None:
        """Say in the place of a table without lines what would stand there."""
        if has_roles:
            self._no_roles.ready()
        else:
            self._no_roles.empty(
                tr("No role yet"),
                tr(
                    "A role says who looks after an account, such as its Success Manager: one team member, "
                    "written to each CRM as its own user. It is made from a mapped owner or user field."
                ),
                act=tr("Add a role"),
                picture="profile",
            )
        if has_choices:
            self._no_choices.ready()
        else:
            self._no_choices.empty(
                tr("Nothing had to be chosen yet"),
                tr("Where a value names nobody, or several, what you choose is remembered here."),
                picture="question",
            )

    def _tell_state(self, roles: tuple[RoleView, ...], view: DirectoryView) -> None:
        unmatched = {name for role in roles for name in role.unmatched}
        doubtful = (
            (one, match) for one in view.people for match in one.matches if match.state == "ambiguous"
        )
        first = next(doubtful, None)
        if not any(one.pulled_at for one in view.sources):
            self.states.partial(
                tr("No users were read yet, so nobody can be written to a CRM."),
                act=tr("Read users"),
                call=self.read_users,
            )
        elif unmatched:
            number = len(unmatched)
            some = (
                tr("1 person in a role is")
                if number == 1
                else tr("{number} people in a role are", number=number)
            )
            self.states.partial(
                tr("{some} unmatched in a CRM that takes it, and not written there.", some=some),
                act=tr("Show them"),
                call=lambda: self._show_only(UNMATCHED),
            )
        elif first is not None:
            person, match = first
            self.states.partial(
                _doubt(person, match),
                act=tr("Show them"),
                call=lambda: self._show_only(AMBIGUOUS),
            )
        else:
            self.states.ready()
        if self._problem is not None:
            self.complain(self._problem)
            self._problem = None

    def _show_only(self, place: int) -> None:
        self.show_part(PEOPLE)
        self.people.show_only(place)

    def _tell_abilities(self) -> None:
        has_role = self.part == ROLES and self.current_role is not None
        has_person = self.part == PEOPLE and self.people.current is not None and bool(self.people.sources)
        has_choice = self.part == CHOICES and self.current_choice is not None
        can = {
            "open_role": has_role,
            "match_person": has_person,
            "forget_choice": has_choice,
            **self.many.abilities(),
            "read_users": self._told is not None,
            "add_role": self._told is not None,
        }
        self._open.gate("" if has_role or has_person else tr("Choose a line first."))
        self._forget.gate("" if has_choice else tr("Choose a line first."))
        self.offer(*(name for name, is_offered in can.items() if is_offered))

    @property
    def current_role(self) -> RoleLine | None:
        """The chosen line of the roles."""
        return self.roles.row_at(self.role_table.currentIndex().row())

    @property
    def current_choice(self) -> ChoiceView | None:
        """The chosen choice."""
        return self.choices.row_at(self.choice_table.currentIndex().row())

    # acts

    def _find(self) -> None:
        self.show_part(PEOPLE)
        self.people.search.setFocus()

    def _open_chosen(self) -> None:
        (self.people.match_person if self.part == PEOPLE else self.open_role)()

    def read_users(self) -> None:
        """Read the users of all CRMs."""
        if self._told is None:
            return
        names = [one.connection for one in self._told[1].sources]
        self._read.gate(tr("Users are being read."))

        def act(facade: "Facade", act: str) -> tuple[list[PeopleReport], list[WritebackError]]:
            """Read one CRM after the other: one that does not answer keeps the others from nothing."""
            reports, errors = [], []
            for place, name in enumerate(names):
                try:
                    reports.append(facade.pull_people(name, act=f"{act}-{place}"))
                except WritebackError as error:
                    errors.append(error)
            return reports, errors

        self.desk.ask(self, act, done=self._users_read, failed=self.complain)

    def _users_read(self, told: tuple[list[PeopleReport], list[WritebackError]]) -> None:
        reports, errors = told
        self._read.gate("")
        read, new = sum(one.read for one in reports), sum(one.added for one in reports)
        self.told.emit(tr("%n users read, {new} new in the directory.", read, new=new))
        self._problem = errors[0] if errors else None
        self.refresh()

    def add_role(self) -> None:
        """Open the form of a new role."""
        self._open_form(None)

    def open_role(self) -> None:
        """Open the form of the chosen role."""
        line = self.current_role
        if line is not None:
            self._open_form(line)

    def _open_form(self, line: RoleLine | None) -> None:
        self.form = RoleDialog(
            self.desk,
            self._told[3] if self._told is not None else (),
            role=line.role if line is not None else None,
            mapping=line.mapping if line is not None else None,
            parent=self.window(),
        )
        self.form.saved.connect(lambda _role: self.refresh())
        self.form.open()

    def _matched_many(self, problem: WritebackError | None) -> None:
        self._problem = problem
        self.refresh()

    def _matched(self, words: str) -> None:
        self.told.emit(words)
        self.refresh()

    def forget_choice(self) -> None:
        """Forget the chosen choice."""
        one = self.current_choice
        if one is not None:
            self.desk.ask(
                self,
                lambda facade, act: facade.forget_choice(one.connection, one.object, one.value, act=act),
                done=lambda _done: self.refresh(),
                failed=self.complain,
            )


def _doubt(person: PersonView, match: PersonMatch) -> str:
    """Say who it is that nobody decided on: one that reads alike, or several that fit."""
    connection, name = one_line(match.connection), one_line(person.name)
    if len(match.candidates) == 1:
        return tr(
            "Not decided: whether {candidates} of {connection} is {name}.",
            candidates=one_line(match.candidates[0].title),
            connection=connection,
            name=name,
        )
    users = tr("%n users", len(match.candidates))
    return tr(
        "Ambiguous: {users} of {connection} could be {name}.", users=users, connection=connection, name=name
    )


def _told(reads: Reading) -> Told:
    names = {one.connection.id: one.connection.name for one in reads.connections()}
    places = tuple(
        (str(one.id), f"{names.get(one.connection_id, one.connection_id)} · {one.object}")
        for one in reads.integrations()
        if one.entity == "account"
    )
    return reads.roles(), reads.people(), reads.reference_choices(), places
