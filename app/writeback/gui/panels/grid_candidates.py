"""Candidates for the reference in the current cell of a grid: searched, chosen, typed for the person.

Must not: save by itself.
"""

from collections import abc

from PySide6.QtCore import QModelIndex, Qt

from writeback.gui.dialogs.choosing import ChooseDialog
from writeback.gui.models.records import RecordsModel
from writeback.gui.panels.candidates import Candidates
from writeback.gui.panels.panel import Panel
from writeback.gui.translating import tr
from writeback.gui.widgets.text import one_line
from writeback.runtime.facade.people import CandidateView
from writeback.runtime.reading_references import CellReference, points_elsewhere, reference_of
from writeback.runtime.views import AttributeView

Save = abc.Callable[[str, str, str], None]
"""Keeps what is typed: record, attribute, text."""


class CellCandidates:
    """The candidates of one grid's current cell."""

    def __init__(self, panel: Panel, model: RecordsModel, *, save: Save) -> None:
        self._panel, self._model, self._save = panel, model, save
        self.open: Candidates | None = None

    def can(self, index: QModelIndex) -> bool:
        """Say whether a cell holds a reference that can be pointed elsewhere."""
        view = self._model.views[index.column()] if index.isValid() else None
        return view is not None and view.lock is None and points_elsewhere(view) is not None

    def seek(self, index: QModelIndex) -> None:
        """Offer candidates for a cell."""
        row = self._model.row_at(index.row())
        if row is None or not self.can(index):
            return
        view, rid, title = self._model.views[index.column()], row.rid, row.title
        value = str(index.data(Qt.ItemDataRole.EditRole) or "")

        def show(found: CellReference | None) -> None:
            if found is None:
                told = tr("Nothing that {title} holds can be searched for.", title=view.attribute.title)
                self._panel.told.emit(told)
            else:
                self._open(found, view, (rid, title, value))

        self._panel.desk.read(
            self._panel, lambda reads: reference_of(reads, view), done=show, failed=self._panel.complain
        )

    def _open(self, found: CellReference, view: AttributeView, cell: tuple[str, str, str]) -> None:
        rid, title, value = cell
        dialog = ChooseDialog(
            tr("{title} of {record}", title=one_line(view.attribute.title), record=one_line(title)),
            tr("What you choose becomes a pending edit of this record alone."),
            act=tr("Choose this one"),
            parent=self._panel.window(),
        )

        def take(candidate: CandidateView) -> None:
            text = found.text_of(candidate)
            if not text:
                dialog.banner.tell(tr("No e-mail of it is known: choose another one."), tone="warning")
                return
            dialog.accept()
            self._save(rid, view.attribute.name, text)

        reference = (found.connection, found.objects, value)
        self.open = Candidates(self._panel.desk, self._panel, dialog, reference=reference, chosen=take)
