"""How carefully a connection is written to, and how it is shown: safety level, switches, word, colour."""

from collections import abc

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from writeback.gui.dialogs.naming import NameDialog
from writeback.gui.i18n import COLOUR_WORDS, SAFETY_WORDS
from writeback.gui.theming.current import sized
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.flows import Flowing, may_shrink
from writeback.gui.widgets.layouts import boxed, column, row
from writeback.gui.widgets.text import PlainLabel, gate, one_line, tip
from writeback.model.connections import COLLECT_MOST, WORD_MOST, Connection, Environment, Safety, SignInState
from writeback.planning.guarding import needs_org_name
from writeback.runtime.facade import ConnectionChange

WINDOWS = (0, 10, 30, 60, COLLECT_MOST)
"""Collecting windows on offer, in seconds."""
_MEANS = {Safety.SILENT: mark("nothing is asked"), Safety.ASK: mark("focus on Cancel")}
"""What a level means for who sends, where its name does not say it."""
_REAL = frozenset({Environment.PRODUCTION, Environment.UNKNOWN})
"""What may be the org that people work in."""


class ConnectionControls(QWidget):
    """The controls of one card. `change` is told what shall be different."""

    def __init__(self, change: abc.Callable[[ConnectionChange], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._change = change
        self._connection: Connection | None = None
        self._build_switches()
        self._build_looks()
        box = column(gap=2)
        collect = boxed(row(_said(tr("Collect changes for")), self._collect))
        before = (_said(tr("Before sending")), self._safety, self._at_once, self._read_only, collect)
        box.addWidget(Flowing(*before, gap=12))
        self.looks = Flowing(_said(tr("Shown as")), self._word, self._colour, gap=12)
        """How the environment is shown: for a place of its own."""
        self.setLayout(box)

    def _build_switches(self) -> None:
        self._safety = QComboBox()
        self._safety.setAccessibleName(tr("Safety level"))
        for level, word in SAFETY_WORDS.items():
            means = _MEANS.get(level)
            told = tr("{level}: {means}", level=word, means=tr(means)) if means else word
            self._safety.addItem(told, level.value)
        may_shrink(self._safety).setMinimumContentsLength(17)
        self._safety.activated.connect(
            lambda _place: self._change(ConnectionChange(safety=Safety(str(self._safety.currentData()))))
        )
        self._at_once = QCheckBox(tr("Write on save"))
        self._at_once.clicked.connect(lambda on: self._switch_at_once(on=on))
        self._read_only = QCheckBox(tr("Read-only"))
        self._read_only.clicked.connect(lambda on: self._change(ConnectionChange(read_only=on)))
        self._collect = QComboBox()
        self._collect.setAccessibleName(tr("Collecting window"))
        self._collect.activated.connect(
            lambda _place: self._change(ConnectionChange(collect_s=int(self._collect.currentData())))
        )

    def _build_looks(self) -> None:
        """Build what people call this environment and its colour; the safety level does not follow them."""
        self._word = QLineEdit()
        self._word.setAccessibleName(tr("Environment word"))
        self._word.setMaxLength(WORD_MOST)
        self._word.setMaximumWidth(190)
        tip(self._word, tr("What you call this environment. Empty: as the org itself says."))
        self._word.editingFinished.connect(self._rename)
        self._colour = QComboBox()
        self._colour.setAccessibleName(tr("Environment colour"))
        for name, words in COLOUR_WORDS.items():
            self._colour.addItem(words, name)
        self._colour.activated.connect(
            lambda _place: self._change(ConnectionChange(colour=str(self._colour.currentData())))
        )

    def show_connection(self, connection: Connection, *, lacks: str) -> None:
        """Show a connection's settings; `lacks` says why the person may not change them."""
        self._connection = connection
        self._safety.setCurrentIndex(list(SAFETY_WORDS).index(connection.safety))
        self._at_once.setChecked(connection.write_on_save)
        self._read_only.setChecked(connection.read_only)
        self._collect.clear()
        for seconds in sorted({*WINDOWS, connection.collect_s}):
            self._collect.addItem(tr("%n seconds", seconds) if seconds else tr("Off: start at once"), seconds)
        self._collect.setCurrentIndex(self._collect.findData(connection.collect_s))
        if not self._word.hasFocus():
            self._word.setText(connection.word)
        self._word.setPlaceholderText(connection.environment.value)
        self._colour.setCurrentIndex(max(self._colour.findData(connection.colour), 0))
        gone = (
            tr("This connection is disconnected; sign in again first.")
            if connection.sign_in is SignInState.DISCONNECTED
            else ""
        )
        for control, words in (
            (self._safety, tr("What Review & send asks before it sends.")),
            (self._at_once, tr("A single edit of a record is sent as soon as it is saved.")),
            (self._read_only, tr("Nothing is written to this org, whoever asks.")),
            (self._collect, tr("What is changed within it goes as one job.")),
        ):
            gate(control, lacks or gone, otherwise=words)

    def _switch_at_once(self, *, on: bool) -> None:
        """Switch *write on save*; towards an org that may be the real one, its name is typed once."""
        connection = self._connection
        if connection is None:
            return
        name = connection.org.name if connection.org is not None else connection.name
        change = ConnectionChange(write_on_save=on, confirm_org=name if on else "")
        if not on or not (connection.environment in _REAL or needs_org_name(connection)):
            self._change(change)
            return
        asked = NameDialog(
            tr("Write as soon as something is saved?"),
            tr(
                "Every single edit of a record then goes to {name} ({environment_word}) at "
                "once, without Review & send.",
                name=one_line(name),
                environment_word=one_line(connection.environment_word),
            ),
            name,
            act=tr("Switch it on"),
            call=lambda: self._change(change),
            parent=self.window(),
        )
        asked.rejected.connect(lambda: self._at_once.setChecked(False))
        asked.open()

    def _rename(self) -> None:
        word = self._word.text().strip()
        if self._connection is not None and word != self._connection.word:
            self._change(ConnectionChange(word=word))


def _said(words: str) -> PlainLabel:
    """Give the words before a control, in the middle of its height."""
    label = PlainLabel(words)
    sized(label, lambda px: label.setMinimumHeight(px(32)))
    return label
