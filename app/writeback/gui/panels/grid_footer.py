"""The line below a grid: what is selected, figures of a column on request, export, the way to bulk edits."""

from collections import abc
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QFrame

from writeback.gui.panels.exporting import export_grid
from writeback.gui.panels.grid_bulk import GridBulk
from writeback.gui.panels.grid_figures import FiguresLine
from writeback.gui.panels.grid_loading import Wanted
from writeback.gui.panels.panel import Panel
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import column, row
from writeback.gui.widgets.text import ElidedLabel
from writeback.runtime.reading import Reading
from writeback.runtime.views import AttributeView


@dataclass(frozen=True, slots=True)
class Shown:
    """What the grid shows now."""

    wanted: Wanted
    views: tuple[AttributeView, ...]
    column: int
    """The current one; -1: none."""


class GridFooter(QFrame):
    """Words on the left, acts on the right, figures below when they are asked for."""

    def __init__(self, panel: Panel, bulk: GridBulk, shown: abc.Callable[[], Shown]) -> None:
        super().__init__(panel)
        self._panel, self._bulk, self._shown = panel, bulk, shown
        self.words = ElidedLabel(role="muted")
        self.figures = FiguresLine(panel.desk)
        line = row(gap=2)
        line.addWidget(self.words, 1)
        line.addWidget(Button(tr("Figures"), kind="quiet", call=self.count))
        line.addWidget(Button(tr("Bulk edit…"), picture="pencil", call=bulk.open_panel))
        lines = column(gap=1)
        lines.addWidget(self.figures)
        lines.addLayout(line)
        self.setLayout(lines)

    def say(self, words: str) -> None:
        """Say what is selected; figures of another selection are not shown any more."""
        self.words.set_text(words)
        self.figures.forget()

    def count(self) -> None:
        """Give figures of the current column, in the records that are meant."""
        shown, scope = self._shown(), self._bulk.scope()
        if scope is None or not 0 <= shown.column < len(shown.views):
            return
        attribute = shown.views[shown.column].attribute
        self.figures.ask(scope.source(), attribute, failed=self._panel.complain)

    def export(self) -> None:
        """Ask for a file and write what the grid shows into it."""
        shown = self._shown()
        proposed = Path.home() / f"{shown.wanted.entity}.csv"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Export the grid"), str(proposed), "*.csv")
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, path: Path) -> None:
        """Write what the grid shows into a file."""
        shown = self._shown()
        wanted, names = shown.wanted, [view.attribute.name for view in shown.views]

        def write(reads: Reading) -> int:
            rows = reads.record_rows(wanted.entity, what=wanted.what, order=wanted.order, columns=names)
            return export_grid(rows, names, path)

        def told(rows: int) -> None:
            self._panel.told.emit(tr("%n records written to {path}.", rows, path=path.name))

        self._panel.desk.read(self, write, done=told, failed=self._panel.complain)
