"""SuccessPlays: rules that change attributes by themselves, how each stands, and what their runs did."""

from collections import abc
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from writeback.errors import WritebackError
from writeback.gui.dialogs.asking import TextDialog
from writeback.gui.dialogs.naming import NameDialog
from writeback.gui.dialogs.play_design import PlayDialog
from writeback.gui.dialogs.play_run import PlayRunDialog, RunActs
from writeback.gui.models.plays import PlayLine, plan_words, plays_model, runs_model
from writeback.gui.panels.panel import Panel
from writeback.gui.panels.play_side import PlaySide
from writeback.gui.tasks import Desk
from writeback.gui.theming.current import sized
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import PageHead, column, whole_page, yielding
from writeback.gui.widgets.splits import Split
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table, keep_lines
from writeback.gui.widgets.text import PlainLabel, one_line
from writeback.model.changes import Origin
from writeback.model.events import EventKind
from writeback.model.permissions import Right
from writeback.model.plays import Play, PlayMode, PlayRun, PlayTrigger
from writeback.model.types import JobId
from writeback.planning.guarding import needs_org_name
from writeback.runtime.designs import NOT_THERE
from writeback.runtime.facade import Facade, PlanSource
from writeback.runtime.facade.plays import PlayReport, PlayUndone
from writeback.runtime.reading import Reading
from writeback.runtime.team import TeamView

Listed = tuple[tuple[PlayLine, ...], tuple[PlayRun, ...], TeamView]

VALUES, SET_OFF_BY = 3, 2
"""Columns that give way in a narrow window: the side tells the one, a run's window the other."""


