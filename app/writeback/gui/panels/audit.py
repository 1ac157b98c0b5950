"""Audit: every act with its proof. Who, where, what, from old to new; the chain recomputed, exported, linked.

Reverses go through Review & send like everything else.
"""

from collections import abc
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QWidget

from writeback.errors import WritebackError
from writeback.gui.models.trail import AREA_WORDS, trail_model
from writeback.gui.panels.audit_side import AuditSide
from writeback.gui.panels.panel import Panel
from writeback.gui.tasks import Desk
from writeback.gui.theming.current import sized
from writeback.gui.translating import number, tr
from writeback.gui.widgets.buttons import Button, IconButton
from writeback.gui.widgets.chips import Chip
from writeback.gui.widgets.clearing import clearable
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import PageHead, boxed, column, row, scrolled
from writeback.gui.widgets.splits import Split
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel, one_line
from writeback.model.changes import Origin
from writeback.model.events import EventKind
from writeback.model.types import JobId, RecordId
from writeback.runtime.facade import PlanSource
from writeback.runtime.links import PlaceLink
from writeback.runtime.reading import Reading
from writeback.runtime.trails import Sought, TrailRows, moment_text
from writeback.store.audit import Verification

TYPING_MS: Final = 250
SELF_VERIFIED: Final = 20_000
"""A trail of at most so many entries is verified whenever the screen is opened."""
DAYS: Final = (0, 1, 7, 30, 365)

Found = tuple[TrailRows, tuple[str, ...], tuple[str, ...], tuple[tuple[str, str], ...], tuple[int, str]]


