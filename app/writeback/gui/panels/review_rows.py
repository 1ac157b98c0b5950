"""The lines of a plan: filtered by verdict, ticked with Enter or Space; many at once by the menu."""

from collections import abc

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QButtonGroup, QSizePolicy, QWidget

from writeback.errors import WritebackError
from writeback.gui.i18n import number
from writeback.gui.models.jobs import plan_model
from writeback.gui.panels.meaning import is_unclear, unknown_person
from writeback.gui.panels.review_ticks import Ticks
from writeback.gui.tasks import Desk
from writeback.gui.theming.current import sized
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import boxed, column, row
from writeback.gui.widgets.tables import Table, lines_high
from writeback.runtime.facade import PlanView
from writeback.runtime.job_views import PlanRow
from writeback.runtime.job_windows import PlanRows
from writeback.runtime.reading import Reading

VERDICTS = (
    (mark("All"), frozenset[str]()),
    (mark("To send"), frozenset({"send"})),
    (mark("Conflicts"), frozenset({"conflict"})),
    (mark("Blocked"), frozenset({"blocked"})),
    (mark("Already so"), frozenset({"unchanged"})),
    (mark("Left out"), frozenset({"left_out"})),
)
LINES_LEAST, LINES_LOW, LINES_WARNED = 4, 6, 2
"""So many lines are seen at least; in a low window, where the cards above leave them their room; and where
the cards keep it."""
CHOSEN_MOST = 10_000
"""So many lines are ticked by choosing them; for more there is the field, or the whole CRM."""


NEAR = 200
"""So far from its place a line is looked for, after the plan was made anew; so many stay chosen."""
Line = tuple[str, str, str]
"""What tells a line from others, in whichever plan: connection, record and field."""


def _line(row: PlanRow) -> Line:
    return row.connection, row.record_id, row.field


class TickTable(Table):
    """A table whose chosen rows are ticked with Space.

    Signals:
        ticked: Space on the chosen rows.
    """

    ticked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.ticked.emit()
        else:
            super().keyPressEvent(event)


class PlanLines(QWidget):
    """The table with its filter and its ticks.

    Signals:
        moved: Other lines are chosen.
        asked_meaning: Enter on a line of which a person has to say what it means.
        read: The lines of the plan were read anew.
    """

    moved = Signal()
    asked_meaning = Signal()
    read = Signal()

    def __init__(self, desk: Desk, *, failed: abc.Callable[[WritebackError], None]) -> None:
        super().__init__()
        self._desk, self._failed = desk, failed
        self._plan: PlanView | None = None
        self.model = plan_model()
        self.table = TickTable(tr("Plan"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._least = LINES_LEAST
        sized(self.table, lambda _px: self._fit())
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.table.chosen.connect(lambda _row: self._enter())
        self.table.selectionModel().selectionChanged.connect(lambda *_parts: self._choose())
        self.table.ticked.connect(self._toggle)
        self.ticks = Ticks()
        self._verdicts = QButtonGroup(self)
        self.buttons: list[Button] = []
        chips = row(gap=0)
        for place, (word, _) in enumerate(VERDICTS):
            button = Button(tr(word), kind="segment")
            button.setCheckable(True)
            button.setChecked(place == 0)
            self._verdicts.addButton(button, place)
            self.buttons.append(button)
            chips.addWidget(button)
        self._verdicts.idClicked.connect(lambda _place: self.read_rows())
        body = column(gap=3)
        body.addWidget(Flowing(boxed(chips), self.ticks))
        body.addWidget(self.table, 1)
        self.setLayout(body)

    def be_low(self, *, is_low: bool, warns: bool) -> None:
        """Keep lines in sight in a low window; fewer where the cards warn of something."""
        self._least = LINES_LEAST if not is_low else LINES_WARNED if warns else LINES_LOW
        self._fit()

    def _fit(self) -> None:
        self.table.setMinimumHeight(lines_high(self._least))

    @property
    def current(self) -> PlanRow | None:
        """The line in front."""
        return self.model.row_at(self.table.currentIndex().row())

    def show_plan(self, plan: PlanView, *, is_again: bool) -> None:
        """Show a plan's lines; one that changed keeps its filter and its place."""
        self._plan = plan
        self.ticks.show_plan(plan)
        totals = [
            sum(group.rows for group in plan.groups),
            *(
                sum(getattr(group, name) for group in plan.groups)
                for name in ("send", "conflict", "blocked", "unchanged")
            ),
            plan.left_out,
        ]
        for button, (word, _), count in zip(self.buttons, VERDICTS, totals, strict=True):
            button.say(f"{tr(word)}  {number(count)}")
        self.buttons[-1].setVisible(bool(plan.left_out))
        if not is_again or (self.buttons[-1].isChecked() and not plan.left_out):
            self.buttons[0].setChecked(True)
        self.read_rows()

    def read_rows(self) -> None:
        """Read the lines as they are now."""
        if self._plan is None:
            return
        jobs = [str(group.job_id) for group in self._plan.groups]
        verdicts = VERDICTS[max(self._verdicts.checkedId(), 0)][1]

        def read(reads: Reading) -> PlanRows:
            rows = reads.plan_rows(jobs, verdicts=verdicts)
            rows.build()
            return rows

        self._desk.read(self, read, done=self._show, failed=self._failed)

    def close_rows(self) -> None:
        """Give back the window on the lines."""
        self._plan = None
        self.model.close()

    def _show(self, rows: PlanRows) -> None:
        place = max(self.table.currentIndex().row(), 0)
        before, chosen = self.current, self._chosen_lines()
        self.model.show_source(rows)
        self.table.go_to(self._place_of(before, min(place, rows.rows - 1)))
        self._choose_again(chosen)
        self.read.emit()

    def _chosen_lines(self) -> dict[int, Line]:
        """Give the chosen lines, where several are, by their places."""
        places = [index.row() for index in self.table.selectionModel().selectedRows()[:NEAR]]
        found = ((place, self.model.row_at(place)) for place in places) if len(places) > 1 else ()
        return {place: _line(row) for place, row in found if row is not None}

    def _place_of(self, wanted: PlanRow | None, place: int) -> int:
        """Give where a line stands now: at its place, or near it."""
        if wanted is None:
            return place
        near = sorted(range(max(place - NEAR, 0), place + NEAR), key=lambda one: abs(one - place))
        rows = ((one, self.model.row_at(one)) for one in near)
        return next((one for one, row in rows if row is not None and _line(row) == _line(wanted)), place)

    def _choose_again(self, chosen: abc.Mapping[int, Line]) -> None:
        flags = QItemSelectionModel.SelectionFlag
        for place, line in chosen.items():
            row = self.model.row_at(place)
            if row is not None and _line(row) == line:
                index = self.model.index(place, 0)
                self.table.selectionModel().select(index, flags.Select | flags.Rows)

    def _enter(self) -> None:
        """Enter never sends: where it is unclear what is meant it asks, else it ticks."""
        line = self.current
        if unknown_person(line) or is_unclear(line):
            self.asked_meaning.emit()
        else:
            self._toggle()

    def _toggle(self) -> None:
        self._choose()
        self.ticks.toggle()

    def _choose(self) -> None:
        chosen = self.table.selectionModel().selectedRows()[:CHOSEN_MOST]
        found = (self.model.row_at(index.row()) for index in chosen)
        self.ticks.choose(one for one in found if one is not None)
        self.moved.emit()
