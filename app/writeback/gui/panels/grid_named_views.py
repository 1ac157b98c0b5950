"""Views of a grid under names: kept, looked at again, deleted with a way back.

Must not: keep how a person leaves the grid (`GridColumns` tells that).
"""

from collections import abc
from dataclasses import replace

from PySide6.QtCore import QObject

from writeback.gui.panels.grid_columns import GridColumns
from writeback.gui.panels.panel import Panel
from writeback.gui.panels.segment_menu import SegmentMenu
from writeback.gui.translating import tr
from writeback.model.grid_views import GridView


class NamedViews(QObject):
    """The views that the menu of one grid offers."""

    def __init__(
        self,
        panel: Panel,
        menu: SegmentMenu,
        columns: GridColumns,
        *,
        text: abc.Callable[[], tuple[str, str]],
        use: abc.Callable[[GridView], None],
    ) -> None:
        """`text` gives the entity and the filter as a segment's text; `use` sorts and filters by a view."""
        super().__init__(panel)
        self._panel, self._columns, self._text, self._use = panel, columns, text, use
        menu.view_chosen.connect(self._look_like)
        menu.view_saving.connect(self._save)
        menu.view_dropped.connect(self._drop)

    def _look_like(self, view: GridView) -> None:
        """Look at the grid as a view says, from now on."""
        own = replace(view, owner=self._panel.desk.author, name="", is_shared=False)
        self._columns.change(replace(own, blanks=self._columns.view.blanks))
        self._use(view)

    def _save(self, name: str, is_shared: bool) -> None:  # noqa: FBT001  as the signal carries it
        entity, text = self._text()
        view = replace(self._columns.view, owner=self._panel.desk.author, entity=entity)
        self._keep(replace(view, name=name, text=text, is_shared=is_shared))

    def _keep(self, view: GridView) -> None:
        def kept(_view: GridView) -> None:
            self._panel.states.banner.hide()
            self._panel.told.emit(tr("View {name} is saved.", name=view.name))

        self._panel.desk.ask(
            self,
            lambda facade, act: facade.keep_view(view, act=act),
            done=kept,
            failed=self._panel.complain,
        )

    def _drop(self, view: GridView) -> None:
        def gone(_none: object) -> None:
            words = tr("View {name} is deleted.", name=view.name)
            self._panel.states.banner.tell(words, act=tr("Undo"), call=lambda: self._keep(view))

        self._panel.desk.ask(
            self,
            lambda facade, act: facade.remove_view(view.owner, view.entity, view.name, act=act),
            done=gone,
            failed=self._panel.complain,
        )
