"""The parts of a plan in the review: what goes where, who checks, who sees it."""

from collections import abc

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from writeback.gui.panels.plan_ways import Chosen, WaysButton
from writeback.gui.theming.current import theming
from writeback.gui.translating import tr
from writeback.gui.widgets.chips import EnvironmentChip, Picture
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import boxed, clear, column, row
from writeback.gui.widgets.text import ElidedLabel, PlainLabel, one_line, sentence_like
from writeback.model.connections import Connection
from writeback.model.guards import Strike
from writeback.model.jobs import Assurance
from writeback.runtime.assurances import assurance_words
from writeback.runtime.consequences import consequences_of
from writeback.runtime.facade import PlanGroup
from writeback.runtime.plan_words import automation_words, forecast_words, guard_words
from writeback.runtime.sentences import sentence_of

PARTS_LEAST = 96
"""So much of the cards is seen at least."""
PARTS_LOW = 36
"""In a low window: the head of the first card; the rest is scrolled to, so that the lines have room."""


class PlanParts(QVBoxLayout):
    """Cards one above the other. A layout, so that its lines keep the height they need at this width.

    Signals:
        shown: Other cards are shown.
    """

    shown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(8)

    def show_parts(self, parts: abc.Iterable[QWidget]) -> None:
        """Show these and no others."""
        clear(self)
        for part in parts:
            self.addWidget(part)
        self.shown.emit()


class PartsArea(QScrollArea):
    """The cards: no higher than they are; of what there is they and the lines below have each a share."""

    def __init__(self, parts: PlanParts) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._parts = parts
        self._least, self._is_low = PARTS_LEAST, False
        inside = QWidget()
        inside.setProperty("box", "page")
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 4, 0)
        box.addLayout(parts)
        box.addStretch(1)
        self.setWidget(inside)
        parts.shown.connect(self._fit)

    def sizeHint(self) -> QSize:
        width = max(self.viewport().width() - 4, 200)
        return QSize(width, self._parts.totalHeightForWidth(width) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, min(theming().theme.px(self._least), self.sizeHint().height()))

    def be_low(self, *, is_low: bool) -> None:
        """Leave the room of a low window to the lines below."""
        self._least = PARTS_LOW if is_low else PARTS_LEAST
        self._is_low = is_low
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Be no higher than the cards are."""
        least = self.minimumSizeHint().height()
        self.setMaximumHeight(least if self._is_low else self.sizeHint().height())
        self.setMinimumHeight(self.minimumSizeHint().height())


def part_card(group: PlanGroup, connection: Connection | None, *, checked: str, chosen: Chosen) -> QWidget:
    """Show one part of a plan.

    Args:
        group: The part.
        connection: Where it goes.
        checked: When it was compared with the CRM.
        chosen: Called when a person wants another way for it.
    """
    name = connection.name if connection is not None else str(group.connection_id)
    where = row(EnvironmentChip.of(connection), PlainLabel(f"{name} · {group.object}", role="heading"), gap=2)
    box = column(gap=0, margin=(4, 1, 4, 1))
    box.addWidget(Flowing(boxed(where), WaysButton(group, chosen=chosen)))
    box.addWidget(ElidedLabel(", ".join(group.columns), role="muted"))
    for strike in group.guards:
        _add(box, Picture("warning", tint="refused", size=16), PlainLabel(_strike_words(strike), wraps=True))
    for told in consequences_of(group, connection=one_line(name)):
        _add(box, Picture("info", tint="conflict", size=16), PlainLabel(told, role="strong", wraps=True))
    shield = Picture("check" if group.assurance is Assurance.A else "info", tint="accent", size=16)
    read = tr("the check ({checked})", checked=checked)
    if group.creates_by:
        made = tr("%n new records, each with its own {field}", group.send, field=one_line(group.creates_by))
        _add(box, Picture("plus", tint="accent", size=16), PlainLabel(made, role="strong", wraps=True))
    words = assurance_words(
        group.assurance, one_line(name), read=read, grain_s=group.grain_s, creates_by=group.creates_by
    )
    _add(box, shield, PlainLabel(words, wraps=True))
    if group.unreached:
        why = sentence_of(group.unreached, {"connection": name, "host": name, "reason": tr("no answer")})
        waits = tr(
            "{name} could not be asked: {happened} These edits were judged against "
            "what was last read. They wait, and are compared with the CRM before "
            "anything is written.",
            name=one_line(name),
            happened=why.happened,
        )
        _add(box, Picture("info", tint="conflict", size=16), PlainLabel(waits, wraps=True))
    if group.send:
        is_enough = group.forecast is None or group.forecast.is_enough
        clock = Picture("clock", tint="muted" if is_enough else "refused", size=16)
        _add(box, clock, PlainLabel(_cost_words(group), wraps=True))
        _add(box, Picture("wand", tint="muted", size=16), PlainLabel(automation_words(group), wraps=True))
    return boxed(box, box="card")


def _strike_words(strike: Strike) -> str:
    overridden = (
        tr(" Overridden by {overridden_by}.", overridden_by=one_line(strike.overridden_by))
        if strike.overridden_by
        else ""
    )
    return f"{guard_words(strike)}{overridden}"


def _cost_words(group: PlanGroup) -> str:
    words = forecast_words(group) or tr("about %n API calls.", group.calls)
    return f"{sentence_like(words)} {tr('The check cost %n API calls.', group.read_calls)}"


def _add(box: QVBoxLayout, picture: QWidget, words: QWidget) -> None:
    line = row(picture, words, gap=2)
    line.setStretch(1, 1)
    box.addLayout(line)
