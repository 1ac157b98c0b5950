"""Review & send: the only door to a CRM. Shows the plan against fresh values; Enter never sends.

What is shown is the plan that is sent: its rows lie in the workspace and are submitted as they are.
"""

from collections import abc
from dataclasses import replace

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from writeback.errors import ApprovalNeededError, WritebackError
from writeback.gui.i18n import moment
from writeback.gui.panels.meaning import Meaning, is_unclear, unknown_person
from writeback.gui.panels.panel import Panel
from writeback.gui.panels.plan_parts import PartsArea, PlanParts, part_card
from writeback.gui.panels.plan_remarks import remark_lines
from writeback.gui.panels.review_banner import PlanBanner, change_words, checked_words
from writeback.gui.panels.review_door import Door
from writeback.gui.panels.review_drafts import DraftsPage, save_as_file
from writeback.gui.panels.review_rows import PlanLines
from writeback.gui.tasks import Desk
from writeback.gui.theming.current import theming
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import PageHead, column, scrolled, yielding
from writeback.gui.widgets.pages import Pages
from writeback.gui.widgets.states import ScreenState, States
from writeback.model.changes import Origin
from writeback.model.connections import Connection
from writeback.model.events import EventKind
from writeback.model.jobs import Assurance, Route
from writeback.model.permissions import Right
from writeback.model.trials import Pick
from writeback.model.types import JobId, PlanId
from writeback.runtime.facade import Facade, PlanGroup, PlanSource, PlanView
from writeback.runtime.facade.jobs import PlanRefreshed, TrialRun, Unticked
from writeback.runtime.reading import Reading
from writeback.runtime.sentences import sentence_of
from writeback.runtime.team import TeamView
from writeback.runtime.views import DraftView

LOW = 520
"""In a lower panel the lines of a plan come before what explains them."""
Found = tuple[tuple[DraftView, ...], dict[str, Connection], TeamView]
"""What the screen shows before anything is checked."""


