"""Say who may use a form: everybody, some people by name, whoever has a permission level."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QLineEdit, QWidget

from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import column, lay_out, row
from writeback.gui.widgets.text import PlainLabel, one_line
from writeback.model.forms import InsightForm
from writeback.model.permissions import Level
from writeback.planning.permitting import LEVEL_TITLES


class FormUsersDialog(QDialog):
    """People and levels.

    Signals:
        chosen: Who may use it; carries names and levels.
    """

    chosen = Signal(object, object)

    def __init__(self, desk: Desk, form: InsightForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Who may use the form"))
        self.people = QLineEdit("; ".join(form.people))
        self.people.setAccessibleName(tr("People"))
        self.people.setPlaceholderText(tr("Names, with semicolons between them"))
        self.known = PlainLabel("", role="caption", wraps=True)
        self.levels: dict[Level, QCheckBox] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for place, level in enumerate(Level):
            box = QCheckBox(tr(LEVEL_TITLES[level]))
            box.setChecked(level in form.levels)
            box.toggled.connect(lambda _on: self._tell())
            self.levels[level] = box
            grid.addWidget(box, place // 2, place % 2)
        self._says = PlainLabel("", wraps=True)
        box_ = column(
            PlainLabel(tr("Who may use the form"), role="heading", wraps=True),
            PlainLabel(tr("People"), role="muted"),
            self.people,
            self.known,
            PlainLabel(tr("Whoever has the permission level"), role="muted"),
            gap=2,
        )
        box_.addLayout(grid)
        box_.addWidget(self._says)
        done = Button(tr("Done"), kind="primary", call=self._take)
        lay_out(self, box_, row(None, Button(tr("Cancel"), call=self.reject), done), width=460)
        self.people.textChanged.connect(lambda _text: self._tell())
        self.people.returnPressed.connect(self._take)
        self._tell()
        self.people.setFocus()
        desk.read(self, lambda reads: tuple(reads.team().levels), done=self._show_known)

    @property
    def names(self) -> tuple[str, ...]:
        """The people as they are named now."""
        return tuple(dict.fromkeys(one.strip() for one in self.people.text().split(";") if one.strip()))

    def _show_known(self, names: tuple[str, ...]) -> None:
        self.known.set_text(
            tr("People of this workspace: {names}.", names=", ".join(map(one_line, names))) if names else ""
        )
        self.known.setVisible(bool(names))

    def _chosen_levels(self) -> tuple[Level, ...]:
        return tuple(level for level, box in self.levels.items() if box.isChecked())

    def _tell(self) -> None:
        self._says.set_text(users_words(self.names, self._chosen_levels()))

    def _take(self) -> None:
        self.chosen.emit(self.names, self._chosen_levels())
        self.accept()


def users_words(people: tuple[str, ...], levels: tuple[Level, ...]) -> str:
    """Say who may use a form."""
    names = [*people, *(tr(LEVEL_TITLES[level]) for level in levels)]
    return tr("For: {names}", names=", ".join(names)) if names else tr("For everybody")
