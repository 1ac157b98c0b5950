"""Which jobs are listed: connection, kind, state, attribute, record, mine."""

from collections import abc

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from writeback.gui.i18n import JOB_WORDS, KIND_WORDS
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.clearing import clearable
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import column
from writeback.gui.widgets.text import one_line
from writeback.model.jobs import JobState
from writeback.store.job_lists import PULL, READ_BACK, SHORT, JobsWanted

AT_WORK = frozenset(
    one.value
    for one in (
        JobState.QUEUED,
        JobState.RUNNING,
        JobState.THROTTLED,
        JobState.CHECKING,
        JobState.CANCELLING,
    )
)
NEEDS_A_LOOK = frozenset({JobState.NEEDS_YOU.value, JobState.STOPPED.value, JobState.PAUSED.value, SHORT})
STATES = (
    (mark("All states"), frozenset[str]()),
    (mark("At work"), AT_WORK),
    (mark("Needs a look"), NEEDS_A_LOOK),
    (mark("Done, not all written"), frozenset({SHORT})),
)
TYPING_MS = 250
"""So long after the last key the list is read anew."""


class JobFilters(QWidget):
    """The choices in one line.

    Signals:
        changed: Other jobs are wanted.
    """

    changed = Signal()

    def __init__(self, author: str, *, connection_id: str = "") -> None:
        """Make the line; with a connection given, only its jobs are listed and none is chosen."""
        super().__init__()
        self._author, self._connection = author, connection_id
        self.record = QLineEdit()
        self.record.setPlaceholderText(tr("Record: name or id"))
        self.record.setAccessibleName(tr("Only jobs about this record"))
        clearable(self.record)
        self.record.setMinimumWidth(120)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.changed)
        self.record.textChanged.connect(lambda _text: self._typing.start())
        self.connections = self._box(tr("Connection"))
        self.kinds = self._box(tr("Kind"))
        self.kinds.addItem(tr("All kinds"), "")
        for kind, word in KIND_WORDS.items():
            self.kinds.addItem(word, kind.value)
        self.kinds.addItem(tr("Pull"), PULL)
        self.kinds.addItem(tr("Read-back"), READ_BACK)
        self.states = self._box(tr("State"))
        for word, states in STATES:
            self.states.addItem(tr(word), sorted(states))
        for state, word in JOB_WORDS.items():
            if state is not JobState.PREPARING:
                self.states.addItem(word, [state.value])
        self.attributes = self._box(tr("Attribute"))
        self.mine = QCheckBox(tr("Mine"))
        self.mine.setAccessibleName(tr("Only jobs of mine"))
        self.mine.toggled.connect(lambda _on: self.changed.emit())
        self.show_choices({}, ())
        boxes = (self.connections, self.kinds, self.states, self.attributes)
        self.setLayout(column(Flowing(self.record, *boxes, self.mine)))
        self.connections.setVisible(not connection_id)  # until it is known that there is one only

    @property
    def wanted(self) -> JobsWanted:
        """Which jobs are meant."""
        kind = str(self.kinds.currentData() or "")
        return JobsWanted(
            connection_id=self._connection or str(self.connections.currentData() or ""),
            kinds=frozenset({kind}) if kind else frozenset(),
            states=frozenset(self.states.currentData() or ()),
            attribute=str(self.attributes.currentData() or ""),
            record=self.record.text().strip(),
            author=self._author if self.mine.isChecked() else "",
        )

    @property
    def is_open(self) -> bool:
        """Say whether nothing is filtered."""
        wanted = self.wanted
        return wanted.is_everything and wanted.connection_id == self._connection

    def show_choices(self, names: abc.Mapping[str, str], attributes: abc.Iterable[str]) -> None:
        """Offer these connections (by id) and attributes; what is chosen stays chosen."""
        self._offer(self.connections, tr("All connections"), list(names.items()))
        self._offer(self.attributes, tr("All attributes"), [(one, one) for one in attributes])
        self.connections.setVisible(not self._connection and len(names) > 1)

    def clear(self) -> None:
        """Take all filters back."""
        for box in (self.connections, self.kinds, self.states, self.attributes):
            box.setCurrentIndex(0)
        with QSignalBlocker(self.mine), QSignalBlocker(self.record):
            self.mine.setChecked(False)
            self.record.clear()
        self.changed.emit()

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(11)
        box.activated.connect(lambda _place: self.changed.emit())
        return box

    @staticmethod
    def _offer(box: QComboBox, every: str, choices: abc.Sequence[tuple[str, str]]) -> None:
        told = [box.itemData(place) for place in range(1, box.count())]
        if box.count() and told == [data for data, _ in choices]:
            return
        chosen = box.currentData()
        box.clear()
        box.addItem(every, "")
        for data, title in choices:
            box.addItem(one_line(title, 60), data)
        box.setCurrentIndex(max(box.findData(chosen), 0))
