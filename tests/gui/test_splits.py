"""Parts with a grip between them are shared out when they are seen, and not measured before."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSplitter, QWidget
from pytestqt.qtbot import QtBot

from writeback.gui.widgets.splits import Split


class Part(QWidget):
    """Says how often somebody asked how large it is."""

    asked = 0

    def sizeHint(self) -> QSize:
        self.asked += 1
        return QSize(100, 100)


def test_parts_are_shared_out_when_they_are_seen(qtbot: QtBot) -> None:
    one, other = Part(), Part()
    made = Split(one, other, shares=(300, 140), first_grows=True)
    qtbot.addWidget(made)
    assert (one.asked, other.asked) == (0, 0)
    assert made.findChildren(Part) == [one, other], "they are found before they are seen"
    made.show()
    (splitter,) = made.findChildren(QSplitter)
    first, second = splitter.sizes()
    assert second == 140
    made.resize(made.width() + 200, made.height())
    assert splitter.sizes() == [first + 200, second], "what room comes is the first one's"
