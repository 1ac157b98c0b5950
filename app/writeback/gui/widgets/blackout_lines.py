"""The blackouts of a schedule, one a line: on which days, from when until when, and whether jobs wait too."""

from collections import abc
from datetime import time
from typing import Final

from PySide6.QtCore import QTime, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button, IconButton
from writeback.gui.widgets.cadences import clock_edit, time_of
from writeback.gui.widgets.flows import may_shrink
from writeback.gui.widgets.layouts import column, row
from writeback.gui.widgets.text import PlainLabel
from writeback.model.schedules import EVERY_DAY, WORKDAYS, Blackout
from writeback.planning.scheduling import BLACKOUTS_MOST
from writeback.runtime.schedule_words import days_words

WEEKEND: Final = (5, 6)
_OFFERED: Final = ((), WORKDAYS, WEEKEND, *((day,) for day in EVERY_DAY))


class BlackoutLine(QWidget):
    """One blackout."""

    changed = Signal()
    gone = Signal()

    def __init__(self, blackout: Blackout) -> None:
        super().__init__()
        self.days = may_shrink(QComboBox())
        self.days.setAccessibleName(tr("Days of the blackout"))
        for days in _OFFERED if blackout.days in _OFFERED else (*_OFFERED, blackout.days):
            self.days.addItem(days_words(days or EVERY_DAY), days)
        self.days.setCurrentIndex(self.days.findText(days_words(blackout.days or EVERY_DAY)))
        self.starts = clock_edit(tr("Blackout from"))
        self.starts.setTime(QTime(blackout.starts.hour, blackout.starts.minute))
        self.ends = clock_edit(tr("Blackout until"))
        self.ends.setTime(QTime(blackout.ends.hour, blackout.ends.minute))
        self.holds_sends = QCheckBox(tr("Hold sending too"))
        self.holds_sends.setChecked(blackout.holds_sends)
        take_away = IconButton(tr("Take the blackout away"), "close", call=self.gone.emit)
        self.setLayout(
            row(
                self.days,
                self.starts,
                PlainLabel(tr("until")),
                self.ends,
                self.holds_sends,
                None,
                take_away,
            )
        )
        self.days.currentIndexChanged.connect(lambda _place: self.changed.emit())
        self.holds_sends.toggled.connect(lambda _on: self.changed.emit())
        for edit in (self.starts, self.ends):
            edit.timeChanged.connect(lambda _time: self.changed.emit())

    def blackout(self) -> Blackout:
        """Give what is chosen."""
        days = tuple(int(day) for day in self.days.currentData() or ())
        return Blackout(
            time_of(self.starts), time_of(self.ends), days, holds_sends=self.holds_sends.isChecked()
        )


class BlackoutLines(QWidget):
    """All of them, and the button for one more.

    Signals:
        changed: A person chose something else.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[BlackoutLine] = []
        self._box = column(gap=1)
        self.more = Button(tr("Add a blackout"), picture="plus", call=self._add_one)
        body = column(gap=2)
        body.addLayout(self._box)
        body.addLayout(row(self.more, None))
        self.setLayout(body)

    def show_blackouts(self, blackouts: abc.Iterable[Blackout]) -> None:
        """Show these."""
        while self.lines:
            self._take(self.lines[0])
        for one in blackouts:
            self._add(one)

    def blackouts(self) -> tuple[Blackout, ...]:
        """Give what is chosen."""
        return tuple(line.blackout() for line in self.lines)

    def _add_one(self) -> None:
        self._add(Blackout(time(22, 0), time(6, 0)))
        self.lines[-1].days.setFocus()
        self.changed.emit()

    def _add(self, blackout: Blackout) -> None:
        line = BlackoutLine(blackout)
        line.changed.connect(self.changed)
        line.gone.connect(lambda: self._remove(line))
        self.lines.append(line)
        self._box.addWidget(line)
        self._gate()

    def _remove(self, line: BlackoutLine) -> None:
        self._take(line)
        self.more.setFocus()
        self.changed.emit()

    def _take(self, line: BlackoutLine) -> None:
        self.lines.remove(line)
        self._box.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._gate()

    def _gate(self) -> None:
        full = len(self.lines) >= BLACKOUTS_MOST
        self.more.gate(tr("More than %n blackouts are too many.", BLACKOUTS_MOST) if full else "")