class AuditPanel(Panel):
    """The trail, filtered, and one entry of it."""

    cares_about = frozenset({EventKind.JOB_CHANGED, EventKind.BATCH_SETTLED, EventKind.CONNECTION_CHANGED})

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Audit"), parent=parent)
        self._wanted: int | None = None
        self._verified: Verification | None = None
        self.model = trail_model(desk.now)
        self.table = Table(tr("Audit trail"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._choose())
        self.side = AuditSide(desk, complain=self.complain)
        self.side.reverse.connect(self._reverse)
        self.side.job.connect(lambda job: self.asked.emit("jobs", job))
        self.side.link.connect(self._copy_link)
        self.verify = Button(tr("Verify chain"), picture="check", call=self._verify)
        self.export = Button(tr("Export…"), picture="export", call=self._pick)
        head = PageHead(tr("Audit"), self.verify, self.export)
        area = scrolled(self.side)
        sized(area, lambda px: area.setMinimumWidth(px(332)))
        both = Split(self.table, area, shares=(640, 420))
        self.table.setMinimumWidth(320)
        self.side.setMinimumWidth(320)
        self.states = States(both)
        self.states.retry.connect(self.refresh)
        self.states.acted.connect(self._act_on_nothing)
        body = column(head, self._chain_line(), self._filters(), self.states, gap=3, margin=(8, 5, 8, 6))
        body.setStretch(3, 1)
        self.setLayout(body)
        self.offer("find", "export")

    def _chain_line(self) -> QWidget:
        self.chain = Chip(tr("not verified"), tone="muted")
        self.head = PlainLabel("", role="muted")
        self.head.setAccessibleName(tr("Head of the chain"))
        self.copy = IconButton(tr("Copy the head's hash"), "copy", call=self._copy_head)
        return boxed(row(self.chain, self.head, self.copy, None, gap=2))

    def _filters(self) -> QWidget:
        self.area = self._box(tr("What"), tr("Every act"))
        self.person = self._box(tr("Person"), tr("Everybody"))
        self.crm = self._box(tr("Connection"), tr("Every connection"))
        self.days = self._box(tr("Time"), tr("Any time"))
        for days in DAYS[1:]:
            self.days.addItem(tr("Last %n days", days), str(days))
        self.record = QLineEdit()
        self.record.setAccessibleName(tr("Record"))
        self.record.setPlaceholderText(tr("Id of a record, the CRM's or ours"))
        clearable(self.record)
        self.record.setMinimumWidth(220)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.refresh)
        self.record.textChanged.connect(lambda _text: self._typing.start())
        self.count = PlainLabel("", role="muted")
        self.count.hide()
        return Flowing(self.area, self.person, self.crm, self.days, self.record, self.count)

    def _box(self, name: str, every: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.addItem(every, "")
        box.setMinimumWidth(140)
        box.currentIndexChanged.connect(lambda _place: self.refresh())
        return box

    # for the window

    def open(self, subject: object = None) -> None:
        """Come to the front, maybe for one entry."""
        self._wanted = subject if isinstance(subject, int) else None
        if self._wanted is not None:
            self._empty_filters()
        super().open(subject)

    def first_focus(self) -> QWidget:
        return self.table

    def close_panel(self) -> None:
        self.model.close()
        self.side.close_values()

    def do(self, what: str) -> bool:
        acts: dict[str, abc.Callable[[], object]] = {
            "find": self.record.setFocus,
            "export": self._pick,
            "verify_chain": self._verify,
        }
        if what not in acts:
            return False
        acts[what]()
        return True

    @property
    def _today(self) -> datetime:
        """The minute that is now: a filter that is asked twice is the same."""
        return self.desk.now().replace(second=0, microsecond=0)

    @property
    def sought(self) -> Sought:
        """What the filters ask for."""
        days = int(self.days.currentData() or "0")
        return Sought(
            act=str(self.area.currentData() or ""),
            person=str(self.person.currentData() or ""),
            connection_id=str(self.crm.currentData() or ""),
            record=self.record.text().strip(),
            since=moment_text(self._today - timedelta(days=days)) if days else "",
        )

    def clear(self) -> None:
        """Take all filters away."""
        self._empty_filters()
        self.refresh()

    def _empty_filters(self) -> None:
        for box in (self.area, self.person, self.crm, self.days):
            box.blockSignals(True)  # noqa: FBT003  Qt's own
            box.setCurrentIndex(0)
            box.blockSignals(False)  # noqa: FBT003  Qt's own
        self.record.blockSignals(True)  # noqa: FBT003  Qt's own
        self.record.clear()
        self.record.blockSignals(False)  # noqa: FBT003  Qt's own

    def refresh(self) -> None:
        self.states.loading()
        sought = self.sought

        def read(reads: Reading) -> Found:
            rows = reads.trail(sought)
            rows.build()
            places = tuple((str(one.connection.id), one.connection.name) for one in reads.connections())
            return rows, reads.trail_acts(), reads.trail_persons(), places, reads.trail_head()

        self.desk.read(self, read, done=lambda found: self._show(found, sought), failed=self.states.error)

    # what is shown

    def _show(self, found: Found, sought: Sought) -> None:
        rows, acts, persons, places, (entries, head) = found
        if sought != self.sought:
            return  # another filter was set meanwhile; its answer comes
        areas = sorted({act.partition(".")[0] for act in acts})
        self._offer_choices(self.area, [(area, AREA_WORDS.get(area, area)) for area in areas])
        self._offer_choices(self.person, [(name, name) for name in persons])
        self._offer_choices(self.crm, places)
        self.head.set_text(tr("{entries} entries · head {head}", entries=number(entries), head=head[:16]))
        self.copy.setProperty("head", head)
        chosen = self._wanted or (self.side.line.seq if self.side.line is not None else None)
        self._wanted = None
        self.model.replace_source(rows)
        self.count.set_text(tr("%n entries match", rows.rows))
        self.count.setVisible(not sought.asks_nothing)
        if not rows.rows:
            self._show_nothing(is_filtered=not sought.asks_nothing)
            return
        self._tell_state()
        place = rows.place_of(chosen) if chosen is not None else None
        self.table.go_to(place or 0)
        self._choose()
        if self._verified is None and entries <= SELF_VERIFIED:
            self._verify()

    def _act_on_nothing(self) -> None:
        if self.sought.asks_nothing:
            self.asked.emit("connections", None)
        else:
            self.clear()

    def _show_nothing(self, *, is_filtered: bool) -> None:
        self.side.show_line(None)
        if is_filtered:
            self.states.empty(
                tr("No entry matches"),
                tr("The trail holds every act; these filters leave none."),
                act=tr("Clear filters"),
                picture="filter",
            )
        else:
            self.states.empty(
                tr("Nothing was done yet"),
                tr("Each act becomes an entry: a sign-in, a mapping, a job and what the CRM answered."),
                act=tr("Connect a CRM"),
                picture="review",
            )

    def _tell_state(self) -> None:
        found = self._verified
        if found is None or found.is_whole:
            self.states.ready()
            return
        self.states.partial(
            tr(
                "The chain is broken at entry {entry}. The {good} entries before it are as they were written;"
                " keep the file and compare with a backup. (audit.broken)",
                entry=number(found.broken_at or 0),
                good=number(found.entries),
            ),
            act=tr("Show entry {entry}", entry=number(found.broken_at or 0)),
            call=lambda: self.open(found.broken_at),
        )

    @staticmethod
    def _offer_choices(box: QComboBox, choices: abc.Sequence[tuple[str, str]]) -> None:
        if [box.itemData(at) for at in range(1, box.count())] == [value for value, _ in choices]:
            return
        held = box.currentData()
        box.blockSignals(True)  # noqa: FBT003  Qt's own
        while box.count() > 1:
            box.removeItem(1)
        for value, words in choices:
            box.addItem(one_line(words), value)
        box.setCurrentIndex(max(box.findData(held), 0))
        box.blockSignals(False)  # noqa: FBT003  Qt's own

    def _choose(self) -> None:
        line = self.model.row_at(self.table.currentIndex().row())
        if line is not None and line != self.side.line:
            self.side.show_line(line)

    # what a person wants

    def _verify(self) -> None:
        self.verify.gate(tr("The chain is being recomputed."))
        self.chain.say(tr("being verified"), tone="accent")

        def failed(error: WritebackError) -> None:
            self.verify.gate("")
            self.chain.say(tr("not verified"), tone="muted")
            self.complain(error)

        self.desk.read(self, lambda reads: reads.verify_trail(), done=self._told_chain, failed=failed)

    def _told_chain(self, found: Verification) -> None:
        self.verify.gate("")
        self._verified = found
        if found.is_whole:
            self.chain.say(
                tr("unbroken up to entry {entry}", entry=number(found.entries)), tone="ok", picture="check"
            )
        else:
            self.chain.say(
                tr("broken at entry {entry}", entry=number(found.broken_at or 0)),
                tone="refused",
                picture="warning",
            )
        self._tell_state()

    def _pick(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            tr("Export the audit trail"),
            str(Path.home() / "audit.jsonl"),
            tr("JSON lines (*.jsonl);;CSV (*.csv)"),
        )
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, path: Path) -> None:
        """Write the whole trail into a file, with its head beside it."""
        form = "csv" if path.suffix.lower() == ".csv" else "jsonl"
        self.desk.read(
            self,
            lambda reads: reads.export_trail(path, form=form),
            done=lambda told: self.told.emit(
                tr("%n entries written to {file}; head {head}.", told[0], file=path.name, head=told[1][:16])
            ),
            failed=self.complain,
        )

    def _reverse(self, job_id: str, records: tuple[str, ...]) -> None:
        source = PlanSource(
            kind="undo",
            origin=Origin.UNDO,
            author=self.desk.author,
            job_id=JobId(job_id),
            records=tuple(RecordId(one) for one in records),
        )
        self.asked.emit("review", source)

    def _copy_link(self, seq: int) -> None:
        link = str(PlaceLink("audit", (str(seq),)))
        QGuiApplication.clipboard().setText(link)
        self.told.emit(tr("Copied: {link}", link=link))

    def _copy_head(self) -> None:
        QGuiApplication.clipboard().setText(str(self.copy.property("head") or ""))
        self.told.emit(tr("The head is copied: note it where nobody who can write the file can change it."))
