"""Whose value records hold where several CRMs feed one attribute and disagree."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.flows import may_shrink
from writeback.gui.widgets.layouts import column
from writeback.gui.widgets.text import PlainLabel, one_line
from writeback.model.masters import MasterKind, MasterRule
from writeback.runtime.views import AttributeView

WORDS = Words(
    {
        MasterKind.NEWEST: mark("The change that was read last counts."),
        MasterKind.ASK: mark("Records keep what they hold; disagreements wait under Conflicts."),
        MasterKind.PREFER: mark("What this CRM holds counts, also when it is empty."),
        MasterKind.UNLESS_BLANK: mark(
            "What this CRM holds counts; where it holds nothing, what another does."
        ),
    }
)


class MasterChoice(QWidget):
    """One choice; shown where several CRMs feed the attribute.

    Signals:
        chosen: Another rule is wanted; carries the `MasterRule`.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.box = may_shrink(QComboBox())
        self.box.setAccessibleName(tr("Whose value counts where CRMs disagree"))
        self.box.activated.connect(self._choose)
        self.words = PlainLabel(role="muted", wraps=True)
        self._rules: list[MasterRule] = []
        head = PlainLabel(tr("Where CRMs disagree"), role="muted")
        self.setLayout(column(head, self.box, self.words, gap=1))

    def show_view(self, view: AttributeView | None) -> None:
        """Show an attribute's rule."""
        targets = () if view is None else view.targets
        self.setVisible(len(targets) > 1)
        self._rules = [MasterRule(), MasterRule(MasterKind.ASK)]
        titles = [tr("The newest change"), tr("Ask me")]
        for target in targets:
            name = one_line(target.connection.name, 40)
            for kind, words in (
                (MasterKind.PREFER, tr("Prefer {name}", name=name)),
                (MasterKind.UNLESS_BLANK, tr("{name}, unless it is empty", name=name)),
            ):
                self._rules.append(MasterRule(kind, target.connection.id))
                titles.append(words)
        self.box.clear()
        self.box.addItems(titles)
        rule = MasterRule() if view is None else view.master
        self.box.setCurrentIndex(self._rules.index(rule) if rule in self._rules else 0)
        self.words.setText(WORDS[rule.kind])

    def _choose(self, place: int) -> None:
        rule = self._rules[place]
        self.words.setText(WORDS[rule.kind])
        self.chosen.emit(rule)
