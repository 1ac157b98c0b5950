"""The menu of saved segments above a grid: use one, keep the filter as one, see them all."""

from collections import abc

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from writeback.gui.dialogs.asking import TextDialog
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.text import mnemonic_free
from writeback.model.segments import Segment


class SegmentMenu(Button):
    """A button with the segments of the entity that is shown.

    Signals:
        chosen: A saved segment shall be shown; carries it.
        saving: The filter shall be kept; carries the name.
        all_wanted: The screen of all segments shall open.
    """

    chosen = Signal(object)
    saving = Signal(str)
    all_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Segments"), kind="quiet", picture="sort-down", call=self.open, parent=parent)
        self._desk = desk
        self._entity = "account"
        self._has_filter = False
        self.menu_shown: QMenu | None = None

    def show_entity(self, entity: str, *, has_filter: bool) -> None:
        """Say what is shown now."""
        self._entity, self._has_filter = entity, has_filter

    def open(self) -> None:
        """Read the segments and show the menu."""
        author = self._desk.author
        self._desk.read(self, lambda reads: reads.segments.every(author=author), done=self._show)

    def _show(self, every: abc.Sequence[Segment]) -> None:
        menu = QMenu(self)
        mine = [one for one in every if one.entity == self._entity]
        for one in mine:
            action = menu.addAction(mnemonic_free(one.name))
            action.triggered.connect(lambda _on=False, one=one: self.chosen.emit(one))
        if not mine:
            menu.addAction(tr("No segment is saved yet")).setEnabled(False)
        menu.addSeparator()
        keep = menu.addAction(tr("Save filter as segment…"))
        keep.setEnabled(self._has_filter)
        if not self._has_filter:
            keep.setStatusTip(tr("Filter the grid first."))
        keep.triggered.connect(lambda _on=False: self._ask_name())
        menu.addAction(tr("All segments")).triggered.connect(lambda _on=False: self.all_wanted.emit())
        self.menu_shown = menu
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _ask_name(self) -> None:
        TextDialog(
            tr("Save the filter as a segment"),
            tr("A segment is a condition: which records it means is found anew each time it is used."),
            label=tr("Name"),
            act=tr("Save segment"),
            call=self.saving.emit,
            parent=self,
        ).open()
