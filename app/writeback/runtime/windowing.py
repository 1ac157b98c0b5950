"""Windows as screens use them: true row count, rows by block, canonical values, marks of pending edits.

Must not: know SQL (`store.windows` does), format for a person.
"""

import functools
import json
from collections import abc
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from writeback.model.attributes import Attribute
from writeback.model.types import AttributeType, RecordId
from writeback.runtime import decoding, fanning
from writeback.runtime.retelling import retold
from writeback.runtime.views import AUTOMATED, AttributeView, GridRow, Mark, TargetState
from writeback.store import halves, moments
from writeback.store.glances import Glances
from writeback.store.records import Link
from writeback.store.segments import condition_of
from writeback.store.windows import (
    BLOCK,
    Window,
    left_behind,
    marked_records,
    record_block,
    record_keys,
    single_record,
)
from writeback.store.windows import (
    Filter as Filter,  # noqa: PLC0414  front ends take these two from here
)
from writeback.store.windows import (
    Order as Order,  # noqa: PLC0414
)

if TYPE_CHECKING:  # its parser costs more than all the rest of a short read
    from writeback.runtime.segmenting import Meant

_ALL = Filter()
_AS_STORED = Order()


@dataclass(frozen=True, slots=True)
class Asked:
    """Which records a window shows, in which order, and which of their values it reads."""

    what: Filter = _ALL
    order: Order = _AS_STORED
    columns: abc.Sequence[str] | None = None
    """Only these attributes' values, in this order; None: all."""
    meant: "Meant | None" = None
    """The text of `what`, read."""
    kept: abc.Collection[str] = ()
    """These records too, whether `what` shows them or not."""


_EVERYTHING = Asked()


