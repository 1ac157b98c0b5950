"""The command palette: actions, screens, records by name and jobs by number, with key and, when off, reason.

Actions are found at once; records and jobs come from a task, and only the answer to the latest words counts.
It opens and asks what was chosen; it does nothing of its own.
"""

from collections import abc
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from writeback.gui.actions.keymap import Keymap, current_keymap, shown
from writeback.gui.actions.table import Action, Context
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.layouts import column, give_room
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel
from writeback.runtime.naming import NamedRecord
from writeback.runtime.reading import Reading

TYPING_MS: Final = 80
RECORDS_MOST: Final = 8
DIGITS_MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Hit:
    """One line."""

    title: str
    what: str
    """Where it belongs: a menu, *record*, *job*; or why it is off."""
    picture: str = ""
    key: str = ""
    reason: str = ""
    action: Action | None = None
    screen: str = ""
    subject: object = None


class Palette(QDialog):
    """Finds what somebody means by its words.

    Signals:
        chosen: An action was chosen; carries it.
        went: A record or a job was chosen; carries its screen and subject.
    """

    chosen = Signal(object)
    went = Signal(str, object)

    def __init__(
        self,
        actions: abc.Sequence[Action],
        context: Context,
        desk: Desk | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Command palette"))
        give_room(self, 720, 480)
        self._actions = tuple(actions)
        self._context = context
        self._keymap = current_keymap(self._actions)
        self._desk = desk
        self._found: tuple[Hit, ...] = ()
        self._is_looking = False
        self._texts = [(one, _texts_of(one, self._keymap)) for one in self._actions]
        self._words = QLineEdit()
        self._words.setPlaceholderText(tr("An action, a screen, an account, a job's number"))
        self._words.setAccessibleName(tr("What do you want to do?"))
        self._words.textChanged.connect(self._typed)
        self.model: ListModel[Hit] = ListModel(
            (
                Spec(
                    tr("What"),
                    lambda hit: hit.title,
                    tone=lambda hit: "muted" if hit.reason else "",
                    picture=lambda hit: hit.picture or "blank",  # all titles begin alike
                    width=300,
                ),
                Spec(tr("Where"), lambda hit: hit.reason or hit.what, tone=lambda _hit: "muted", width=270),
                Spec(tr("Shortcut"), lambda hit: hit.key, tone=lambda _hit: "muted", width=120),
            )
        )
        self.table = Table(tr("What was found"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows move it from the field
        self.table.clicked.connect(lambda _index: self._take())
        self._why = PlainLabel(role="muted", wraps=True)
        self.table.selectionModel().currentRowChanged.connect(lambda _now: self._tell())
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._ask)
        body = column(self._words, gap=2, margin=4)
        body.addWidget(self.table, 1)
        body.addWidget(self._why)
        body.addStretch()
        self.setLayout(body)
        self._show()
        self._words.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, last = self.table.currentIndex().row(), self.model.rowCount() - 1
        steps = {
            Qt.Key.Key_Down: min(row + 1, last),
            Qt.Key.Key_Up: max(row - 1, 0),
            Qt.Key.Key_PageDown: min(row + 10, last),
            Qt.Key.Key_PageUp: max(row - 10, 0),
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.table.go_to(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        else:
            super().keyPressEvent(event)

    # finding

    def _typed(self) -> None:
        self._found = ()
        self._is_looking = self._desk is not None and bool(self._words.text().strip())
        self._show()
        self._typing.start()

    def _ask(self) -> None:
        words = self._words.text().strip()
        if self._desk is None or not words:
            return
        digits = words.casefold().removeprefix(tr("job")).removeprefix("job").removeprefix("#").strip()
        number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= DIGITS_MOST else 0

        def read(reads: Reading) -> tuple[str | None, tuple[NamedRecord, ...]]:
            job = reads.job_of_number(number) if number else None
            return job, reads.records_named(words, RECORDS_MOST)

        self._desk.read(
            self,
            read,
            done=lambda found: self._come(words, number, found),
            failed=lambda _error: self._come(words, number, (None, ())),
        )

    def _come(self, words: str, number: int, found: tuple[str | None, tuple[NamedRecord, ...]]) -> None:
        if words != self._words.text().strip():
            return  # other words were typed meanwhile
        job, records = found
        hits = [
            Hit(one.title, tr("record · {entity}", entity=one.entity), "profile",
                screen="profile", subject=(one.entity, one.rid))
            for one in records
        ]  # fmt: skip
        if job is not None:
            hits.insert(
                0, Hit(tr("Job {number}", number=number), tr("job"), "jobs", screen="jobs", subject=job)
            )
        self._found = tuple(hits)
        self._is_looking = False
        self._show()

    def _show(self) -> None:
        wanted = self._words.text().casefold().split()
        ranked = []
        for place, (action, texts) in enumerate(self._texts):
            if all(any(word in text for text in texts) for word in wanted):
                reason = action.reason(self._context)
                ranked.append((_rank(texts, wanted), bool(reason), place, action, reason))
        hits = [
            self._hit(action, reason) for _, _, _, action, reason in sorted(ranked, key=lambda one: one[:3])
        ]
        jobs = [hit for hit in self._found if hit.screen == "jobs"]
        records = [hit for hit in self._found if hit.screen != "jobs"]
        self.model.show_rows([*jobs, *hits, *records])
        self.table.go_to(0)
        self._tell()

    def _hit(self, action: Action, reason: str) -> Hit:
        key = self._keymap.key_of(action.id)
        return Hit(tr(action.title), tr(action.menu), action.picture, shown(key), reason, action)

    # taking

    @property
    def current(self) -> Hit | None:
        """The chosen line."""
        return self.model.row_at(self.table.currentIndex().row())

    def _tell(self) -> None:
        hit = self.current
        nothing = tr("Nothing has this name. Fewer words find more; a job is found by its number.")
        missing = tr("Looking…") if self._is_looking else nothing
        self._why.set_text(missing if hit is None else hit.reason)
        self.table.setVisible(hit is not None)

    def _take(self) -> None:
        hit = self.current
        if hit is None or hit.reason:
            self._tell()
            return
        self.accept()
        if hit.action is not None:
            self.chosen.emit(hit.action)
        else:
            self.went.emit(hit.screen, hit.subject)


def _texts_of(action: Action, keymap: Keymap) -> tuple[str, ...]:
    """Give the words by which an action is found, its title first; in English as well."""
    own = (tr(action.title), action.title, tr(action.menu), shown(keymap.key_of(action.id)))
    others = (*action.aliases, *map(tr, action.aliases))
    return tuple(text.casefold() for text in (*own, *others))


def _rank(texts: abc.Sequence[str], wanted: abc.Sequence[str]) -> int:
    """Say how well it fits: 0 the title begins so, 1 words of it do, 2 it holds them, 3 only aliases do."""
    said, title = " ".join(wanted), texts[0]
    if title.startswith(said):
        return 0
    if all(any(part.startswith(word) for part in title.split()) for word in wanted):
        return 1
    return 2 if all(word in title for word in wanted) else 3
