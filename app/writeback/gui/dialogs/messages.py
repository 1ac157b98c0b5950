"""Short dialogs of plain text: the only place that asks a person something in a box of its own."""

import contextlib
from collections import abc
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from writeback.errors import ConfigurationError
from writeback.gui.preferring import preferring
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import column, lay_out, row
from writeback.gui.widgets.text import PlainLabel, title_free

WIDTH = 480


SILENCED: Final = "asking.silenced"


@dataclass(frozen=True, slots=True)
class Silence:
    """What is not asked again when a person says so."""

    key: str
    words: str
    """What is then done without asking, for the list in the settings."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way on: its words, what it does, its dress (`primary`, `danger`, '')."""

    words: str
    call: abc.Callable[[], None]
    kind: str = ""


class Message(QDialog):
    """A headline, words, and buttons that name what they do; Esc is the harmless one."""

    def __init__(
        self,
        title: str,
        words: str,
        *choices: Choice,
        refuse: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title_free(title))
        self.again = QCheckBox(tr("Do not ask again"))
        self.again.hide()
        no = Button(refuse or tr("Close"), kind="" if choices else "primary", call=self.reject)
        feet = row(None, no)
        for choice in reversed(choices):  # what is meant first stands where a line of acts ends
            feet.addWidget(Button(choice.words, kind=choice.kind, call=self._taking(choice)))
        head = PlainLabel(title, role="heading", wraps=True)
        lay_out(self, column(head, PlainLabel(words, wraps=True), self.again), feet, width=WIDTH)
        no.setFocus()
        self._choice = choices[0] if choices else None
        self.accepted.connect(self._act)

    def _act(self) -> None:
        if self._choice is not None:
            self._choice.call()

    def _taking(self, choice: Choice) -> abc.Callable[[], None]:
        def take() -> None:
            self._choice = choice
            self.accept()

        return take


def tell(parent: QWidget, title: str, words: str) -> None:
    """Say something that a person asked for (keys, about). Does not wait for an answer."""
    made = Message(title, words, parent=parent)
    made.open()


def ask(  # noqa: PLR0913  what a question is made of
    parent: QWidget,
    title: str,
    words: str,
    *,
    act: str,
    call: abc.Callable[[], None],
    refuse: str = "",
    is_danger: bool = True,
    silence: Silence | None = None,
) -> None:
    """Ask before an act that nothing can undo; `call` runs when it is wanted.

    With `silence` a person may say that this is not to be asked again: then it is done at once from then on,
    until they take that back in the settings. Never for what writes to production.
    """
    if silence is not None and silence.key in preferring().current.table(SILENCED):
        call()
        return
    choice = Choice(act, call, "danger" if is_danger else "primary")
    made = Message(title, words, choice, refuse=refuse or tr("Cancel"), parent=parent)
    if silence is not None:
        made.again.show()
        made.accepted.connect(lambda: _keep(silence) if made.again.isChecked() else None)
    made.open()


def _keep(silence: Silence) -> None:
    table = {**preferring().current.table(SILENCED), silence.key: silence.words}
    with contextlib.suppress(ConfigurationError):  # it cannot be kept: then it is asked again
        preferring().put({SILENCED: table})


def choose(parent: QWidget, title: str, words: str, *choices: Choice, refuse: str = "") -> None:
    """Ask for one of several ways on; Esc takes none."""
    Message(title, words, *choices, refuse=refuse, parent=parent).open()
