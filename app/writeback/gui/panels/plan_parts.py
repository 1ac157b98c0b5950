"""The parts of a plan in the review: what goes where, who checks, who sees it."""

from collections import abc
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from writeback.gui.i18n import ROUTE_WORDS, counted
from writeback.gui.widgets.chips import EnvironmentChip, Picture
from writeback.gui.widgets.layouts import boxed, clear, column, row
from writeback.gui.widgets.text import ElidedLabel, PlainLabel, one_line
from writeback.model.connections import Connection
from writeback.model.jobs import Assurance
from writeback.runtime.assurances import assurance_words
from writeback.runtime.consequences import consequences_of
from writeback.runtime.facade import PlanGroup
from writeback.runtime.sentences import sentence_of

LEAST: Final = 84
OTHERS_LEAST: Final = 600
"""Pixels: what the rest of the window needs, so that a plan's rows stay in view."""


class PlanParts(QScrollArea):
    """Cards one above the other, as high as they want where the window leaves it."""

    def __init__(self) -> None:
        super().__init__()
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        self._cards.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        inside.setLayout(self._cards)
        inside.setProperty("box", "page")
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_parts(self, parts: abc.Iterable[QWidget]) -> None:
        """Show these and no others."""
        clear(self._cards)
        for part in parts:
            self._cards.addWidget(part)
        QTimer.singleShot(0, self, self._fit)  # once they are laid out

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        width = self.viewport().width()
        has_width = self._cards.hasHeightForWidth()
        wanted = self._cards.heightForWidth(width) if has_width else self._cards.sizeHint().height()
        height = max(LEAST, min(wanted, self.window().height() - OTHERS_LEAST))
        if height != self.height():
            self.setFixedHeight(height)


def part_card(group: PlanGroup, connection: Connection | None, *, checked: str) -> QWidget:
    """Show one part of a plan; `checked` is when it was compared with the CRM."""
    name = connection.name if connection is not None else str(group.connection_id)
    forecast = ElidedLabel(
        f"{ROUTE_WORDS[group.route].capitalize()} · "
        f"about {counted(group.calls, 'API call', 'API calls')} · "
        f"the check cost {counted(group.read_calls, 'API call', 'API calls')}",
        role="muted",
    )
    forecast.setAlignment(Qt.AlignmentFlag.AlignRight)
    head = row(EnvironmentChip.of(connection), PlainLabel(f"{name} · {group.object}", role="heading"), gap=2)
    head.addWidget(ElidedLabel(", ".join(group.columns), role="muted"), 1)
    head.addWidget(forecast, 2)
    box = column(gap=0, margin=(4, 1, 4, 1))
    box.addLayout(head)
    for told in consequences_of(group, connection=one_line(name)):
        _add(box, Picture("info", tint="conflict", size=16), PlainLabel(told, role="strong", wraps=True))
    shield = Picture("check" if group.assurance is Assurance.A else "info", tint="accent", size=16)
    read = f"the check ({checked})"
    words = assurance_words(group.assurance, one_line(name), read=read, grain_s=group.grain_s)
    _add(box, shield, PlainLabel(words, wraps=True))
    if group.unreached:
        why = sentence_of(group.unreached, {"connection": name, "host": name, "reason": "no answer"})
        waits = (
            f"{one_line(name)} could not be asked: {why.happened} These edits were judged against what "
            "was last read. They wait, and are compared with the CRM before anything is written."
        )
        _add(box, Picture("info", tint="conflict", size=16), PlainLabel(waits, wraps=True))
    return boxed(box, box="card")


def _add(box: QVBoxLayout, picture: QWidget, words: QWidget) -> None:
    line = row(picture, words, gap=2)
    line.setStretch(1, 1)
    box.addLayout(line)
