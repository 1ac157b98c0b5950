"""Import a configuration file: each part beside what stands here, ticked or not, then imported.

Nothing is removed, a copy of the workspace is made first, and write-back is never ticked by itself.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QListWidget, QListWidgetItem, QWidget

from writeback.errors import ConfigurationError, WritebackError
from writeback.gui.models.config_parts import DEED_WORDS, DIFF_WORDS, KIND_WORDS, title_of
from writeback.gui.tasks import Desk
from writeback.gui.theming.current import theming
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.facts import Facts
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import boxed, column, give_room, row, scrolled
from writeback.gui.widgets.states import States
from writeback.gui.widgets.text import PlainLabel, one_line
from writeback.model.configurations import ConfigDiff, ConfigImported, ConfigItem, Deed, ItemKind, Pairing
from writeback.runtime.sentences import sentence_of

_ID: Final = Qt.ItemDataRole.UserRole
NOT_HERE: Final = ""


class ImportDialog(QDialog):
    """One file beside this workspace.

    Signals:
        imported: Parts were imported; carries how many.
    """

    imported = Signal(int)

    def __init__(self, desk: Desk, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._file = desk, file
        self._text = ""
        self._diff = ConfigDiff(())
        self._pairs: dict[str, str] = {}
        self.setWindowTitle(tr("Import configuration"))
        give_room(self, 860, 560)
        self.words = PlainLabel("", wraps=True)
        self.pairing = QWidget()
        self.pairing.setLayout(column(gap=1))
        self.list = QListWidget()
        self.list.setSpacing(3)
        self.list.setAccessibleName(tr("Parts of the file"))
        self.list.currentRowChanged.connect(self._look)
        self.list.itemChanged.connect(lambda _item: self._gate())
        self.facts = Facts(titles_width=110)
        self.why = PlainLabel("", tone="refused", wraps=True)
        side = QWidget()
        side.setLayout(column(self.facts, self.why, None, gap=2, margin=(2, 0, 0, 0)))
        both = row(gap=3)
        both.addWidget(self.list, 3)
        both.addWidget(scrolled(side), 2)
        body = column(self.words, self.pairing, gap=2)
        body.addLayout(both, 1)
        self.states = States(boxed(body))
        self.states.retry.connect(self.look)
        self.every = Button(tr("Tick all"), kind="quiet", call=lambda: self._tick_all(is_on=True))
        self.none = Button(tr("Tick none"), kind="quiet", call=lambda: self._tick_all(is_on=False))
        self.close_it = Button(tr("Cancel"), call=self.reject)
        self.go = Button(tr("Import"), kind="primary", call=self._import)
        head = tr("Import {file}", file=file.name)
        box = column(PlainLabel(head, role="heading", wraps=True), gap=3, margin=6)
        box.addWidget(self.states, 1)
        box.addWidget(Flowing(self.every, self.none, self.close_it, self.go, is_at_end=True))
        self.setLayout(box)
        self._gate()
        self.look()

    def look(self) -> None:
        """Read the file and compare it."""
        self.states.loading()
        self._desk.tasks.run(self, self._read, done=self._compare, failed=self._fail)

    def _read(self) -> str:
        try:
            return self._file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            problem = getattr(error, "strerror", None) or tr("it is no UTF-8 text")
            raise ConfigurationError("config.unreadable", file=self._file.name, problem=problem) from error

    def _compare(self, text: str) -> None:
        self._text = text
        name, pairs = self._file.name, tuple(self._pairs.items())
        self._desk.ask(
            self,
            lambda facade, _act: facade.compare_configuration(text, name=name, pairs=pairs),
            done=self._show,
            failed=self._fail,
        )

    def _fail(self, error: WritebackError) -> None:
        self._diff = ConfigDiff(())
        self.list.clear()
        self.states.error(error)
        self._gate()

    # what is shown

    def _show(self, diff: ConfigDiff) -> None:
        self._diff = diff
        blocked = sum(one.deed is Deed.BLOCKED for one in diff.items)
        same = sum(one.deed is Deed.SAME for one in diff.items)
        self.words.set_text(
            tr(
                "{parts} to import; {same} the same already. What is only here stays. A copy of the "
                "workspace is made first.",
                parts=tr("%n parts", len(diff.doing())),
                same=tr("%n parts", same),
            )
        )
        self._show_pairings()
        self.list.clear()
        for one in diff.items:
            if one.deed is not Deed.SAME:
                self.list.addItem(_line_of(one))
        if not self.list.count():
            self.states.empty(
                tr("Nothing to import"),
                tr("Everything that the file tells of stands here already."),
                picture="check",
            )
        elif blocked:
            self.states.partial(tr("%n parts cannot be imported; each says why.", blocked))
        else:
            self.states.ready()
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self._gate()

    def _show_pairings(self) -> None:
        """Let the person say which connection stands for one of the file, where there is a choice."""
        box = self.pairing.layout()
        while box is not None and (item := box.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        asked = [one for one in self._diff.pairings if len(one.choices) > 1]
        for one in asked:
            if box is not None:
                box.addWidget(self._pairing_line(one))
        self.pairing.setVisible(bool(asked))

    def _pairing_line(self, one: Pairing) -> QWidget:
        choice = QComboBox()
        choice.setAccessibleName(tr("Connection here for {name}", name=one_line(one.connection)))
        choice.addItem(tr("none"), NOT_HERE)
        for name in one.choices:
            choice.addItem(one_line(name), name)
        choice.setCurrentIndex(max(choice.findData(one.target), 0))

        def chosen(_place: int) -> None:
            self._pairs[one.connection] = str(choice.currentData())
            self.states.loading()
            self._compare(self._text)

        choice.activated.connect(chosen)
        label = PlainLabel(tr("{name} of the file is here", name=one.connection))
        return boxed(row(label, choice, None, gap=2))

    def _item(self, place: int) -> ConfigItem | None:
        wanted = self.list.item(place).data(_ID) if 0 <= place < self.list.count() else None
        return next((one for one in self._diff.items if one.id == wanted), None)

    def _look(self, place: int) -> None:
        one = self._item(place)
        if one is None:
            self.facts.show_facts(())
            self.why.set_text("")
            return
        told = [
            (tr("What"), KIND_WORDS[one.kind]),
            (tr("Part"), one.title),
            (tr("Where"), one.where),
            (tr("Would"), DEED_WORDS[one.deed]),
        ]
        told += [
            (DIFF_WORDS.get(name, name), tr("{here} → {file}", here=here or "–", file=wished or "–"))
            for name, here, wished in one.changes
        ]
        self.facts.show_facts(told)
        reason = one.reason
        sentence = "" if reason is None else str(sentence_of(reason.code, dict(reason.facts)))
        self.why.set_text(f"{sentence} ({reason.code})" if reason is not None else "")

    # what a person wants

    @property
    def ticked(self) -> tuple[str, ...]:
        """Ids of the parts that would be imported."""
        items = (self.list.item(place) for place in range(self.list.count()))
        return tuple(str(one.data(_ID)) for one in items if one.checkState() is Qt.CheckState.Checked)

    def _tick_all(self, *, is_on: bool) -> None:
        """Tick everything but write-back, which is ticked one by one; or nothing."""
        for place in range(self.list.count()):
            item, one = self.list.item(place), self._item(place)
            may = one is not None and one.deed is not Deed.BLOCKED and one.kind is not ItemKind.WRITE_BACK
            if may or not is_on:
                state = Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
                if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                    item.setCheckState(state)

    def _gate(self) -> None:
        count = len(self.ticked)
        self.go.say(tr("Import %n parts", count) if count else tr("Import"))
        self.go.gate("" if count else tr("Tick what shall be imported."))
        reason = "" if self.list.count() else tr("There is nothing to tick.")
        self.every.gate(reason)
        self.none.gate(reason)

    def _import(self) -> None:
        text, name, ticked = self._text, self._file.name, self.ticked
        pairs, author = tuple(self._pairs.items()), self._desk.author
        self.go.gate(tr("The parts are being imported."))
        self._desk.ask(
            self,
            lambda facade, act: facade.import_configuration(
                text, name=name, ticked=ticked, pairs=pairs, author=author, act=act
            ),
            done=self._done,
            failed=self._refused,
        )

    def _refused(self, error: WritebackError) -> None:
        self.states.banner.tell_error(error)
        self._gate()

    def _done(self, made: ConfigImported) -> None:
        self.imported.emit(len(made.done))
        words = tr(
            "%n parts were imported. The workspace of before is among the backups: {file}.",
            len(made.done),
            file=Path(made.backup).name,
        )
        if not made.refused:
            self.list.clear()
            self._diff = ConfigDiff(())
            self.states.empty(tr("Imported"), words, picture="check")
        else:
            self._keep(made)
            self.states.partial(tr("{done} %n were refused; each says why.", len(made.refused), done=words))
        self.close_it.say(tr("Close"))
        self._gate()

    def _keep(self, made: ConfigImported) -> None:
        """Leave the refused parts in the list, with their reasons."""
        reasons = dict(made.refused)
        self._diff = ConfigDiff(
            tuple(
                ConfigItem(one.id, one.kind, one.title, one.where, Deed.BLOCKED, one.changes, reasons[one.id])
                for one in self._diff.items
                if one.id in reasons
            ),
            self._diff.pairings,
        )
        self.list.clear()
        for one in self._diff.items:
            self.list.addItem(_line_of(one))
        self.list.setCurrentRow(0)


def pick_configuration(parent: QWidget) -> Path | None:
    """Let a person choose a file; None: they did not."""
    chosen, _ = QFileDialog.getOpenFileName(
        parent,
        tr("Import configuration"),
        str(Path.home()),
        tr("Configurations (*.json);;All files (*)"),
    )
    return Path(chosen) if chosen else None


def _line_of(one: ConfigItem) -> QListWidgetItem:
    item = QListWidgetItem(one_line(title_of(one)))
    item.setData(_ID, one.id)
    item.setSizeHint(QSize(0, theming().theme.px(28)))
    flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
    if one.deed is Deed.BLOCKED:
        item.setFlags(flags)
        return item
    item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable)
    is_on = one.kind is not ItemKind.WRITE_BACK
    item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
    return item
