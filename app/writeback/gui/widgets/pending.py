"""The pending bar: how many edits wait, and the two ways on. The same grammar on every surface."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from writeback.gui.i18n import number
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.chips import Picture
from writeback.gui.widgets.flows import Beside, Flowing
from writeback.gui.widgets.layouts import Snug, column, row
from writeback.gui.widgets.text import PlainLabel
from writeback.runtime.views import Pulse


class PendingBar(Snug):
    """Shown from the first draft on.

    Signals:
        discard: The edits shall be dropped.
        restore: What was discarded shall be had back; asks which.
        review: Review & send shall open.
    """

    discard = Signal()
    restore = Signal()
    review = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "well")
        self.setAccessibleName(tr("Pending edits"))
        self._is_wanted, self._gives_way = False, False
        self._words = PlainLabel(role="strong")
        self._more = PlainLabel(role="muted", wraps=True)
        self.restore_button = Button(tr("Restore…"), kind="quiet", picture="undo", call=self.restore.emit)
        self._discard = Button(tr("Discard"), kind="quiet", call=self.discard.emit)
        self._review = Button(tr("Review…"), kind="primary", picture="review", call=self.review.emit)
        line = row(Picture("pencil", tint="draft", size=18), self._words, gap=2)
        line.addWidget(self._more, 1)
        acts = Flowing(self.restore_button, self._discard, self._review, is_at_end=True)
        self.setLayout(column(Beside(line, acts), margin=(3, 2, 2, 2)))
        self.hide()

    def show_pulse(self, pulse: Pulse) -> None:
        """Show how many edits wait."""
        self._is_wanted = bool(pulse.drafts or pulse.held or pulse.refused or pulse.conflicts)
        self.setVisible(self._is_wanted and not self._gives_way)
        self._words.set_text(tr("%n pending edits", pulse.drafts))
        told = [tr("on %n records", pulse.draft_records)] if pulse.drafts else []
        told += [tr("{held} blocked: cannot be read", held=number(pulse.held))] if pulse.held else []
        told += [tr("{refused} refused", refused=number(pulse.refused))] if pulse.refused else []
        told += [tr("{conflicts} in conflict", conflicts=number(pulse.conflicts))] if pulse.conflicts else []
        self._more.set_text(" · ".join(told))
        self.restore_button.setVisible(bool(pulse.discards))
        self._discard.gate("" if pulse.drafts or pulse.held else tr("There are no pending edits."))
        self._review.gate("" if pulse.drafts else tr("There are no pending edits."))

    def give_way(self, gives_way: bool) -> None:  # noqa: FBT001  a state, not an option
        """Leave the place to something else for a while, where there is little of it."""
        self._gives_way = gives_way
        self.setVisible(self._is_wanted and not gives_way)
