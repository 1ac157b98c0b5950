"""The inspector: everything about one value, in words. Never needed for a task, always one key away."""

from collections import abc
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from writeback.gui.i18n import NOT_SET, REFERENCE_WORDS, absolute, moment, shown
from writeback.gui.theming.current import sized
from writeback.gui.theming.roles import MARKS
from writeback.gui.translating import tr
from writeback.gui.widgets.chips import Chip, EnvironmentChip
from writeback.gui.widgets.conflicts import ConflictBox
from writeback.gui.widgets.failed import FailedWrite
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import clear, column, line, row, scrolled
from writeback.gui.widgets.provenance import source_words, state_words
from writeback.gui.widgets.targets import counted_targets, state_chip, why
from writeback.gui.widgets.text import ElidedLabel, PlainLabel
from writeback.model.types import AttributeType, Value
from writeback.runtime.sentences import sentence_of
from writeback.runtime.views import AUTOMATED, AttributeView, Mark, Target, TargetState

WAITING = frozenset({"queued", "sent", "unknown"})
"""States in which nobody has to do anything: a sentence says what comes next."""


class Inspector(QFrame):
    """One value with its state, its old and new, its targets and its history in short.

    Signals:
        settled: A person settled the conflict that is shown; carries the `ConflictRule`.
        edit: A person wants to type another value in the place of a refused one.
        retry: The refused value shall be sent once more.
        discard: The refused value shall be given up.
    """

    settled = Signal(object)
    edit = Signal()
    retry = Signal()
    discard = Signal()

    def __init__(self, now: abc.Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "side")
        self.setAccessibleName(tr("Inspector"))
        self.setMinimumWidth(250)
        sized(self, lambda px: self.setMaximumWidth(min(px(320), 480)))
        self._now = now
        self.conflict: ConflictBox | None = None
        self._shows: tuple[object, ...] = ()
        self._body = QVBoxLayout()
        self._body.setSpacing(8)
        self._past = QVBoxLayout()
        self._past.setSpacing(4)
        inner = column(gap=2, margin=(4, 4, 4, 4))
        inner.addLayout(self._body)
        inner.addLayout(self._past)
        inner.addStretch(1)
        inside = QWidget()
        inside.setLayout(inner)
        area = scrolled(inside)  # a value in several CRMs has more to tell than fits
        inside.setProperty("box", "side")
        self.setLayout(column(area))
        self.show_nothing()

    def show_nothing(self) -> None:
        """No cell is chosen."""
        self.conflict, self._shows = None, ()
        clear(self._body)
        clear(self._past)
        self._body.addWidget(
            PlainLabel(tr("Choose a cell to see where its value comes from."), role="muted", wraps=True)
        )

    def show_value(self, record: str, view: AttributeView, value: Value, mark: Mark | None) -> None:
        """Show one value; what is shown already keeps its focus."""
        if (record, view, value, mark) == self._shows:
            return
        self.conflict, self._shows = None, (record, view, value, mark)
        clear(self._body)
        clear(self._past)
        self._body.addWidget(ElidedLabel(record, role="caption"))
        self._body.addWidget(PlainLabel(view.attribute.title, role="heading", wraps=True))
        if mark is not None:
            picture, tone, word = MARKS[mark.state]
            self._body.addWidget(Chip(word, tone={"queued": "accent"}.get(tone, tone), picture=picture))
            if mark.targets:
                self._body.addWidget(PlainLabel(counted_targets(mark.targets), role="strong"))
        self._show_standing(view, value, mark)
        self._tell_standing(view, mark)
        if view.lock is not None:
            told = sentence_of(view.lock.code, dict(view.lock.facts))
            self._body.addWidget(PlainLabel(f"{told.happened} {told.advice}", role="muted", wraps=True))
        states = {one.integration_id: one for one in mark.targets} if mark is not None else {}
        for target in view.targets:
            self._body.addWidget(line())
            self._target(target, states.get(target.integration.id))

    def _show_standing(self, view: AttributeView, value: Value, mark: Mark | None) -> None:
        """Show what is held and what is wished, in the box that the state has."""
        kind = view.attribute.kind
        labels = {option.value: option.label for option in view.attribute.options}
        if mark is not None and mark.state == "conflict":
            self.conflict = ConflictBox(view, value, mark, is_narrow=True)
            self.conflict.settled.connect(self.settled)
            self._body.addWidget(self.conflict)
            return
        self._pair_mark(mark, kind, labels)
        if mark is not None and mark.state == "refused":
            self._body.addWidget(self._failed(view, value, mark))
        else:
            self._pair(tr("Confirmed"), shown(value, kind, labels) or tr(NOT_SET))

    def _tell_standing(self, view: AttributeView, mark: Mark | None) -> None:
        """Say where a value comes from, or what is known of its way."""
        if mark is None:
            self._tell_source(view)
        elif mark.state == "refused":
            self._tell_when(mark)  # the rest stands in its box
        else:
            if mark.state in WAITING:
                words = state_words(view, mark, self._now())
                self._body.addWidget(PlainLabel(words, role="muted", wraps=True))
            self._tell_mark(mark)

    def _pair_mark(self, mark: Mark | None, kind: AttributeType, labels: abc.Mapping[str, str]) -> None:
        """Show what is wished, or was written, beside what is confirmed."""
        if mark is None:
            return
        is_over = mark.state == AUTOMATED
        wish = mark.old if is_over else mark.new
        self._pair(
            tr("Written") if is_over else tr("Yours"),
            tr("clear") if wish is None else shown(wish, kind, labels),
        )
        if mark.state == "draft":
            self._pair(tr("Was"), shown(mark.old, kind, labels) or tr(NOT_SET))

    def show_past(self, lines: abc.Sequence[tuple[str, str]]) -> None:
        """Show the last changes of the value, each as (what, when and who) and (old and new)."""
        clear(self._past)
        if lines:
            self._past.addWidget(line())
            self._past.addWidget(PlainLabel(tr("Last changes"), role="strong"))
        for what, change in lines:
            self._past.addWidget(ElidedLabel(what, role="caption"))
            self._past.addWidget(PlainLabel(change, wraps=True))

    def _pair(self, name: str, value: str) -> None:
        label = PlainLabel(name, role="muted")
        label.setMinimumWidth(72)
        words = PlainLabel(value, wraps=True)
        pair = row(label, words, gap=2)
        pair.setStretch(1, 1)
        pair.setAlignment(label, Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        holder.setLayout(pair)
        self._body.addWidget(holder)

    def _tell_mark(self, mark: Mark) -> None:
        if mark.code:
            told = sentence_of(mark.code)
            tone = "" if mark.state == AUTOMATED else "refused"
            self._body.addWidget(PlainLabel(told.happened, tone=tone, wraps=True))
            self._body.addWidget(PlainLabel(told.advice, role="muted", wraps=True))
        if mark.message and mark.state != "conflict":  # a conflict's stands in its box
            self._body.addWidget(PlainLabel(f"“{mark.message}”", role="muted", wraps=True))
        self._tell_when(mark)

    def _tell_when(self, mark: Mark) -> None:
        by = tr(" by {author}", author=mark.author) if mark.author else ""
        self._body.addWidget(PlainLabel(f"{moment(mark.at, now=self._now())}{by}", role="caption"))

    def _tell_source(self, view: AttributeView) -> None:
        """Say of a value that is simply confirmed where it comes from, and when it was read."""
        sources = tuple({one.connection.id: one.connection for one in view.targets}.values())
        pulls = [one.integration.last_pull_at for one in view.targets]
        read = min((at for at in pulls if at is not None), default=None)
        words = source_words(sources, read, None, self._now())
        self._body.addWidget(PlainLabel(words, role="caption", wraps=True))

    def _failed(self, view: AttributeView, value: Value, mark: Mark) -> FailedWrite:
        box = FailedWrite(view, value, mark)
        box.edit.connect(self.edit)
        box.retry.connect(self.retry)
        box.discard.connect(self.discard)
        return box

    def _target(self, target: Target, state: TargetState | None) -> None:
        self._body.addWidget(
            Flowing(PlainLabel(target.connection.name, role="strong"), EnvironmentChip.of(target.connection))
        )
        if state is not None:
            self._body.addLayout(row(state_chip(state), None))
            if words := why(state):
                self._body.addWidget(PlainLabel(words, role="muted", wraps=True))
            self._pair(tr("Record"), state.key)
        self._pair(tr("Field"), str(target.mapping.path))
        self._pair(tr("Write-back"), tr("on") if target.mapping.write_back else tr("off"))
        if target.mapping.path.hops:
            self._pair(tr("Reference"), REFERENCE_WORDS[target.mapping.reference_mode])
        self._pair(tr("Last read"), absolute(target.integration.last_pull_at))
