"""The diagnostics bundle on the page of settings: each file is shown before anything is saved."""

from collections import abc
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem

from writeback.errors import WritebackError
from writeback.gui.preferring import preferring
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.facts import Told
from writeback.gui.widgets.layouts import boxed, column, row
from writeback.gui.widgets.setting_rows import Part
from writeback.gui.widgets.text import PlainLabel
from writeback.preferences.applying import with_preferences
from writeback.runtime.diagnosing import DiagnosticFile, diagnostic_files, save_bundle

TEXT: Final = mark("diagnostics report bundle bug support log redaction zip")


class ReportPart(Part):
    """Files of the bundle; those that are ticked are saved.

    Signals:
        told: Something to say in the status line.
    """

    told = Signal(str)

    def __init__(self, desk: Desk, *, complain: abc.Callable[[WritebackError], None]) -> None:
        super().__init__(
            tr("Diagnostics"),
            explains=tr(
                "What a report of a fault needs. No value of a record and no secret is in it; nothing is"
                " sent. Read each file; untick what shall stay here."
            ),
        )
        self._desk, self._complain = desk, complain
        self._files: tuple[DiagnosticFile, ...] = ()
        self.gather = Button(tr("Gather"), call=self.refresh)
        self.names = QListWidget()
        self.names.setAccessibleName(tr("Files of the bundle"))
        self.names.setFixedSize(200, 168)
        self.names.currentRowChanged.connect(self._look)
        self.names.itemChanged.connect(lambda _item: self._gate())
        self.about = PlainLabel("", role="muted", wraps=True)
        self.text = Told(tr("The file, as it would be saved"), height=168)
        self.save = Button(tr("Save the bundle…"), picture="export", call=self._pick)
        body = column(gap=2)
        body.addLayout(row(self.gather, self.save, None))
        body.addWidget(self.about)
        both = row(self.names, gap=3)
        both.addWidget(self.text, 1)
        body.addLayout(both)
        self.add(boxed(body), lambda: tr(TEXT).casefold())
        self._show(())

    def refresh(self) -> None:
        """Make the files anew."""
        preferences, settings = preferring().current, preferring().settings
        self.gather.gate(tr("The files are being made."))

        def failed(error: WritebackError) -> None:
            self.gather.gate("")
            self._complain(error)

        self._desk.read(
            self,
            lambda reads: diagnostic_files(
                reads, settings=with_preferences(settings, preferences), preferences=preferences
            ),
            done=self._show,
            failed=failed,
        )

    def _show(self, files: tuple[DiagnosticFile, ...]) -> None:
        self._files = files
        self.gather.gate("")
        self.names.clear()
        for one in files:
            item = QListWidgetItem(one.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.names.addItem(item)
        for part in (self.names, self.text, self.about):
            part.setVisible(bool(files))
        self.names.setCurrentRow(0 if files else -1)
        self._gate()

    @property
    def ticked(self) -> tuple[DiagnosticFile, ...]:
        """The files that would be saved."""
        items = [self.names.item(place) for place in range(self.names.count())]
        return tuple(
            one
            for one, item in zip(self._files, items, strict=False)
            if item.checkState() is Qt.CheckState.Checked
        )

    def _gate(self) -> None:
        if not self._files:
            self.save.gate(tr("Gather the files first."))
        else:
            self.save.gate("" if self.ticked else tr("Tick at least one file."))

    def _look(self, place: int) -> None:
        if 0 <= place < len(self._files):
            self.about.set_text(tr(self._files[place].about))
            self.text.show_text(self._files[place].text)

    def _pick(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            tr("Save the bundle"),
            str(Path.home() / "writeback-diagnostics.zip"),
            tr("ZIP files (*.zip)"),
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Save the ticked files, exactly as they are shown."""
        files = self.ticked
        self._desk.tasks.run(
            self,
            lambda: save_bundle(files, path),
            done=lambda saved: self.told.emit(tr("%n files saved to {file}.", len(files), file=saved.name)),
            failed=self._complain,
        )
