"""The menu of discards that can be had back."""

from PySide6.QtWidgets import QMenu, QWidget

from writeback.gui.i18n import moment
from writeback.gui.panels.grid_edits import GridEdits
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.text import mnemonic_free
from writeback.store.edit_acts import Act


def open_restore(desk: Desk, edits: GridEdits, over: QWidget) -> None:
    """Read what was discarded within 30 days, and let a person choose what comes back."""

    def show(acts: tuple[Act, ...]) -> None:
        menu = QMenu(over)
        for act in acts:
            when = moment(act.at, now=desk.now())
            words = tr("%n edits discarded {when} by {author}", act.cells, when=when, author=act.author)
            entry = menu.addAction(mnemonic_free(words))
            entry.triggered.connect(lambda _on=False, act=act: edits.restore(act.id))
        if not acts:
            menu.addAction(tr("Nothing was discarded within 30 days")).setEnabled(False)
        menu.popup(over.mapToGlobal(over.rect().topLeft()))

    desk.read(over, lambda reads: reads.discarded(), done=show, failed=edits.failed.emit)
