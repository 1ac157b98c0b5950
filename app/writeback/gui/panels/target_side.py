"""Where one attribute comes from and goes to: a part for each CRM, with its write-back switch.

The sentence beneath a switch says where an edit lands, or why the switch cannot be used.
"""

from collections import abc

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from writeback.gui.translating import tr
from writeback.gui.widgets.layouts import boxed, clear, column, line
from writeback.gui.widgets.text import PlainLabel, one_line, tip
from writeback.runtime.sentences import sentence_of
from writeback.runtime.switches import switch_reason
from writeback.runtime.views import Target


class TargetSide(QWidget):
    """All sources of one attribute.

    Signals:
        switched: Write-back of a mapping is wanted on or off; carries the target and which.
    """

    switched = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self.switches: list[QCheckBox] = []
        self._parts = column(gap=3)
        self.setLayout(self._parts)

    def show_targets(self, targets: abc.Sequence[Target]) -> None:
        """Show them; none is said in words."""
        clear(self._parts)
        self.switches = []
        if not targets:
            self._parts.addWidget(
                PlainLabel(
                    tr(
                        "No field of a CRM is mapped to it, so it comes from nowhere and is written nowhere. "
                        "Map a field under Objects & mapping."
                    ),
                    role="muted",
                    wraps=True,
                )
            )
        for number, target in enumerate(targets):
            if number:
                self._parts.addWidget(line())
            self._parts.addWidget(self._part(target))

    def _part(self, target: Target) -> QWidget:
        place = f"{one_line(target.connection.name)} ({one_line(target.connection.environment_word)})"
        where = f"{target.integration.object}.{target.mapping.path}"
        reason = switch_reason(target)
        switch = QCheckBox(tr("Write-back"))
        switch.setAccessibleName(tr("Write-back to {where} in {place}", where=where, place=place))
        switch.setChecked(target.mapping.write_back)
        # what is on may always be switched off
        switch.setEnabled(reason is None or target.mapping.write_back)
        switch.clicked.connect(lambda on: self.switched.emit(target, on))
        self.switches.append(switch)
        words = consequence(target)
        tip(switch, "" if switch.isEnabled() else words)
        switch.setAccessibleDescription(words)
        sentence = PlainLabel(words, role="muted", wraps=True)
        ways = tr("both ways") if target.mapping.write_back else tr("into Writeback only")
        return boxed(
            column(
                PlainLabel(place, role="strong", wraps=True),
                PlainLabel(f"{where} · {ways}", role="caption", wraps=True),
                switch,
                sentence,
                gap=1,
            )
        )


def consequence(target: Target) -> str:
    """Say where an edit lands, that it does not, or why it cannot."""
    where = f"{target.integration.object}.{target.mapping.path}"
    place = f"{one_line(target.connection.name)} ({one_line(target.connection.environment_word)})"
    reason = switch_reason(target)
    if reason is not None:
        told = sentence_of(reason.code, dict(reason.facts))
        return f"{told.happened} {told.advice}"
    if target.mapping.write_back:
        return tr(
            "Edits write to {where} in {place}. Automation in this CRM may run.", where=where, place=place
        )
    return tr("Edits are not written to {where} in {place}: write-back is off.", where=where, place=place)
