"""The way of an object that was never pulled: six steps in one line, each leading to where it is done."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import column
from writeback.model.integrations import Integration

OBJECT, FIELDS, FILTER, FORMAT, SCHEDULE, CHECK = range(6)
STEPS: Final = (
    mark("Object"),
    mark("Fields"),
    mark("Filter"),
    mark("Format"),
    mark("Schedule"),
    mark("Check"),
)


class MappingSteps(QWidget):
    """Shown until the first pull; after it the tools of the screen are enough.

    Signals:
        wanted: A step shall be done; carries its number.
    """

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[Button] = []
        for place, words in enumerate(STEPS):
            name = tr("{number} {step}", number=place + 1, step=tr(words))
            button = Button(name, kind="quiet", picture="dash")
            button.clicked.connect(lambda _on=False, place=place: self.wanted.emit(place))
            self.buttons.append(button)
        self.setLayout(column(Flowing(*self.buttons)))
        self._checked: set[str] = set()
        """Integrations that were previewed here."""
        self._integration: Integration | None = None
        self.hide()

    def know(self, integration: Integration, *, is_scheduled: bool) -> None:
        """Be about an integration."""
        self._integration = integration
        formats = any(one.source_format or one.values for one in integration.mappings)
        done = {
            OBJECT: True,
            FIELDS: bool(integration.mappings),
            FILTER: bool(integration.filter),
            FORMAT: formats,
            SCHEDULE: is_scheduled,
            CHECK: str(integration.id) in self._checked,
        }
        for place, button in enumerate(self.buttons):
            button.show_picture("check" if done[place] else "dash")
            button.setAccessibleDescription(tr("done") if done[place] else tr("not done, or as it is usual"))
        self.setVisible(integration.last_pull_at is None)

    def checked(self) -> None:
        """The preview was looked at."""
        if self._integration is not None:
            self._checked.add(str(self._integration.id))
            self.buttons[CHECK].show_picture("check")
            self.buttons[CHECK].setAccessibleDescription(tr("done"))
