"""Small painted words: an environment, a state, a count. Shape, word and colour always together."""

from typing import Self

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from writeback.gui.i18n import COLOUR_TONES, ENVIRONMENT_TONES
from writeback.gui.icons import pixmap
from writeback.gui.theming.current import sized, theming
from writeback.gui.widgets.text import one_line
from writeback.model.connections import Connection, Environment

_HEIGHT = 22
_PAD = 8


class Chip(QWidget):
    """A word with a shape on a wash of its colour."""

    def __init__(
        self, text: str = "", *, tone: str = "muted", picture: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text = one_line(text, 80)
        self._tone = tone
        self._picture = picture
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._text)
        theming().changed.connect(self._resize)

    @property
    def text(self) -> str:
        """The word."""
        return self._text

    def say(self, text: str, *, tone: str, picture: str = "") -> None:
        """Show another word."""
        self._text, self._tone, self._picture = one_line(text, 80), tone, picture
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def _resize(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = theming().theme.px
        width = QFontMetrics(self._dress()).horizontalAdvance(self._text) + 2 * _PAD
        return QSize(width + (px(14) + 4 if self._picture else 0), px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = theming().theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{self._tone}_wash"))
        area = QRectF(self.rect())
        painter.drawRoundedRect(area, theme.radius, theme.radius)
        left = _PAD
        if self._picture:
            ratio = self.devicePixelRatioF()
            side = theme.px(14)
            drawn = pixmap(theming().folder, self._picture, theme.colour(self._tone), size=side, ratio=ratio)
            painter.drawPixmap(left - 1, (self.height() - side) // 2, drawn)
            left += side + 3
        painter.setFont(self._dress())
        painter.setPen(theme.colour("text" if self._tone == "muted" else self._tone))
        painter.drawText(area.adjusted(left, 0, -2, 0), int(Qt.AlignmentFlag.AlignVCenter), self._text)
        painter.end()

    def _dress(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(theming().theme.sizes["caption"])
        font.setWeight(QFont.Weight.DemiBold)
        return font


class EnvironmentChip(Chip):
    """The environment of a connection: its shape and its word, never abbreviated."""

    def __init__(
        self,
        environment: Environment,
        *,
        word: str = "",
        colour: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Show an environment; `word` and `colour` are what a person calls this one, where they do."""
        super().__init__(parent=parent)
        self._show(environment, word, colour)

    def show_connection(self, connection: Connection) -> None:
        """Show the environment of another connection."""
        self._show(connection.environment, connection.word, connection.colour)

    def _show(self, environment: Environment, word: str, colour: str) -> None:
        tone = COLOUR_TONES.get(colour) or ENVIRONMENT_TONES[environment]
        self.say(word or environment.value, tone=tone, picture=f"org-{environment.value.lower()}")

    @classmethod
    def of(cls, connection: Connection | None) -> Self:
        """Give the chip of a connection."""
        if connection is None:
            return cls(Environment.UNKNOWN)
        return cls(connection.environment, word=connection.word, colour=connection.colour)


class Picture(QWidget):
    """An icon in a theme colour, for decoration beside words."""

    def __init__(
        self, name: str, *, tint: str = "muted", size: int = 20, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._tint, self._size = name, tint, size
        sized(self, lambda px: self.setFixedSize(QSize(px(size), px(size))))
        theming().changed.connect(self.update)

    def show_picture(self, name: str, tint: str) -> None:
        """Show another icon."""
        self._name, self._tint = name, tint
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        current = theming()
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        colour = current.theme.colour(self._tint)
        side = current.theme.px(self._size)
        painter.drawPixmap(0, 0, pixmap(current.folder, self._name, colour, size=side, ratio=ratio))
        painter.end()
