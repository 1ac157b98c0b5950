"""The bundled icons: one SVG set, drawn in a palette colour, cached per name, colour and ratio."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

SIZE = 20


@lru_cache(maxsize=256)
def _svg(folder: Path, name: str) -> str:
    return (folder / "icons" / f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=1024)
def _drawn(folder: Path, name: str, colour: str, *, size: int, ratio: float) -> QPixmap:
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_svg(folder, name).replace("currentColor", colour).encode()))
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def pixmap(folder: Path, name: str, colour: QColor, *, size: int = SIZE, ratio: float = 1.0) -> QPixmap:
    """Draw one icon in one colour."""
    return _drawn(folder, name, colour.name(), size=size, ratio=ratio)


def icon(
    folder: Path, name: str, colour: QColor, *, disabled: QColor | None = None, size: int = SIZE
) -> QIcon:
    """Make an icon in one colour, sharp on dense screens too."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(_drawn(folder, name, colour.name(), size=size, ratio=ratio))
        if disabled is not None:
            made.addPixmap(_drawn(folder, name, disabled.name(), size=size, ratio=ratio), QIcon.Mode.Disabled)
    return made
