"""One conflict in full, and the ways out of it: the CRM's, mine, a third value; for all alike; as a rule."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QGridLayout, QLineEdit

from writeback.gui.models.conflicts import base_words, by_words, our_words, their_words, value_words
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.conflicts import READ, THEIRS, YOURS
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import column, row
from writeback.gui.widgets.text import PlainLabel, gate
from writeback.runtime.disputing import ConflictView
from writeback.runtime.sentences import sentence_of
from writeback.store.inbox import MASTER


class ConflictSide(QFrame):
    """What both sides hold, and the buttons.

    Signals:
        chosen: A way out was chosen; carries `keep_theirs`, `keep_mine`, `put_third`, `clear` or `skip`.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("box", "well")
        self.setAccessibleName(tr("The chosen conflict"))
        self.words = {name: PlainLabel(wraps=True) for name in (READ, THEIRS, YOURS)}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(1)
        for place, (name, label) in enumerate(self.words.items()):
            grid.addWidget(PlainLabel(tr(name), role="muted"), 0, place)
            grid.addWidget(label, 1, place, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place, 1)
            grid.setColumnMinimumWidth(place, 1)
        self.why = PlainLabel(role="muted", wraps=True)
        self.theirs = self._button(tr("Keep what is in the CRM"), "keep_theirs")
        self.mine = self._button(tr("Keep mine"), "keep_mine")
        self.skip = self._button(tr("Skip"), "skip")
        self.whose_box = QComboBox()
        self.whose_box.setAccessibleName(tr("Whose value the record holds"))
        self.whose_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.third = QLineEdit()
        self.third.setAccessibleName(tr("A third value"))
        self.third.setPlaceholderText(tr("A third value"))
        self.third.returnPressed.connect(lambda: self.chosen.emit("put_third"))
        self.put = self._button(tr("Put this value"), "put_third")
        self.clear_field = self._button(tr("Clear the value"), "clear")
        self.alike = QCheckBox(tr("For all alike"))
        self.rule = QCheckBox(tr("Make this the rule"))
        self.others = QCheckBox(tr("Write it to the others"))
        checks = (self.alike, self.rule, self.others)
        ways = Flowing(
            self.whose_box, self.theirs, self.mine, self.skip, self.third, self.put, self.clear_field
        )
        self.third.setMinimumWidth(72)
        words = row(self.why, Flowing(*checks), gap=2)
        words.setStretch(0, 1)
        body = column(gap=2, margin=(4, 2, 4, 3))
        body.addLayout(grid)
        body.addLayout(words)
        body.addWidget(ways)
        self.setLayout(body)
        self.show_conflict(None, 0)

    @property
    def is_alike(self) -> bool:
        """Whether the choice counts for all alike."""
        return self.alike.isChecked()

    @property
    def is_rule(self) -> bool:
        """Whether the mapping shall decide so from now on."""
        return self.rule.isChecked() and self.rule.isEnabled()

    @property
    def writes(self) -> bool:
        """Whether a chosen value is written to the CRMs that hold another one."""
        return self.others.isChecked() and not self.others.isHidden()

    @property
    def whose(self) -> str:
        """The connection whose value is chosen, where CRMs disagree."""
        return str(self.whose_box.currentData() or "")

    @property
    def third_text(self) -> str:
        """The third value, as typed."""
        return self.third.text()

    def ask_third(self) -> None:
        """Let a third value be typed."""
        self.third.setFocus()
        self.third.selectAll()

    def flip_alike(self) -> None:
        """Choose, or not, that it counts for all alike."""
        self.alike.toggle()

    def flip_rule(self) -> None:
        """Choose, or not, that it becomes the rule."""
        self.rule.toggle()

    def show_conflict(self, one: ConflictView | None, alike: int) -> None:
        """Show a conflict; none shows what to do."""
        is_master = one is not None and one.place.kind == MASTER
        gate(self, "" if one is not None else tr("Choose a conflict in the inbox."))
        told = (
            ("", "", "")
            if one is None
            else (base_words(one) or ("" if is_master else tr("not known")), _theirs(one), _ours(one))
        )
        for (name, label), text in zip(self.words.items(), told, strict=True):
            label.setText(text)
            label.setAccessibleName(f"{tr(name)}: {text}")
        self.why.setText("" if one is None else _why(one))
        many = f": {tr('%n values', alike)}" if alike > 1 else ""
        self.alike.setText(tr("For all alike{many}", many=many))
        may_rule = one is not None and not is_master and bool(one.attribute)
        gate(self.rule, "" if may_rule else tr("What is in conflict here has no field to make a rule for."))
        self.rule.setHidden(is_master)
        self.others.setHidden(not is_master)
        self.whose_box.setHidden(not is_master)
        self.theirs.say(tr("Take this CRM's") if is_master else tr("Keep what is in the CRM"))
        self.mine.say(tr("Keep the record's") if is_master else tr("Keep mine"))
        self.whose_box.clear()
        if one is not None:
            for held in one.held:
                words = f"{held.connection}: {value_words(held.value, one.kind)}"
                self.whose_box.addItem(words, held.connection)
        self.third.clear()

    def _button(self, words: str, what: str) -> Button:
        return Button(words, call=lambda: self.chosen.emit(what))


def _theirs(one: ConflictView) -> str:
    return " — ".join(part for part in (their_words(one), one.message) if part)


def _ours(one: ConflictView) -> str:
    return " — ".join(part for part in (our_words(one), by_words(one)) if part)


def _why(one: ConflictView) -> str:
    words = [sentence_of(one.code, {"field": one.field}).happened] if one.code else []
    if one.held_back:
        words.append(tr("%n further fields of the row wait with it.", one.held_back))
    return " ".join(words)
