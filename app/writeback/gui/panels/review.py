"""Review & send: the only door to a CRM. Shows the plan against fresh values; Enter never sends.

What is shown is the plan that is sent: its rows lie in the workspace and are submitted as they are.
"""

from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QWidget

from writeback.errors import ApprovalNeededError, WritebackError
from writeback.gui.i18n import moment, number
from writeback.gui.models.jobs import drafts_model, plan_model
from writeback.gui.panels.meaning import Meaning, is_unclear, unknown_person
from writeback.gui.panels.panel import Panel
from writeback.gui.panels.plan_parts import PlanParts, Scrolling, part_card
from writeback.gui.panels.plan_remarks import remark_lines
from writeback.gui.panels.review_door import Door
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import PageHead, boxed, column, row, scrolled
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel
from writeback.model.changes import Origin
from writeback.model.connections import Connection
from writeback.model.events import EventKind
from writeback.model.permissions import Right
from writeback.model.types import JobId
from writeback.runtime.facade import PlanSource, PlanView
from writeback.runtime.job_windows import PlanRows
from writeback.runtime.reading import Reading
from writeback.runtime.sentences import sentence_of
from writeback.runtime.team import TeamView
from writeback.runtime.views import DraftView

VERDICTS = (
    (mark("All"), frozenset[str]()),
    (mark("To send"), frozenset({"send"})),
    (mark("Conflicts"), frozenset({"conflict"})),
    (mark("Blocked"), frozenset({"blocked"})),
    (mark("Already so"), frozenset({"unchanged"})),
)
STALE_MINUTES = 15
TABLE_LEAST = 140
Found = tuple[tuple[DraftView, ...], dict[str, Connection], TeamView]
"""What the screen shows before anything is checked."""


