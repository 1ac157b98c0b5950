"""Conflicts: what both sides changed, and a person's word on it, one by one or many by one act.

What is in the CRM is kept at once. What is kept of ours is collected, and goes to Review & send as one plan
against the newest values; nothing is sent from here. Every way out is an action with a key.
"""

from collections import abc

from PySide6.QtWidgets import QWidget

from writeback.errors import WritebackError
from writeback.gui.models.conflicts import MINE, SETTLED, SKIPPED, InLine, conflicts_model
from writeback.gui.panels.conflict_filters import ConflictFilters, Groups
from writeback.gui.panels.conflict_side import ConflictSide
from writeback.gui.panels.panel import Panel
from writeback.gui.tasks import Desk
from writeback.gui.theming.current import sized
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import PageHead, column, scrolled
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table, lines_high
from writeback.model.events import EventKind
from writeback.runtime.disputing import ConflictRows, ConflictView
from writeback.runtime.facade import ConflictDecision, ConflictsLooked, ConflictsSettled
from writeback.runtime.reading import Reading
from writeback.store.inbox import MASTER, Place, Wanted

RULE, FOUND = 7, 8
"""Columns that a narrow window can do without."""


class ConflictsPanel(Panel):
    """The inbox."""

    cares_about = frozenset({EventKind.CONFLICT_FOUND, EventKind.JOB_CHANGED, EventKind.EDIT_SAVED})

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Conflicts"), parent=parent)
        self._marks: dict[Place, str] = {}
        self._names: dict[str, str] = {}
        self.model = conflicts_model(desk.now, lambda place: self._marks.get(place, ""))
        self.table = Table(tr("Conflicts"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs], spare=(FOUND, RULE))
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._moved())
        self.filters = ConflictFilters()
        self.filters.changed.connect(self.refresh)
        self.look = Button(tr("Look again"), picture="refresh", call=self.look_again)
        self.review = Button(
            tr("Review what is yours"), kind="primary", picture="review", call=self.review_mine
        )
        self._head = PageHead(
            tr("Conflicts"),
            self.look,
            self.review,
            explains=tr("Both sides changed these values. Nothing is sent."),
        )
        self.side = ConflictSide()
        self.side.chosen.connect(self.do)
        body = column(gap=2)
        body.addWidget(self.filters)
        body.addWidget(self.table, 1)
        body.addWidget(self.side)
        inside = QWidget()
        inside.setLayout(body)
        sized(self.table, lambda _px: self.table.setMinimumHeight(lines_high(4)))
        self.states = States(scrolled(inside))
        self.states.retry.connect(self.refresh)
        self.states.acted.connect(lambda: self.asked.emit("accounts", None))
        self.setLayout(column(self._head, self.states, gap=3, margin=(8, 5, 8, 4)))
        self._tell_mine()

    # for the window

    def first_focus(self) -> QWidget:
        return self.table

    def close_panel(self) -> None:
        self.model.close()

    def open(self, subject: object = None) -> None:
        self._marks = {place: mark for place, mark in self._marks.items() if mark == MINE}
        super().open(subject)

    def refresh(self) -> None:
        wanted = self.filters.wanted
        self.states.loading()

        def read(reads: Reading) -> tuple[ConflictRows, Groups, dict[str, str]]:
            rows = reads.conflicts(wanted)
            rows.build()
            groups = {by: reads.conflict_groups(by) for by in ("field", "rule", "connection")}
            names = {str(one.connection.id): one.connection.name for one in reads.connections()}
            return rows, groups, names

        self.desk.read(self, read, done=self._show, failed=self.states.error)

    def do(self, what: str) -> bool:
        acts: dict[str, abc.Callable[[], None]] = {
            "keep_theirs": lambda: self.decide("crm"),
            "keep_mine": self.keep_mine,
            "third": self.side.ask_third,
            "put_third": self.put_third,
            "clear": lambda: self.decide("value", text=None),
            "alike": self.side.flip_alike,
            "rule": self.side.flip_rule,
            "skip": self.skip,
        }
        if what not in acts:
            return False
        if self.current is not None:
            acts[what]()
        return True

    @property
    def current(self) -> ConflictView | None:
        """The chosen conflict."""
        return self.model.row_at(self.table.currentIndex().row())

    # acts

    def keep_mine(self) -> None:
        """Collect the chosen conflict for the review; for all alike, or as a rule, plan at once."""
        one = self.current
        if one is None:
            return
        if one.place.kind == MASTER or self.side.is_alike or self.side.is_rule:
            self.decide("ours")
            return
        self._mark_and_go_on(one.place, MINE)
        self._tell_mine()

    def put_third(self) -> None:
        """Settle the chosen conflict by what was typed; an empty line is no wish to clear."""
        if self.side.third_text.strip():
            self.decide("value", text=self.side.third_text)
        else:
            self.told.emit(tr("Type a value first, or choose Clear."))

    def review_mine(self) -> None:
        """Make one plan of all that is kept of ours."""
        mine = tuple(place for place, mark in self._marks.items() if mark == MINE)
        if mine:
            self._ask(Wanted(places=mine), ConflictDecision("ours"), mine)

    def decide(self, keep: str, *, text: str | None = "") -> None:
        """Settle the chosen conflict, or all alike."""
        one = self.current
        if one is None:
            return
        whose = self.side.whose if one.place.kind == MASTER and keep == "crm" else ""
        decision = ConflictDecision(
            keep,
            text,
            whose,
            makes_rule=self.side.is_rule and keep != "value",
            writes_others=self.side.writes,
        )
        places = (one.place,)
        wanted = Wanted(places=places)
        if self.side.is_alike:
            connection = next((key for key, name in self._names.items() if name == one.connection), "")
            wanted = Wanted(field=one.field, connection_id=connection)
        self._mark_and_go_on(one.place, SETTLED)
        self._ask(wanted, decision, places)

    def skip(self) -> None:
        """Leave the chosen conflict for another time."""
        one = self.current
        if one is not None:
            self._mark_and_go_on(one.place, self._marks.get(one.place) or SKIPPED)

    def look_again(self) -> None:
        """Read what the CRMs hold now; what both sides wrote alike settles itself."""
        wanted = self.filters.wanted
        self.look.gate(tr("The CRMs are being read."))
        self.desk.ask(
            self,
            lambda facade, act: facade.look_at_conflicts(wanted, act=act),
            done=self._looked,
            failed=self._not_looked,
        )

    def _ask(self, wanted: Wanted, decision: ConflictDecision, places: tuple[Place, ...]) -> None:
        author = self.desk.author

        def failed(error: WritebackError) -> None:
            for place in places:
                self._marks.pop(place, None)
            self.model.forget_blocks()
            self._tell_mine()
            self.complain(error)

        self.desk.ask(
            self,
            lambda facade, act: facade.decide_conflicts(wanted, decision, author=author, act=act),
            done=lambda told: self._decided(told, places),
            failed=failed,
        )

    def _decided(self, told: ConflictsSettled, places: tuple[Place, ...]) -> None:
        for place in places:
            self._marks[place] = SETTLED
        words = [tr("%n conflicts settled.", told.settled - told.came_back)]
        if told.came_back:
            again = tr("%n values", told.came_back)
            words.append(tr("{again} changed in the CRM once more: look again.", again=again))
        if told.same:
            words.append(tr("%n values already so.", told.same))
        if told.rules:
            words.append(tr("From now on the mapping decides so for {rules}.", rules=", ".join(told.rules)))
        self.told.emit(" ".join(words))
        self._tell_mine()
        if told.plan is not None:
            self.asked.emit("review", told.plan)
        elif told.came_back or len(places) > 1 or self.side.is_alike or told.settled > len(places):
            self._marks = {place: mark for place, mark in self._marks.items() if place not in places}
            self.refresh()

    def _looked(self, told: ConflictsLooked) -> None:
        self.look.gate("")
        parts = [
            tr("%n conflicts looked at", told.looked),
            tr("{same} already so", same=told.same) if told.same else "",
            tr("{changed} changed once more", changed=told.changed) if told.changed else "",
            tr("%n records gone", told.gone) if told.gone else "",
            *(tr("{name} did not answer", name=name) for name in told.unreached),
        ]
        self.told.emit(", ".join(part for part in parts if part) + ".")
        self.refresh()

    def _not_looked(self, error: WritebackError) -> None:
        self.look.gate("")
        self.complain(error)

    # what is there

    def _show(self, found: tuple[ConflictRows, Groups, dict[str, str]]) -> None:
        rows, groups, self._names = found
        place = max(self.table.currentIndex().row(), 0)
        self.filters.show_groups(groups, self._names)
        total = sum(count for _, count in groups["field"])
        if not total:
            self.model.show_source(InLine(rows))
            self._head.explain(tr("Nothing is sent from here."))
            self.states.empty(
                tr("No conflicts"),
                tr("Where you and the CRM changed the same value, it waits here for your word."),
                act=tr("Go to accounts"),
                picture="check",
            )
            self.look.gate(tr("There is nothing to look at."))
            self.offer()
            return
        self.look.gate("")
        self.model.show_source(InLine(rows))
        waiting = tr("%n conflicts wait", total)
        self._head.explain(tr("{waiting} for a person. Nothing is sent from here.", waiting=waiting))
        if rows.rows:
            self.states.ready()
        else:
            self.states.partial(
                tr("None of them fits the filter."), act=tr("Show all"), call=self.filters.show_all
            )
        self.table.go_to(min(place, max(rows.rows - 1, 0)))
        self._moved()

    def _moved(self) -> None:
        one = self.current
        self.side.show_conflict(one, self.filters.alike(one))
        self.offer(*(("settle", "decide") if one is not None else ()))

    def _mark_and_go_on(self, place: Place, mark: str) -> None:
        """Mark a conflict and go to the next one that nobody did anything about."""
        self._marks[place] = mark
        here = self.table.currentIndex().row()
        last = len(self.model.specs) - 1
        self.model.dataChanged.emit(self.model.index(here, 0), self.model.index(here, last))
        for step in range(1, self.model.rowCount()):
            at = (here + step) % self.model.rowCount()
            one = self.model.row_at(at)
            if one is not None and not self._marks.get(one.place):
                self.table.go_to(at)
                return
        self._moved()

    def _tell_mine(self) -> None:
        mine = sum(mark == MINE for mark in self._marks.values())
        many = tr("Review %n values of yours", mine)
        self.review.say(many if mine else tr("Review what is yours"))
        self.review.gate("" if mine else tr("Keep some of yours first."))
