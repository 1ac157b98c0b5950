"""What writing through a reference means: two choices, each with what it does, by what the CRM says now."""

from collections import abc

from PySide6.QtWidgets import QRadioButton, QWidget

from writeback.gui.i18n import REFERENCE_WORDS
from writeback.gui.models.fields import FieldChoice
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.consequences import consequence
from writeback.gui.widgets.layouts import column, line
from writeback.gui.widgets.text import PlainLabel, gate
from writeback.model.integrations import ReferenceMode
from writeback.runtime.facade.references import ReferenceMeaning
from writeback.runtime.sentences import sentence_of

REPOINT, EDIT = ReferenceMode.REPOINT, ReferenceMode.EDIT_TARGET


class ReferenceSide(QWidget):
    """Two choices with their consequences; one that the CRM forbids says why and cannot be chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._path = ""
        self._integration = ""
        self._meanings: dict[ReferenceMode, ReferenceMeaning] = {}
        self._shared = ("", 0)
        self.chosen: list[abc.Callable[[], None]] = []
        self._choices = {mode: QRadioButton(REFERENCE_WORDS[mode]) for mode in ReferenceMode}
        self._words = {mode: PlainLabel(role="muted", wraps=True) for mode in ReferenceMode}
        box = column(line(), PlainLabel(tr("Reference type"), role="strong"), gap=2)
        for mode, choice in self._choices.items():
            box.addWidget(choice)
            box.addWidget(self._words[mode])
            choice.clicked.connect(lambda _on: [tell() for tell in self.chosen])
        self.setLayout(box)

    @property
    def mode(self) -> ReferenceMode:
        """What is chosen."""
        return EDIT if self._choices[EDIT].isChecked() else REPOINT

    def show_choice(self, choice: FieldChoice, *, integration: str, entity: str) -> None:
        """Show what writing this path means; a path without references has nothing to choose."""
        self.setVisible(bool(choice.hops))
        if not choice.hops:
            return
        is_edit = choice.wished is not None and choice.wished.reference_mode is EDIT
        self._choices[EDIT].setChecked(is_edit)
        self._choices[REPOINT].setChecked(not is_edit)
        if (choice.path, integration) != (self._path, self._integration):
            self._path, self._integration = choice.path, integration
            self._meanings, self._shared = {}, ("", 0)
            self._ask(choice, integration, entity)
        self._tell(is_mapped=choice.wished is not None)

    def _ask(self, choice: FieldChoice, integration: str, entity: str) -> None:
        path, is_mapped = choice.path, choice.wished is not None
        if integration:
            self._desk.ask(
                self,
                lambda facade, _act: facade.reference_meanings(integration, path),
                done=lambda found: self._take(path, found, is_mapped=is_mapped),
                failed=lambda _error: None,  # the words that need no CRM stay
            )
        if choice.wished is not None:
            attribute = choice.wished.attribute
            self._desk.read(
                self,
                lambda reads: reads.most_shared(entity, attribute),
                done=lambda found: self._take_shared(path, found),
                failed=lambda _error: None,
            )

    def _take(self, path: str, found: abc.Iterable[ReferenceMeaning], *, is_mapped: bool) -> None:
        if path == self._path:
            self._meanings = {one.mode: one for one in found}
            self._tell(is_mapped=is_mapped)

    def _take_shared(self, path: str, found: tuple[str, int]) -> None:
        if path == self._path:
            self._shared = found
            self._tell(is_mapped=True)

    def _tell(self, *, is_mapped: bool) -> None:
        for mode, choice in self._choices.items():
            meaning = self._meanings.get(mode)
            reason = meaning.reason if meaning is not None else None
            refused = "" if reason is None else sentence_of(reason.code, dict(reason.facts)).happened
            unmapped = "" if is_mapped else tr("Map the field to an attribute first.")
            gate(choice, unmapped or ("" if choice.isChecked() else refused))
            if refused:
                self._words[mode].set_text(refused)
            else:
                self._words[mode].set_text(consequence(mode, self._path, meaning, self._shared))
