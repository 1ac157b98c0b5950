"""What a grid starts on the record in front: filling a form, adding a task."""

from writeback.gui.dialogs.filling import FillDialog
from writeback.gui.dialogs.task_wish import TaskDialog
from writeback.gui.panels.panel import Panel
from writeback.gui.translating import tr
from writeback.runtime.views import GridRow


def fill_on(panel: Panel, entity: str, record: GridRow | None) -> None:
    """Open the forms of a record; what is saved is told in the status line."""
    if record is None:
        return
    dialog = FillDialog(panel.desk, entity, record.rid, panel)
    dialog.filled.connect(lambda answers: panel.told.emit(tr("The form is saved: %n values.", len(answers))))
    dialog.filled.connect(lambda _answers: panel.refresh())
    dialog.open()


def add_on(panel: Panel, entity: str, record: GridRow | None) -> None:
    """Ask for a new task about a record."""
    if record is None:
        return
    rid = record.rid

    def ask(title: str | None) -> None:
        dialog = TaskDialog(panel.desk, (entity, rid, title or rid), panel)
        dialog.made.connect(lambda task: panel.told.emit(tr("Task {number} is added.", number=task.number)))
        dialog.open()

    panel.desk.read(panel, lambda reads: reads.title_of(entity, rid), done=ask, failed=panel.complain)
