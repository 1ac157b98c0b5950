"""The theme in force: applied to the application, asked by everything that paints.

A front end has one screen, hence one theme; whoever paints asks at paint time and repaints on
`changed`, so a switch needs no restart.
"""

from collections import abc
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from writeback.gui.theming.sheets import pictures, style_sheet
from writeback.gui.theming.tokens import Theme, ThemeName, load_themes

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

    def apply(self, name: ThemeName) -> None:
        """Put a theme in force: style, palette, font and sheet."""
        self.theme = theme = self._themes[name]
        style = QStyleFactory.create("Fusion")
        if style is not None:
            self._application.setStyle(style)
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

    def apply_system(self) -> None:
        """Follow the operating system; where it says nothing, the light theme."""
        scheme = self._application.styleHints().colorScheme()
        self.apply(ThemeName.DARK if scheme is Qt.ColorScheme.Dark else ThemeName.LIGHT)


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


def theming() -> Theming:
    """Give the theming of the running application."""
    found = QApplication.instance()
    holder = found.property("theming") if found is not None else None
    if not isinstance(holder, Theming):
        raise RuntimeError("no theme was applied before the first widget")  # noqa: TRY004  not about a type
    return holder
