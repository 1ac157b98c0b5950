"""The history of a record's values: newest first, by attribute, with every CRM's answer."""

from collections import abc
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from writeback.gui.i18n import HISTORY_WORDS, NOT_SET, moment, shown
from writeback.gui.models.jobs import OUTCOME_TEXTS, OUTCOME_TONES, said
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.chips import Chip
from writeback.gui.widgets.layouts import clear, column, line, row
from writeback.gui.widgets.text import ElidedLabel, PlainLabel, one_line
from writeback.model.changes import Origin
from writeback.model.histories import HistoryKind
from writeback.model.types import AttributeType, Value
from writeback.runtime.histories import HistoryAnswer, HistoryEntry
from writeback.runtime.views import AttributeView

SHOWN: Final = 20
"""So many entries are built at once; *Show more* builds as many again."""


class Timeline(QFrame):
    """A card of what happened to the values of one record.

    Signals:
        put_back: A person wants the value that an entry tells as *old*; carries the `HistoryEntry`.
    """

    put_back = Signal(object)

    def __init__(self, now: abc.Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "card")
        self.setAccessibleName(tr("History"))
        self._now = now
        self._entries: tuple[HistoryEntry, ...] = ()
        self._views: dict[str, AttributeView] = {}
        self._held: dict[str, Value] = {}
        self._most = SHOWN
        self.attribute = QComboBox()
        self.attribute.setAccessibleName(tr("Show the history of"))
        self.attribute.currentIndexChanged.connect(self._refilter)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(10)
        self._more = Button(tr("Show more"), kind="quiet", call=self._show_more)
        body = column(
            PlainLabel(tr("History"), role="heading"), self.attribute, 1, gap=2, margin=(5, 4, 5, 4)
        )
        body.addLayout(self._lines)
        body.addWidget(self._more)
        self.setLayout(body)

    def show_history(
        self,
        entries: abc.Sequence[HistoryEntry],
        views: abc.Iterable[AttributeView],
        held: abc.Mapping[str, Value],
    ) -> None:
        """Show these entries; `held` is what the record holds now, by attribute."""
        known = {view.attribute.name: view for view in views}
        told = (tuple(entries), known, dict(held))
        if told == (self._entries, self._views, self._held):
            return  # nothing new: what has the focus keeps it
        self._entries, self._views, self._held = told
        chosen = self.attribute.currentData()
        blocked = QSignalBlocker(self.attribute)
        self.attribute.clear()
        self.attribute.addItem(tr("All attributes"), "")
        for name in sorted({entry.attribute for entry in entries}, key=self._title):
            self.attribute.addItem(one_line(self._title(name)), name)
        self.attribute.setCurrentIndex(max(self.attribute.findData(chosen), 0))
        blocked.unblock()
        self.attribute.setVisible(self.attribute.count() > 2)
        self._build()

    def show_attribute(self, name: str) -> None:
        """Show the history of one attribute only."""
        self.attribute.setCurrentIndex(max(self.attribute.findData(name), 0))

    def _title(self, name: str) -> str:
        return self._views[name].attribute.title if name in self._views else name

    def _refilter(self) -> None:
        self._most = SHOWN
        self._build()

    def _show_more(self) -> None:
        self._most += SHOWN
        self._build()

    def _build(self) -> None:
        clear(self._lines)
        name = self.attribute.currentData() or ""
        mine = [entry for entry in self._entries if name in ("", entry.attribute)]
        if not mine:
            words = tr("Nothing has changed since the record was first read.")
            self._lines.addWidget(PlainLabel(words, role="muted", wraps=True))
        for place, entry in enumerate(mine[: self._most]):
            if place:
                self._lines.addWidget(line())
            self._lines.addWidget(self._entry(entry))
        self._more.setVisible(len(mine) > self._most)

    def _entry(self, entry: HistoryEntry) -> QWidget:
        by = tr(" by {author}", author=entry.author) if entry.author else ""
        number = tr(" · job {entry}", entry=entry.number) if entry.number else ""
        box = column(gap=1)
        head = row(ElidedLabel(f"{moment(entry.at, now=self._now())}{by}{number}", role="caption"))
        head.addWidget(Chip(HISTORY_WORDS[entry.kind], tone=_TONES.get(entry.kind, "muted")))
        box.addLayout(head)
        box.addWidget(ElidedLabel(self._title(entry.attribute), role="strong"))
        old, new = self._words(entry.attribute, entry.old), self._words(entry.attribute, entry.new)
        box.addWidget(ElidedLabel(f"{old or tr(NOT_SET)} → {new or tr(NOT_SET)}"))
        if words := _why(entry):
            box.addWidget(PlainLabel(words, role="muted", wraps=True))
        for answer in entry.answers:
            box.addLayout(_answer(answer))
            if told := answer.message or said(answer.code, answer.facts):
                box.addWidget(PlainLabel(f"“{told}”" if answer.message else told, role="muted", wraps=True))
        if self._can_put_back(entry):
            button = Button(
                tr("Put back {old}", old=old or tr(NOT_SET)),
                kind="quiet",
                picture="undo",
                call=partial(self.put_back.emit, entry),
            )
            button.setAccessibleName(
                one_line(
                    tr(
                        "Put {title} back to {old}",
                        title=self._title(entry.attribute),
                        old=old or tr(NOT_SET),
                    )
                )
            )
            box.addLayout(row(button, None))
        holder = QWidget()
        holder.setLayout(box)
        return holder

    def _can_put_back(self, entry: HistoryEntry) -> bool:
        view = self._views.get(entry.attribute)
        if view is None or view.lock is not None or entry.kind is HistoryKind.DRAFT:
            return False
        return entry.old != self._held.get(entry.attribute)

    def _words(self, name: str, value: Value) -> str:
        view = self._views.get(name)
        if view is None:
            return shown(value, AttributeType.TEXT)
        labels = {option.value: option.label for option in view.attribute.options}
        return shown(value, view.attribute.kind, labels)


_TONES: Final[abc.Mapping[HistoryKind, str]] = {
    HistoryKind.DRAFT: "draft",
    HistoryKind.WRITTEN: "accent",
    HistoryKind.AUTOMATION: "conflict",
    HistoryKind.DECIDED: "conflict",
}


def _why(entry: HistoryEntry) -> str:
    """Say why it happened and from where, where that says more than the chip."""
    if entry.kind in (HistoryKind.PULLED, HistoryKind.READ_BACK, HistoryKind.AUTOMATION):
        told = [tr("from {source}", source=entry.source)] if entry.source else []
    else:
        told = [
            "undo"
            if entry.origin == Origin.UNDO
            else tr("from {replace}", replace=entry.origin.replace("_", " "))
        ]
        if entry.source not in (entry.origin, ""):
            told.append(entry.source)
    return " · ".join([*told, *([entry.reason] if entry.reason else [])])


def _answer(answer: HistoryAnswer) -> QHBoxLayout:
    return row(
        ElidedLabel(answer.connection, role="muted"),
        Chip(
            OUTCOME_TEXTS.get(answer.outcome, answer.outcome), tone=OUTCOME_TONES.get(answer.outcome, "muted")
        ),
    )
