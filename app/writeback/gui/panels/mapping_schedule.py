"""The schedule of the pull part on the mapping screen: when it runs next, and the way to its editor."""

from writeback.gui.dialogs.scheduling import ScheduleDialog
from writeback.gui.models.schedules import next_words
from writeback.gui.panels.panel import Panel
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.text import ElidedLabel
from writeback.model.integrations import Integration
from writeback.model.schedules import PullSchedule


class Schedules:
    """Tells of the schedule of the integration in front, and opens its editor."""

    def __init__(self, panel: Panel) -> None:
        self._panel = panel
        self._integration: Integration | None = None
        self._held: PullSchedule | None = None
        self.button = Button(tr("Schedule…"), picture="clock", call=self.open_editor)
        self.words = ElidedLabel(role="caption")

    def show(self, integration: Integration | None, held: PullSchedule | None) -> None:
        """Show how an integration's schedule stands."""
        self._integration, self._held = integration, held
        self.words.set_text(next_words(held, now=self._panel.desk.now()))

    def open_editor(self) -> None:
        """Let a person change it."""
        if self._integration is None:
            return
        dialog = ScheduleDialog(self._panel.desk, self._integration, self._held, self._panel.window())
        dialog.kept.connect(self._panel.told)
        dialog.kept.connect(lambda _words: self._panel.refresh())
        dialog.open()
