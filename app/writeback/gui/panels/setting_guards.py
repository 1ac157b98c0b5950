"""Guard limits on the page of settings: above what a plan is refused, for the workspace or one connection."""

from collections import abc
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFrame, QWidget

from writeback.errors import WritebackError
from writeback.gui.tasks import Desk
from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.buttons import IconButton
from writeback.gui.widgets.field_boxes import turned
from writeback.gui.widgets.layouts import column, row
from writeback.gui.widgets.setting_rows import Part
from writeback.gui.widgets.text import PlainLabel, gate, one_line
from writeback.model.guards import PERCENT_MOST
from writeback.runtime.facade import LimitView
from writeback.runtime.views import ConnectionView

MOST: Final = 100_000_000
UNITS: Final = Words(
    {"records": mark("records"), "%": "%", "times": mark("times"), "hours": mark("hours"), "": ""}
)
SOURCES: Final = Words(
    {
        "connection": mark("set for this connection"),
        "workspace": mark("set for the workspace"),
        "default": mark("default"),
    }
)
EXPLAINS: Final = mark(
    "A plan above a limit is refused until somebody overrides the guard by its name. Off: not guarded."
)
TEXT: Final = mark("guard limit safety approval bulk blanks quota reserve echo override")


class LimitRow(QFrame):
    """One limit.

    Signals:
        wished: Another limit is wanted; carries its name and the value, None to switch it off.
        forgotten: What holds without it is wanted again; carries its name.
    """

    wished = Signal(str, object)
    forgotten = Signal(str)

    def __init__(self, view: LimitView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        title = tr(view.title)
        self.switch = QCheckBox(title)
        self.switch.setAccessibleName(title)
        self.value = turned(QDoubleSpinBox())
        self.value.lineEdit().setAccessibleName(title)
        self.value.setAccessibleName(title)
        self.value.setKeyboardTracking(False)
        self.value.setDecimals(2 if view.unit == "hours" else 0)
        self.value.setRange(0.01 if view.unit == "hours" else 0, PERCENT_MOST if view.unit == "%" else MOST)
        self.value.setSuffix(f" {UNITS[view.unit]}" if view.unit else "")
        self.value.setMinimumWidth(160)
        self._source = PlainLabel("", role="caption")
        self._back = IconButton(
            tr("{title}: take over what holds without it", title=title), "undo", call=self._forget
        )
        box = column(self.switch, gap=1, margin=(0, 1, 0, 1))
        box.addLayout(row(6, self.value, self._back, self._source, None, gap=2))
        self.setLayout(box)
        self.show_limit(view, place="")
        self.switch.toggled.connect(self._switched)
        self.value.valueChanged.connect(lambda value: self.wished.emit(self.view.name, value))

    def show_limit(self, view: LimitView, *, place: str) -> None:
        """Show what holds; `place` is `connection`, or '' for the workspace."""
        self.view = view
        for control in (self.switch, self.value):
            control.blockSignals(True)  # noqa: FBT003  Qt's own
        self.switch.setChecked(view.value is not None)
        gate(self.value, "" if view.value is not None else tr("The limit is switched off."))
        self.value.setValue(view.value if view.value is not None else view.built_in or self.value.minimum())
        for control in (self.switch, self.value):
            control.blockSignals(False)  # noqa: FBT003  Qt's own
        self._source.set_text(SOURCES[view.source])
        is_own = view.source == (place or "workspace")
        self._back.setVisible(is_own)

    def _switched(self, is_on: bool) -> None:  # noqa: FBT001  a slot of Qt
        self.wished.emit(self.view.name, self.value.value() if is_on else None)

    def _forget(self) -> None:
        self.forgotten.emit(self.view.name)


class GuardsPart(Part):
    """The limits of the workspace, or of one connection."""

    def __init__(self, desk: Desk, *, complain: abc.Callable[[WritebackError], None]) -> None:
        super().__init__(tr("Safety & guards"), explains=tr(EXPLAINS))
        self._desk, self._complain = desk, complain
        self._connections: tuple[ConnectionView, ...] = ()
        self.place = QComboBox()
        self.place.setAccessibleName(tr("Limits of"))
        self.place.setMinimumWidth(240)
        self.place.currentIndexChanged.connect(lambda _place: self.refresh())
        chooser = QFrame()
        chooser.setLayout(row(PlainLabel(tr("Limits of"), role="muted"), self.place, None, gap=3))
        self.add(chooser, lambda: tr(TEXT).casefold(), counts=False)
        self.rows: dict[str, LimitRow] = {}

    def show_connections(self, connections: abc.Sequence[ConnectionView]) -> None:
        """Offer the workspace and each connection."""
        fresh = [("", tr("Whole workspace"))]
        fresh += [(str(one.connection.id), one.connection.name) for one in connections]
        if [self.place.itemData(at) for at in range(self.place.count())] == [one for one, _ in fresh]:
            return
        self.place.blockSignals(True)  # noqa: FBT003  Qt's own
        self.place.clear()
        for name, words in fresh:
            self.place.addItem(one_line(words), name)
        self.place.blockSignals(False)  # noqa: FBT003  Qt's own

    def refresh(self) -> None:
        """Ask for the limits again."""
        place = str(self.place.currentData() or "")
        self._desk.ask(
            self, lambda facade, _act: facade.guard_limits(place), done=self._show, failed=self._complain
        )

    def _show(self, limits: tuple[LimitView, ...]) -> None:
        place = "connection" if self.place.currentData() else ""
        for limit in limits:
            if limit.name not in self.rows:
                made = LimitRow(limit)
                made.wished.connect(self._set)
                made.forgotten.connect(self._forget)
                self.rows[limit.name] = made
                self.add(made, _searched(limit))
            self.rows[limit.name].show_limit(limit, place=place)

    def _set(self, name: str, value: float | None) -> None:
        self._change(((name, value),), ())

    def _forget(self, name: str) -> None:
        self._change((), (name,))

    def _change(self, wished: tuple[tuple[str, float | None], ...], forget: tuple[str, ...]) -> None:
        place = str(self.place.currentData() or "")
        self._desk.ask(
            self,
            lambda facade, act: facade.set_guard_limits(place, wished, forget=forget, act=act),
            done=self._show,
            failed=self._refused,
        )

    def _refused(self, error: WritebackError) -> None:
        self._complain(error)
        self.refresh()


def _searched(limit: LimitView) -> abc.Callable[[], str]:
    return f"{tr(TEXT)} {limit.name} {limit.title} {tr(limit.title)}".casefold
