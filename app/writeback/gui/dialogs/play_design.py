"""Design a play: what sets it off, whom it means, what it does in order, and what holds it."""

from dataclasses import replace
from datetime import time
from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from writeback.errors import WritebackError
from writeback.gui.models.plays import RULES, STEPS, TRIGGERS, step_words
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button, IconButton
from writeback.gui.widgets.cadences import CadenceForm, own_zone
from writeback.gui.widgets.flows import may_shrink
from writeback.gui.widgets.layouts import boxed, column, row, scrolled
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.step_line import StepLine
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel, one_line
from writeback.model.plays import (
    FOLLOWING,
    MOST_ROWS,
    Play,
    PlayGuards,
    PlayMode,
    PlayStep,
    PlayTrigger,
    StepKind,
    TriggerKind,
)
from writeback.model.schedules import Cadence, Schedule
from writeback.planning.playing import MOST_DAYS, PlayGround
from writeback.runtime.reading import Reading

NOTHING: Final = PlayGround((), frozenset(), (), ())
Known = dict[str, tuple[str, PlayGround, tuple[str, ...]]]
"""By entity: its title, what a play may name, and the saved segments."""


class PlayDialog(QDialog):
    """One play. A new one has no name yet; of one that is there name and records stand.

    Signals:
        saved: The play is kept; carries it.
    """

    saved = Signal(object)

    def __init__(
        self,
        desk: Desk,
        play: Play,
        *,
        is_new: bool,
        taken: frozenset[str] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._play, self._is_new, self._taken = desk, play, is_new, taken
        self._steps: list[PlayStep] = list(play.steps)
        self._known: Known = {}
        self._is_changed = self._is_warned = False
        self.setWindowTitle(tr("A play"))
        self.setMinimumSize(780, 500)
        self.resize(1020, 680)
        self.banner = Banner()
        self._build_names()
        self._build_trigger()
        self._build_guards()
        self._build_steps()
        self.save = Button(tr("Save"), kind="primary", picture="check", call=self._save)
        self.setLayout(self._build_page())
        for keys, act in (
            ("Ctrl+Return", self.save.click),
            ("Alt+Up", lambda: self._move(-1)),
            ("Alt+Down", lambda: self._move(1)),
        ):
            QShortcut(QKeySequence(keys), self, act)
        desk.read(self, self._read, done=self._show, failed=self.banner.tell_error)
        self._tell()
        (self.name if is_new else self.trigger).setFocus()

    def _build_names(self) -> None:
        self.name = QLineEdit(self._play.name)
        self.name.setAccessibleName(tr("Name"))
        self.name.setPlaceholderText(tr("Name"))
        self.name.setReadOnly(not self._is_new)
        self.name.textEdited.connect(lambda _text: self._touch())
        self.entity = QComboBox()
        self.entity.setAccessibleName(tr("Records of"))
        self.entity.setEnabled(self._is_new)
        self.entity.activated.connect(lambda _place: self._turn())

    def _build_trigger(self) -> None:
        trigger = self._play.trigger
        self.trigger = may_shrink(QComboBox())
        self.trigger.setAccessibleName(tr("Runs when"))
        for kind, words in TRIGGERS.items():
            self.trigger.addItem(words, kind.value)
        self.trigger.setCurrentIndex(self.trigger.findData(trigger.kind.value))
        self.trigger.activated.connect(lambda _place: self._touch())
        self.segment = self._text_box(tr("Segment"), trigger.segment)
        self.conditions = self._text_box(tr("Only if"), self._play.conditions)
        self.schedule = CadenceForm()
        start = trigger.schedule or Schedule(Cadence.DAILY, zone=own_zone(), at=time(6, 0))
        self.schedule.show_schedule(start)
        self.schedule.changed.connect(self._touch)
        self.mode = may_shrink(QComboBox())
        self.mode.setAccessibleName(tr("Values"))
        self.mode.addItem(tr("wait in Review & send"), PlayMode.DRAFTS.value)
        self.mode.addItem(tr("are sent, through plan and guards"), PlayMode.SEND.value)
        self.mode.setCurrentIndex(self.mode.findData(self._play.mode.value))
        self.mode.activated.connect(lambda _place: self._touch())

    def _text_box(self, name: str, text: str) -> QComboBox:
        made = may_shrink(QComboBox())
        made.setEditable(True)
        made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        made.setAccessibleName(name)
        edit = made.lineEdit()
        if edit is not None:
            edit.setAccessibleName(name)
            edit.setPlaceholderText(tr("A saved segment, or a condition"))
        made.setEditText(text)
        if edit is not None:
            edit.setCursorPosition(0)
        made.editTextChanged.connect(lambda _text: self._touch())
        return made

    def _build_guards(self) -> None:
        guards = self._play.guards
        self.rows = QSpinBox()
        self.rows.setRange(1, MOST_ROWS)
        self.rows.setValue(guards.rows)
        self.rows.setAccessibleName(tr("Records at most"))
        self.percent = QDoubleSpinBox()
        self.percent.setRange(0, 100)
        self.percent.setDecimals(1)
        self.percent.setSuffix(" %")
        self.percent.setSpecialValueText(tr("no limit"))
        self.percent.setValue(guards.percent or 0)
        self.percent.setAccessibleName(tr("Of the segment at most"))
        self.once = QSpinBox()
        self.once.setRange(0, MOST_DAYS)
        self.once.setSpecialValueText(tr("no limit"))
        self.once.setValue(guards.once_days or 0)
        self.once.setAccessibleName(tr("Each record once in days"))
        for box in (self.rows, self.percent, self.once):
            box.valueChanged.connect(lambda _value: self._touch())

    def _build_steps(self) -> None:
        spec: Spec[PlayStep] = Spec(tr("Does to each record"), self._step_words, width=420)
        self.model = ListModel[PlayStep]((spec,), self)
        self.table = Table(tr("Steps"))
        self.table.dress(self.model, [spec.width])
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._choose())
        self.line = StepLine(RULES)
        self.line.changed.connect(self._change)
        self.kind = may_shrink(QComboBox())
        self.kind.setAccessibleName(tr("What the new step does"))
        for kind, words in STEPS.items():
            self.kind.addItem(words, kind.value)
        self.add = Button(tr("Add step"), picture="plus", call=self._add)
        self._up = IconButton(tr("Move up (Alt+Up)"), "sort-up", call=lambda: self._move(-1))
        self._down = IconButton(tr("Move down (Alt+Down)"), "sort-down", call=lambda: self._move(1))
        self._drop = IconButton(tr("Take out"), "trash", call=self._remove)

    def _build_page(self) -> QVBoxLayout:
        self._facts = QFormLayout()
        self._facts.setContentsMargins(0, 0, 0, 0)
        self._facts.setVerticalSpacing(8)
        self._share = PlainLabel(tr("Of the segment at most"))
        self._share.setBuddy(self.percent)
        for title, field in (
            (tr("Runs when"), self.trigger),
            (tr("Segment"), self.segment),
            (tr("Schedule"), self.schedule),
            (tr("Only if"), self.conditions),
            (tr("Values"), self.mode),
            (tr("Records at most"), self.rows),
            (self._share, self.percent),
            (tr("Each record once in days"), self.once),
        ):
            self._facts.addRow(PlainLabel(title) if isinstance(title, str) else title, field)
        self._why = PlainLabel("", role="muted", wraps=True)
        inside = QWidget()
        body = column(gap=3, margin=(0, 0, 2, 0))
        body.addLayout(self._facts)
        body.addWidget(self._why)
        body.addStretch(1)
        inside.setLayout(body)
        left = column(PlainLabel(tr("When and whom"), role="strong"), scrolled(inside), gap=2)
        right = column(PlainLabel(tr("Steps"), role="strong"), gap=2, margin=(2, 0, 0, 0))
        right.addLayout(row(self.kind, self.add, None, self._up, self._down, self._drop))
        right.addWidget(self.table, 1)
        right.addWidget(self.line)
        both = QSplitter()
        both.setChildrenCollapsible(False)
        both.addWidget(boxed(left))
        both.addWidget(boxed(right))
        both.setSizes([480, 520])
        page = column(PlainLabel(tr("A play"), role="heading"), self.banner, gap=3, margin=6)
        names = row(PlainLabel(tr("Name"), role="muted"), self.name, 2)
        names.addWidget(PlainLabel(tr("Records of"), role="muted"))
        names.addWidget(self.entity)
        page.addLayout(names)
        page.addWidget(both, 1)
        page.addLayout(row(None, Button(tr("Cancel"), call=self.reject), self.save))
        return page

    # what is there

    @staticmethod
    def _read(reads: Reading) -> Known:
        told = reads.plays
        saved = reads.segments.every()
        return {
            one.name: (
                one.title,
                told.ground(one.name),
                tuple(segment.name for segment in saved if segment.entity == one.name),
            )
            for one in reads.entities()
        }

    def _show(self, known: Known) -> None:
        self._known = known
        for name, (title, _ground, _segments) in known.items():
            self.entity.addItem(one_line(title), name)
        self.entity.setCurrentIndex(max(self.entity.findData(self._play.entity), 0))
        self._turn()

    def _turn(self) -> None:
        """Show what a play about the chosen records may name."""
        found = self._known.get(str(self.entity.currentData()))
        for box in (self.segment, self.conditions):
            text = box.currentText()
            with QSignalBlocker(box):
                box.clear()
                box.addItems([one_line(name) for name in found[2]] if found is not None else [])
                box.setEditText(text)
                edit = box.lineEdit()
                if edit is not None and not edit.hasFocus():
                    edit.setCursorPosition(0)
        self._show_steps(0)

    @property
    def _ground(self) -> PlayGround:
        found = self._known.get(str(self.entity.currentData()))
        return found[1] if found is not None else NOTHING

    def _step_words(self, step: PlayStep) -> str:
        return step_words(step, self._ground)

    def _show_steps(self, place: int) -> None:
        self.model.show_rows(self._steps)
        self.table.go_to(min(place, len(self._steps) - 1))
        self._choose()

    def _choose(self) -> None:
        self.line.show_step(self.model.row_at(self.table.currentIndex().row()), self._ground)
        self._tell()

    def _tell(self) -> None:
        kind = TriggerKind(str(self.trigger.currentData()))
        self._facts.setRowVisible(self.segment, kind in FOLLOWING)
        self._facts.setRowVisible(self.schedule, kind is TriggerKind.SCHEDULE)
        whole = tr("Of all records at most") if kind not in FOLLOWING else tr("Of the segment at most")
        self._share.set_text(whole)
        self._why.set_text(self._note(kind))
        place, last = self.table.currentIndex().row(), len(self._steps) - 1
        self._up.setEnabled(place > 0)
        self._down.setEnabled(0 <= place < last)
        self._drop.setEnabled(place >= 0)
        self.save.gate(self._lacks(kind))

    def _note(self, kind: TriggerKind) -> str:
        if kind in FOLLOWING:
            return tr("Who is in the segment when the play is switched on sets nothing off.")
        if kind is TriggerKind.SCHEDULE:
            return tr("Runs missed while the computer slept are done once.")
        return tr("It runs when somebody says so: dry first, then really.")

    def _lacks(self, kind: TriggerKind) -> str:
        name = self.name.text().strip()
        if not name:
            return tr("Give the play a name first.")
        if name.casefold() in self._taken:
            return tr("Another play has this name: choose a different one.")
        if kind in FOLLOWING and not self.segment.currentText().strip():
            return tr("Name the segment first.")
        return "" if self._steps else tr("Add a step first.")

    # designing

    def _touch(self) -> None:
        self._is_changed, self._is_warned = True, False
        self._tell()

    def _add(self) -> None:
        kind = StepKind(str(self.kind.currentData()))
        place = self.table.currentIndex().row() + 1 if self._steps else 0
        self._steps.insert(place, PlayStep(kind))
        self._touch()
        self._show_steps(place)
        self.line.focus_first()

    def _change(self, step: PlayStep) -> None:
        place = self.table.currentIndex().row()
        if 0 <= place < len(self._steps):
            self._steps[place] = step
            self._touch()
            self.model.show_rows(self._steps)
            self.table.go_to(place)

    def _move(self, by: int) -> None:
        place = self.table.currentIndex().row()
        if 0 <= place < len(self._steps) and 0 <= place + by < len(self._steps):
            self._steps[place], self._steps[place + by] = self._steps[place + by], self._steps[place]
            self._touch()
            self._show_steps(place + by)

    def _remove(self) -> None:
        place = self.table.currentIndex().row()
        if 0 <= place < len(self._steps):
            del self._steps[place]
            self._touch()
            self._show_steps(max(place - 1, 0))

    # keeping

    def play(self) -> Play:
        """Give what is chosen; it may not be a play that can be."""
        kind = TriggerKind(str(self.trigger.currentData()))
        trigger = PlayTrigger(
            kind,
            self.segment.currentText().strip() if kind in FOLLOWING else "",
            self.schedule.schedule() if kind is TriggerKind.SCHEDULE else None,
        )
        return replace(
            self._play,
            name=self.name.text().strip(),
            entity=str(self.entity.currentData() or self._play.entity),
            trigger=trigger,
            steps=tuple(self._steps),
            conditions=self.conditions.currentText().strip(),
            mode=PlayMode(str(self.mode.currentData())),
            guards=PlayGuards(self.rows.value(), self.percent.value() or None, self.once.value() or None),
        )

    def _save(self) -> None:
        made, author = self.play(), self._desk.author
        self.save.gate(tr("The play is being saved."))
        self._desk.ask(
            self,
            lambda facade, act: facade.save_play(made, author=author, act=act),
            done=self._saved,
            failed=self._failed,
        )

    def _saved(self, play: Play) -> None:
        self._is_changed = False
        self.saved.emit(play)
        self.accept()

    def _failed(self, error: WritebackError) -> None:
        self._tell()
        self.banner.tell_error(error)
        place = str(error.facts.get("place", ""))
        if place.startswith("steps.") and place[6:].isdigit():
            self.table.go_to(int(place[6:]))

    def reject(self) -> None:
        """Leave; what was changed and not saved is not lost by one key."""
        if self._is_changed and not self._is_warned:
            self._is_warned = True
            self.banner.tell(
                tr("What you changed is not saved. Escape once more leaves it."),
                tone="warning",
                act=tr("Leave without saving"),
                call=super().reject,
            )
            return
        super().reject()
