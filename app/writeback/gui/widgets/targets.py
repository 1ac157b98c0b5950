"""How one value stands in each CRM that takes it: a chip in short, a list in full.

Must not: settle or send anything; it tells.
"""

from collections import abc

from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from writeback.errors import Fact
from writeback.gui.i18n import NOT_SET, shown
from writeback.gui.theming.roles import MARKS
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.chips import Chip
from writeback.gui.widgets.layouts import column
from writeback.gui.widgets.text import ElidedLabel, PlainLabel, tip
from writeback.model.attributes import Attribute
from writeback.model.types import Value
from writeback.runtime.sentences import sentence_of
from writeback.runtime.views import CONFIRMED, TargetState

WRITTEN = ("check", "ok", mark("written"))


def counted_targets(targets: abc.Sequence[TargetState]) -> str:
    """Say in how many CRMs a value stands: "3 of 4 written"."""
    written = sum(target.is_written for target in targets)
    if not written and len({target.state for target in targets}) == 1:
        return tr("{marks} for {targets} CRMs", marks=MARKS[targets[0].state][2], targets=len(targets))
    return tr("{written} of {targets} written", written=written, targets=len(targets))


def state_chip(target: TargetState) -> Chip:
    """Give the chip of one target: shape, word and colour."""
    picture, tone, word = WRITTEN if target.state == CONFIRMED else MARKS[target.state]
    word = tr(word)
    chip = Chip(word, tone={"queued": "accent"}.get(tone, tone), picture=picture)
    chip.setAccessibleName(f"{target.connection}: {word}")
    tip(chip, why(target))
    return chip


def why(target: TargetState) -> str:
    """Say why a target is not written, in the CRM's words where it has some; '' where there is nothing."""
    told = sentence_of(target.code, _facts(target)) if target.code else None
    words = [target.message or (told.happened if told is not None else "")]
    if target.state == "queued" and told is not None:
        words.append(tr("It is sent when the CRM answers; until then it waits."))
    return " ".join(word for word in words if word)


def _facts(target: TargetState) -> dict[str, Fact]:
    return {"connection": target.connection, "host": target.connection, "reason": tr("no answer")}


def differing(targets: abc.Iterable[TargetState], value: Value) -> tuple[TargetState, ...]:
    """Give the CRMs that hold something else than what is shown, with no edit on its way there."""
    return tuple(target for target in targets if target.is_written and target.value != value)


class TargetList(QFrame):
    """One line a CRM: its name, its record, the state there, and why."""

    def __init__(
        self, attribute: Attribute, targets: abc.Sequence[TargetState], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("box", "well")
        self.setAccessibleName(
            tr(
                "{attribute} in each CRM: {counted_targets}",
                attribute=attribute.title,
                counted_targets=counted_targets(targets),
            )
        )
        self.chips: list[Chip] = []
        labels = {option.value: option.label for option in attribute.options}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        for place, target in enumerate(targets):
            chip = state_chip(target)
            self.chips.append(chip)
            held = shown(target.value, attribute.kind, labels) or tr(NOT_SET)
            words = why(target) or tr("holds {held}", held=held)
            name = PlainLabel(target.connection, role="strong")
            tip(name, f"{target.object} {target.key}")
            grid.addWidget(name, place, 0)
            grid.addWidget(chip, place, 1)
            grid.addWidget(ElidedLabel(words, role="muted"), place, 2)
        body = column(gap=1, margin=(3, 2, 3, 2))
        body.addLayout(grid)
        self.setLayout(body)
