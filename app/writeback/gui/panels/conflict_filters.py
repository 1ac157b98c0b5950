"""Which conflicts are shown: by field, rule and CRM, each with its count."""

from collections import abc

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from writeback.gui.i18n import CONFLICT_WORDS, number
from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.layouts import row
from writeback.model.integrations import ConflictRule
from writeback.runtime.disputing import ConflictView
from writeback.store.inbox import MASTER, Wanted

Groups = abc.Mapping[str, abc.Sequence[tuple[str, int]]]
"""By `field`, `rule` and `connection`: names with their counts."""
ALL = Words({"field": mark("All fields"), "rule": mark("All rules"), "connection": mark("All CRMs")})


class ConflictFilters(QWidget):
    """Three choices.

    Signals:
        changed: Other conflicts are wanted.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, QComboBox] = {}
        self._counts: dict[str, int] = {}
        line = row(gap=2)
        for by, words in ALL.items():
            box = QComboBox()
            box.setAccessibleName(words)
            box.addItem(words, "")
            box.activated.connect(lambda _place: self.changed.emit())
            self.boxes[by] = box
            line.addWidget(box)
        line.addStretch(1)
        self.setLayout(line)

    @property
    def wanted(self) -> Wanted:
        """Which conflicts are meant."""
        field, rule, connection = (str(self.boxes[by].currentData() or "") for by in ALL)
        return Wanted(field, rule, connection)

    def show_all(self) -> None:
        """Take all filters back."""
        for box in self.boxes.values():
            box.setCurrentIndex(0)
        self.changed.emit()

    def show_groups(self, groups: Groups, names: abc.Mapping[str, str]) -> None:
        """Show what there is, with counts; what is chosen stays chosen while it is there."""
        self._counts = dict(groups["field"])
        for by, box in self.boxes.items():
            chosen = str(box.currentData() or "")
            box.clear()
            box.addItem(ALL[by], "")
            for name, count in groups[by]:
                if name:
                    box.addItem(f"{_title(by, name, names)}  ({number(count)})", name)
            box.setCurrentIndex(max(box.findData(chosen), 0))

    def alike(self, one: ConflictView | None) -> int:
        """Count the conflicts of the same field; the CRM narrows it further."""
        return self._counts.get(one.field, 0) if one is not None else 0


def _title(by: str, name: str, names: abc.Mapping[str, str]) -> str:
    if by == "connection":
        return names.get(name, name)
    if by == "rule":
        return tr("CRMs disagree") if name == MASTER else CONFLICT_WORDS[ConflictRule(name)]
    return name
