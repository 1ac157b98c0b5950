"""The only constructors of text on the screen: plain, elided, never markup.

A default QLabel guesses rich text and then opens files that the text names; no foreign text may
meet one. Tool tips have no format switch, so their text is escaped inside our own wrapper.
"""

import html
import unicodedata

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from writeback.gui.translating import tr

LINE_MOST = 512
TIP_MOST = 600
TEXT_MOST = 20_000
_SYMBOLS = {"\n": "⏎", "\r": "", "\t": " ", "\0": "\\0", "\x7f": "␡"}


def one_line(text: str, most: int = LINE_MOST) -> str:
    """Make any text safe and short for one line: controls as symbols, bidi controls visible."""
    cut = text[: most + 1]
    if cut.isprintable():  # then no character of it is a control, a mark of direction or half of one
        return cut if len(text) <= most else f"{cut[: most - 1]}…"
    shown = "".join(_symbol(char) for char in cut)
    return shown if len(text) <= most else f"{shown[: most - 1]}…"


def many_lines(text: str, most: int = TEXT_MOST) -> str:
    """Make any text safe for several lines; what is too long is cut and says so."""
    cut = text[:most]
    shown = "\n".join(
        line if line.isprintable() else "".join(_symbol(char) for char in line) for line in cut.split("\n")
    )
    return (
        shown
        if len(text) <= most
        else tr("{shown}\n… {what} more characters", shown=shown, what=len(text) - most)
    )


def _symbol(char: str) -> str:
    if char in _SYMBOLS:
        return _SYMBOLS[char]
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if 0xD800 <= code <= 0xDFFF:
        return f"\\u{code:04X}"
    if unicodedata.category(char) in ("Cc", "Cf") and char != "\u200d":
        return f"\\u{code:04X}"
    return char


def sentence_like(words: str) -> str:
    """Begin words with a capital letter and leave the others as they are: German nouns have their own."""
    return words[:1].upper() + words[1:]


def mnemonic_free(text: str) -> str:
    """Double the ampersands of foreign text that stands where `&` marks a shortcut."""
    return one_line(text).replace("&", "&&")


def title_free(text: str) -> str:
    """Take the window-modified mark out of foreign text in a window title."""
    return one_line(text).replace("[*]", "[∗]")


def tip(widget: QWidget, text: str) -> None:
    """Give a widget a tool tip, shown literally."""
    widget.setToolTip(tip_text(text))


def gate(widget: QWidget, reason: str, *, otherwise: str = "") -> None:
    """Disable a widget with the reason as tip and accessible description; '' enables it.

    `otherwise` is what is said of it while it can be used.
    """
    widget.setEnabled(not reason)
    tip(widget, reason or otherwise)
    widget.setAccessibleDescription(one_line(reason or otherwise))


def tip_text(text: str) -> str:
    """Give the markup of a literal tool tip (for models, which answer tips as data)."""
    if not text:
        return ""
    shown = html.escape(many_lines(text, TIP_MOST)).replace("\n", "<br>")
    return f"<qt>{shown}</qt>"


class PlainLabel(QLabel):
    """A label that shows its text literally. `role` and `tone` are its dress."""

    def __init__(
        self,
        text: str = "",
        *,
        role: str = "",
        tone: str = "",
        wraps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setOpenExternalLinks(False)
        self.setWordWrap(wraps)
        if role:
            self.setProperty("role", role)
        if tone:
            self.setProperty("tone", tone)
        if wraps:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show other text."""
        shown = many_lines(text) if self.wordWrap() else one_line(text)
        super().setText(shown)

    def set_tone(self, tone: str) -> None:
        """Change the colour token of the text."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


class ElidedLabel(PlainLabel):
    """One line that ends in … when the place is narrow; the whole text is its tip."""

    def __init__(
        self, text: str = "", *, role: str = "", tone: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, role=role, tone=tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(24)

    def keep(self, least: int) -> None:
        """Keep so many pixels of the text in sight; what is shorter is shown whole."""
        self.setMinimumWidth(min(self.sizeHint().width(), least))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + 4, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        metrics = self.fontMetrics()
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(tip_text(self.text()) if shown != self.text() else "")
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()
