"""What a person has to know of a plan before they say yes: of an undo, what it does not bring back."""

from collections import abc

from PySide6.QtWidgets import QWidget

from writeback.gui.widgets.chips import Picture
from writeback.gui.widgets.layouts import row
from writeback.gui.widgets.text import PlainLabel
from writeback.runtime.facade import PlanView
from writeback.runtime.sentences import sentence_of


def remark_lines(plan: PlanView) -> abc.Iterator[QWidget]:
    """Give a line for each remark on a plan."""
    for one in plan.remarks:
        told = sentence_of(one.code, dict(one.facts))
        words = PlainLabel(f"{told.happened} {told.advice}", role="muted", wraps=True)
        line = row(Picture("info", size=16), words, gap=2)
        line.setStretch(1, 1)
        holder = QWidget()
        holder.setLayout(line)
        yield holder