class ReviewPanel(Panel):
    """The plan and the button."""

    cares_about = frozenset(
        {EventKind.EDIT_SAVED, EventKind.CONNECTION_CHANGED, EventKind.PERMISSIONS_CHANGED}
    )

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Review & send"), parent=parent)
        self._plan: PlanView | None = None
        self._connections: dict[str, Connection] = {}
        self._team = TeamView()
        self._source = PlanSource(kind="drafts", origin=Origin.SEGMENT, author=desk.author)
        self._check = Button(
            tr("Check against the CRM"), kind="primary", picture="refresh", call=self.propose
        )
        self._head = PageHead(tr("Review & send"), self._check, explains=tr("Nothing has been sent."))
        self._build_drafts()
        self._build_plan()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._drafts_page)
        self._stack.addWidget(self._plan_page)
        self.states = States(self._stack)
        self.states.retry.connect(self._again)
        self.states.acted.connect(lambda: self.asked.emit("accounts", None))
        self.setLayout(column(self._head, self.states, gap=5, margin=(8, 7, 8, 6)))

    def _build_drafts(self) -> None:
        self._drafts = drafts_model(self.desk.now)
        self._drafts_table = Table(tr("Pending edits"))
        self._drafts_table.dress(self._drafts, [spec.width for spec in self._drafts.specs])
        words = PlainLabel(
            tr(
                "These edits are kept here. Checking reads the records afresh and sorts every edit: send, "
                "already so, blocked or conflict. It sends nothing."
            ),
            role="muted",
            wraps=True,
        )
        self._drafts_page = QWidget()
        self._drafts_page.setLayout(column(words, self._drafts_table, gap=3))

    def _build_plan(self) -> None:
        self._rows = plan_model()
        self._table = Table(tr("Plan"))
        self._table.dress(self._rows, [spec.width for spec in self._rows.specs])
        self._table.chosen.connect(lambda _row: self.choose_meaning())
        self._table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._tell_meaning())
        self._parts = PlanParts()
        self._verdicts = QButtonGroup(self)
        chips = row(gap=0)
        self._verdict_buttons: list[Button] = []
        for place, (word, _) in enumerate(VERDICTS):
            button = Button(tr(word), kind="segment")
            button.setCheckable(True)
            button.setChecked(place == 0)
            self._verdicts.addButton(button, place)
            self._verdict_buttons.append(button)
            chips.addWidget(button)
        self._verdicts.idClicked.connect(lambda _place: self._read_rows())
        self._door = Door(self.desk.author)
        self._door.sending.connect(self._submit)
        self._door.leaving.connect(self._drop_plan)
        body = column(gap=3, margin=(0, 0, 1, 0))
        body.addLayout(self._parts)
        body.addLayout(row(boxed(chips), None))
        body.addWidget(self._table, 1)
        self._table.setMinimumHeight(TABLE_LEAST)
        inside = Scrolling()
        inside.setLayout(body)
        self._plan_page = QWidget()
        self._plan_page.setLayout(column(scrolled(inside), self._door, gap=3))

    # for the window

    def first_focus(self) -> QWidget:
        if self._plan is None:
            return self._check
        return self._door.back if self._door.is_careful else self._table

    def open(self, subject: object = None) -> None:
        if isinstance(subject, PlanSource):
            self._forget_plan()
            self._source = subject
            super().open()
            self.propose()
            return
        if isinstance(subject, PlanView):
            self._open_plan(subject)
            return
        super().open()

    def _open_plan(self, plan: PlanView) -> None:
        """Show a plan that was made elsewhere. Sends nothing."""
        self._forget_plan()
        self._source = PlanSource(kind="drafts", origin=Origin.SEGMENT, author=self.desk.author)
        self._plan, self._is_stale = plan, False
        self.states.loading()

        def read(reads: Reading) -> tuple[dict[str, Connection], TeamView]:
            return {str(one.connection.id): one.connection for one in reads.connections()}, reads.team()

        def show(found: tuple[dict[str, Connection], TeamView]) -> None:
            self._connections, self._team = found
            if self._plan is plan:
                self._show_plan(plan)

        self.desk.read(self, read, done=show, failed=self.states.error)

    def close_panel(self) -> None:
        self._rows.close()

    def do(self, what: str) -> bool:
        if what == "choose_meaning":
            self.choose_meaning()
            return True
        return False

    def choose_meaning(self) -> None:
        """Let a person say what the chosen row means, or who somebody is, where that is why it is blocked."""
        row = self._rows.row_at(self._table.currentIndex().row())
        if person := unknown_person(row):
            self.asked.emit("assignment", person)
        elif row is not None and is_unclear(row):
            self.meaning = Meaning(self.desk, self, row, done=self._plan_anew)

    def _tell_meaning(self) -> None:
        row = self._rows.row_at(self._table.currentIndex().row())
        self.offer(*(("choose_meaning",) if is_unclear(row) or unknown_person(row) else ()))

    def _plan_anew(self) -> None:
        """Make the plan again from the same source; the one in front is dropped first."""
        plan = self._plan
        if plan is not None:
            self.desk.ask(
                self,
                lambda facade, act: facade.discard_plan(plan.id, act=act),
                done=lambda _done: self.propose(),
                failed=self.complain,
            )

    def refresh(self) -> None:
        if self._plan is not None:
            return
        self.states.loading()

        def read(reads: Reading) -> Found:
            connections = {str(one.connection.id): one.connection for one in reads.connections()}
            return reads.drafts(), connections, reads.team()

        self.desk.read(self, read, done=self._show_drafts, failed=self.states.error)

    # the edits

    def _show_drafts(self, found: Found) -> None:
        drafts, connections, self._team = found
        is_news, self._connections = connections != self._connections, connections
        if self._plan is not None:
            if is_news:  # the plan came first: it was shown without the names of its CRMs
                self._show_plan(self._plan)
            return
        self._stack.setCurrentWidget(self._drafts_page)
        self._drafts.show_rows(drafts)
        self._check.setVisible(True)
        lacking = self._team.lacks(self.desk.author, Right.EDIT)
        self._check.gate(lacking if drafts else tr("There are no pending edits."))
        if self._source.kind != "drafts":
            return
        if not drafts:
            self._head.explain(tr("Nothing has been sent."))
            self.states.empty(
                tr("Nothing to send"),
                tr("Edits that you make in the grid or in a profile wait here until you send them."),
                act=tr("Go to accounts"),
                picture="review",
            )
            return
        self._head.explain(tr("%n edits wait. Nothing has been sent.", len(drafts)))
        self.states.ready()

    def propose(self) -> None:
        """Make the plan: read afresh and sort. Sends nothing."""
        source = self._source
        self._check.gate(tr("The check is running."))
        self._check.say(tr("Checking…"))
        self._head.explain(tr("Reading the records afresh. Nothing is sent."))
        self.desk.ask(
            self,
            lambda facade, act: facade.propose(source, act=act),
            done=self._show_plan,
            failed=self._not_planned,
        )

    def _not_planned(self, error: WritebackError) -> None:
        self._check.gate("")
        self._check.say(tr("Check against the CRM"))
        self._head.explain(tr("Nothing has been sent."))
        if self._source.kind == "drafts":
            self.complain(error)
        else:
            self.states.error(error)

    # the plan

    def _show_plan(self, plan: PlanView) -> None:
        self._check.gate("")
        self._check.say(tr("Check against the CRM"))
        self._plan = plan
        self._check.setVisible(False)
        self._stack.setCurrentWidget(self._plan_page)
        checked = moment(plan.planned_at, now=self.desk.now())
        cards = [
            part_card(group, self._connections.get(str(group.connection_id)), checked=checked)
            for group in sorted(plan.groups, key=lambda one: not one.root)
        ]
        self._parts.show_parts([*cards, *remark_lines(plan)])  # what many others see comes first
        totals = {
            "all": sum(group.rows for group in plan.groups),
            "send": sum(group.send for group in plan.groups),
            "conflict": sum(group.conflict for group in plan.groups),
            "blocked": sum(group.blocked for group in plan.groups),
            "unchanged": sum(group.unchanged for group in plan.groups),
        }
        for button, (word, _), count in zip(self._verdict_buttons, VERDICTS, totals.values(), strict=True):
            button.say(f"{tr(word)}  {number(count)}")
        self._verdict_buttons[0].setChecked(True)
        self._head.explain(tr("Checked {checked}. Nothing has been sent.", checked=checked))
        self._door.show_plan(plan, self._connections, self._team)
        self._read_rows()
        self.first_focus().setFocus()

    def _read_rows(self) -> None:
        if self._plan is None:
            return
        jobs = [str(group.job_id) for group in self._plan.groups]
        verdicts = VERDICTS[max(self._verdicts.checkedId(), 0)][1]

        def read(reads: Reading) -> PlanRows:
            rows = reads.plan_rows(jobs, verdicts=verdicts)
            rows.build()
            return rows

        self.states.loading()
        self.desk.read(self, read, done=self._show_rows, failed=self.states.error)

    def _show_rows(self, rows: PlanRows) -> None:
        self._rows.show_source(rows)
        self._table.go_to(0)
        plan = self._plan
        if plan is None:
            return
        doubtful = sum(group.blocked + group.conflict for group in plan.groups)
        sends = sum(group.send for group in plan.groups)
        if doubtful and sends:
            self.states.partial(
                tr(
                    "{sends} of {sum} will be sent; {doubtful} blocked or in conflict stay here.",
                    sends=number(sends),
                    sum=number(sum(group.rows for group in plan.groups)),
                    doubtful=number(doubtful),
                )
            )
        else:
            self.states.ready()

    # sending

    def _submit(self, typed: str, overrides: tuple[str, ...]) -> None:
        plan = self._plan
        if plan is None:
            return
        self._door.busy()
        self.desk.ask(
            self,
            lambda facade, act: facade.submit(plan.id, confirm_org=typed, overrides=overrides, act=act),
            done=self._submitted,
            failed=self._not_submitted,
        )

    def _submitted(self, jobs: tuple[JobId, ...]) -> None:
        self._forget_plan()
        self._source = PlanSource(kind="drafts", origin=Origin.SEGMENT, author=self.desk.author)
        self.told.emit(tr("%n jobs queued.", len(jobs)))
        self.asked.emit("do:wake", None)
        self.asked.emit("jobs", str(jobs[0]) if jobs else None)

    def _not_submitted(self, error: WritebackError) -> None:
        if isinstance(error, ApprovalNeededError):
            self._forget_plan()  # it is kept, and waits for another person's word
            self._source = PlanSource(kind="drafts", origin=Origin.SEGMENT, author=self.desk.author)
            self.told.emit(sentence_of(error.code, error.facts).happened)
            self.asked.emit("permissions", None)
            return
        self._door.tell()
        self.complain(error)

    def _drop_plan(self) -> None:
        plan = self._plan
        self._forget_plan()
        self._source = PlanSource(kind="drafts", origin=Origin.SEGMENT, author=self.desk.author)
        if plan is not None:
            self.desk.ask(
                self,
                lambda facade, act: facade.discard_plan(plan.id, act=act),
                done=lambda _none: None,
                failed=self.complain,
            )
        self.refresh()

    def _forget_plan(self) -> None:
        self._plan = None
        self._rows.close()

    def _again(self) -> None:
        if self._source.kind == "drafts":
            self.refresh()
        else:
            self.propose()