class PlaysPanel(Panel):
    """The list of plays, the chosen one, and its run log."""

    cares_about = frozenset(
        {
            EventKind.PLAY_CHANGED,
            EventKind.PLAY_RAN,
            EventKind.MODEL_CHANGED,
            EventKind.SEGMENT_CHANGED,
            EventKind.INTEGRATION_CHANGED,
        }
    )

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("SuccessPlays"), parent=parent)
        self._wanted = ""
        self._runs: tuple[PlayRun, ...] = ()
        self.model = plays_model(desk.now, self)
        self.table = Table(tr("Plays"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs], spare=(VALUES,))
        self.table.chosen.connect(lambda _row: self._design())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._choose())
        self.log = runs_model(desk.now, self)
        self.runs = Table(tr("Runs of the play"))
        self.runs.dress(self.log, [spec.width for spec in self.log.specs], spare=(SET_OFF_BY,))
        self.runs.chosen.connect(lambda _row: self._open_run())
        self.side = PlaySide(review=self.show_run)
        self._build_acts()
        head = PageHead(
            tr("SuccessPlays"),
            self.make,
            explains=tr("Rules that change attributes by themselves. Each is off until you switch it on."),
        )
        lower = column(PlainLabel(tr("Run log"), role="strong"), self.runs, gap=2, margin=(0, 2, 0, 0))
        below = QWidget()
        below.setLayout(lower)
        lists = Split(self.table, below, shares=(280, 220), is_upright=True)
        lists.setMinimumWidth(340)
        sized(self.side, lambda px: self.side.setMinimumWidth(max(280, px(220))))
        keep_lines(self.table)
        keep_lines(self.runs, 1)
        body = column(gap=3)
        body.addWidget(Split(lists, self.side, shares=(700, 360)), 1)
        body.addWidget(Flowing(*self._acts))
        self.states = States(yielding(body))
        self.states.retry.connect(self.refresh)
        self.states.acted.connect(self.new)
        self.setLayout(whole_page(column(head, self.states, gap=4, margin=(8, 5, 8, 5))))

    def _build_acts(self) -> None:
        self._lacks = {Right.CONFIGURE_MAPPINGS: "", Right.EDIT: ""}
        self.make = Button(tr("New play…"), picture="plus", call=self.new)
        self.dry = Button(tr("Dry run…"), kind="primary", picture="play", call=self._try)
        self.switch = Button(tr("Switch on"), picture="check", call=self._switch)
        self.design = Button(tr("Edit…"), picture="pencil", call=self._design)
        self.rename = Button(tr("Rename…"), kind="quiet", call=self._ask_name)
        self.copy_play = Button(tr("Duplicate…"), kind="quiet", picture="copy", call=self._ask_copy)
        self.delete = Button(tr("Delete"), kind="quiet", picture="trash", call=self._remove)
        self.open_run = Button(tr("Open the run"), kind="quiet", picture="jobs", call=self._open_run)
        self._acts = (
            self.dry, self.switch, self.design, self.open_run, self.rename, self.copy_play, self.delete,
        )  # fmt: skip

    # for the window

    def open(self, subject: object = None) -> None:
        """Come to the front, maybe with a play, by its name."""
        self._wanted = subject if isinstance(subject, str) else ""
        super().open()

    def first_focus(self) -> QWidget:
        return self.table

    def refresh(self) -> None:
        self.states.loading()

        def read(reads: Reading) -> Listed:
            told = reads.plays
            lines = tuple(PlayLine(view, told.ground(view.play.entity)) for view in told.views())
            return lines, told.runs(), reads.team()

        self.desk.read(self, read, done=self._show, failed=self.states.error)

    # what is there

    def _show(self, told: Listed) -> None:
        lines, self._runs, team = told
        self._lacks = {
            one: team.lacks(self.desk.author, one) for one in (Right.CONFIGURE_MAPPINGS, Right.EDIT)
        }
        self.make.gate(self._lacks[Right.CONFIGURE_MAPPINGS])
        before = self._chosen
        name = self._wanted or (before.play.name if before is not None else "")
        self._wanted = ""
        words = self.states.banner.words if self.states.banner.isVisibleTo(self) else ""
        self.model.show_rows(lines)
        places = [place for place, one in enumerate(lines) if one.play.name == name]
        self.table.go_to(places[0] if places else 0)
        broken = sum(one.view.broken is not None for one in lines)
        if not lines and not words:
            self.states.empty(
                tr("No play yet"),
                tr("A play changes attributes when a record comes into a segment, leaves it, or is due."),
                act=tr("New play…"),
                picture="wand",
            )
        elif broken:
            self.states.partial(tr("%n plays cannot run: they name something that is gone.", broken))
        else:
            self.states.ready()
            if words:
                self.states.banner.show()
        self._choose()

    @property
    def _chosen(self) -> PlayLine | None:
        return self.model.row_at(self.table.currentIndex().row())

    def _choose(self) -> None:
        one = self._chosen
        self.side.show_line(one)
        name = one.play.name if one is not None else ""
        self.log.show_rows(tuple(run for run in self._runs if run.play == name))
        self.runs.go_to(0)
        none = "" if one is not None else tr("Choose a play first.")
        broken = tr("It names something that is gone: edit it.") if one and one.view.broken else ""
        lacks = self._lacks[Right.CONFIGURE_MAPPINGS]
        for button in (self.design, self.rename, self.copy_play, self.delete):
            button.gate(none or lacks)
        self.dry.gate(none or self._lacks[Right.EDIT] or broken)
        is_on = one is not None and one.view.state.is_on
        self.switch.say(tr("Pause") if is_on else tr("Switch on"))
        self.switch.gate(none or lacks or ("" if is_on else broken))
        self.open_run.gate("" if self.log.rows else tr("It has not run yet."))

    # keeping

    def new(self) -> None:
        """Design a new play."""
        if lacks := self._lacks[Right.CONFIGURE_MAPPINGS]:
            self.states.banner.tell(lacks, tone="warning")
            return
        self._open_design(Play("", "account", PlayTrigger(), ()), is_new=True)

    def _design(self) -> None:
        one = self._chosen
        if one is not None and self.design.isEnabled():
            self._open_design(one.play, is_new=False)

    def _open_design(self, play: Play, *, is_new: bool) -> None:
        taken = frozenset(one.play.name.casefold() for one in self.model.rows) if is_new else frozenset()
        dialog = PlayDialog(self.desk, play, is_new=is_new, taken=taken, parent=self)
        dialog.saved.connect(self._saved)
        dialog.open()

    def _saved(self, play: Play) -> None:
        self._wanted = play.name
        self.told.emit(tr("{name} is saved, and off.", name=play.name))
        self.refresh()

    def _ask_name(self) -> None:
        one = self._chosen
        if one is not None:
            name = one.play.name
            TextDialog(
                tr("Rename {name}", name=one_line(name)),
                tr("Whether it is on, its runs and its tasks stay with it."),
                label=tr("Name"),
                act=tr("Rename"),
                call=lambda new: self._call_it(name, new),
                start=name,
                parent=self,
            ).open()

    def _call_it(self, name: str, new: str) -> None:
        author = self.desk.author

        def done(play: Play) -> None:
            self._wanted = play.name
            self.refresh()

        self._ask(lambda facade, act: facade.rename_play(name, new, author=author, act=act), done)

    def _ask_copy(self) -> None:
        one = self._chosen
        if one is not None:
            play = one.play
            TextDialog(
                tr("Duplicate {name}", name=one_line(play.name)),
                "",
                label=tr("Name of the copy"),
                act=tr("Duplicate"),
                call=lambda name: self._keep(replace(play, name=name), is_copy=True),
                start=tr("{name} (copy)", name=play.name),
                parent=self,
            ).open()

    def _keep(self, play: Play, *, is_copy: bool) -> None:
        if is_copy and any(one.play.name.casefold() == play.name.casefold() for one in self.model.rows):
            words = tr("A play is called {name} already; nothing was copied.", name=play.name)
            self.states.banner.tell(words, tone="warning")
            return
        author = self.desk.author
        self._ask(
            lambda facade, act: facade.save_play(play, author=author, base=NOT_THERE, act=act), self._saved
        )

    def _remove(self) -> None:
        one = self._chosen
        if one is None:
            return
        name, author = one.play.name, self.desk.author

        def gone(_none: object) -> None:
            words = tr("{name} is deleted. What its runs did stays.", name=name)
            self.states.banner.tell(words, act=tr("Undo"), call=lambda: self._put_back(name))
            self.refresh()

        self._ask(lambda facade, act: facade.remove_play(name, author=author, act=act), gone)

    def _put_back(self, name: str) -> None:
        author = self.desk.author

        def back(play: Play) -> None:
            self.states.banner.hide()
            self._saved(play)

        self._ask(lambda facade, act: facade.restore_play(name, author=author, act=act), back)

    # running

    def _switch(self) -> None:
        one = self._chosen
        if one is None:
            return
        if one.view.state.is_on:
            self._turn(one.play.name, is_on=False, org="")
            return
        self._confirmed(one, lambda org: self._turn(one.play.name, is_on=True, org=org))

    def _turn(self, name: str, *, is_on: bool, org: str) -> None:
        author = self.desk.author

        def done(_none: object) -> None:
            self.told.emit(tr("{name} is on.", name=name) if is_on else tr("{name} rests.", name=name))
            self.refresh()

        self._ask(
            lambda facade, act: facade.switch_play(
                name, is_on=is_on, confirm_org=org, author=author, act=act
            ),
            done,
        )

    def _confirmed(self, one: PlayLine, go: abc.Callable[[str], None]) -> None:
        """Ask for the names of orgs that want to be named before something is sent to them."""
        title = tr("Let it send?")
        if one.play.mode is not PlayMode.SEND:
            go("")
            return
        wanting = [
            target.connection
            for target in one.view.targets
            if needs_org_name(target.connection) and not target.is_confirmed
        ]
        typed: list[str] = []

        def ask_next() -> None:
            if len(typed) == len(wanting):
                go(";".join(typed))
                return
            connection = wanting[len(typed)]
            org = connection.org.name if connection.org is not None else connection.name
            words = tr(
                "{play} then writes to {name} ({environment_word}) by itself, without Review & send.",
                play=one_line(one.play.name),
                name=one_line(org),
                environment_word=one_line(connection.environment_word),
            )

            def named() -> None:
                typed.append(org)
                ask_next()

            NameDialog(title, words, org, act=tr("Let it send"), call=named, parent=self).open()

        ask_next()

    def _try(self) -> None:
        one = self._chosen
        if one is not None:
            name, author = one.play.name, self.desk.author
            self._ask(
                lambda facade, act: facade.run_play(name, is_dry=True, author=author, act=act), self._tell_run
            )

    def _run(self) -> None:
        one = self._chosen
        if one is None:
            return
        name, author = one.play.name, self.desk.author

        def go(org: str) -> None:
            self._ask(
                lambda facade, act: facade.run_play(name, confirm_org=org, author=author, act=act),
                self._ran,
            )

        self._confirmed(one, go)

    def _ran(self, report: PlayReport) -> None:
        self.refresh()
        self._tell_run(report)

    def _open_run(self) -> None:
        run = self.log.row_at(self.runs.currentIndex().row())
        if run is not None:
            self._tell_run(PlayReport(run, ()))

    def show_run(self, number: int) -> None:
        """Show a run of the log."""
        run = next((one for one in self._runs if one.number == number), None)
        if run is not None:
            self._tell_run(PlayReport(run, ()))

    def _tell_run(self, report: PlayReport) -> None:
        one = self._chosen
        acts = RunActs(self._run, self._release, self._dismiss, self._undo, self._show_job, self._compare)
        ground = one.ground if one is not None else None
        dialog = PlayRunDialog(self.desk, report, ground=ground, acts=acts, parent=self)
        entity = one.play.entity if one is not None else "account"
        dialog.record_wanted.connect(lambda rid: self.asked.emit("profile", (entity, rid)))
        dialog.open()

    def _compare(
        self,
        owner: QWidget,
        say: abc.Callable[[str], None],
        failed: abc.Callable[[WritebackError], None],
    ) -> None:
        """Judge the chosen play's dry run against the CRMs."""
        one = self._chosen
        if one is None:
            return
        name, author = one.play.name, self.desk.author
        names = {target.connection.id: target.connection.name for target in one.view.targets}
        self.desk.ask(
            owner,
            lambda facade, _act: facade.forecast_play(name, author=author),
            done=lambda plan: say(plan_words(plan, names)),
            failed=failed,
        )

    def _release(self, number: int) -> None:
        one, author = self._chosen, self.desk.author

        def go(org: str) -> None:
            self._ask(
                lambda facade, act: facade.release_play_run(number, confirm_org=org, author=author, act=act),
                lambda run: self._ran(PlayReport(run, ())),
            )

        if one is not None:
            self._confirmed(one, go)

    def _dismiss(self, number: int) -> None:
        author = self.desk.author
        self._ask(
            lambda facade, act: facade.dismiss_play_run(number, author=author, act=act),
            lambda _run: self.refresh(),
        )

    def _undo(self, number: int) -> None:
        author = self.desk.author

        def done(told: PlayUndone) -> None:
            words = tr("%n values are taken back; {left} were changed since.", told.values, left=told.left)
            self.states.banner.tell(words, tone="ok")
            self.refresh()
            if told.jobs:  # what was sent goes back through Review & send
                source = PlanSource(
                    "undo",
                    Origin.UNDO,
                    author=author,
                    job_id=told.jobs[0],
                    is_whole_act=True,
                    records=told.records,
                    fields=told.fields,
                )
                self.asked.emit("review", source)

        self._ask(lambda facade, act: facade.undo_play_run(number, author=author, act=act), done)

    def _show_job(self, job: JobId) -> None:
        self.asked.emit("jobs", str(job))

    def _ask(self, call: abc.Callable[[Facade, str], object], done: abc.Callable[..., None]) -> None:
        self.desk.ask(self, call, done=done, failed=self.complain)
