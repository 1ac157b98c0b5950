"""What one play does, where its values go, and what holds it: the card beside the list."""

from collections import abc
from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from writeback.gui.models.plays import PlayLine, reason_words, run_words, step_words, trigger_words
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.chips import EnvironmentChip
from writeback.gui.widgets.facts import Facts
from writeback.gui.widgets.layouts import boxed, clear, column, row, scrolled
from writeback.gui.widgets.text import ElidedLabel, PlainLabel
from writeback.model.plays import PlayMode
from writeback.runtime.playing import PlayTarget


class PlaySide(QFrame):
    """The card."""

    def __init__(self, *, review: abc.Callable[[int], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("The chosen play"))
        self._review = review
        self._title = PlainLabel("", role="heading", wraps=True)
        self._problem = PlainLabel("", tone="refused", wraps=True)
        self._held = QVBoxLayout()
        self._held.setSpacing(4)
        self.facts = Facts(titles_width=104)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(4)
        self._targets = QVBoxLayout()
        self._targets.setSpacing(8)
        inner = column(self._title, self._problem, gap=2)
        inner.addLayout(self._held)
        inner.addWidget(self.facts)
        inner.addWidget(PlainLabel(tr("Does to each record"), role="strong"))
        inner.addLayout(self._steps)
        inner.addWidget(PlainLabel(tr("Its values go to"), role="strong"))
        inner.addLayout(self._targets)
        inner.addStretch(1)
        inside = QWidget()
        inside.setLayout(inner)
        self.setLayout(column(boxed(column(scrolled(inside), margin=4), box="card")))

    def show_line(self, line: PlayLine | None) -> None:
        """Show a play."""
        for part in (self._held, self._steps, self._targets):
            clear(part)
        self._title.set_text(line.play.name if line is not None else "")
        if line is None:
            self._problem.hide()
            self.facts.show_facts(())
            return
        view = line.view
        why = view.state.stopped or view.broken or view.state.waits
        self._problem.set_text(reason_words(why))
        self._problem.setVisible(why is not None)
        self._show_held(line)
        self.facts.show_facts(_facts(line))
        for place, step in enumerate(line.play.steps):
            words = tr("{place}. {step}", place=place + 1, step=step_words(step, line.ground))
            self._steps.addWidget(PlainLabel(words, wraps=True))
        for one in view.targets:
            self._targets.addWidget(_target(one, is_sending=line.play.mode is PlayMode.SEND))
        if line.play.only and view.targets:
            only = tr("To these alone: for other CRMs its values stay pending edits.")
            self._targets.addWidget(PlainLabel(only, role="muted", wraps=True))
        if not view.targets:
            takes = bool(line.play.attributes)
            none = tr("No CRM takes them: write-back is off.") if takes else tr("It only makes tasks.")
            self._targets.addWidget(PlainLabel(none, role="muted", wraps=True))

    def _show_held(self, line: PlayLine) -> None:
        run = line.view.held
        if run is None:
            return
        words = f"{reason_words(run.reason)} {run_words(run)}"
        self._held.addWidget(PlainLabel(words, tone="draft", wraps=True))
        wanted = tr("Review the %n it wanted", run.counts.change)
        button = Button(wanted, kind="primary", picture="review", call=partial(self._review, run.number))
        holder = QWidget()
        holder.setLayout(row(button, None))
        self._held.addWidget(holder)


def _facts(line: PlayLine) -> list[tuple[str, str]]:
    play = line.play
    guards = [tr("at most %n records", play.guards.rows)]
    if play.guards.percent is not None:
        guards.append(tr("at most {percent} % of the segment", percent=f"{play.guards.percent:g}"))
    if play.guards.once_days is not None:
        guards.append(tr("each once in %n days", play.guards.once_days))
    sends = play.mode is PlayMode.SEND
    return [
        (tr("When"), trigger_words(play.trigger)),
        (tr("Only if"), play.conditions or tr("always")),
        (tr("Values"), tr("are sent at once") if sends else tr("wait in Review & send")),
        (tr("Guards"), ", ".join(guards)),
        (tr("Acts for"), play.author),
    ]


def _target(one: PlayTarget, *, is_sending: bool) -> QWidget:
    line = row(gap=2)
    line.addWidget(ElidedLabel(one.connection.name), 1)
    line.addWidget(EnvironmentChip.of(one.connection))
    parts = column(gap=0)
    parts.addLayout(line)
    if is_sending and not one.is_confirmed:
        parts.addWidget(PlainLabel(tr("agreed to when it is switched on"), role="caption", wraps=True))
    holder = QWidget()
    holder.setLayout(parts)
    return holder
