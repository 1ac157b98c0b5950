"""The menu above a grid: saved segments (which records) and saved views (columns, order and filter too)."""

from collections import abc

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from writeback.gui.dialogs.asking import TextDialog
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.text import mnemonic_free
from writeback.model.grid_views import GridView
from writeback.model.segments import Segment
from writeback.runtime.reading import Reading


class SegmentMenu(Button):
    """A button with the segments of the entity that is shown.

    Signals:
        chosen: A saved segment shall be shown; carries it.
        saving: The filter shall be kept; carries the name.
        all_wanted: The screen of all segments shall open.
        view_chosen: The grid shall be looked at like this; carries a `GridView`.
        view_saving: How the grid is looked at shall be kept; carries the name, and whether it is shared.
        view_dropped: A view of one's own shall be forgotten; carries it.
    """

    chosen = Signal(object)
    saving = Signal(str)
    all_wanted = Signal()
    view_chosen = Signal(object)
    view_saving = Signal(str, bool)
    view_dropped = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Views"), kind="quiet", picture="sort-down", call=self.open, parent=parent)
        self._desk = desk
        self._entity = "account"
        self._has_filter = False
        self.menu_shown: QMenu | None = None

    def show_entity(self, entity: str, *, has_filter: bool) -> None:
        """Say what is shown now."""
        self._entity, self._has_filter = entity, has_filter

    def open(self) -> None:
        """Read segments and views, and show the menu."""
        author, entity = self._desk.author, self._entity

        def read(reads: Reading) -> tuple[tuple[Segment, ...], tuple[GridView, ...]]:
            return reads.segments.every(author=author), reads.grid_views(entity, owner=author)

        self._desk.read(self, read, done=lambda found: self._show(*found))

    def _show(self, every: abc.Sequence[Segment], views: abc.Sequence[GridView]) -> None:
        menu = QMenu(self)
        self._add_views(menu, [one for one in views if one.name])
        menu.addSection(tr("Segments"))
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

    def _add_views(self, menu: QMenu, views: abc.Sequence[GridView]) -> None:
        menu.addSection(tr("Views"))
        for one in views:
            is_mine = one.owner == self._desk.author
            words = one.name if is_mine else tr("{name} (by {owner})", name=one.name, owner=one.owner)
            action = menu.addAction(mnemonic_free(words))
            action.triggered.connect(lambda _on=False, one=one: self.view_chosen.emit(one))
        keep = menu.addAction(tr("Save view…"))
        keep.triggered.connect(lambda _on=False: self._ask_view(is_shared=False))
        share = menu.addAction(tr("Save view for everybody…"))
        share.triggered.connect(lambda _on=False: self._ask_view(is_shared=True))
        mine = [one for one in views if one.owner == self._desk.author]
        if mine:
            drop = menu.addMenu(tr("Delete view"))
            for one in mine:
                action = drop.addAction(mnemonic_free(one.name))
                action.triggered.connect(lambda _on=False, one=one: self.view_dropped.emit(one))

    def _ask_view(self, *, is_shared: bool) -> None:
        TextDialog(
            tr("Save the view"),
            tr("A view keeps columns, their widths and order, the sorting and the filter."),
            label=tr("Name"),
            act=tr("Save view"),
            call=lambda name: self.view_saving.emit(name, is_shared),
            parent=self,
        ).open()

    def _ask_name(self) -> None:
        TextDialog(
            tr("Save the filter as a segment"),
            tr("A segment is a condition: which records it means is found anew each time it is used."),
            label=tr("Name"),
            act=tr("Save segment"),
            call=self.saving.emit,
            parent=self,
        ).open()