class ReviewPanel(Panel):
    """The plan and the button."""

    cares_about = frozenset(
        {
            EventKind.EDIT_SAVED,
            EventKind.CONNECTION_CHANGED,
            EventKind.PERMISSIONS_CHANGED,
            EventKind.RECORDS_PULLED,
        }
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
        self._refresh = Button(tr("Refresh"), picture="refresh", call=self._plan_anew)
        self._save = Button(tr("Save as a plan file…"), picture="export", call=self.save_plan)
        self._settle = Button(
            tr("Settle conflicts…"), picture="conflict", call=lambda: self.asked.emit("conflicts", None)
        )
        self._has_source = False
        self._remaking: PlanId | None = None
        """The plan in whose place a new one is being made."""
        self._head = PageHead(
            tr("Review & send"),
            self._settle,
            self._save,
            self._refresh,
            self._check,
            explains=tr("Nothing has been sent."),
        )
        for button in (self._settle, self._save, self._refresh):
            button.hide()
        self._drafts_page = DraftsPage(self.desk.now)
        self._drafts = self._drafts_page.model
        self._build_plan()
        self._stack = Pages()
        self._stack.addWidget(self._drafts_page)
        self._stack.addWidget(self._plan_page)
        self.states = States(self._stack)
        self.states.retry.connect(self._again)
        self.states.acted.connect(lambda: self.asked.emit("accounts", None))
        self.states.changed.connect(self._follow_state)
        self._page = column(self._head, self.states, gap=3, margin=(8, 5, 8, 4))
        self.setLayout(self._page)

    def _build_plan(self) -> None:
        self.lines = PlanLines(self.desk, failed=self._unread)
        self.lines.moved.connect(self._tell_meaning)
        self.lines.asked_meaning.connect(self.choose_meaning)
        self.lines.ticks.left.connect(self._leave_out)
        self.lines.ticks.back.connect(self._take_back)
        self._parts = PlanParts()
        self._door = Door(self.desk.author)
        self._door.sending.connect(self._submit)
        self._door.trying.connect(self._try)
        self._door.leaving.connect(self._drop_plan)
        self._banner = PlanBanner(self, self._door)
        self._banner.anew.connect(self._plan_anew)
        self.lines.read.connect(self._banner.tell_totals)
        self._plan_page = QWidget()
        plan = column(gap=2)
        self._area = PartsArea(self._parts)
        plan.addWidget(self._area, 2)
        plan.addWidget(self.lines, 3)
        page = column(gap=2)
        page.addWidget(scrolled(yielding(plan)), 1)
        page.addWidget(self._door)
        self._plan_page.setLayout(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_low = self.height() < theming().theme.px(LOW)
        if is_low == self._banner.is_low:
            return
        self._banner.is_low = is_low
        self._head.be_brief(is_brief=is_low)
        self._door.be_low(is_low=is_low)
        self._page.setContentsMargins(32, 8 if is_low else 20, 32, 4 if is_low else 16)
        self._share_room()
        self._banner.tell_totals()

    def _share_room(self) -> None:
        """In a low window the lines come first, but for what a person has to know before they say yes."""
        groups = self._plan.groups if self._plan is not None else ()
        warns = any(one.guards or one.unreached or one.root for one in groups)
        self._area.be_low(is_low=self._banner.is_low and not warns)
        self.lines.be_low(is_low=self._banner.is_low, warns=warns)

    def _follow_state(self, state: ScreenState) -> None:
        """Nothing that could not be shown is checked: the way on is to try again."""
        if self._plan is None:
            self._check.setHidden(state in (ScreenState.ERROR, ScreenState.EMPTY))

    def _unread(self, error: WritebackError) -> None:
        self.states.error(error)

    # for the window

    def first_focus(self) -> QWidget:
        if self._plan is None:
            return self.states if self._check.isHidden() else self._check
        return self._door.back if self._door.is_careful else self.lines.table

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
        if isinstance(subject, str) and subject:
            self._read_plan(PlanId(subject))
            return
        super().open()

    def _read_plan(self, plan: PlanId) -> None:
        """Open a plan by its id: one that waits for another person's word, mostly. Sends nothing."""
        self._forget_plan()
        self.states.loading()
        self.desk.ask(
            self,
            lambda facade, _act: facade.open_plan(plan),
            done=self._open_plan,
            failed=self.states.error,
        )

    def _open_plan(self, plan: PlanView) -> None:
        """Show a plan that was made elsewhere. Sends nothing."""
        self._forget_plan()
        self._source = PlanSource(kind="drafts", origin=Origin.SEGMENT, author=self.desk.author)
        self._plan, self._is_stale, self._has_source = plan, False, False
        self.states.loading()

        def read(reads: Reading) -> tuple[dict[str, Connection], TeamView]:
            return {str(one.connection.id): one.connection for one in reads.connections()}, reads.team()

        def show(found: tuple[dict[str, Connection], TeamView]) -> None:
            self._connections, self._team = found
            if self._plan is plan:
                self._show_plan(plan)

        self.desk.read(self, read, done=show, failed=self.states.error)

    def close_panel(self) -> None:
        self.lines.close_rows()

    def do(self, what: str) -> bool:
        if what == "choose_meaning":
            self.choose_meaning()
            return True
        return False

    def choose_meaning(self) -> None:
        """Let a person say what the chosen row means, or who somebody is, where that is why it is blocked."""
        row = self.lines.current
        if person := unknown_person(row):
            self.asked.emit("assignment", person)
        elif row is not None and is_unclear(row):
            self.meaning = Meaning(self.desk, self, row, done=self._plan_anew)

    def _leave_out(self, what: tuple[Unticked, ...]) -> None:
        self._change(lambda facade, plan, act: facade.leave_out(plan, what, act=act))

    def _go_otherwise(self, group: PlanGroup, route: Route, assurance: Assurance) -> None:
        job = group.job_id
        self._change(lambda facade, plan, act: facade.choose_route(plan, job, route, assurance, act=act))

    def _take_back(self, what: tuple[Unticked, ...]) -> None:
        self._change(lambda facade, plan, act: facade.take_back(plan, what, act=act))

    def _change(self, call: abc.Callable[[Facade, PlanId, str], PlanView]) -> None:
        """Change the plan in front, and show it as it is then: what is shown is what is sent."""
        plan = self._plan
        if plan is None:
            return
        self._banner.trial = self._banner.since = ""
        self._door.busy()
        self.desk.ask(
            self,
            lambda facade, act: call(facade, plan.id, act),
            done=lambda made: self._show_again(plan, made),
            failed=self._not_submitted,
        )

    def _show_again(self, before: PlanView, made: PlanView) -> None:
        if self._plan is not None and self._plan.id == before.id:
            self._show_plan(replace(made, remarks=before.remarks))

    def _tell_meaning(self) -> None:
        row = self.lines.current
        self._door.pick.choose(len(self.lines.ticks.sent_rows))
        self.offer(*(("choose_meaning",) if is_unclear(row) or unknown_person(row) else ()))

    def _plan_anew(self) -> None:
        """Make the plan again from the same source; the one in front is dropped first.

        Of a plan that was made elsewhere nobody here knows the source: it stays.
        """
        if self._plan is not None and not self._has_source:
            self.told.emit(
                tr("It is remembered. This plan stays as it was: make it anew where it came from.")
            )
            return
        plan, source = self._plan, self._source
        if plan is None:
            return
        self._door.busy()
        self._remaking, self._banner.failed = plan.id, None
        self._refresh.gate(tr("The check is running."))
        self._head.explain(tr("Reading the records afresh. Nothing is sent."))
        self.desk.ask(
            self,
            lambda facade, act: facade.refresh_plan(plan.id, source, act=act),
            done=lambda told: self._refreshed(plan, told),
            failed=lambda error: self._not_refreshed(plan, error),
        )

    def _refreshed(self, before: PlanView, told: PlanRefreshed) -> None:
        """Show the new plan where the old one stood: filter, line and what was left out stay."""
        self._remade()
        if self._plan is None or self._plan.id != before.id:
            self._discard(told.plan.id)  # somebody went on meanwhile: nobody looks at it any more
            return
        self._banner.moved, self._banner.since = 0, change_words(told.changes)
        self._show_plan(told.plan, is_same_edits=True)

    def _not_refreshed(self, before: PlanView, error: WritebackError) -> None:
        """The plan that was there still is."""
        self._remade()
        if self._plan is None or self._plan.id != before.id:
            self._discard(before.id)
            return
        self._banner.failed = error  # told now, and again once the lines are read
        self._show_again(before, before)
        self.complain(error)

    def _remade(self) -> None:
        self._remaking = None
        self._refresh.gate("")

    def _discard(self, plan: PlanId) -> None:
        self.desk.ask(
            self,
            lambda facade, act: facade.discard_plan(plan, act=act),
            done=lambda _none: None,
            failed=self.complain,
        )

    def refresh(self) -> None:
        if self._plan is not None:
            self._banner.look()
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
        self._has_source = True
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

    def _show_plan(self, plan: PlanView, *, is_same_edits: bool = False) -> None:
        self._check.gate("")
        self._check.say(tr("Check against the CRM"))
        is_again = is_same_edits or (self._plan is not None and self._plan.id == plan.id)
        self._plan = plan
        self.use({group.connection_id for group in plan.groups} or None)
        self._check.setVisible(False)
        self._settle.setVisible(any(group.conflict for group in plan.groups))
        self._save.setVisible(bool(plan.groups))
        self._refresh.setVisible(self._has_source)
        self._stack.setCurrentWidget(self._plan_page)
        checked = moment(plan.planned_at, now=self.desk.now())
        cards = [
            part_card(
                group,
                self._connections.get(str(group.connection_id)),
                checked=checked,
                chosen=self._go_otherwise,
            )
            for group in sorted(plan.groups, key=lambda one: not one.root)
        ]
        self._share_room()
        self._parts.show_parts([*cards, *remark_lines(plan)])  # what many others see comes first
        self._head.explain(checked_words(self._source if self._has_source else None, checked))
        self._door.show_plan(plan, self._connections, self._team)
        self._banner.show_plan(plan, self._team, has_source=self._has_source)
        self.states.loading()
        self.lines.show_plan(plan, is_again=is_again)
        if not is_again:
            self.first_focus().setFocus()

    # sending

    def _submit(self, typed: str, overrides: tuple[str, ...]) -> None:
        plan = self._plan
        if plan is None:
            return
        self._door.busy()
        wait_s = self._door.wait_s
        self.desk.ask(
            self,
            lambda facade, act: facade.submit(
                plan.id, confirm_org=typed, overrides=overrides, wait_s=wait_s, act=act
            ),
            done=self._submitted,
            failed=self._not_submitted,
        )

    def _try(self, typed: str, overrides: tuple[str, ...]) -> None:
        """Send some rows alone; the rest stays here."""
        plan, wish = self._plan, self._door.pick
        if plan is None:
            return
        rows, pick = wish.rows, wish.pick
        chosen = self.lines.ticks.sent_rows if pick is Pick.CHOSEN else ()
        self._door.busy()
        self.desk.ask(
            self,
            lambda facade, act: facade.trial_run(
                plan.id, rows, pick=pick, chosen=chosen, confirm_org=typed, overrides=overrides, act=act
            ),
            done=lambda tried: self._tried(plan, tried),
            failed=self._not_submitted,
        )

    def _tried(self, before: PlanView, tried: TrialRun) -> None:
        self.asked.emit("do:wake", None)
        if tried.rest is None:
            self._submitted(tried.jobs)
            return
        self._banner.trial = str(tried.jobs[0])
        self._show_again(before, tried.rest)
        self._door.follow_trial(is_rest=True)
        rest = sum(group.send for group in tried.rest.groups)
        self._head.explain(
            tr("The trial is under way: look at its rows, then send the rest here, %n records.", rest)
        )

    def save_plan(self) -> None:
        """Write the plan to a file that somebody else can send."""
        if self._plan is not None:
            save_as_file(self, self._plan.id)

    def _submitted(self, jobs: tuple[JobId, ...]) -> None:
        file = self._source.path if self._source.session else ""
        self._forget_plan()
        self._source = PlanSource(kind="drafts", origin=Origin.SEGMENT, author=self.desk.author)
        self.told.emit(tr("%n jobs queued.", len(jobs)))
        self.asked.emit("do:wake", None)
        if file:
            self.asked.emit("files", file)
        else:
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
        if plan is not None and plan.id != self._remaking:  # else it is dropped by what takes its place
            self._discard(plan.id)
        self.refresh()

    def _forget_plan(self) -> None:
        self._plan = None
        self._door.follow_trial(is_rest=False)
        self._has_source = False
        self._banner.forget()
        for button in (self._settle, self._save, self._refresh):
            button.hide()
        self.lines.close_rows()

    def _again(self) -> None:
        if self._source.kind == "drafts":
            self.refresh()
        else:
            self.states.loading()
            self.propose()
