"""The theme in force: applied to the application, asked by everything that paints.

A front end has one screen, hence one theme; whoever paints asks at paint time and repaints on
`changed`, so a switch needs no restart.
"""

from collections import abc
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from writeback.gui.theming.sheets import pictures, style_sheet
from writeback.gui.theming.tokens import Density, Theme, ThemeName, load_themes

_MOVING = (Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_AnimateTooltip)
LEAST_PERCENT, MOST_PERCENT = 80, 200

_ROLES: abc.Mapping[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "surface",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "raised",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "refused",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "raised",
    QPalette.ColorRole.Mid: "hairline",
    QPalette.ColorRole.Dark: "border",
    QPalette.ColorRole.Shadow: "border",
}


class Theming(QObject):
    """Holds the theme in force.

    Signals:
        changed: Another theme is in force now.
    """

    changed = Signal()

    def __init__(self, folder: Path, application: QApplication) -> None:
        super().__init__(application)
        application.setProperty("theming", self)
        self._themes = load_themes(folder)
        self._application = application
        self.folder = folder
        self._drawn = QTemporaryDir()
        self.theme: Theme = self._themes[ThemeName.LIGHT]
        self._percent = 100
        self._density = Density.REGULAR
        self._is_calm: bool | None = None

    def apply(self, name: ThemeName, *, percent: int | None = None, density: Density | None = None) -> None:
        """Put a theme in force: style, palette, font and sheet; no restart is needed.

        Args:
            name: Which.
            percent: The size of text, from 80 to 200; None leaves it.
            density: How tightly tables are set; None leaves it.
        """
        if percent is not None:
            self._percent = min(max(percent, LEAST_PERCENT), MOST_PERCENT)
        if density is not None:
            self._density = density
        self._wear(self._themes[name].at(percent=self._percent, density=self._density))

    def calm(self, *, is_calm: bool | None) -> None:
        """Let nothing move by itself, or let it; None follows the operating system where it tells."""
        self._is_calm = is_calm
        self._still(self.is_calm)

    @property
    def is_calm(self) -> bool:
        """Nothing may move by itself now."""
        if self._is_calm is not None:
            return self._is_calm
        ask = getattr(self._application.styleHints(), "accessibility", None)  # Qt 6.10 and later
        preference = getattr(ask() if ask is not None else None, "motionPreference", None)
        return preference is not None and getattr(preference(), "name", "") == "ReducedMotion"

    def _still(self, is_still: bool) -> None:  # noqa: FBT001  Qt's signature
        for effect in _MOVING:
            self._application.setEffectEnabled(effect, not is_still)

    def _wear(self, theme: Theme) -> None:
        self.theme = theme
        if self._application.style().objectName().casefold() != "fusion":
            self._application.setStyle(QStyleFactory.create("Fusion"))
        self._application.setPalette(palette_of(theme))
        font = QFont()
        font.setFamilies(list(theme.families))
        font.setPointSizeF(theme.sizes["body"])
        self._application.setFont(font)
        self._application.setStyleSheet(style_sheet(theme, folder=self._draw_pictures(theme)))
        self.changed.emit()

    def _draw_pictures(self, theme: Theme) -> str:
        folder = Path(self._drawn.path()) / theme.name.value
        folder.mkdir(exist_ok=True)
        for name, svg in pictures(theme).items():
            (folder / f"{name}.svg").write_text(svg, "utf-8")
        return folder.as_posix()

    def apply_system(self, *, percent: int | None = None, density: Density | None = None) -> None:
        """Follow the operating system; where it says nothing, the light theme."""
        self.apply(self._system(), percent=percent, density=density)

    def _system(self) -> ThemeName:
        hints = self._application.styleHints()
        ask = getattr(hints, "accessibility", None)  # Qt 6.10 and later
        preference = getattr(ask() if ask is not None else None, "contrastPreference", None)
        if preference is not None and getattr(preference(), "name", "") == "HighContrast":
            return ThemeName.CONTRAST
        return ThemeName.DARK if hints.colorScheme() is Qt.ColorScheme.Dark else ThemeName.LIGHT


def palette_of(theme: Theme) -> QPalette:
    """Make the palette of a theme."""
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, theme.colour(token))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
        QPalette.ColorRole.HighlightedText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("disabled"))
    return palette


def sized(widget: QWidget, apply: abc.Callable[[abc.Callable[[int], int]], object]) -> None:
    """Set lengths of a widget by the size of text, now and whenever it changes.

    `apply` is handed what turns a length at 100 % into one at the present size.
    """
    theme = theming()
    apply(theme.theme.px)

    def again() -> None:
        if shiboken6.isValid(widget):
            apply(theme.theme.px)

    theme.changed.connect(again)
    widget.destroyed.connect(lambda: theme.changed.disconnect(again))


def theming() -> Theming:
    """Give the theming of the running application."""
    found = QApplication.instance()
    holder = found.property("theming") if found is not None else None
    if not isinstance(holder, Theming):
        raise RuntimeError("no theme was applied before the first widget")  # noqa: TRY004  not about a type
    return holder
