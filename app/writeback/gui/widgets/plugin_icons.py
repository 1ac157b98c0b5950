"""A plugin's icon: an SVG that the host looked over, drawn once into a pixmap; else a neutral picture."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from writeback.gui.icons import pixmap
from writeback.gui.theming.current import theming

NEUTRAL = "connections"


@lru_cache(maxsize=256)
def _drawn(svg: str, colour: str, *, size: int, ratio: float) -> QPixmap:
    """Draw an icon; what it leaves to its surroundings (`currentColor`) takes the theme's colour."""
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing = QByteArray(svg.replace("currentColor", colour).encode())
    QSvgRenderer(drawing).render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


class PluginIcon(QWidget):
    """Decoration beside a plugin's name; it never stands for a state."""

    def __init__(self, svg: str = "", *, size: int = 32, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._svg, self._size = svg, size
        self.setFixedSize(QSize(size, size))
        theming().changed.connect(self.update)

    @property
    def is_own(self) -> bool:
        """Say whether the plugin's own icon is shown."""
        return bool(self._svg)

    def show_svg(self, svg: str) -> None:
        """Show another plugin's icon; '' shows the neutral one."""
        self._svg = svg
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        if self._svg:
            text = theming().theme.colour("text").name()
            painter.drawPixmap(0, 0, _drawn(self._svg, text, size=self._size, ratio=ratio))
        else:
            current = theming()
            colour = current.theme.colour("muted")
            painter.drawPixmap(0, 0, pixmap(current.folder, NEUTRAL, colour, size=self._size, ratio=ratio))
        painter.end()
