"""What is typed in a grid on its way to drafts, and the way back: undo, redo, discard, restore.

An act of many cells goes in pieces that fit the pipe and is undone as one. Until its answer is there a cell
shows what was typed as not saved yet; what cannot be read stays in its cell, outlined, with the reason.

Must not: send, decide what a text means.
"""

from collections import abc
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal

from writeback.errors import WritebackError
from writeback.gui.bridge import Bridge
from writeback.gui.models.records import RecordsModel
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.model.changes import Origin
from writeback.model.types import RecordId
from writeback.runtime.facade import Edit, EditAnswer
from writeback.runtime.sentences import sentence_of

PIECE: Final = 2_000
"""So many cells go in one call; a line of the pipe holds some 8,000."""

TOUCHED_MOST: Final = 10_000
"""Of so many edited records the grid remembers that they were edited here."""


@dataclass(frozen=True, slots=True)
class _Undone:
    acts: tuple[str, ...]
    values: int
    left: int


class GridEdits(QObject):
    """The edits of one grid.

    Signals:
        told: Something to say in the status line.
        warned: Something to say above the grid.
        failed: An edit could not be saved; carries the error.
        changed: What can be undone or redone changed.
    """

    told = Signal(str)
    warned = Signal(str)
    failed = Signal(object)
    changed = Signal()

    def __init__(
        self, desk: Desk, bridge: Bridge, model: RecordsModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._bridge, self._model = desk, bridge, model
        self._undo: list[tuple[str, ...]] = []
        self._redo: list[tuple[str, ...]] = []
        self._touched: set[str] = set()

    @property
    def touched(self) -> frozenset[str]:
        """The records that were edited since `forget_touched`: the grid keeps showing them."""
        return frozenset(self._touched)

    def forget_touched(self) -> None:
        """The grid is asked for anew: what was edited stands where its filter puts it."""
        self._touched.clear()

    @property
    def can_undo(self) -> bool:
        """Whether there is an act to undo."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether an act was undone and nothing was edited since."""
        return bool(self._redo)

    def save(self, edits: abc.Sequence[Edit], *, told: str = "") -> None:
        """Keep edits as drafts, as one act; `told` is said when they are kept."""
        if not edits:
            return
        if len(self._touched) < TOUCHED_MOST:
            self._touched.update(str(one.record) for one in edits)
        for one in edits:
            self._model.lay_over(one.record, one.attribute, one.text)
        self._model.repaint()
        pieces = [tuple(edits[at : at + PIECE]) for at in range(0, len(edits), PIECE)]
        if len(pieces) > 1 and len({one.record for one in pieces[-1]}) == 1:
            pieces[-2:] = [pieces[-2] + pieces[-1]]  # an edit alone may be sent as it is saved; a block waits
        acts = tuple(self._desk.new_id() for _ in pieces)
        facade, author = self._desk.facade, self._desk.author

        def work() -> list[EditAnswer]:
            answers: list[EditAnswer] = []
            for act, piece in zip(acts, pieces, strict=True):
                answers += facade.save_edits(piece, origin=Origin.SEGMENT, author=author, act=act)
            return answers

        keys = [(str(one.record), one.attribute) for one in edits]
        self._push(acts)
        self._desk.tasks.run(
            self,
            work,
            done=lambda answers: self._saved(keys, answers, told),
            failed=lambda error: self._not_saved(keys, error),
        )

    def discard(self, records: tuple[RecordId, ...] = (), *, attribute: str = "") -> None:
        """Drop pending edits of these records, all when empty; they can be had back."""
        act, author = self._desk.new_id(), self._desk.author
        facade = self._desk.facade

        def dropped(count: int) -> None:
            self._push((act,))
            self.told.emit(tr("%n pending edits discarded. Ctrl+Z has them back.", count))

        self._desk.tasks.run(
            self,
            lambda: facade.discard_drafts(records, attribute=attribute, author=author, act=act),
            done=dropped,
            failed=self.failed.emit,
        )

    def restore(self, act: str) -> None:
        """Have the edits of a discard back."""
        self._take_back((act,), self._undo, told=lambda n: tr("%n edits stand again.", n))

    def undo(self) -> None:
        """Take the last act back."""
        if self._undo:
            self._take_back(self._undo.pop(), self._redo, told=lambda n: tr("%n edits undone.", n))

    def redo(self) -> None:
        """Do the act that was undone last again."""
        if self._redo:
            self._take_back(self._redo.pop(), self._undo, told=lambda n: tr("%n edits redone.", n))

    # inside

    def _push(self, acts: tuple[str, ...]) -> None:
        self._undo.append(acts)
        self._redo.clear()
        self.changed.emit()

    def _take_back(
        self,
        acts: tuple[str, ...],
        onto: list[tuple[str, ...]],
        *,
        told: abc.Callable[[int], str],
    ) -> None:
        facade, author = self._desk.facade, self._desk.author
        pairs = tuple((act, self._desk.new_id()) for act in reversed(acts))

        def work() -> _Undone:
            answers = [facade.undo_edits(act, author=author, act=by) for act, by in pairs]
            by = tuple(name for _, name in pairs)
            return _Undone(by, sum(one.values for one in answers), sum(one.left for one in answers))

        def done(undone: _Undone) -> None:
            onto.append(undone.acts)
            self.changed.emit()
            if undone.left:
                self.warned.emit(tr("%n values were edited or sent since and stay as they are.", undone.left))
            if undone.values or not undone.left:
                self.told.emit(told(undone.values))

        self._desk.tasks.run(self, work, done=done, failed=self.failed.emit)

    def _saved(
        self, keys: abc.Sequence[tuple[str, str]], answers: abc.Sequence[EditAnswer], told: str
    ) -> None:
        blocked = [one for one in answers if one.state == "blocked"]
        if len(blocked) == 1 and (reason := blocked[0].reason) is not None:
            sentence = sentence_of(reason.code, dict(reason.facts))
            self.warned.emit(f"{sentence} ({reason.code})")
        elif blocked:
            self.warned.emit(
                tr(
                    "%n cells cannot be read. They stay outlined, with the reason; F7 finds them.",
                    len(blocked),
                )
            )
        waits = next((one.reason for one in answers if one.state == "draft" and one.reason is not None), None)
        if waits is not None and not blocked:
            self.warned.emit(f"{sentence_of(waits.code, dict(waits.facts))} ({waits.code})")
        if told and len(answers) > len(blocked):
            self.told.emit(told)
        elif answers and all(one.state == "unchanged" for one in answers):
            self.told.emit(tr("Already so: nothing to change."))
        self._bridge.after_now(lambda: self._model.lay_aside(keys))

    def _not_saved(self, keys: abc.Sequence[tuple[str, str]], error: WritebackError) -> None:
        self._model.lay_aside(keys)
        self.failed.emit(error)
