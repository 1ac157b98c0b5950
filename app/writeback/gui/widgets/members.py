"""An editor for somebody: a list of team members that is searched by typing any part of a name."""

from collections import abc

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from writeback.gui.i18n import NOT_SET
from writeback.gui.translating import tr
from writeback.gui.widgets.text import one_line
from writeback.model.attributes import Option


class Member(QComboBox):
    """One team member, or nobody. What is typed and names no member is handed on as typed, to be refused.

    Signals:
        settled: Somebody was chosen, or typing ended.
    """

    settled = Signal()

    def __init__(self, options: abc.Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(12)
        for option in options:
            label = option.label if option.active else tr("{option} (inactive)", option=option.label)
            self.addItem(one_line(label), option.value)
        found = QCompleter(self.model(), self)
        found.setFilterMode(Qt.MatchFlag.MatchContains)
        found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        found.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(found)
        self.setCurrentIndex(-1)
        edit = self.lineEdit()
        if edit is not None:
            edit.setPlaceholderText(tr(NOT_SET))
            edit.editingFinished.connect(self._typed)
        self.activated.connect(lambda _place: self.settled.emit())

    @property
    def is_typing(self) -> bool:
        """Whether something is typed that was not settled yet."""
        edit = self.lineEdit()
        return edit is not None and edit.isModified()

    def text_value(self) -> str | None:
        """Give the member's id, or what was typed where that is nobody's name; nothing typed is nobody."""
        typed = self.currentText().strip()
        if not typed:
            return None
        places = [at for at in range(self.count()) if self.itemText(at).casefold() == typed.casefold()]
        return str(self.itemData(places[0])) if len(places) == 1 else typed

    def show_value(self, text: str | None) -> None:
        """Show a member by name; somebody who is none stays visible as they are."""
        place = self.findData(text)
        self.setCurrentIndex(place)
        if place < 0:
            self.setEditText(one_line(text or ""))

    def _typed(self) -> None:
        edit = self.lineEdit()
        if edit is not None and edit.isModified():
            edit.setModified(False)
            self.settled.emit()
