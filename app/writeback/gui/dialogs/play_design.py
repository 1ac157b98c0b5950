"""Design a play: what sets it off, whom it means, what it does in order, and what holds it."""

from dataclasses import replace
from datetime import time
from typing import Final

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from writeback.errors import WritebackError
from writeback.gui.dialogs.arranging import ArrangingDialog
from writeback.gui.dialogs.play_targets import PlayTargets
from writeback.gui.models.plays import RULES, STEPS, TRIGGERS, step_words
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.cadences import CadenceForm, own_zone
from writeback.gui.widgets.field_boxes import turned
from writeback.gui.widgets.flows import may_shrink
from writeback.gui.widgets.layouts import column, give_room, row, scrolled
from writeback.gui.widgets.step_line import StepLine
from writeback.gui.widgets.text import PlainLabel, one_line
from writeback.model.connections import Connection
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


def _connections(reads: Reading) -> tuple[Connection, ...]:
    return tuple(one.connection for one in reads.connections())


class PlayDialog(ArrangingDialog[PlayStep]):
    """One play; its lines are its steps."""

    def __init__(
        self,
        desk: Desk,
        play: Play,
        *,
        is_new: bool,
        taken: frozenset[str] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, play.steps, name=play.name, is_new=is_new, taken=taken, parent=parent)
        self._play = play
        if not is_new:
            self._base = play.changed_at
        self._known: Known = {}
        self._title = tr("New play") if is_new else tr("Edit play")
        self.setWindowTitle(self._title)
        self.setMinimumSize(780, 500)
        give_room(self, 1020, 680)
        self._build_trigger()
        self._build_guards()
        self._build_steps()
        self.setLayout(self._build_page())
        desk.read(self, self._read, done=self._show, failed=self.banner.tell_error)
        desk.read(self, _connections, done=self.targets.show_connections, failed=self.banner.tell_error)
        self._tell()
        (self.name if is_new else self.trigger).setFocus()

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
        self.targets = PlayTargets(self._play.only)
        self.targets.changed.connect(self._touch)

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
        self.rows = turned(QSpinBox())
        self.rows.setRange(1, MOST_ROWS)
        self.rows.setValue(guards.rows)
        self.rows.setAccessibleName(tr("Records at most"))
        self.percent = turned(QDoubleSpinBox())
        self.percent.setRange(0, 100)
        self.percent.setDecimals(1)
        self.percent.setSuffix(" %")
        self.percent.setSpecialValueText(tr("no limit"))
        self.percent.setValue(guards.percent or 0)
        self.percent.setAccessibleName(tr("Of the segment at most"))
        self.once = turned(QSpinBox())
        self.once.setRange(0, MOST_DAYS)
        self.once.setSpecialValueText(tr("no limit"))
        self.once.setValue(guards.once_days or 0)
        self.once.setAccessibleName(tr("Each record once in days"))
        for box in (self.rows, self.percent, self.once):
            box.valueChanged.connect(lambda _value: self._touch())

    def _build_steps(self) -> None:
        spec: Spec[PlayStep] = Spec(tr("Does to each record"), self._step_words, width=420)
        self._lay_lines(tr("Steps"), ListModel[PlayStep]((spec,), self))
        self.line = StepLine(RULES)
        self.line.changed.connect(self._put)
        self.kind = may_shrink(QComboBox())
        self.kind.setAccessibleName(tr("What the new step does"))
        for kind, words in STEPS.items():
            self.kind.addItem(words, kind.value)
        self.add = Button(tr("Add step"), picture="plus", call=self._add)

    def _build_page(self) -> QVBoxLayout:
        self._facts = QFormLayout()
        self._facts.setContentsMargins(0, 0, 0, 0)
        self._facts.setVerticalSpacing(8)
        self._facts.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)  # with large text
        self._share = PlainLabel(tr("Of the segment at most"))
        self._share.setBuddy(self.percent)
        for title, field in (
            (tr("Runs when"), self.trigger),
            (tr("Segment"), self.segment),
            (tr("Schedule"), self.schedule),
            (tr("Only if"), self.conditions),
            (tr("Values"), self.mode),
            (tr("Sends to"), self.targets),
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
        page = column(PlainLabel(self._title, role="heading"), self.banner, gap=3, margin=6)
        names = row(PlainLabel(tr("Name"), role="muted"), self.name, 2)
        names.addWidget(PlainLabel(tr("Records of"), role="muted"))
        names.addWidget(self.entity)
        page.addLayout(names)
        page.addWidget(self._lay_sides(left, right, (480, 520)), 1)
        page.addLayout(self._lay_door())
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
        self._offer_entities(((name, title) for name, (title, *_) in known.items()), self._play.entity)

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
        self._show_lines(0)

    @property
    def _ground(self) -> PlayGround:
        found = self._known.get(str(self.entity.currentData()))
        return found[1] if found is not None else NOTHING

    def _step_words(self, step: PlayStep) -> str:
        return step_words(step, self._ground)

    def _show_lines(self, place: int) -> None:
        self.model.show_rows(self._lines)
        self.table.go_to(min(place, len(self._lines) - 1))
        self._choose()

    def _choose(self) -> None:
        self.line.show_step(self.model.row_at(self.table.currentIndex().row()), self._ground)
        self._tell()

    def _tell(self) -> None:
        kind = TriggerKind(str(self.trigger.currentData()))
        self._facts.setRowVisible(self.segment, kind in FOLLOWING)
        self._facts.setRowVisible(self.schedule, kind is TriggerKind.SCHEDULE)
        self._facts.setRowVisible(self.targets, self.mode.currentData() == PlayMode.SEND.value)
        whole = tr("Of all records at most") if kind not in FOLLOWING else tr("Of the segment at most")
        self._share.set_text(whole)
        self._why.set_text(self._note(kind))
        self._tell_moves()
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
        return "" if self._lines else tr("Add a step first.")

    # designing

    def _add(self) -> None:
        self._insert(PlayStep(StepKind(str(self.kind.currentData()))))
        self.line.focus_first()

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
            steps=tuple(self._lines),
            conditions=self.conditions.currentText().strip(),
            mode=PlayMode(str(self.mode.currentData())),
            only=self.targets.only,
            guards=PlayGuards(self.rows.value(), self.percent.value() or None, self.once.value() or None),
        )

    def _save(self) -> None:
        made, author, base = self.play(), self._desk.author, self._base
        self.save.gate(tr("The play is being saved."))
        self._desk.ask(
            self,
            lambda facade, act: facade.save_play(made, author=author, base=base, act=act),
            done=self._saved,
            failed=self._failed,
        )

    def _failed(self, error: WritebackError) -> None:
        super()._failed(error)
        place = str(error.facts.get("place", ""))
        if place.startswith("steps.") and place[6:].isdigit():
            self.table.go_to(int(place[6:]))
