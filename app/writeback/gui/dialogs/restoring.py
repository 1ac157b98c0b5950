"""Have a backup back as a workspace of its own. The workspace of today is never touched."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from writeback.errors import ConfigurationError, WritebackError
from writeback.gui.i18n import absolute, number
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.tasks import Tasks
from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import column, give_room
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel
from writeback.runtime.upkeep import BackupView, backups_of, restore_backup
from writeback.settings import load

REASONS = Words(
    {
        "daily": mark("daily"),
        "migration": mark("before an update"),
        "asked": mark("by hand"),
    }
)


def restored_path(workspace: Path, backup: BackupView) -> Path:
    """Name the file that a backup comes back as: beside the workspace, with the backup's moment."""
    return workspace.with_name(f"{workspace.stem}-restored-{backup.made_at:%Y%m%d-%H%M}.writeback")


class RestoreDialog(QDialog):
    """The backups of a workspace, the newest first.

    Signals:
        restored: A backup is back as a file; carries its path.
    """

    restored = Signal(str)

    def __init__(
        self,
        workspace: Path,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._tasks = workspace, tasks
        self.setWindowTitle(tr("Restore a backup"))
        give_room(self, 680, 420)
        self.banner = Banner()
        self.model = ListModel[BackupView](
            (
                Spec(tr("Made"), lambda one: absolute(one.made_at), width=190),
                Spec(tr("Why"), lambda one: REASONS.get(one.reason, one.reason), width=130),
                Spec(
                    tr("Size"),
                    lambda one: tr("{size} MB", size=number(one.size / 1e6)),
                    is_number=True,
                    width=90,
                ),
                Spec(
                    tr("Content"),
                    lambda one: one.problem or tr("checked when it was made"),
                    tone=lambda one: "refused" if one.problem else "muted",
                    width=240,
                ),
            )
        )
        self.table = Table(tr("Backups"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        self.table.chosen.connect(lambda _row: self._restore())
        self._none = PlainLabel(
            tr("There is no backup of this workspace. One is made every day that it is open."), wraps=True
        )
        words = tr(
            "The backup comes back as a file of its own, in a window of its own. {file} stays. Unfinished "
            "jobs are paused in it and SuccessPlays are off: all of it may have been sent since.",
            file=workspace.name,
        )
        self.restore = Button(tr("Restore"), kind="primary", call=self._restore)
        self.elsewhere = Button(tr("Restore elsewhere…"), picture="folder", call=self._restore_elsewhere)
        box = column(
            PlainLabel(tr("Restore a backup"), role="heading"),
            PlainLabel(words, wraps=True),
            self.banner,
            self._none,
            gap=3,
            margin=6,
        )
        box.addWidget(self.table, 1)
        cancel = Button(tr("Cancel"), call=self.reject)
        box.addWidget(Flowing(cancel, self.elsewhere, self.restore, is_at_end=True))
        self.setLayout(box)
        self._show(())
        tasks.run(self, lambda: backups_of(workspace), done=self._show, failed=self.banner.tell_error)

    def _show(self, backups: tuple[BackupView, ...]) -> None:
        self.model.show_rows(backups)
        self._none.setVisible(not backups)
        self.table.setVisible(bool(backups))
        reason = "" if backups else tr("There is no backup.")
        self.restore.gate(reason)
        self.elsewhere.gate(reason)
        if backups:
            self.table.go_to(0)
            self.table.setFocus()

    def _chosen(self) -> BackupView | None:
        return self.model.row_at(self.table.currentIndex().row())

    def _restore(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._restore_to(chosen, restored_path(self._workspace, chosen))

    def _restore_elsewhere(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        name = str(Path.home() / restored_path(self._workspace, chosen).name)
        path, _ = QFileDialog.getSaveFileName(self, tr("Restore as"), name, tr("Workspaces (*.writeback)"))
        if path:
            self._restore_to(chosen, Path(path))

    def _restore_to(self, backup: BackupView, target: Path) -> None:
        self.restore.gate(tr("The backup is being copied."))
        self._tasks.run(
            self,
            lambda: restore_backup(self._workspace, backup.path.name, target=target, settings=load()),
            done=self._restored,
            failed=lambda error: self._failed(error, target),
        )

    def _restored(self, path: Path) -> None:
        self.accept()
        self.restored.emit(str(path))

    def _failed(self, error: WritebackError, target: Path) -> None:
        self.restore.gate("")
        if isinstance(error, ConfigurationError) and error.code == "backup.in_the_way":
            self.banner.tell(
                tr("This backup was restored before: {file} is there.", file=target.name),
                tone="info",
                act=tr("Open it"),
                call=lambda: self._restored(target),
            )
        else:
            self.banner.tell_error(error)
