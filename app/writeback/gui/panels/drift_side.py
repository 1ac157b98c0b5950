"""What changed in the CRM since the fields were mapped: a list with one fix each, above the fields."""

from collections import abc
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from writeback.errors import WritebackError
from writeback.gui.tasks import Desk
from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.chips import Picture
from writeback.gui.widgets.flows import Beside, Flowing
from writeback.gui.widgets.layouts import boxed, clear, column, row, scrolled
from writeback.gui.widgets.text import PlainLabel, tip
from writeback.model.integrations import Integration
from writeback.runtime.facade import DriftLine, DriftReport

if TYPE_CHECKING:  # every call of the façade at once: more than the screen costs
    from writeback.runtime.facade import Facade

SHOWN_HEIGHT: Final = 112
"""So high the list grows; longer ones scroll."""
LEAST_HEIGHT: Final = 76
"""So low a small window may press it: two lines."""
ROOMY: Final = 700
"""In windows lower than this the list starts closed, so that the fields keep their room."""
_STOPS: Final = Words(
    {
        "stops_pull": mark("not pulled, not sent"),
        "stops_sending": mark("not sent"),
        "warns": "",
        "harmless": "",
    }
)


class DriftSide(QFrame):
    """The changes of one integration; hidden where nothing changed.

    Signals:
        settled: Some were fixed or accepted; what is shown of the mappings is old.
        shown: What drifted is known: by field path, why its values are not sent.
        failed: The CRM, or the workspace, refused an act.
    """

    settled = Signal(str)
    shown = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._integration: Integration | None = None
        self._harmless: tuple[str, ...] = ()
        self._head = PlainLabel(role="strong", wraps=True)
        self._accept = Button(tr("Accept the harmless ones"), call=self._accept_harmless)
        tip(self._accept, tr("Goes on under the CRM's new description for what stops nothing."))
        self._toggle = Button(tr("Show them"), kind="quiet", call=self._turn)
        self._wished: bool | None = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        listed = column(gap=0, margin=(2, 0, 2, 0))
        listed.addLayout(self._lines)
        listed.addStretch(1)
        self._scroll = scrolled(boxed(listed))
        self._scroll.setMaximumHeight(SHOWN_HEIGHT)
        self.setProperty("box", "banner-warning")
        self.setAccessibleName(tr("Changes in the CRM"))
        head = row(Picture("warning", tint="draft", size=18), gap=2)
        head.addWidget(self._head, 1)
        acts = Flowing(self._toggle, self._accept, is_at_end=True)
        body = column(Beside(head, acts), self._scroll, gap=2, margin=(3, 2, 2, 2))
        self.setLayout(body)
        self.buttons: list[Button] = []
        self.hide()

    def read(self, integration: Integration) -> None:
        """Look up what drifted under an integration, from what the CRM last said."""
        self._integration = integration
        self._desk.read(
            self,
            lambda reads: reads.drifts(integration),
            done=self.show_report,
            failed=self.failed.emit,
        )

    def show_report(self, report: DriftReport) -> None:
        """Show the changes, the worst first."""
        if self._integration is None or report.integration_id != self._integration.id:
            return
        clear(self._lines)
        self.buttons = []
        for line in report.lines:
            self._lines.addWidget(self._line(line))
        self._head.set_text(_headline(report))
        self._harmless = tuple(line.key for line in report.lines if not line.severity.stops_sending)
        self._accept.setVisible(bool(self._harmless) and len(report.lines) > 1)
        self.setVisible(bool(report.lines))
        self._unfold()
        self._scroll.setMinimumHeight(min(LEAST_HEIGHT, 38 * len(report.lines)))
        stopped = [line for line in report.lines if line.severity.stops_sending]
        self.shown.emit({path: line.sentence for line in reversed(stopped) for path in line.paths})

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._unfold()

    def _turn(self) -> None:
        self._wished = self._scroll.isHidden()
        self._unfold()

    def _unfold(self) -> None:
        """Open or close the list: as the person wished, else as the window has room."""
        is_open = self.window().height() >= ROOMY if self._wished is None else self._wished
        self._scroll.setVisible(is_open)
        self._toggle.say(tr("Hide them") if is_open else tr("Show them"))

    def _line(self, line: DriftLine) -> QWidget:
        words = PlainLabel(line.sentence, wraps=True)
        stops = PlainLabel(_STOPS[line.severity], tone="draft" if line.severity.stops_sending else "")
        parts = row(gap=2)
        parts.addWidget(words, 1)
        parts.addWidget(stops)
        if line.fix_text:
            fix = Button(line.fix_text, call=lambda: self._fix(line))
            fix.setAccessibleName(f"{line.fix_text}: {line.sentence}")
            self.buttons.append(fix)
            parts.addWidget(fix)
        return boxed(parts)

    def _fix(self, line: DriftLine) -> None:
        self._ask(lambda facade, name, act: facade.fix_drifts(name, (line.key,), act=act), line.fix_text)

    def _accept_harmless(self) -> None:
        keys = self._harmless
        self._ask(lambda facade, name, act: facade.accept_drifts(name, keys, act=act), tr("Accepted"))

    def _ask(self, call: "abc.Callable[[Facade, str, str], DriftReport]", told: str) -> None:
        if self._integration is None:
            return
        name = str(self._integration.id)
        for button in (*self.buttons, self._accept):
            button.gate(tr("The change is being settled."))
        self._desk.ask(
            self,
            lambda facade, act: call(facade, name, act),
            done=lambda report: self._settled(report, told),
            failed=self._refused,
        )

    def _settled(self, report: DriftReport, told: str) -> None:
        self._accept.gate("")
        self.show_report(report)
        left = len(report.lines)
        rest = tr(" %n changes are left.", left) if left else ""
        self.settled.emit(f"{told}.{rest}")

    def _refused(self, error: WritebackError) -> None:
        for button in (*self.buttons, self._accept):
            button.gate("")
        self.failed.emit(error)


def _headline(report: DriftReport) -> str:
    stopped = {path for line in report.lines if line.severity.stops_sending for path in line.paths}
    what = tr("%n things", len(report.lines))
    told = tr("{what} changed in the CRM since {object} was mapped.", what=what, object=report.object)
    if not stopped:
        return tr("{told} Nothing stops for it.", told=told)
    return tr("{told} Sending of %n mappings stops until it is settled.", len(stopped), told=told)
