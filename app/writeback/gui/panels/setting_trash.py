"""What was deleted within 30 days, on the page of settings: segments, forms, views and plays."""

from collections import abc
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from writeback.errors import WritebackError
from writeback.gui.i18n import moment
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.tasks import Desk
from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import boxed, column, row
from writeback.gui.widgets.setting_rows import Part
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel
from writeback.runtime.restoring import DeletedView, deleted_things

if TYPE_CHECKING:  # every call of the façade at once: more than the screen costs
    from writeback.runtime.facade import Facade

NOTHING_CHOSEN: Final = mark("Choose one first.")
DELETED: Final = mark("recently deleted trash restore undo segment form view play")
KINDS: Final = Words(
    {
        "segment": mark("Segment"),
        "form": mark("Insight form"),
        "view": mark("View"),
        "play": mark("SuccessPlay"),
    }
)


class DeletedPart(Part):
    """What was deleted within 30 days and can be had back.

    Signals:
        told: Something to say in the status line.
    """

    told = Signal(str)

    def __init__(self, desk: Desk, *, complain: abc.Callable[[WritebackError], None]) -> None:
        super().__init__(
            tr("Recently deleted"),
            explains=tr(
                "Segments, insight forms, views and plays that were deleted can be had back for 30 days."
            ),
        )
        self._desk, self._complain = desk, complain
        self.model = ListModel[DeletedView](
            (
                Spec(tr("Kind"), lambda one: KINDS[one.kind], width=110),
                Spec(tr("Name"), lambda one: one.name, width=170),
                Spec(tr("What it means"), lambda one: one.what, width=220),
                Spec(tr("By"), lambda one: one.by, width=100),
                Spec(tr("When"), lambda one: moment(one.at, now=desk.now()) if one.at else "", width=120),
            )
        )
        self.table = Table(tr("Recently deleted"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        self.table.setFixedHeight(152)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._gate())
        self.back = Button(tr("Restore"), picture="undo", call=self._restore)
        self.none = PlainLabel(tr("Nothing was deleted within 30 days."), role="muted")
        body = column(self.none, self.table, gap=2)
        body.addLayout(row(self.back, None))
        self.add(boxed(body), lambda: tr(DELETED).casefold())

    def refresh(self) -> None:
        """Look again."""
        self._desk.read(
            self, lambda reads: deleted_things(reads.workspace), done=self._show, failed=self._complain
        )

    def _show(self, found: tuple[DeletedView, ...]) -> None:
        self.model.show_rows(found)
        self.none.setVisible(not found)
        self.table.setVisible(bool(found))
        self.back.setVisible(bool(found))
        if found and not self.table.currentIndex().isValid():
            self.table.go_to(0)
        self._gate()

    def _gate(self) -> None:
        chosen = self.model.row_at(self.table.currentIndex().row())
        self.back.gate("" if chosen is not None else tr(NOTHING_CHOSEN))

    def _restore(self) -> None:
        chosen = self.model.row_at(self.table.currentIndex().row())
        if chosen is None:
            return

        def restore(facade: "Facade", act: str) -> str:
            if chosen.kind == "segment":
                return facade.restore_segment(chosen.name, act=act).name
            if chosen.kind == "play":
                return facade.restore_play(chosen.name, act=act).name
            return facade.restore_deleted(chosen.id, act=act)

        self._desk.ask(self, restore, done=self._restored, failed=self._complain)

    def _restored(self, name: str) -> None:
        self.told.emit(tr("{name} is back.", name=name))
        self.refresh()
