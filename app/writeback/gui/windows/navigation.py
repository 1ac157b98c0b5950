"""Navigation: the screens in groups, counts as numbers; icons alone when the window is narrow."""

from collections import abc

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QWidget

from writeback.gui.i18n import number
from writeback.gui.theming.current import sized, theming
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import themed_icon
from writeback.gui.widgets.layouts import column, scrolled
from writeback.gui.widgets.text import PlainLabel, tip
from writeback.gui.windows.screens import GROUPS, SCREENS, Screen, screen_of
from writeback.runtime.views import Pulse

WIDE, NARROW = 212, 72
LOW = 25
"""So high is an icon alone: every screen is in sight in the smallest window."""
MANY = 100
"""Beside an icon alone there is room for two digits."""
QWIDGETSIZE_MAX = 16_777_215
"""Qt's word for no limit."""


class Entry(QToolButton):
    """One entry; without its words it shows how many wait beside its icon."""

    def __init__(self) -> None:
        super().__init__()
        self.count = ""

    def show_count(self, count: str) -> None:
        """Show this figure; '' shows none."""
        self.count = count
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.count:
            return
        theme = theming().theme
        font = QFont(self.font())
        font.setPointSizeF(theme.sizes["caption"])
        font.setWeight(QFont.Weight.DemiBold)
        measures = QFontMetrics(font)
        place = QRect(0, 0, measures.horizontalAdvance(self.count) + 2, measures.height())
        place.moveTopRight(self.rect().topRight() - QPoint(1, -1))
        painter = QPainter(self)
        painter.setFont(font)
        painter.fillRect(place, theme.colour("selection" if self.isChecked() else "raised"))
        painter.setPen(theme.colour("accent"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.count)
        painter.end()


class Navigation(QFrame):
    """The list of screens.

    Signals:
        chosen: A screen was chosen; carries its name.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "nav")
        self.setAccessibleName(tr("Navigation"))
        self._buttons: dict[str, Entry] = {}
        self._titles: dict[str, tuple[str, str]] = {}
        self._counts: dict[str, int] = {}
        self._drawn: dict[str, tuple[object, ...]] = {}
        self._groups: list[PlainLabel] = []
        self._is_narrow = False
        self._choices = QButtonGroup(self)
        body = column(gap=0, margin=(2, 2, 2, 2))
        for title in GROUPS:
            group = PlainLabel(tr(title), role="group")
            group.setContentsMargins(8, 8, 0, 0)
            self._groups.append(group)
            body.addWidget(group)
            for screen in SCREENS:
                if screen.group == title:
                    body.addWidget(self._button(screen))
        body.addStretch(1)
        inside = QWidget()
        inside.setLayout(body)
        area = scrolled(inside)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # keys and wheel move it
        self._area = area
        inside.setProperty("box", "rail")
        self.setLayout(column(area, margin=0))
        sized(self, self._fit)
        self._draw()
        theming().changed.connect(self._redraw)

    def first_focus(self) -> QWidget:
        """Say where the keyboard lands."""
        checked = self._choices.checkedButton()
        return checked if checked is not None else next(iter(self._buttons.values()))

    def show_screen(self, name: str) -> None:
        """Mark the screen in front."""
        screen = screen_of(name)
        button = self._buttons.get(screen.under or name) if screen is not None else None
        if button is not None:
            button.setChecked(True)
        self._draw()

    def show_pulse(self, pulse: Pulse) -> None:
        """Show the counts."""
        self._counts = {one.name: one.count(pulse) for one in SCREENS if one.count is not None}
        self._draw()

    def narrow(self, is_narrow: bool) -> None:  # noqa: FBT001  a state, not an option
        """Show icons alone, or icons and names."""
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        self._fit(theming().theme.px)
        for group in self._groups:
            group.setVisible(not is_narrow)
        self._draw()

    def _fit(self, px: abc.Callable[[int], int]) -> None:
        self.setFixedWidth(px(NARROW if self._is_narrow else WIDE))

    def _button(self, screen: Screen) -> Entry:
        button = Entry()
        button.setProperty("kind", "nav")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.installEventFilter(self)
        button.clicked.connect(lambda _checked=False: self.chosen.emit(screen.name))
        self._choices.addButton(button)
        self._buttons[screen.name] = button
        self._titles[screen.name] = (tr(screen.title), screen.icon)
        return button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._area.ensureWidgetVisible(watched)
        return super().eventFilter(watched, event)

    def _redraw(self) -> None:
        self._drawn.clear()
        self._draw()

    def _draw(self) -> None:
        """Draw the entries that show something else now: to draw all of them costs a switch its budget."""
        for name, button in self._buttons.items():
            look = (self._counts.get(name, 0), button.isChecked(), self._is_narrow, self.width())
            if self._drawn.get(name) != look:
                self._drawn[name] = look
                self._draw_one(name, button)

    def _draw_one(self, name: str, button: Entry) -> None:
        px, style = theming().theme.px, Qt.ToolButtonStyle
        words, picture = self._titles[name]
        count = self._counts.get(name, 0)
        full = f"{words}  ({number(count)})" if count else words
        button.setIconSize(QSize(px(20), px(20)))
        button.setIcon(themed_icon(picture, "accent" if button.isChecked() else "muted"))
        button.setText(f"  {full.replace('&', '&&')}")
        button.setToolButtonStyle(
            style.ToolButtonIconOnly if self._is_narrow else style.ToolButtonTextBesideIcon
        )
        button.setFixedWidth(self.width() - 16)
        button.setMaximumHeight(px(LOW) if self._is_narrow else QWIDGETSIZE_MAX)
        button.setAccessibleName(full)
        button.show_count((number(count) if count < MANY else "99+") if count and self._is_narrow else "")
        tip(button, full if self._is_narrow else "")
