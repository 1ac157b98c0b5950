"""The fields of a schedule: how often, when, on which days, in which time zone; each with what is wrong."""

from collections import abc
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import Final
from zoneinfo import available_timezones

from PySide6.QtCore import QDate, Qt, QTime, QTimeZone, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QDateEdit,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.field_boxes import from_start, turned
from writeback.gui.widgets.flows import Flowing, may_shrink
from writeback.gui.widgets.layouts import column, titled_line
from writeback.gui.widgets.text import PlainLabel
from writeback.model.changes import Reason
from writeback.model.schedules import Cadence, Schedule
from writeback.planning.scheduling import EVERY_MOST
from writeback.runtime.schedule_words import DAY_WORDS
from writeback.runtime.sentences import sentence_of

CADENCE_WORDS: Final = Words(
    {
        Cadence.ONCE: mark("Once"),
        Cadence.MINUTES: mark("Every so many minutes"),
        Cadence.HOURLY: mark("Every hour"),
        Cadence.DAILY: mark("Every day"),
        Cadence.WORKDAYS: mark("Monday to Friday"),
        Cadence.WEEKLY: mark("On days of the week"),
        Cadence.MONTHLY: mark("Every month"),
        Cadence.CRON: mark("Cron expression"),
    }
)
_ROWS: Final[abc.Mapping[Cadence, tuple[str, ...]]] = {
    Cadence.ONCE: ("on", "at"),
    Cadence.MINUTES: ("every",),
    Cadence.HOURLY: ("minute",),
    Cadence.DAILY: ("at",),
    Cadence.WORKDAYS: ("at",),
    Cadence.WEEKLY: ("days", "at"),
    Cadence.MONTHLY: ("day", "at"),
    Cadence.CRON: ("cron",),
}
"""Which fields a cadence uses."""


@cache
def zone_names() -> tuple[str, ...]:
    """Give the time zones that a person may mean, by name."""
    return ("UTC", *sorted(name for name in available_timezones() if "/" in name and name[0].isupper()))


def clock_edit(name: str) -> QTimeEdit:
    """Make a field for a time of day."""
    made = turned(QTimeEdit())
    made.setDisplayFormat("HH:mm")
    made.setAccessibleName(name)
    return made


def time_of(edit: QTimeEdit) -> time:
    """Give the time that stands in a field."""
    return time(edit.time().hour(), edit.time().minute())


@dataclass(slots=True)
class _Row:
    """A field with what is wrong with it."""

    field: QWidget
    holder: QWidget
    error: PlainLabel


