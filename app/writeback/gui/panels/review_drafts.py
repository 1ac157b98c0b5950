"""What Review & send shows before anything is checked, and the file that a plan becomes."""

from collections import abc
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from writeback.gui.models.jobs import drafts_model
from writeback.gui.panels.panel import Panel
from writeback.gui.translating import tr
from writeback.gui.widgets.layouts import column
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel
from writeback.model.types import PlanId


class DraftsPage(QWidget):
    """The edits that wait."""

    def __init__(self, now: abc.Callable[[], datetime]) -> None:
        super().__init__()
        self.model = drafts_model(now)
        self.table = Table(tr("Pending edits"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        words = PlainLabel(
            tr(
                "Checking reads the records afresh and sorts every edit: send, already so, blocked or "
                "conflict. It sends nothing."
            ),
            role="muted",
            wraps=True,
        )
        self.setLayout(column(words, self.table, gap=3))


def save_as_file(panel: Panel, plan: PlanId) -> None:
    """Ask where, and write a plan to a file that somebody else can send."""
    chosen, _ = QFileDialog.getSaveFileName(
        panel, tr("Save as a plan file"), str(Path.home() / "plan.json"), tr("Plan file (*.json)")
    )
    if chosen:
        panel.desk.ask(
            panel,
            lambda facade, _act: facade.save_plan(plan, chosen),
            done=lambda _none: panel.told.emit(tr("Plan written to {name}.", name=Path(chosen).name)),
            failed=panel.complain,
        )
