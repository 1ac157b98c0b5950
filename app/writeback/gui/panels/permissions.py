"""Team & permissions: who may do what, and plans that wait for another person's word.

In a workspace that is a file this is a guard-rail, and the page says so: what is greyed out here stops
mistakes, not somebody who opens the file with other tools.
"""

from collections import abc

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from writeback.errors import WritebackError
from writeback.gui.i18n import moment, number
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.panels.panel import Panel
from writeback.gui.tasks import Desk
from writeback.gui.theming.current import sized
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import PageHead, boxed, column, row, scrolled
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table, lines_high
from writeback.gui.widgets.text import PlainLabel, gate, one_line
from writeback.model.events import EventKind
from writeback.model.permissions import Approval, Level, Permission, Right
from writeback.model.types import JobId
from writeback.planning.permitting import LEVEL_TITLES, RIGHT_TITLES, RIGHTS
from writeback.runtime.reading import Reading
from writeback.runtime.team import TeamView

GUARD_RAIL = mark(
    "This workspace is a file, so permission levels are a guard-rail: they stop mistakes. Whoever can write "
    "the file can change them. People are known by the name they are signed in with on their computer."
)
NOBODY = mark("Nobody has a permission level: one person works here, and everything is allowed.")


class PermissionsPanel(Panel):
    """People, their levels, and what waits for a word."""

    cares_about = frozenset({EventKind.PERMISSIONS_CHANGED, EventKind.JOB_CHANGED})

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Team & permissions"), parent=parent)
        self._team = TeamView()
        self._head = PageHead(tr("Team & permissions"), explains=tr(NOBODY))
        page = QWidget()
        page.setLayout(
            column(
                self._waiting_card(),
                self._people_card(),
                self._rights_card(),
                PlainLabel(tr(GUARD_RAIL), role="muted", wraps=True),
                None,
                gap=4,
                margin=(0, 0, 2, 2),
            )
        )
        self.states = States(scrolled(page))
        self.states.retry.connect(self.refresh)
        self.states.acted.connect(self._become_admin)
        self.setLayout(column(self._head, self.states, gap=5, margin=(8, 5, 8, 6)))

    # for the window

    def first_focus(self) -> QWidget:
        return self._waiting if self._team.waiting else self._people

    def refresh(self) -> None:
        self.states.loading()

        def read(reads: Reading) -> TeamView:
            return reads.team()

        self.desk.read(self, read, done=self._show, failed=self.states.error)

    # the cards

    def _waiting_card(self) -> QWidget:
        self._waits = ListModel[Approval](
            (
                Spec(tr("By"), lambda one: one.asked_by, width=160),
                Spec(tr("Since"), lambda one: moment(one.asked_at, now=self.desk.now()), width=150),
                Spec(tr("Records"), lambda one: number(one.rows), is_number=True, width=100),
                Spec(tr("Needs approval above"), lambda one: number(one.most), is_number=True, width=170),
                Spec(tr("Plan"), lambda one: one.plan_id, tone=lambda _one: "muted", width=220),
            )
        )
        self._waiting = Table(tr("Plans that wait for approval"))
        self._waiting.dress(self._waits, [spec.width for spec in self._waits.specs])
        sized(self._waiting, lambda _px: self._waiting.setFixedHeight(lines_high(3)))
        self._waiting.selectionModel().selectionChanged.connect(lambda *_changed: self._gate())
        self._note = QLineEdit()
        self._note.setAccessibleName(tr("Note to the decision"))
        self._note.setPlaceholderText(tr("Why (kept with the decision)"))
        self._approve = Button(tr("Approve and send"), picture="send", call=lambda: self._decide(is_yes=True))
        self._decline = Button(tr("Decline"), call=lambda: self._decide(is_yes=False))
        self._look = Button(tr("Look at its rows"), picture="search", call=self._open_plan)
        acts = row(gap=2)
        acts.addWidget(self._note, 1)
        acts.addWidget(self._look)
        acts.addWidget(self._approve)
        acts.addWidget(self._decline)
        body = column(
            PlainLabel(tr("Plans that wait for approval"), role="heading"), self._waiting, gap=2, margin=3
        )
        body.addLayout(acts)
        self._waiting_box = boxed(body, box="card")
        return self._waiting_box

    def _people_card(self) -> QWidget:
        self._persons = ListModel[Permission](
            (
                Spec(tr("Person"), lambda one: one.author, width=220),
                Spec(tr("Permission level"), lambda one: tr(LEVEL_TITLES[one.level]), width=170),
                Spec(tr("Set by"), lambda one: one.set_by, width=160),
                Spec(tr("When"), lambda one: moment(one.set_at, now=self.desk.now()), width=150),
            )
        )
        self._people = Table(tr("People"))
        self._people.dress(self._persons, [spec.width for spec in self._persons.specs])
        sized(self._people, lambda _px: self._people.setFixedHeight(lines_high(4)))
        self._people.selectionModel().selectionChanged.connect(lambda *_changed: self._chosen())
        self._name = QLineEdit()
        self._name.setAccessibleName(tr("Person"))
        self._name.setPlaceholderText(tr("Name on their computer"))
        self._name.textChanged.connect(lambda _text: self._gate())
        self._level = QComboBox()
        self._level.setAccessibleName(tr("Permission level"))
        for level in Level:
            self._level.addItem(tr(LEVEL_TITLES[level]), level.value)
        self._set = Button(tr("Set level"), kind="primary", call=self._put)
        self._remove = Button(tr("Remove"), picture="trash", call=self._take_away)
        acts = row(gap=2)
        acts.addWidget(self._name, 1)
        acts.addWidget(self._level)
        acts.addWidget(self._set)
        acts.addWidget(self._remove)
        body = column(PlainLabel(tr("People"), role="heading"), self._people, gap=2, margin=3)
        body.addLayout(acts)
        return boxed(body, box="card")

    def _rights_card(self) -> QWidget:
        self._rights = ListModel[Right](
            (
                Spec(tr("Right"), lambda right: tr(RIGHT_TITLES[right]), width=190),
                *(
                    Spec(tr(LEVEL_TITLES[level]), _held(level), tone=lambda _right: "ok", width=112)
                    for level in Level
                ),
            )
        )
        self._rights.show_rows(Right)
        table = Table(tr("Rights of each permission level"))
        table.dress(self._rights, [spec.width for spec in self._rights.specs])
        sized(table, lambda _px: table.setFixedHeight(lines_high(len(Right))))
        words = PlainLabel(
            tr("Plugins are allowed by each person for their own computer, so that right binds nobody here."),
            role="caption",
            wraps=True,
        )
        return boxed(
            column(PlainLabel(tr("What each level may do"), role="heading"), table, words, gap=2, margin=3),
            box="card",
        )

    # what is shown

    def _show(self, team: TeamView) -> None:
        self._team = team
        self._persons.show_rows(team.people)
        self._waits.show_rows(team.waiting)
        self._waiting_box.setVisible(bool(team.waiting))
        self._people.setVisible(bool(team.people))
        if not team.people and not team.waiting:
            self._head.explain(tr(GUARD_RAIL))
            self.states.empty(
                tr("One person's workspace"),
                tr("{nobody} To give people levels, begin with yourself.", nobody=tr(NOBODY)),
                act=tr("Make {author} a global admin", author=one_line(self.desk.author)),
                picture="lock",
            )
            return
        level = team.levels.get(self.desk.author)
        mine = tr("no permission level") if level is None else tr(LEVEL_TITLES[level])
        self._head.explain(
            tr("You are {author}: {mine}.", author=one_line(self.desk.author), mine=mine)
            if team.people
            else tr(NOBODY)
        )
        if team.waiting:
            waits = tr("%n plans wait", len(team.waiting))
            self.states.partial(tr("{waits} for another person's approval.", waits=waits))
        else:
            self.states.ready()
        self._gate()

    def _gate(self) -> None:
        """Say of each control why it cannot be used."""
        lacks = self._team.lacks(self.desk.author, Right.ADMINISTER)
        for control in (self._name, self._level):
            gate(control, lacks)
        named = self._name.text().strip()
        self._set.gate(lacks or ("" if named else tr("Name a person first.")))
        known = named in self._team.levels
        self._remove.gate(lacks or ("" if known else tr("Choose a person of the list first.")))
        reason = self._team.lacks(self.desk.author, Right.APPROVE)
        chosen = self._waits.row_at(self._waiting.currentIndex().row())
        if not reason and chosen is None:
            reason = tr("Choose a plan first.")
        elif not reason and chosen is not None and chosen.asked_by == self.desk.author:
            reason = tr("The plan is your own: somebody else has to let it go.")
        for button in (self._approve, self._decline):
            button.gate(reason)
        self._look.gate("" if chosen is not None else tr("Choose a plan first."))

    def _chosen(self) -> None:
        person = self._persons.row_at(self._people.currentIndex().row())
        if person is not None:
            self._name.setText(person.author)
            self._level.setCurrentIndex(list(Level).index(person.level))

    # acts

    def _become_admin(self) -> None:
        self._set_level(self.desk.author, Level.GLOBAL_ADMIN)

    def _put(self) -> None:
        self._set_level(self._name.text().strip(), Level(str(self._level.currentData())))

    def _set_level(self, name: str, level: Level) -> None:
        self.desk.ask(
            self,
            lambda facade, act: facade.set_permission(name, level, act=act),
            done=lambda _made: self._done(f"{one_line(name)}: {tr(LEVEL_TITLES[level])}."),
            failed=self.complain,
        )

    def _take_away(self) -> None:
        name = self._name.text().strip()
        self.desk.ask(
            self,
            lambda facade, act: facade.remove_permission(name, act=act),
            done=lambda _none: self._done(
                tr("{name} has no permission level any more.", name=one_line(name))
            ),
            failed=self.complain,
        )

    def _open_plan(self) -> None:
        """Open the chosen plan with its rows, as it would be sent."""
        approval = self._waits.row_at(self._waiting.currentIndex().row())
        if approval is not None:
            self.asked.emit("review", str(approval.plan_id))

    def _decide(self, *, is_yes: bool) -> None:
        approval = self._waits.row_at(self._waiting.currentIndex().row())
        if approval is None:
            return
        plan, note = approval.plan_id, self._note.text().strip()
        for button in (self._approve, self._decline):
            button.gate(tr("It is being handed over."))
        if is_yes:
            self.desk.ask(
                self,
                lambda facade, act: facade.approve_plan(plan, note=note, act=act),
                done=self._approved,
                failed=self._not_decided,
            )
        else:
            self.desk.ask(
                self,
                lambda facade, act: facade.decline_plan(plan, note=note, act=act),
                done=lambda _none: self._done(tr("Declined. The edits stay drafts.")),
                failed=self._not_decided,
            )

    def _approved(self, jobs: tuple[JobId, ...]) -> None:
        self._done(tr("%n jobs queued.", len(jobs)))
        self.asked.emit("do:wake", None)
        self.asked.emit("jobs", str(jobs[0]) if jobs else None)

    def _not_decided(self, error: WritebackError) -> None:
        self._gate()
        self.complain(error)

    def _done(self, words: str) -> None:
        self._note.clear()
        self.told.emit(words)
        self.refresh()


def _held(level: Level) -> abc.Callable[[Right], str]:
    return lambda right: tr("yes") if right in RIGHTS[level] else ""
