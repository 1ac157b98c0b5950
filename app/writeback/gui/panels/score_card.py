"""What survey responses say of one record, as a card of its profile."""

from decimal import Decimal
from typing import Final

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from writeback.gui.i18n import day
from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.chips import Chip
from writeback.gui.widgets.layouts import clear, column, row
from writeback.gui.widgets.text import ElidedLabel, PlainLabel
from writeback.model.campaigns import Survey
from writeback.planning.campaigns import side
from writeback.store.record_notes import Score

SIDES: Final = Words(
    {
        (Survey.NPS, 1): mark("promoter"),
        (Survey.NPS, 0): mark("passive"),
        (Survey.NPS, -1): mark("detractor"),
        (Survey.CSAT, 1): mark("satisfied"),
        (Survey.CSAT, 0): mark("neutral"),
        (Survey.CSAT, -1): mark("dissatisfied"),
    }
)
TONES: Final = {1: "ok", 0: "muted", -1: "refused"}
MOST: Final = 5


class ScoreCard(QFrame):
    """A card of scores; it is not there where nobody answered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "card")
        self.setAccessibleName(tr("Survey scores of the record"))
        self._shown: tuple[Score, ...] = ()
        self.chips: list[Chip] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        body = column(PlainLabel(tr("Survey scores"), role="heading"), gap=2, margin=(5, 4, 5, 4))
        body.addLayout(self._lines)
        self.setLayout(body)
        self.hide()

    def show_scores(self, scores: tuple[Score, ...]) -> None:
        """Show these, the latest first."""
        self.setVisible(bool(scores))
        if scores == self._shown:
            return
        self._shown = scores
        clear(self._lines)
        self.chips = []
        for one in scores[:MOST]:
            self._lines.addWidget(self._line(one))
        if len(scores) > MOST:
            self._lines.addWidget(
                PlainLabel(tr("and %n earlier answers", len(scores) - MOST), role="caption")
            )

    def _line(self, one: Score) -> QWidget:
        where = side(Decimal(one.score), one.survey, one.scale)
        most, word = one.scale.highest, tr(SIDES[one.survey, where])
        words = tr("{score} of {most} · {side}", score=one.score, most=most, side=word)
        chip = Chip(words, tone=TONES[where])
        self.chips.append(chip)
        head = row(gap=2)
        head.addWidget(ElidedLabel(one.campaign, role="strong"), 1)
        head.addWidget(chip)
        box = column(gap=0)
        box.addLayout(head)
        if one.day is not None:
            box.addWidget(PlainLabel(day(one.day), role="caption"))
        if one.reason:
            box.addWidget(PlainLabel(f"“{one.reason}”", role="muted", wraps=True))
        holder = QWidget()
        holder.setLayout(box)
        return holder
