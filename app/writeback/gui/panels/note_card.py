"""The notes of one record, as a card of its profile: written, changed, taken away and had back here."""

from collections import abc
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from writeback.errors import WritebackError
from writeback.gui.dialogs.note_text import NoteDialog, NoteHistoryDialog
from writeback.gui.i18n import moment
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button, IconButton
from writeback.gui.widgets.layouts import clear, column, row
from writeback.gui.widgets.text import ElidedLabel, PlainLabel, one_line
from writeback.model.notes import Note
from writeback.model.types import RecordId
from writeback.runtime.facade import Facade

MOST = 5
"""So many notes stand on the card before the rest is asked for."""


class NoteCard(QFrame):
    """A card of notes.

    Signals:
        changed: A note was written, changed or taken away.
        failed: It could not be; carries the `WritebackError`.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "card")
        self.setAccessibleName(tr("Notes of the record"))
        self._desk = desk
        self._record = ""
        self._shown: tuple[Note, ...] | None = None
        self._most = MOST
        self._gone: Note | None = None
        self.dialog: NoteDialog | NoteHistoryDialog | None = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.add = Button(tr("Write a note…"), kind="quiet", picture="plus", call=self._write)
        self.undo = Button(tr("Have the note back"), kind="quiet", picture="undo", call=self._have_back)
        self.undo.hide()
        self._more = Button(tr("Show more"), kind="quiet", call=self._show_more)
        body = column(PlainLabel(tr("Notes"), role="heading"), gap=2, margin=(5, 4, 5, 4))
        body.addLayout(self._lines)
        body.addLayout(row(self.add, self.undo, self._more, None))
        self.setLayout(body)
        self.hide()

    def show_notes(self, record: str, notes: tuple[Note, ...], *, lacking: str = "") -> None:
        """Show a record's notes; the same ones keep the focus. `lacking` says why none can be written."""
        if record != self._record:
            self._record, self._most, self._gone = record, MOST, None
            self._shown = None
        self.show()
        self.add.gate(lacking)
        self.undo.setVisible(self._gone is not None)
        if notes != self._shown:
            self._shown = notes
            self._build()

    def forget(self) -> None:
        """Show nothing: there is no record."""
        self._record, self._shown, self._gone = "", None, None
        self.hide()

    # inside

    def _build(self) -> None:
        clear(self._lines)
        notes = self._shown or ()
        if not notes:
            words = tr("Nobody has written anything down. Notes stay here and are written to no CRM.")
            self._lines.addWidget(PlainLabel(words, role="muted", wraps=True))
        for note in notes[: self._most]:
            self._lines.addWidget(self._line(note))
        self._more.setVisible(len(notes) > self._most)

    def _line(self, note: Note) -> QWidget:
        when = moment(note.at, now=self._desk.now())
        changed = tr(" · changed") if note.version > 1 else ""
        head = row(gap=1)
        head.addWidget(ElidedLabel(f"{when} · {note.author}{changed}", role="caption"), 1)
        about = one_line(note.text, 40)
        acts: list[tuple[str, str, abc.Callable[[Note], None]]] = [
            (tr("Change the note: {text}", text=about), "pencil", self._change),
            (tr("Take the note away: {text}", text=about), "trash", self._remove),
        ]
        if note.version > 1:
            acts.insert(0, (tr("History of the note: {text}", text=about), "clock", self._tell_history))
        for name, picture, call in acts:
            head.addWidget(IconButton(name, picture, call=partial(call, note)))
        box = column(gap=0)
        box.addLayout(head)
        box.addWidget(PlainLabel(note.text, wraps=True))
        holder = QWidget()
        holder.setLayout(box)
        return holder

    def _show_more(self) -> None:
        self._most += MOST
        self._build()

    # acts

    def _write(self) -> None:
        record, author = RecordId(self._record), self._desk.author
        self.dialog = NoteDialog(
            tr("Write a note"),
            call=lambda text: self._ask(
                lambda facade, act: facade.write_note(record, text, author=author, act=act)
            ),
            parent=self,
        )
        self.dialog.open()

    def _change(self, note: Note) -> None:
        self.dialog = NoteDialog(
            tr("Change the note"), start=note.text, call=partial(self._put, note), parent=self
        )
        self.dialog.open()

    def _put(self, note: Note, text: str) -> None:
        author = self._desk.author
        self._ask(lambda facade, act: facade.change_note(note.id, text, author=author, act=act))

    def _remove(self, note: Note) -> None:
        author = self._desk.author
        self._gone = note
        self._ask(lambda facade, act: facade.remove_note(note.id, author=author, act=act))

    def _have_back(self) -> None:
        note, self._gone = self._gone, None
        if note is not None:
            self._put(note, note.text)

    def _tell_history(self, note: Note) -> None:
        def show(versions: tuple[Note, ...]) -> None:
            self.dialog = NoteHistoryDialog(versions, now=self._desk.now(), parent=self)
            self.dialog.open()

        self._desk.read(self, lambda reads: reads.notes.versions(note.id), done=show, failed=self.failed.emit)

    def _ask(self, call: abc.Callable[[Facade, str], Note]) -> None:
        def failed(error: WritebackError) -> None:
            self._gone = None
            self.failed.emit(error)

        self._desk.ask(self, call, done=lambda _note: self.changed.emit(), failed=failed)
