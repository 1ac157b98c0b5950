"""The figures of a survey as a picture: a bar of its three sides over the score with its interval.

Each side has a pattern beside its colour; words and numbers stand in the table beside it.
"""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from writeback.gui.theming.current import sized, theming
from writeback.gui.translating import tr
from writeback.gui.widgets.text import one_line
from writeback.model.campaigns import Figures, Survey

TONES: Final = ("ok", "muted", "refused")
PATTERNS: Final = (
    Qt.BrushStyle.SolidPattern,
    Qt.BrushStyle.Dense6Pattern,
    Qt.BrushStyle.BDiagPattern,
)
BAR, GAP, TICK = 22, 14, 6


class FiguresChart(QWidget):
    """The bar and the score under it; says all of it in words to a screen reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures = Figures(0, 0, 0, 0, None, None)
        self._survey = Survey.NPS
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Figures of the answers"))
        sized(self, lambda px: self.setFixedHeight(px(BAR + GAP + 3 * TICK)))
        theming().changed.connect(self.update)

    def show_figures(self, figures: Figures, survey: Survey, words: str) -> None:
        """Show other figures; `words` say all of them."""
        self._figures, self._survey = figures, survey
        self.setAccessibleDescription(one_line(words))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if QGuiApplication.isRightToLeft():
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        self._paint_bar(painter)
        self._paint_score(painter)
        painter.end()

    def _paint_bar(self, painter: QPainter) -> None:
        """Paint detractors, passives and promoters from left to right, as the score's scale runs."""
        theme = theming().theme
        high = theme.px(BAR)
        counts = (self._figures.negative, self._figures.neutral, self._figures.positive)
        total, at = sum(counts), 0.0
        if not total:
            painter.setPen(QPen(theme.colour("border"), 1, Qt.PenStyle.DashLine))
            painter.drawRect(QRectF(0.5, 0.5, self.width() - 1, high - 1))
            return
        for times, tone, pattern in zip(counts, TONES[::-1], PATTERNS[::-1], strict=True):
            wide = self.width() * times / total
            if times:
                place = QRectF(at, 0, max(wide - 2, 1), high)
                painter.setPen(QPen(theme.colour(tone), 1))
                painter.setBrush(theme.colour(f"{tone}_wash"))
                painter.drawRect(place)
                painter.setBrush(QBrush(theme.colour(tone), pattern))
                painter.drawRect(place)
            at += wide

    def _paint_score(self, painter: QPainter) -> None:
        """Paint the score's scale, the score on it and its interval of 95 %."""
        theme, px = theming().theme, theming().theme.px
        lowest = -100.0 if self._survey is Survey.NPS else 0.0
        line = px(BAR) + px(GAP) + px(TICK)
        inset = px(6)
        width = self.width() - 2 * inset

        def place(score: float) -> float:
            return inset + width * (min(max(score, lowest), 100.0) - lowest) / (100.0 - lowest)

        painter.setPen(QPen(theme.colour("border"), 1))
        painter.drawLine(QPointF(place(lowest), line), QPointF(place(100), line))
        for tick in (lowest, (lowest + 100) / 2, 100.0):
            painter.drawLine(QPointF(place(tick), line - px(3)), QPointF(place(tick), line + px(3)))
        figures = self._figures
        if figures.score is None:
            return
        painter.setPen(QPen(theme.colour("accent"), 2))
        if figures.margin is not None:
            first, last = place(figures.score - figures.margin), place(figures.score + figures.margin)
            painter.drawLine(QPointF(first, line), QPointF(last, line))
            for end in (first, last):
                painter.drawLine(QPointF(end, line - px(TICK)), QPointF(end, line + px(TICK)))
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(QPointF(place(figures.score), line), px(4), px(4))