class CadenceForm(QWidget):
    """When something is due. Blackouts and catching up stand elsewhere.

    Signals:
        changed: A person chose something else.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cadence = QComboBox()
        self.cadence.setAccessibleName(tr("How often"))
        for cadence, words in CADENCE_WORDS.items():
            self.cadence.addItem(words, cadence.value)
        self._make_fields()
        self._lines = QFormLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setVerticalSpacing(8)
        self._rows: dict[str, _Row] = {}
        for name, title, field in (
            ("cadence", tr("How often"), self.cadence),
            ("on", tr("Day"), self.on),
            ("every", tr("Minutes between"), self.every),
            ("days", tr("Days"), self.days),
            ("day", tr("Day of the month"), self.day),
            ("cron", tr("Expression"), self._cron_field()),
            ("at", tr("Time"), self.at),
            ("minute", tr("Minute of the hour"), self.minute),
            ("zone", tr("Time zone"), self.zone),
        ):
            error = PlainLabel(tone="refused", wraps=True)
            error.hide()
            holder = QWidget()
            holder.setLayout(column(field, error, gap=1))
            self._rows[name] = _Row(field, holder, error)
            titled_line(self._lines, title, holder)
        self.setLayout(self._lines)
        self._fit()
        self._connect()

    def _make_fields(self) -> None:
        self.at = clock_edit(tr("Time"))
        self.on = turned(QDateEdit())
        self.on.setCalendarPopup(True)
        self.on.setDisplayFormat("yyyy-MM-dd")
        self.on.setAccessibleName(tr("Day"))
        self.every = turned(QSpinBox())
        self.every.setRange(1, EVERY_MOST)
        self.every.setAccessibleName(tr("Minutes between"))
        self.minute = turned(QSpinBox())
        self.minute.setRange(0, 59)
        self.minute.setAccessibleName(tr("Minute of the hour"))
        self.day = turned(QSpinBox())
        self.day.setRange(1, 31)
        self.day.setAccessibleName(tr("Day of the month"))
        self.boxes = [QCheckBox(words) for words in DAY_WORDS.values()]
        self.days = Flowing(*self.boxes)
        self.cron = QLineEdit()
        self.cron.setPlaceholderText("30 6 * * 1-5")
        self.cron.setAccessibleName(tr("Cron expression"))
        self.zone = may_shrink(QComboBox())
        self.zone.setEditable(True)
        from_start(self.zone)
        self.zone.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.zone.setAccessibleName(tr("Time zone"))
        self.zone.addItems(zone_names())
        found = QCompleter(self.zone.model(), self.zone)
        found.setFilterMode(Qt.MatchFlag.MatchContains)
        found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        found.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.zone.setCompleter(found)

    def _cron_field(self) -> QWidget:
        words = tr("minute, hour, day of the month, month, day of the week (0 is Sunday)")
        holder = QWidget()
        holder.setLayout(column(self.cron, PlainLabel(words, role="caption", wraps=True), gap=1))
        return holder

    def _connect(self) -> None:
        self.cadence.currentIndexChanged.connect(lambda _place: self._fit())
        for signal in (
            self.cadence.currentIndexChanged,
            self.at.timeChanged,
            self.on.dateChanged,
            self.every.valueChanged,
            self.minute.valueChanged,
            self.day.valueChanged,
            self.cron.textChanged,
            self.zone.editTextChanged,
            *(box.toggled for box in self.boxes),
        ):
            signal.connect(lambda _value: self.changed.emit())

    def _fit(self) -> None:
        """Show the fields of the chosen cadence."""
        used = (*_ROWS[Cadence(self.cadence.currentData())], "cadence", "zone")
        for name, row in self._rows.items():
            self._lines.setRowVisible(row.holder, name in used)

    def show_schedule(self, schedule: Schedule) -> None:
        """Show a schedule."""
        self.at.setTime(QTime(schedule.at.hour, schedule.at.minute))
        self.minute.setValue(schedule.at.minute)
        day = schedule.on
        self.on.setDate(QDate(day.year, day.month, day.day) if day else QDate.currentDate().addDays(1))
        self.every.setValue(schedule.every or 60)
        self.day.setValue(schedule.day)
        for place, box in enumerate(self.boxes):
            box.setChecked(place in schedule.days)
        self.cron.setText(schedule.cron)
        self.zone.setCurrentText(schedule.zone)
        self.cadence.setCurrentIndex(max(self.cadence.findData(schedule.cadence.value), 0))

    def schedule(self) -> Schedule:
        """Give what is chosen; it may have problems."""
        cadence = Cadence(self.cadence.currentData())
        used = _ROWS[cadence]
        at = time_of(self.at) if "at" in used else time(0, 0)
        return Schedule(
            cadence,
            zone=self.zone.currentText().strip(),
            at=time(0, self.minute.value()) if "minute" in used else at,
            on=self._day() if "on" in used else None,
            every=self.every.value() if "every" in used else 0,
            days=tuple(place for place, box in enumerate(self.boxes) if box.isChecked())
            if "days" in used
            else (),
            day=self.day.value() if "day" in used else 1,
            cron=self.cron.text().strip() if "cron" in used else "",
        )

    def _day(self) -> date:
        chosen = self.on.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def show_problems(self, problems: abc.Sequence[tuple[str, Reason]]) -> None:
        """Say at each field what is wrong with it; what has no field here is not said."""
        told = dict(reversed(problems))
        for name, row in self._rows.items():
            reason = told.get(name)
            sentence = sentence_of(reason.code, dict(reason.facts)) if reason is not None else None
            row.error.set_text(f"{sentence.happened} {sentence.advice}" if sentence is not None else "")
            row.error.setVisible(sentence is not None)

    def has_field(self, name: str) -> bool:
        """Say whether a problem of this field is said here."""
        return name in self._rows


def own_zone() -> str:
    """Give this computer's time zone by its name."""
    return bytes(QTimeZone.systemTimeZoneId().data()).decode() or "UTC"
