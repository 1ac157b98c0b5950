"""Which records the rows of a file name, each kind a list; and a second field for the key."""

from collections import abc

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QDialog, QWidget

from writeback.errors import WritebackError
from writeback.gui.i18n import number
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import boxed, column, give_room, row
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel, one_line
from writeback.model.file_matches import FileMatch, Found, MatchLine

FOUND = Words(
    {
        Found.FOUND: mark("Found"),
        Found.NOT_FOUND: mark("Not found"),
        Found.AMBIGUOUS: mark("Ambiguous"),
        Found.DUPLICATE: mark("Twice in the file"),
        Found.NO_KEY: mark("Without a key"),
    }
)


class FileMatchDialog(QDialog):
    """Shows what the keys of a file lead to.

    Signals:
        asked: Another second field was chosen; carries its path, '' for none.
    """

    asked = Signal(str)

    def __init__(
        self, key: str, also: abc.Iterable[tuple[str, str]], chosen: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Match test"))
        give_room(self, 780, 500)
        self.also = QComboBox()
        self.also.setAccessibleName(tr("And also by"))
        self.also.addItem(tr("nothing else"), "")
        for words, path in also:
            self.also.addItem(words, path)
        self.also.setCurrentIndex(max(self.also.findData(chosen), 0))
        self._match: FileMatch | None = None
        self._words = PlainLabel(wraps=True, role="muted")
        self._model = ListModel[MatchLine](_specs(), self)
        self.table = Table(tr("Rows of the file and their records"))
        self.table.dress(self._model, [spec.width for spec in self._model.specs])
        self._kinds = QButtonGroup(self)
        self.buttons: dict[Found, Button] = {}
        chips = row(gap=0)
        for place, found in enumerate(FOUND):
            button = Button(tr(FOUND[found]), kind="segment")
            button.setCheckable(True)
            self._kinds.addButton(button, place)
            self.buttons[found] = button
            chips.addWidget(button)
        self._kinds.idClicked.connect(lambda _place: self._show())
        inside = QWidget()
        content = column(gap=3)
        content.addLayout(row(boxed(chips), None))
        content.addWidget(self.table, 1)
        inside.setLayout(content)
        self.states = States(inside)
        self.states.retry.connect(lambda: self.asked.emit(str(self.also.currentData())))
        label = PlainLabel(tr("And also by"))
        label.setBuddy(self.also)
        head = tr("Records found by {key}", key=one_line(key, 60))
        body = column(PlainLabel(head, role="heading"), gap=3, margin=6)
        body.addLayout(row(label, self.also, None))
        body.addWidget(self._words)
        body.addWidget(self.states, 1)
        body.addLayout(row(None, Button(tr("Close"), call=self.accept)))
        self.setLayout(body)
        self.also.activated.connect(lambda _at: self.asked.emit(str(self.also.currentData())))

    def wait(self) -> None:
        """Be about to be told."""
        self._words.set_text(tr("The keys are being looked up. Nothing is sent."))
        self.states.loading()

    def show_match(self, match: FileMatch) -> None:
        """Show what was found; what is wrong comes to the front."""
        self._match = match
        counts = dict(match.counts)
        for found, button in self.buttons.items():
            button.say(f"{tr(FOUND[found])}  {number(counts[found])}")
        wrong = (one for one in Found if one is not Found.FOUND and counts[one])
        self.buttons[next(wrong, Found.FOUND)].setChecked(True)
        told = tr("%n rows were looked up, with {calls} calls.", match.rows, calls=number(match.calls))
        if not match.is_whole:
            told = f"{told} {tr('The file goes on: only its first rows were looked up.')}"
        self._words.set_text(told)
        self._show()

    def fail(self, error: WritebackError) -> None:
        """Show why nothing could be looked up."""
        self._words.set_text("")
        self.states.error(error)

    def _show(self) -> None:
        match = self._match
        if match is None:
            return
        found = tuple(FOUND)[max(self._kinds.checkedId(), 0)]
        shown = [one for one in match.lines if one.found is found]
        self._model.show_rows(shown)
        self.table.selectRow(0)
        count = dict(match.counts)[found]
        if count > len(shown):
            self.states.partial(
                tr("The first {shown} of %n rows are listed.", count, shown=number(len(shown)))
            )
        else:
            self.states.ready()


def _specs() -> tuple[Spec[MatchLine], ...]:
    return (
        Spec(tr("Line"), lambda one: number(one.line), is_number=True, width=80),
        Spec(tr("Key in the file"), lambda one: one.key, width=240),
        Spec(tr("Record"), _told, width=380),
    )


def _told(one: MatchLine) -> str:
    if one.found is Found.DUPLICATE:
        return tr("the same record as line {line}", line=one.told)
    return one.told