class RecordRows:
    """A window on an entity's records."""

    def __init__(
        self,
        glances: Glances,
        attributes: abc.Sequence[Attribute],
        *,
        entity: str,
        asked: Asked = _EVERYTHING,
        views: abc.Sequence[AttributeView] = (),
    ) -> None:
        self._glances = glances
        self._views = tuple(views)
        self._kinds = {attribute.name: attribute.kind for attribute in attributes}
        shown = self._kinds if asked.columns is None else asked.columns
        self._names = [name for name in shown if name in self._kinds]
        self._decoders = [decoding.decoder_of(self._kinds[name]) for name in self._names]
        self._table = glances.record_table(entity, attributes)
        self.attributes = tuple(attributes)
        self.rows = 0
        self.left: frozenset[str] = frozenset()
        """Records that are shown because they were kept: they match no longer."""
        self._window: Window | None = None
        self._left: abc.Callable[[Window], frozenset[str]] = lambda _window: frozenset()
        self._entity, self._asked = entity, asked
        self._also: Any = None
        if self._table is not None:
            meant = asked.meant
            also = None if meant is None else condition_of(meant.ground, meant.expression, self._table)
            self._also, what, kept = also, asked.what, asked.kept
            keys = record_keys(self._table, self.attributes, what, asked.order, also=also, kept=kept)
            self._window = Window(glances.readers, keys)
            if kept and not what.is_empty:
                self._left = functools.partial(
                    left_behind, table=self._table, attributes=attributes, what=what, also=also, kept=kept
                )

    def build(self) -> int:
        """Materialise the order; give the true row count. Call it in a task."""
        self.rows = self._window.build(self._by_halves()) if self._window is not None else 0
        self._note_middle()
        self.left = self._left(self._window) if self._window is not None else frozenset()
        return self.rows

    def _by_halves(self) -> Any:  # noqa: ANN401  a select; SQL lives in `store`
        """Search very many records for words with two hands; None where the window does as well by itself."""
        asked, middle = self._asked, self._glances.middles.get(self._entity)
        words = asked.what.words.strip()
        if self._table is None or middle is None or not words:
            return None
        found = halves.holding(self._glances.readers, self._table, self.attributes, words, middle=middle)
        if found is None:
            return None
        also = found if self._also is None else found & self._also
        rest = replace(asked.what, words="")
        return record_keys(self._table, self.attributes, rest, asked.order, also=also, kept=asked.kept)

    def _note_middle(self) -> None:
        """Remember where the table is halved: all records in the order of their ids stand in the window."""
        is_whole = self._asked.what.is_empty and not self._asked.order.attribute
        if is_whole and self._window is not None and self.rows >= halves.WORTH:
            self._glances.middles[self._entity] = str(self._window.keys(self.rows // 2, 1)[0][0])

    def block(self, number: int) -> tuple[GridRow, ...]:
        """Give one block of at most 200 rows, with the marks as they are now."""
        if self._window is None or self._table is None:
            return ()
        rows, drafts, states, held = record_block(self._window, self._table, self._names, number * BLOCK)
        marks = self._marks(drafts, states)
        for one in held:
            marks.setdefault(one.rid, {})[one.attribute] = _held_mark(one)
        return tuple(self._row(row, marks.get(row[0], {})) for row in rows)

    def _row(self, raw: abc.Sequence[Any], marks: abc.Mapping[str, Mark]) -> GridRow:
        values = tuple([decode(cell) for decode, cell in zip(self._decoders, raw[2:], strict=True)])
        held = dict(zip(self._names, values, strict=True)) if marks else {}
        told = tuple((name, mark) for name, mark in marks.items() if fanning.is_true(mark, held.get(name)))
        return GridRow(rid=str(raw[0]), title=str(raw[1] or raw[0]), values=values, marks=told)

    def states_of(self, rid: str, links: abc.Sequence[Link]) -> dict[str, tuple[TargetState, ...]]:
        """Give for each attribute of one record how it stands in each CRM that takes it."""
        drafts, states = self._glances.standing(rid)
        by_value: dict[str, dict[str, Mark]] = {}
        for row in states:
            by_value.setdefault(row.attribute, {})[row.integration_id] = self._state_mark(row)
        waiting = {row.attribute: self._draft_mark(row) for row in drafts}
        reasons = self._glances.reasons(
            {mark.job_id for mine in by_value.values() for mark in mine.values() if mark.job_id}
        )
        return {
            view.attribute.name: fanning.target_states(
                view.targets,
                links,
                by_value.get(view.attribute.name, {}),
                draft=waiting.get(view.attribute.name),
                reasons=reasons,
            )
            for view in self._views
        }

    def row_of(self, rid: str) -> GridRow | None:
        """Give one record by its id."""
        if self._table is None:
            return None
        self._window = Window(self._glances.readers, single_record(self._table, rid))
        try:
            self.build()
            found = self.block(0)
        finally:
            self.close()
        return found[0] if found else None

    def place_of(self, rid: str) -> int | None:
        """Give the row number of a record in this order."""
        return self._window.ordinal_of(rid) if self._window is not None else None

    def rids(self, first: int, most: int) -> tuple[str, ...]:
        """Give the records of up to `most` rows from row `first`, without their values."""
        return () if self._window is None else tuple(str(row[0]) for row in self._window.keys(first, most))

    def next_marked(self, row: int, *, step: int) -> int | None:
        """Give the next row behind (or before) one that holds an edit, a refused value or a conflict."""
        return None if self._window is None else self._window.next_in(marked_records(), row, step=step)

    def close(self) -> None:
        """Give the connection back."""
        if self._window is not None:
            self._window.close()

    def _marks(self, drafts: abc.Sequence[Any], states: abc.Sequence[Any]) -> dict[str, dict[str, Mark]]:
        """Give the marks by record and attribute: the worst of a value's targets, which it tells of."""
        by_value: dict[tuple[str, str], dict[str, Mark]] = {}
        for row in states:
            by_value.setdefault((row.rid, row.attribute), {})[row.integration_id] = self._state_mark(row)
        waiting = {(row.rid, row.attribute): self._draft_mark(row) for row in drafts}
        told = self._told({rid for rid, _ in (*by_value, *waiting)}, by_value)
        marks: dict[str, dict[str, Mark]] = {}
        for value in waiting:
            by_value.setdefault(value, {})
        for (rid, name), mine in by_value.items():
            draft_of = waiting.get((rid, name))
            mark = fanning.worst(mine.values())
            if mark is not None and mark.state == AUTOMATED and draft_of is not None:
                mark = None  # a draft on its way counts more than what became of an earlier edit
            if mark is None or draft_of is None:
                shown = mark or draft_of
            else:  # editing forgets a state, so a state beside a draft came after it
                shown = replace(mark, old=draft_of.old, author=draft_of.author)
            if shown is not None:
                states_of = told(rid, name, mine, draft_of)
                marks.setdefault(rid, {})[name] = fanning.with_targets(shown, states_of)
        return marks

    def _told(
        self, rids: abc.Collection[str], by_value: abc.Mapping[tuple[str, str], abc.Mapping[str, Mark]]
    ) -> "abc.Callable[[str, str, abc.Mapping[str, Mark], Mark | None], tuple[TargetState, ...]]":
        """Look up what the targets of some records hold, where more than one CRM feeds them."""
        feeding = {
            target.integration.id: target.integration for view in self._views for target in view.targets
        }
        if len(feeding) < 2 or not rids:
            return lambda _rid, _name, _marks, _draft: ()
        links = self._glances.links(feeding.values(), rids)
        reasons = self._glances.reasons(
            {mark.job_id for mine in by_value.values() for mark in mine.values() if mark.job_id}
        )
        targets = {view.attribute.name: view.targets for view in self._views}

        def told(
            rid: str, name: str, marks: abc.Mapping[str, Mark], draft: Mark | None
        ) -> tuple[TargetState, ...]:
            return fanning.target_states(
                targets.get(name, ()),
                links.get(RecordId(rid), ()),
                marks,
                draft=draft,
                reasons=reasons,
            )

        return told

    def _kind(self, attribute: str) -> AttributeType:
        return self._kinds.get(attribute, AttributeType.TEXT)

    def _draft_mark(self, row: Any) -> Mark:  # noqa: ANN401  a row of SQLAlchemy
        kind = self._kind(row.attribute)
        return Mark(
            state="draft",
            old=decoding.plain_of(row.old, kind),
            new=decoding.plain_of(row.new, kind),
            author=row.author,
            at=moments.from_text(row.created_at),
        )

    def _state_mark(self, row: Any) -> Mark:  # noqa: ANN401
        kind = self._kind(row.attribute)
        new, theirs = decoding.plain_of(row.new, kind), decoding.plain_of(row.theirs, kind)
        is_automated = row.state == AUTOMATED
        return Mark(
            state=row.state,
            old=new if is_automated else None,
            new=theirs if is_automated else new,
            theirs=theirs,
            code=row.code,
            message=retold(row.message),
            job_id=row.job_id,
            at=moments.from_text(row.at),
        )


def _held_mark(row: Any) -> Mark:  # noqa: ANN401  a row of SQLAlchemy
    facts = tuple((str(name), str(fact)) for name, fact in json.loads(row.facts))
    at = moments.from_text(row.at)
    return Mark(state="held", new=row.text, code=row.code, facts=facts, author=row.author, at=at)
