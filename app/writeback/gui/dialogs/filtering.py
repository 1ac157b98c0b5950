"""Build a filter from lines, or type it in the CRM's own language; count what it selects.

The condition always shows as the CRM will read it. Nothing is stored before *Save*.
"""

from collections import abc

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QPlainTextEdit,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from writeback.errors import WritebackError
from writeback.gui.models.fields import Related, describe_each, targets_of, wanted_targets
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.filter_lines import FieldList, LineRow, options_of
from writeback.gui.widgets.layouts import boxed, column, give_room, roomy, row, scrolled
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.text import PlainLabel, gate, one_line, title_free
from writeback.planning.filtering import FilterGroups
from writeback.runtime.facade import Facade
from writeback.runtime.sentences import sentence_of
from writeback.sdk.values import ObjectDescription

PAUSE_MS = 250
"""A condition is compiled when a person stops typing for so long."""
Store = abc.Callable[[Facade, str, str], object]
"""Keeps a condition: façade, condition, act."""


class FilterDialog(QDialog):
    """Gives one condition on one object.

    Signals:
        chosen: The condition is wanted (and was stored, where the caller said how); carries it.
    """

    chosen = Signal(str)

    def __init__(
        self,
        desk: Desk,
        place: tuple[str, str],
        condition: str,
        *,
        store: Store | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Show the condition on `place`, a connection's id and an object's name."""
        super().__init__(parent)
        self._desk, self._connection, self._object, self._store = desk, *place, store
        self._ticket = 0
        self._condition: str | None = condition
        self.fields = FieldList()
        self.rows: list[LineRow] = []
        self.setWindowTitle(title_free(tr("Filter of {object}", object=self._object)))
        self.setMinimumWidth(roomy(640))
        give_room(self, 760, 520)
        self.banner = Banner()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(lambda: self._compile(lambda _condition: None))
        self._build(condition)
        for keys in ("Ctrl+S", "Ctrl+Return"):
            QShortcut(QKeySequence(keys), self, self._keep)
        self._ask_fields()

    @property
    def condition(self) -> str | None:
        """The condition as it stands; None while lines are unfinished or being put into words."""
        return self.raw.toPlainText().strip() if self.by_hand.isChecked() else self._condition

    # how it looks

    def _build(self, condition: str) -> None:
        self.every = QRadioButton(tr("Every line must hold"))
        self.some = QRadioButton(tr("One line is enough"))
        self.every.setChecked(True)
        group = QButtonGroup(self)
        for button in (self.every, self.some):
            group.addButton(button)
            button.clicked.connect(lambda _on: self._changed())
        self.by_hand = QCheckBox(tr("Write it by hand"))
        self.by_hand.clicked.connect(self._switch)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.add_line = Button(tr("Add a line"), picture="plus", call=self._add_and_go)
        self.add_line.gate(tr("The fields are being read."))
        self._reading = PlainLabel(tr("Reading the fields…"), role="muted")
        inside = QWidget()
        box = column(gap=3, margin=(1, 1, 1, 1))
        box.addLayout(self._lines)
        box.addLayout(row(self.add_line, self._reading, None))
        box.addStretch(1)
        inside.setLayout(box)
        self.raw = QPlainTextEdit(condition)
        self.raw.setAccessibleName(tr("Condition in the CRM's own language"))
        self.raw.setTabChangesFocus(True)
        self.raw.setPlaceholderText(tr("all records"))
        self.raw.textChanged.connect(self._tell_condition)
        self._stack = QStackedWidget()
        self._stack.addWidget(scrolled(inside))
        self._stack.addWidget(self.raw)
        self.compiled = PlainLabel(wraps=True)
        self.compiled.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._well = boxed(
            column(
                PlainLabel(tr("As the CRM reads it"), role="caption"),
                self.compiled,
                gap=1,
                margin=(3, 2, 3, 2),
            ),
            box="well",
        )
        self.counted = PlainLabel(role="muted")
        self.count = Button(tr("Count"), call=self._count)
        self.save = Button(
            tr("Save filter") if self._store else tr("Use filter"), kind="primary", call=self._keep
        )
        self._lay_out()
        self.by_hand.setChecked(bool(condition))
        self._switch(self.by_hand.isChecked())

    def _lay_out(self) -> None:
        words = tr(
            "Only records that fit are pulled. After a change the next pull reads everything, and records "
            "that fit no more are marked as gone here. Nothing changes in the CRM."
        )
        body = column(
            PlainLabel(tr("Filter of {object}", object=one_line(self._object)), role="heading"),
            PlainLabel(words, role="muted", wraps=True),
            self.banner,
            gap=3,
            margin=6,
        )
        body.addLayout(row(self.every, 2, self.some, None, self.by_hand))
        body.addWidget(self._stack, 1)
        body.addWidget(self._well)
        body.addLayout(row(self.count, self.counted, None, Button(tr("Cancel"), call=self.reject), self.save))
        self.setLayout(body)

    def _switch(self, is_by_hand: bool) -> None:  # noqa: FBT001  Qt's signal
        if is_by_hand and not self.raw.toPlainText().strip():
            self.raw.setPlainText(self._condition or "")
        self._stack.setCurrentIndex(1 if is_by_hand else 0)
        for button in (self.every, self.some):
            gate(button, tr("The condition is written by hand.") if is_by_hand else "")
        self._well.setVisible(not is_by_hand)
        self.banner.hide()
        if is_by_hand:
            self.raw.setFocus()
            self._tell_condition()
        else:
            self._changed()

    # fields

    def _ask_fields(self) -> None:
        connection, name = self._connection, self._object
        self._desk.ask(
            self,
            lambda facade, _act: facade.describe(connection, name),
            done=self._show_fields,
            failed=self._no_fields,
        )

    def _show_fields(self, description: ObjectDescription) -> None:
        self.fields.add(options_of(description))
        self.add_line.gate("")
        if not self.rows:
            self._add_row()
            if not self.by_hand.isChecked():
                self.rows[0].field.setFocus()
        targets = targets_of(description)
        wanted, connection = wanted_targets(targets), self._connection
        self._desk.ask(
            self,
            lambda facade, _act: describe_each(facade, connection, wanted),
            done=lambda related: self._show_references(targets, related),
            failed=self._no_references,
        )

    def _show_references(self, targets: abc.Mapping[str, str], related: Related) -> None:
        for hop, target in targets.items():
            if target in related.found:
                self.fields.add(options_of(related.found[target], hop=hop, title=hop))
        left = len(set(targets.values()) - set(related.found))
        self._reading.set_text(
            tr("Fields of %n further objects can be written by hand.", left) if left else ""
        )
        if related.problem is not None:
            self._no_references(related.problem)

    def _no_references(self, error: WritebackError) -> None:
        told = sentence_of(error.code, error.facts)
        self._reading.set_text(
            tr("Some fields of referenced objects are missing: {happened}", happened=told.happened)
        )

    def _no_fields(self, error: WritebackError) -> None:
        self._reading.set_text("")
        told = sentence_of(error.code, error.facts)
        self.banner.tell(f"{told} ({error.code})", tone="error", act=tr("Try again"), call=self._try_again)

    def _try_again(self) -> None:
        self.banner.hide()
        self._reading.set_text(tr("Reading the fields…"))
        self._ask_fields()

    # lines

    def _add_row(self) -> LineRow:
        made = LineRow(self.fields)
        made.changed.connect(self._changed)
        made.dropped.connect(self._drop)
        self.rows.append(made)
        self._lines.addWidget(made)
        self._changed()
        return made

    def _add_and_go(self) -> None:
        self._add_row().field.setFocus()

    def _drop(self, gone: LineRow) -> None:
        place = self.rows.index(gone)
        self.rows.remove(gone)
        self._lines.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
        left: QWidget = self.rows[min(place, len(self.rows) - 1)].field if self.rows else self.add_line
        left.setFocus()
        self._changed()

    def _changed(self) -> None:
        if self.by_hand.isChecked():
            return
        self._ticket += 1
        self._condition = None
        self._tell_condition()
        self._timer.start()

    def _groups(self) -> FilterGroups | None:
        """Give what the lines say; None: one is not finished. A line nobody touched says nothing."""
        touched = [one for one in self.rows if one.field.currentText().strip()]
        lines = [one.line for one in touched]
        whole = tuple(line for line in lines if line is not None)
        if len(whole) != len(lines):
            return None
        if not whole:
            return ()
        return tuple((line,) for line in whole) if self.some.isChecked() else (whole,)

    def _compile(self, then: abc.Callable[[str], None]) -> None:
        """Put the lines into the CRM's language, then go on; nothing follows where that is not possible."""
        self._timer.stop()
        if self.by_hand.isChecked():
            then(self.raw.toPlainText().strip())
            return
        groups = self._groups()
        if groups is None:
            return
        if not groups:
            self._compiled(self._ticket, "", then)
            return
        ticket, connection, name = self._ticket, self._connection, self._object
        self._desk.ask(
            self,
            lambda facade, _act: facade.compile_filter(connection, name, groups),
            done=lambda condition: self._compiled(ticket, condition, then),
            failed=lambda error: self._not_compiled(ticket, error),
        )

    def _compiled(self, ticket: int, condition: str, then: abc.Callable[[str], None]) -> None:
        if ticket != self._ticket:
            return
        self._condition = condition
        for one in self.rows:
            one.complain("")
        self._tell_condition()
        then(condition)

    def _not_compiled(self, ticket: int, error: WritebackError) -> None:
        """Say what is wrong at the line it is wrong with."""
        if ticket != self._ticket:
            return
        told = sentence_of(error.code, error.facts)
        wrong = [one for one in self.rows if one.path and one.path == error.facts.get("path")]
        for one in wrong:
            one.complain(f"{told.happened} {told.advice}")
        if not wrong:
            self.banner.tell_error(error)
        self._tell_condition()

    def _tell_condition(self) -> None:
        self.counted.set_text("")
        if self.by_hand.isChecked():
            return
        if self._condition is None:
            wrong = any(one.complaint for one in self.rows)
            words = (
                tr("A line has to be changed first.")
                if wrong
                else tr("Finish the lines to see the condition.")
            )
            self.compiled.set_text(words if wrong or self._groups() is None else "…")
        else:
            self.compiled.set_text(self._condition or tr("all records"))

    # acts

    def _settle(self, then: abc.Callable[[str], None]) -> None:
        """Go on with the condition; unfinished lines say what they miss instead."""
        self.banner.hide()
        unfinished = [one for one in self.rows if one.field.currentText().strip() and one.missing]
        if unfinished and not self.by_hand.isChecked():
            for one in unfinished:
                one.complain(one.missing)
            unfinished[0].field.setFocus()
            self._tell_condition()
            return
        self._compile(then)

    def _count(self) -> None:
        self._settle(self._ask_count)

    def _ask_count(self, condition: str) -> None:
        self.counted.set_text(tr("Counting…"))
        connection, name = self._connection, self._object
        self._desk.ask(
            self,
            lambda facade, _act: facade.count(connection, name, condition),
            done=lambda found: self.counted.set_text(tr("%n records fit", found)),
            failed=self._failed,
        )

    def _keep(self) -> None:
        self._settle(self._keep_condition)

    def _keep_condition(self, condition: str) -> None:
        store = self._store
        if store is None:
            self._kept(condition)
            return
        self.save.gate(tr("The CRM is asked whether it takes the filter."))
        self._desk.ask(
            self,
            lambda facade, act: store(facade, condition, act),
            done=lambda _answer: self._kept(condition),
            failed=self._failed,
        )

    def _kept(self, condition: str) -> None:
        self.chosen.emit(condition)
        self.accept()

    def _failed(self, error: WritebackError) -> None:
        self.counted.set_text("")
        self.save.gate("")
        self.banner.tell_error(error)
