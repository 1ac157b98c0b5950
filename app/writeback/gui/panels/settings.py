"""Settings: one page that a search runs over, from the theme to the backups.

What belongs to the person stands in their settings file and takes effect at once, or says when; what
belongs to the workspace (guards, retention) is asked of the façade. Compared with the settings of VS Code:
one list, a search that hides the rest, a mark for what was changed, its way back beside it.
"""

from collections import abc
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, QTimer
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from writeback.errors import ConfigurationError
from writeback.gui.dialogs.messages import ask
from writeback.gui.panels.panel import Panel
from writeback.gui.panels.setting_bells import BellsPart
from writeback.gui.panels.setting_channels import ChannelsPart
from writeback.gui.panels.setting_configuration import ConfigurationPart
from writeback.gui.panels.setting_guards import GuardsPart
from writeback.gui.panels.setting_reports import ReportPart
from writeback.gui.panels.setting_trash import DeletedPart
from writeback.gui.panels.setting_unasked import UnaskedPart
from writeback.gui.panels.setting_upkeep import BackupsPart, RetentionPart
from writeback.gui.preferring import preferring
from writeback.gui.tasks import Desk
from writeback.gui.translating import Words, mark, number, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.clearing import clearable
from writeback.gui.widgets.layouts import GRID, PageHead, boxed, column, row, scrolled
from writeback.gui.widgets.setting_rows import Part, SettingRow
from writeback.gui.widgets.states import States
from writeback.gui.widgets.text import PlainLabel
from writeback.model.events import EventKind
from writeback.preferences import KEYS
from writeback.preferences.files import locked_by
from writeback.preferences.keys import Starts
from writeback.preferences.muting import moment_of
from writeback.runtime.sentences import sentence_of
from writeback.runtime.views import ConnectionView

AREAS: Final = Words(
    {
        "appearance": mark("Appearance"),
        "language": mark("Language & formats"),
        "notifications": mark("Notices"),
        "network": mark("Network"),
        "worker": mark("Worker"),
    }
)
FIRST: Final = ("appearance", "language")
LATER: Final = ("network", "worker")
KEYBOARD: Final = mark("shortcut keys keyboard remap hotkey")
RESET: Final = mark("reset default factory again")
RESTART: Final = mark("It holds from the next start of the window.")


@dataclass(frozen=True, slots=True)
class _Below:
    """The parts that the panel speaks with after they are made."""

    guards: GuardsPart
    channels: ChannelsPart
    bells: BellsPart
    retention: RetentionPart
    backups: BackupsPart
    configuration: ConfigurationPart
    report: ReportPart
    deleted: DeletedPart
    unasked: UnaskedPart


