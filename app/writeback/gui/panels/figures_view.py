"""The figures of a survey: the score in words, its picture, and the table of its sides beside it."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from writeback.gui.i18n import number
from writeback.gui.models.campaign_lines import figures_words, score_words, sides_model, sides_of
from writeback.gui.theming.current import sized, theming
from writeback.gui.translating import tr
from writeback.gui.widgets.figures import FiguresChart
from writeback.gui.widgets.layouts import column, row
from writeback.gui.widgets.tables import Table, lines_high
from writeback.gui.widgets.text import PlainLabel
from writeback.model.campaigns import Figures, Scale, Survey

NARROW = 640
"""Below so many pixels the table stands under the picture."""


class FiguresView(QWidget):
    """Chart and table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.score = PlainLabel("", role="strong", wraps=True)
        self.chart = FiguresChart()
        self._ends = PlainLabel("", role="caption", wraps=True)
        self.model = sides_model(self)
        self.table = Table(tr("Answers by side"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        sized(self.table, lambda _px: self.table.setFixedHeight(lines_high(3)))
        self.table.setMinimumWidth(320)
        self.chart.setMinimumWidth(160)
        self._both = row(gap=4)
        self._both.addLayout(column(self.chart, self._ends, None, gap=1), 1)
        self._both.addLayout(column(self.table, None), 1)
        body = column(self.score, gap=2)
        body.addLayout(self._both)
        self.setLayout(body)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the table under the picture where there is no room beside it."""
        super().resizeEvent(event)
        is_narrow = self.width() < theming().theme.px(NARROW)
        way = QBoxLayout.Direction
        self._both.setDirection(way.TopToBottom if is_narrow else way.LeftToRight)

    def show_figures(self, figures: Figures, survey: Survey, scale: Scale | None = None) -> None:
        """Show other figures."""
        self.score.set_text(score_words(figures, survey))
        self.chart.show_figures(figures, survey, figures_words(figures, survey))
        lowest = -100 if survey is Survey.NPS else 0
        self._ends.set_text(
            tr(
                "Score from {lowest} to {highest}; the line is the interval of 95 %.",
                lowest=number(lowest),
                highest=number(100),
            )
        )
        self.model.show_rows(sides_of(figures, survey, scale))
