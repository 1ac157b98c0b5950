"""Buttons, made in one place so that each has a name, a tip with its reason, and a theme-coloured icon."""

from collections import abc

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QIcon
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from writeback.gui.icons import SIZE, icon
from writeback.gui.theming.current import theming
from writeback.gui.widgets.text import gate, mnemonic_free, one_line, tip

LEAST_TARGET = 24
"""Nothing that is clicked is smaller."""


_TURNED = {"arrow-left": "arrow-right", "arrow-right": "arrow-left"}


def themed_icon(name: str, tint: str = "text") -> QIcon:
    """Give an icon in a colour of the theme in force; arrows point the way that reading runs."""
    if QGuiApplication.isRightToLeft():
        name = _TURNED.get(name, name)
    current = theming()
    theme = current.theme
    return icon(
        current.folder, name, theme.colour(tint), disabled=theme.colour("disabled"), size=theme.px(SIZE)
    )


class Button(QPushButton):
    """A push button. `kind`: '', primary, quiet, danger, segment."""

    def __init__(
        self,
        text: str,
        *,
        kind: str = "",
        picture: str = "",
        call: abc.Callable[[], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(mnemonic_free(text), parent)
        self.setAccessibleName(one_line(text))
        self.setAutoDefault(False)
        self._picture = picture
        self._reason = ""
        self._tint = {"primary": "on_accent", "danger": "refused"}.get(kind, "text")
        if kind:
            self.setProperty("kind", kind)
        if picture:
            self._draw()
            theming().changed.connect(self._draw)
        if call is not None:
            self.clicked.connect(lambda _checked=False: call())

    def say(self, text: str) -> None:
        """Change the words on the button."""
        self.setText(mnemonic_free(text))
        self.setAccessibleName(one_line(text))

    def draw(self, picture: str) -> None:
        """Change its picture."""
        if picture != self._picture:
            self._picture = picture
            self._draw()

    def show_picture(self, picture: str) -> None:
        """Change the picture of a button that has one."""
        self._picture = picture
        self._draw()

    def gate(self, reason: str) -> None:
        """Disable it with the reason as tip and accessible description; '' enables it."""
        gate(self, reason)

    def sizeHint(self) -> QSize:
        """Give its size; a choice in a row has room for its word in bold, worn when it is chosen."""
        hint = super().sizeHint()
        if self.property("kind") == "segment":
            font = QFont(self.font())
            font.setWeight(QFont.Weight.Bold)
            plain, bold = self.fontMetrics(), QFontMetrics(font)
            wider = bold.horizontalAdvance(self.text()) - plain.horizontalAdvance(self.text())
            hint.setWidth(hint.width() + max(wider, 0))
        return hint

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()  # half a word is no word

    def _draw(self) -> None:
        side = theming().theme.px(16)
        self.setIconSize(QSize(side, side))
        self.setIcon(themed_icon(self._picture, self._tint))


class IconButton(QToolButton):
    """A button of an icon alone: its name is spoken and is its tip."""

    def __init__(
        self,
        name: str,
        picture: str,
        *,
        call: abc.Callable[[], None] | None = None,
        tint: str = "muted",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._picture = picture
        self._tint = tint
        self.name_it(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._draw()
        theming().changed.connect(self._draw)
        if call is not None:
            self.clicked.connect(lambda _checked=False: call())

    def name_it(self, name: str) -> None:
        """Change its name and its tip."""
        self.setAccessibleName(one_line(name))
        tip(self, name)

    def gate(self, reason: str) -> None:
        """Disable it with the reason as accessible description and behind its name in the tip; '' enables."""
        name = self.accessibleName()
        self.setEnabled(not reason)
        tip(self, f"{name}: {reason}" if reason else name)
        self.setAccessibleDescription(one_line(reason))

    def _draw(self) -> None:
        px = theming().theme.px
        least = max(px(28), LEAST_TARGET)
        self.setIconSize(QSize(px(18), px(18)))
        if self.property("kind") != "tab":  # there the style sheet says how large it is
            self.setMinimumSize(QSize(least, least))
        self.setIcon(themed_icon(self._picture, self._tint))
