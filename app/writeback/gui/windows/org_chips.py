"""The chips of the context bar, and the strip of the strongest environment under the tabs."""

from collections import abc
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from writeback.gui.i18n import COLOUR_TONES, ENVIRONMENT_TONES
from writeback.gui.theming.current import sized, theming
from writeback.gui.translating import tr
from writeback.gui.widgets.chips import Chip, EnvironmentChip
from writeback.gui.widgets.layouts import row
from writeback.gui.widgets.text import ElidedLabel, one_line
from writeback.model.connections import Connection, Environment, SignInState
from writeback.runtime.views import ConnectionView

NAME_LEAST: Final = 112
NAME_LEAST_OUT: Final = 72
"""Beside the word that a sign-in is needed: that has to be whole."""
_STRENGTH: Final = (
    Environment.PRODUCTION,
    Environment.UNKNOWN,  # treated as production until it says what it is
    Environment.UAT,
    Environment.TEST,
    Environment.DEVELOPMENT,
)


class OrgChip(QPushButton):
    """One connection: its environment and its state in full, its name as far as there is room."""

    def __init__(self, view: ConnectionView, *, call: abc.Callable[[QWidget], None]) -> None:
        super().__init__()
        connection = view.connection
        is_out = connection.sign_in is SignInState.NEEDED
        self.setProperty("kind", "chip")
        state = tr("sign-in needed") if is_out else ""
        name = called(view)
        who = f"{connection.environment_word} · {name}"
        self.setAccessibleName(one_line(" · ".join(filter(None, (who, state)))))
        self.setAccessibleDescription(tr("Sign-in, quota and safety level"))
        self._least = NAME_LEAST_OUT if is_out else NAME_LEAST
        self._name = ElidedLabel(name)
        self._name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        sized(self, self._keep_name)
        self._line = row(EnvironmentChip.of(connection), self._name, gap=2, margin=(1, 0, 1, 0))
        if is_out:
            self._line.addWidget(Chip(state, tone="refused", picture="warning"))
        self.setLayout(self._line)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: call(self))

    def _keep_name(self, px: abc.Callable[[int], int]) -> None:
        """A short name is shown whole, of a long one enough to know it by."""
        self._name.keep(px(self._least))

    def sizeHint(self) -> QSize:
        return QSize(self._line.sizeHint().width(), 28)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._line.minimumSize().width(), 28)


def called(view: ConnectionView) -> str:
    """Name a connection with its product, once."""
    name, title = view.connection.name, view.title
    return name if title.casefold() in name.casefold() else f"{name} ({title})"


def strongest(views: abc.Iterable[ConnectionView]) -> Connection | None:
    """Give the connection whose environment asks for the most care; None where there is none."""
    connections = [view.connection for view in views]
    return min(connections, key=lambda one: _STRENGTH.index(one.environment), default=None)


class Strip(QWidget):
    """A line of 3 px in the colour of an environment, above what the tab shows; its word stands beside."""

    HEIGHT: Final = 3

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(self.HEIGHT)
        self._tone = ""
        self.word = EnvironmentChip(Environment.UNKNOWN)
        self.word.hide()
        theming().changed.connect(self.update)

    def show_connection(self, connection: Connection | None) -> None:
        """Show the environment of a connection; None: nothing of a CRM is in front."""
        self.word.setVisible(connection is not None)
        self._tone = ""
        if connection is not None:
            self._tone = COLOUR_TONES.get(connection.colour) or ENVIRONMENT_TONES[connection.environment]
            picture = f"org-{connection.environment.value.lower()}"
            self.word.say(connection.environment_word, tone=self._tone, picture=picture)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), theming().theme.colour(self._tone or "hairline"))
        painter.end()
