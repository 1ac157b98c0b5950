"""Navigation: the screens in groups, counts as numbers; icons alone when the window is narrow."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QWidget

from writeback.gui.i18n import number
from writeback.gui.theming.current import theming
from writeback.gui.widgets.buttons import themed_icon
from writeback.gui.widgets.layouts import column
from writeback.gui.widgets.text import PlainLabel, tip
from writeback.runtime.views import Pulse

WIDE, NARROW = 212, 56
GROUPS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    ("Work", (("welcome", "Home", "home"), ("accounts", "Accounts", "accounts"))),
    (
        "Sending",
        (
            ("review", "Review & send", "review"),
            ("conflicts", "Conflicts", "conflict"),
            ("jobs", "Jobs", "jobs"),
        ),
    ),
    (
        "Set-up",
        (
            ("connections", "Connections", "connections"),
            ("mapping", "Objects & mapping", "mapping"),
            ("model", "Data model", "attributes"),
            ("assignment", "Account assignment", "profile"),
            ("permissions", "Team & permissions", "lock"),
        ),
    ),
)


class Navigation(QFrame):
    """The list of screens.

    Signals:
        chosen: A screen was chosen; carries its name.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "nav")
        self.setAccessibleName("Navigation")
        self._buttons: dict[str, QToolButton] = {}
        self._titles: dict[str, tuple[str, str]] = {}
        self._counts: dict[str, int] = {}
        self._groups: list[PlainLabel] = []
        self._is_narrow = False
        self._choices = QButtonGroup(self)
        body = column(gap=1, margin=(2, 3, 2, 3))
        for title, screens in GROUPS:
            group = PlainLabel(title, role="group")
            group.setContentsMargins(8, 10, 0, 2)
            self._groups.append(group)
            body.addWidget(group)
            for name, words, picture in screens:
                body.addWidget(self._button(name, words, picture))
        body.addStretch(1)
        self.setLayout(body)
        self.setFixedWidth(WIDE)
        self._draw()
        theming().changed.connect(self._draw)

    def first_focus(self) -> QWidget:
        """Say where the keyboard lands."""
        checked = self._choices.checkedButton()
        return checked if checked is not None else next(iter(self._buttons.values()))

    def show_screen(self, name: str) -> None:
        """Mark the screen in front."""
        parent = {"profile": "accounts"}.get(name, name)
        button = self._buttons.get(parent)
        if button is not None:
            button.setChecked(True)
        self._draw()

    def show_pulse(self, pulse: Pulse) -> None:
        """Show the counts."""
        self._counts = {
            "review": pulse.drafts,
            "conflicts": pulse.conflicts,
            "jobs": pulse.open_jobs,
        }
        self._draw()

    def narrow(self, is_narrow: bool) -> None:  # noqa: FBT001  a state, not an option
        """Show icons alone, or icons and names."""
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        self.setFixedWidth(NARROW if is_narrow else WIDE)
        for group in self._groups:
            group.setVisible(not is_narrow)
        self._draw()

    def _button(self, name: str, words: str, picture: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("kind", "nav")
        button.setCheckable(True)
        button.setIconSize(QSize(20, 20))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setMinimumHeight(34)
        button.clicked.connect(lambda _checked=False: self.chosen.emit(name))
        self._choices.addButton(button)
        self._buttons[name] = button
        self._titles[name] = (words, picture)
        return button

    def _draw(self) -> None:
        for name, button in self._buttons.items():
            words, picture = self._titles[name]
            count = self._counts.get(name, 0)
            full = f"{words}  ({number(count)})" if count else words
            button.setIcon(themed_icon(picture, "accent" if button.isChecked() else "muted"))
            button.setText(f"  {full.replace('&', '&&')}")
            style = Qt.ToolButtonStyle
            button.setToolButtonStyle(
                style.ToolButtonIconOnly if self._is_narrow else style.ToolButtonTextBesideIcon
            )
            button.setFixedWidth(self.width() - 16)
            button.setAccessibleName(full)
            tip(button, full if self._is_narrow else "")