class SettingsPanel(Panel):
    """All settings, and a search over them."""

    cares_about = frozenset({EventKind.CONNECTION_CHANGED, EventKind.SEGMENT_CHANGED, EventKind.FORM_CHANGED})

    def __init__(self, desk: Desk, *, workspace: Path, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Settings"), parent=parent)
        self.rows: dict[str, SettingRow] = {}
        self._workspace = workspace
        self._connections: tuple[ConnectionView, ...] | None = None
        self._below: _Below | None = None
        self.parts: tuple[Part, ...] = (*(self._area(area) for area in FIRST), self._keyboard())
        self._lay_out()
        preferring().changed.connect(self._show_preferences)
        preferring().troubled.connect(self.complain)
        self.offer("find")
        self._show_preferences()

    def _lay_out(self) -> None:
        self.search = QLineEdit()
        self.search.setAccessibleName(tr("Search settings"))
        self.search.setPlaceholderText(tr("Search settings (Ctrl+F)"))
        clearable(self.search)
        self.search.textChanged.connect(lambda _text: self._seek())
        self.found = PlainLabel("", role="muted")
        self.found.hide()
        self.index = QListWidget()
        self.index.setAccessibleName(tr("Parts of the settings"))
        self.index.setFixedWidth(184)
        self._list(self.parts)
        self.index.setCurrentRow(0)
        self.index.currentRowChanged.connect(self._go_to)
        page = QWidget()
        self._page = column(*self.parts, None, gap=2, margin=(2, 0, 4, 2))
        page.setLayout(self._page)
        self._area_of = scrolled(page)
        self._area_of.verticalScrollBar().valueChanged.connect(self._mark)
        both = row(self.index, gap=4)
        both.addWidget(self._area_of, 1)
        self.states = States(boxed(both))
        self.states.retry.connect(self.refresh)
        self.states.acted.connect(self.search.clear)
        head = PageHead(
            tr("Settings"),
            explains=tr(
                "What stands here holds on this computer; guards and retention belong to the workspace."
            ),
        )
        top = row(gap=3)
        top.addWidget(self.search, 1)
        top.addWidget(self.found)
        self.setLayout(column(head, boxed(top), self.states, gap=4, margin=(8, 5, 8, 6)))

    def _list(self, parts: abc.Sequence[Part]) -> None:
        for part in parts:
            self.index.addItem(part.title)
            self.index.item(self.index.count() - 1).setSizeHint(QSize(0, 28))

    @property
    def below(self) -> "_Below":
        """What stands below the first parts, made when it is first needed: those fill any window."""
        if self._below is not None:
            return self._below
        below = self._below = self._made_below()
        parts = (
            below.guards,
            self._area("notifications"),
            below.channels,
            below.bells,
            below.retention,
            below.backups,
            below.configuration,
            *(self._area(area) for area in LATER),
            below.report,
            below.deleted,
            below.unasked,
            self._start_anew(),
        )
        for part in parts:
            self._page.insertWidget(self._page.count() - 1, part)
        self.parts += parts
        self._list(parts)
        self._page.activate()  # a choice in the index asks where they stand
        self._show_preferences()
        self._show_below()
        self._tell_state()
        return below

    def _made_below(self) -> "_Below":
        made = _Below(
            GuardsPart(self.desk, complain=self.complain),
            ChannelsPart(self.desk, complain=self.complain),
            BellsPart(complain=self.complain),
            RetentionPart(self.desk, complain=self.complain),
            BackupsPart(self.desk, workspace=self._workspace, complain=self.complain),
            ConfigurationPart(self.desk, workspace=self._workspace, complain=self.complain),
            ReportPart(self.desk, complain=self.complain),
            DeletedPart(self.desk, complain=self.complain),
            UnaskedPart(complain=self.complain),
        )
        daily = self._row("backups.daily")
        made.backups.add(daily, lambda: daily.searched)
        made.backups.looked.connect(self._tell_state)
        made.backups.opened.connect(lambda path: self.asked.emit("do:open_workspace", path))
        for part in (made.backups, made.configuration, made.deleted, made.report):
            part.told.connect(self.told)
        return made

    # for the window

    def open(self, subject: object = None) -> None:
        """Come to the front; a subject is what to search for."""
        if isinstance(subject, str):
            self.search.setText(subject)
        super().open(subject)

    def first_focus(self) -> QWidget:
        return self.search

    def do(self, what: str) -> bool:
        if what != "find":
            return False
        self.search.setFocus()
        self.search.selectAll()
        return True

    def refresh(self) -> None:
        self.states.loading()
        preferring().look()
        self._show_preferences()
        self.desk.read(self, lambda reads: reads.connections(), done=self._show, failed=self.states.error)

    def on_events(self, kinds: frozenset[EventKind]) -> None:
        if EventKind.NOTICE_SENT in kinds and self.isVisible():
            self.below.channels.refresh()
        super().on_events(kinds)

    # what is shown

    def _show(self, connections: tuple[ConnectionView, ...]) -> None:
        self._connections = connections
        if self._below is not None:
            self._show_below()
        self._tell_state()
        QTimer.singleShot(0, self, lambda: self.below)

    def _show_below(self) -> None:
        below, connections = self._below, self._connections
        if below is None or connections is None:
            return
        for told in (below.guards, below.bells, below.channels):
            told.show_connections(connections)
        for read in (below.guards, below.channels, below.retention, below.backups, below.deleted):
            read.refresh()

    def _tell_state(self) -> None:
        below = self.below if self._words else self._below
        found = sum(part.seek(self._words) for part in self.parts)
        problems = preferring().current.problems
        if not found:
            self.states.empty(
                tr("No setting matches"),
                tr("The search looks into names, explanations and what they are called elsewhere."),
                act=tr("Clear search"),
                picture="search",
            )
        elif problems:
            first = problems[0]
            self.states.partial(f"{sentence_of(first.code, first.facts)} ({first.code})")
        elif below is not None and below.backups.damaged:
            damaged, every = below.backups.damaged, len(below.backups.model.rows)
            self.states.partial(
                tr("No backup is whole. Make a new one, and check the disk.")
                if damaged == every
                else tr(
                    "{count} of {all} backups are damaged; the others can be restored.",
                    count=number(damaged),
                    all=number(every),
                ),
                act=tr("Show"),
                call=lambda: self.search.setText(self.below.backups.title),
            )
        else:
            self.states.ready()
        self.found.set_text(tr("%n settings", found))
        self.found.setVisible(bool(self._words and found))
        for place, part in enumerate(self.parts):
            self.index.item(place).setHidden(part.isHidden())

    @property
    def _words(self) -> tuple[str, ...]:
        return tuple(self.search.text().casefold().split())

    def _seek(self) -> None:
        self._tell_state()

    def _go_to(self, place: int) -> None:
        part = self.parts[place] if 0 <= place < len(self.parts) else None
        if part is not None:
            self._area_of.verticalScrollBar().setValue(part.pos().y())

    def _mark(self, seen_from: int) -> None:
        """Mark in the index what stands at the top; what never comes there is marked by its click."""
        if 0 < self._area_of.verticalScrollBar().maximum() == seen_from:
            return
        above = [
            place
            for place, part in enumerate(self.parts)
            if not part.isHidden() and part.y() <= seen_from + GRID
        ]
        with QSignalBlocker(self.index):
            self.index.setCurrentRow(above[-1] if above else 0)

    def _show_preferences(self, _names: object = None) -> None:
        current = preferring().current
        for name, line in self.rows.items():
            line.show_value(
                current.get(name), source=current.source(name), locked_by=locked_by(current, line.key)
            )

    # the parts that preferences make

    def _row(self, name: str) -> SettingRow:
        key = next(key for key in KEYS if key.name == name)
        made = SettingRow(key)
        made.wished.connect(lambda value: self._set(name, value))
        made.reset.connect(lambda: self._reset((name,)))
        made.preset.connect(lambda word: self._set(name, moment_of(word, now=self.desk.now().astimezone())))
        self.rows[name] = made
        return made

    def _area(self, area: str) -> Part:
        part = Part(AREAS[area])
        for key in KEYS:
            if key.area == area and key.is_shown:
                made = self._row(key.name)
                part.add(made, _searched(made))
        return part

    def _keyboard(self) -> Part:
        part = Part(tr("Keyboard"), explains=tr("Every action has its key; the sheet shows them."))
        sheet = Button(tr("Keys…"), picture="key", call=lambda: self.asked.emit("do:keys", None))
        part.add(boxed(row(sheet, None)), lambda: tr(KEYBOARD).casefold())
        return part

    def _start_anew(self) -> Part:
        part = Part(
            tr("Reset"),
            explains=tr("All settings of yours as we ship them. The workspace's guards and retention stay."),
        )
        again = Button(tr("Reset all settings…"), kind="danger", call=self._ask_to_reset)
        part.add(boxed(row(again, None)), lambda: tr(RESET).casefold())
        return part

    # what a person wants

    def _set(self, name: str, value: object) -> None:
        line, current = self.rows[name], preferring().current
        if value == current.get(name):
            return
        try:
            preferring().put({name: value})
        except ConfigurationError as error:
            self._show_preferences()
            line.complain(f"{sentence_of(error.code, error.facts)} ({error.code})")
            return
        if line.key.starts is Starts.NEXT_START:
            line.complain(tr(RESTART), tone="draft")

    def _reset(self, names: abc.Sequence[str]) -> None:
        try:
            preferring().reset(names)
        except ConfigurationError as error:
            self.complain(error)

    def _ask_to_reset(self) -> None:
        ask(
            self.window(),
            tr("Reset all settings?"),
            tr("Theme, language, keys, notices, network and worker become as we ship them."),
            act=tr("Reset all settings"),
            call=lambda: self._reset(()),
        )


def _searched(line: SettingRow) -> abc.Callable[[], str]:
    return lambda: line.searched
