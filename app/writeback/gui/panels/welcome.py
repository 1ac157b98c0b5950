"""Home: three doors and a checklist for who is new; what needs somebody, edits, pulls, quotas every day."""

from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QWidget

from writeback.gui.dialogs.restoring import RestoreDialog
from writeback.gui.i18n import job_word, moment, number
from writeback.gui.models.connections import clock_words
from writeback.gui.models.schedules import next_of, next_run
from writeback.gui.panels.home_cards import Card, Checklist, Door, Line
from writeback.gui.panels.panel import Panel
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import PageHead, boxed, column, row, scrolled
from writeback.gui.widgets.states import States
from writeback.gui.widgets.text import PlainLabel
from writeback.model.connections import SignInState
from writeback.model.events import EventKind
from writeback.runtime.notice_words import words_of
from writeback.runtime.plan_words import quota_title
from writeback.runtime.reading import Reading
from writeback.runtime.reading_connections import HomeView
from writeback.runtime.views import ConnectionView, Pulse


class WelcomePanel(Panel):
    """The first and the daily screen."""

    cares_about = frozenset(EventKind)

    def __init__(self, desk: Desk, *, workspace: Path, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Home"), parent=parent)
        self._workspace = workspace
        self._head = PageHead(tr("Home"), explains="")
        self.checklist = Checklist(self.asked.emit)
        self.needs = Card(tr("Needs somebody"))
        self.drafts = Card(tr("Pending edits"))
        self.pulls = Card(tr("Pulls"))
        self.quotas = Card(tr("Quotas"))
        page = column(gap=4, margin=(0, 0, 2, 4))
        for part in (self._head, self._build_doors(), self.checklist, self._build_day(), self._build_foot()):
            page.addWidget(part)
        page.addStretch(1)
        inside = QWidget()
        inside.setLayout(page)
        self.states = States(scrolled(inside))
        self.states.retry.connect(self.refresh)
        self.setLayout(column(self.states, margin=(8, 5, 8, 2)))

    def _build_doors(self) -> QWidget:
        self._demo = Door(
            tr("Try the demo workspace"),
            tr("Four simulated CRMs on this computer with 2,000 accounts each. No network, nothing to lose."),
            picture="demo",
            call=lambda: self.asked.emit("do:demo", None),
        )
        self._connect = Door(
            tr("Connect a CRM"),
            tr("Sign in with the browser, a key or a code. Nothing is written until you send it."),
            picture="connections",
            call=lambda: self.asked.emit("do:connect", None),
        )
        self._open = Door(
            tr("Open a workspace"),
            tr("A workspace file from this computer: its records, pending edits and jobs."),
            picture="folder",
            call=lambda: self.asked.emit("do:open", None),
        )
        line = row(gap=4)
        for door in (self._demo, self._connect, self._open):
            line.addWidget(door, 1)
        self.doors = boxed(line)
        return self.doors

    def _build_day(self) -> QWidget:
        self.day = QWidget()
        grid = QGridLayout(self.day)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(16)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.needs, 0, 0, 1, 2)
        grid.addWidget(self.drafts, 1, 0)
        grid.addWidget(self.pulls, 1, 1)
        grid.addWidget(self.quotas, 2, 0, 1, 2)
        return self.day

    def _build_foot(self) -> QWidget:
        where = tr("Everything stays in {workspace}. Nothing is sent home.", workspace=str(self._workspace))
        foot = column(PlainLabel(where, role="caption", wraps=True), gap=2)
        foot.addWidget(
            Flowing(
                Button(tr("Open another…"), picture="folder", call=lambda: self.asked.emit("do:open", None)),
                Button(tr("New workspace…"), picture="plus", call=lambda: self.asked.emit("do:new", None)),
                Button(tr("Restore a backup…"), picture="undo", call=self._open_restoring),
                Button(
                    tr("Import configuration…"),
                    picture="attributes",
                    call=lambda: self.asked.emit("do:import_configuration", None),
                ),
            )
        )
        return boxed(foot)

    # for the window

    def first_focus(self) -> QWidget | None:
        if self.doors.isVisibleTo(self):
            return self._demo
        cards = (self.checklist, self.needs, self.drafts, self.pulls)
        buttons = (one for card in cards if card.isVisibleTo(self) for one in card.findChildren(Button))
        return next(buttons, None)

    def refresh(self) -> None:
        self.states.loading()

        author, today = self.desk.author, self.desk.now().date()

        def read(reads: Reading) -> tuple[Pulse, HomeView]:
            return reads.pulse(), reads.home(author, today)

        self.desk.read(self, read, done=lambda found: self._show(*found), failed=self.states.error)

    # what is shown

    def _show(self, pulse: Pulse, home: HomeView) -> None:
        is_new = not home.connections
        self._head.title.set_text(tr("Welcome to Writeback") if is_new else tr("Home"))
        self._head.explain(
            tr("Edit customer data here; send it back into the CRM, checked before and proven after.")
            if is_new
            else ""
        )
        done = {
            "connect": bool(home.connections),
            "map": bool(pulse.mapped),
            "pull": pulse.records_pulled,
            "edit": home.was_edited,
            "send": home.was_sent,
        }
        self.checklist.show_done([name for name, is_done in done.items() if is_done])
        self.checklist.setVisible(not self.checklist.is_done)
        self.doors.setVisible(is_new)
        self.day.setVisible(not is_new)
        if not is_new:
            self._show_needs(pulse, home)
            self._show_drafts(home)
            self._show_pulls(home)
            self._show_quotas(home)
        self._tell_sign_ins(home)

    def _tell_sign_ins(self, home: HomeView) -> None:
        out = [
            one.connection.name for one in home.connections if one.connection.sign_in is SignInState.NEEDED
        ]
        if not out:
            self.states.ready()
            return
        self.states.partial(
            tr(
                "Sign-in is needed again for {names}. Local reading and editing go on; sending waits.",
                names=", ".join(out),
            ),
            act=tr("Go to connections"),
            call=lambda: self.asked.emit("connections", None),
        )

    def _show_needs(self, pulse: Pulse, home: HomeView) -> None:
        lines: list[Line] = []
        for job in home.jobs:
            words = tr(
                "Job {number} to {connection}: {state}",
                number=number(job.number),
                connection=job.connection,
                state=job_word(job.state, job.counts),
            )
            lines.append(self._leads(words, ("warning", "draft"), tr("Open"), "jobs", subject=str(job.id)))
        for words, (picture, tint), screen in (
            (tr("%n conflicts to decide", pulse.conflicts), ("conflict", "conflict"), "conflicts"),
            (tr("%n values were refused by a CRM", pulse.refused), ("refused", "refused"), "accounts"),
        ):
            if (pulse.conflicts if screen == "conflicts" else pulse.refused) > 0:
                lines.append(self._leads(words, (picture, tint), tr("Open"), screen))
        for play in home.plays:
            words = words_of(play)
            lines.append(self._leads(words, ("wand", "draft"), tr("Open"), "plays", subject=play.about))
        if home.tasks_due:
            words = tr("%n tasks of yours are due", home.tasks_due)
            lines.append(self._leads(words, ("check", "draft"), tr("Open"), "tasks"))
        for view in home.connections:
            lines += [
                self._leads(words, ("warning", "draft"), tr("Open"), "connections")
                for words in self._troubles(view)
            ]
        if pulse.running_number:
            words = tr(
                "Job {number} is at work: {done} of {rows} rows",
                number=number(pulse.running_number),
                done=number(pulse.running_done),
                rows=number(pulse.running_rows),
            )
            lines.append(self._leads(words, ("jobs", "accent"), tr("Watch"), "jobs"))
        self.needs.show_lines(lines, nothing=tr("Nothing waits for anybody."))

    def _troubles(self, view: ConnectionView) -> list[str]:
        name, now = view.connection.name, self.desk.now()
        told = []
        if view.connection.sign_in is SignInState.NEEDED:
            told.append(tr("{name}: sign-in needed", name=name))
        if view.plugin is None or view.plugin.manifest is None:
            told.append(tr("{name}: its plugin cannot be used", name=name))
        if view.drifted:
            told.append(
                tr("{name}: the schema of {objects} drifted", name=name, objects=", ".join(view.drifted))
            )
        if view.connection.clock_ahead_s:
            told.append(tr("{name}: {clock}", name=name, clock=clock_words(view.connection)))
        told += [
            tr("{name}: the scheduled pull of {object} failed", name=name, object=one.object)
            for one in view.integrations
            if (held := view.pulls_of(one.id)) is not None and held.last_code and not held.is_paused
        ]
        if view.wait_until is not None and view.wait_until > now:
            told.append(
                tr("{name}: asked to wait until {when}", name=name, when=moment(view.wait_until, now=now))
            )
        return told

    def _show_drafts(self, home: HomeView) -> None:
        self.drafts.show_lines(
            [
                self._leads(
                    tr(
                        "{author}: {edits} in {records}, oldest {when}",
                        author=one.author,
                        edits=tr("%n pending edits", one.drafts),
                        records=tr("%n records", one.records),
                        when=moment(one.since, now=self.desk.now()),
                    ),
                    ("pencil", "draft"),
                    tr("Review"),
                    "review",
                )
                for one in home.drafts
            ],
            nothing=tr("Nobody has edits that wait to be sent."),
        )

    def _show_pulls(self, home: HomeView) -> None:
        self.pulls.show_lines(
            [
                self._leads(
                    self._pull_words(view),
                    ("pull", "muted"),
                    tr("Open"),
                    "mapping",
                    subject=view.integrations[0].id,
                )
                for view in home.connections
                if view.integrations
            ],
            nothing=tr("No object is mapped yet."),
        )

    def _pull_words(self, view: ConnectionView) -> str:
        """Say how old the records of a connection may be: as old as its oldest pull; and when the next is."""
        now, every = self.desk.now(), view.integrations
        oldest = min(every, key=lambda one: (one.last_pull_at is not None, one.last_pull_at or now))
        when = moment(oldest.last_pull_at, now=now)
        name = view.connection.name
        if len(every) == 1:
            told = tr("{connection} · {object}: {when}", connection=name, object=oldest.object, when=when)
        else:
            objects = tr("%n objects", len(every))
            told = tr(
                "{connection} · {objects}: oldest pull {when}", connection=name, objects=objects, when=when
            )
        held = [found for one in every if (found := view.pulls_of(one.id)) is not None]
        first = next_of(held, now=now)
        return told if first is None else f"{told}, {next_run(first, now=now)}"

    def _show_quotas(self, home: HomeView) -> None:
        lines = [
            Line(
                tr("{connection}: {quota}", connection=view.connection.name, quota=quota_title(usage.kind)),
                act=tr("{used} of {most}", used=number(usage.used), most=number(usage.most)),
                share=round(100 * usage.used / usage.most) if usage.most else 0,
            )
            for view in home.connections
            for usage in view.usage[:1]
        ]
        self.quotas.show_lines(lines)
        self.quotas.setVisible(bool(lines))

    def _leads(
        self, words: str, look: tuple[str, str], act: str, screen: str, *, subject: object = None
    ) -> Line:
        return Line(words, *look, act, call=lambda: self.asked.emit(screen, subject))

    # what a person wants

    def _open_restoring(self) -> None:
        dialog = RestoreDialog(self._workspace, self.desk.tasks, self.window())
        dialog.restored.connect(lambda path: self.asked.emit("do:open_workspace", path))
        dialog.open()
