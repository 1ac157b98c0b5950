"""Judge the rows of a job-to-be that makes records, and write the plan down.

What is set in a record that is not there yet has no value before it and can meet no conflict. What can be
said against it is what the fields take, what the CRM asks of a new record, and that it exists already.

Must not: send, know where rows come from.
"""

from collections import abc
from itertools import chain, islice
from typing import Final

from writeback.engine.depending import Dependencies
from writeback.engine.judging import CHUNK, Judged
from writeback.engine.looking_up import References
from writeback.engine.paying import Currencies
from writeback.engine.reaching import Reach
from writeback.engine.readable import Readable, pointing
from writeback.engine.reading_records import Theirs, read_records
from writeback.engine.row_words import blocked_row
from writeback.model.canonical import UNSET, Unset
from writeback.model.changes import Reason
from writeback.model.types import Clear, Value, Wish
from writeback.planning.coercing import refusal
from writeback.planning.creating import Required
from writeback.planning.inputs import PlanInput, PlanStream
from writeback.planning.laying import lay
from writeback.store.plan_rows import PlanWriter, Sent

EXISTS: Final = "create.exists_already"
_NOBODY: Final = Theirs("", None, ())


class NewJudge:
    """Judges the rows of one stream that makes records."""

    def __init__(self, stream: PlanStream, reach: Reach, references: References) -> None:
        self._stream = stream
        self._reach = reach
        self._references = references
        description = reach.describe(stream.object)
        self._nothing: tuple[Value, ...] = (None,) * len(stream.columns)
        self._paths = tuple(str(column.path) for column in stream.columns)
        self._required = Required(description.fields, stream.columns)
        self._depending = Dependencies.of(reach, description, stream.columns)
        self._money = Currencies.of(stream.columns, description)
        self._pointing = tuple(pointing(stream, reach, references))
        self._judged = Judged()

    def run(self, writer: PlanWriter) -> Judged:
        """Judge all rows.

        Raises:
            ConnectorError: The CRM could not be read; what was written so far is to be dropped.
        """
        rows = iter(self._stream.rows)
        while chunk := list(islice(rows, CHUNK)):
            first = self._judged.rows + 1
            self._judged.rows += len(chunk)
            self._judge([(row.number or number, row) for number, row in enumerate(chunk, first)], writer)
        return self._judged

    def _judge(self, rows: abc.Sequence[tuple[int, PlanInput]], writer: PlanWriter) -> None:
        there = self._there([row for _, row in rows if row.blocked is None])
        laid = [(number, self._laid(row)) for number, row in rows]
        readable = self._readable([row for _, row in laid])
        for number, row in laid:
            reason, path = row.blocked, row.field
            if reason is None and row.source_key in there:
                reason = self._exists(row.source_key, there[row.source_key])
            if reason is None:
                path, reason = self._refusal(row.wishes)
            if reason is not None:
                writer.keep(blocked_row(number, row, reason, path))
                continue
            news = tuple(UNSET if isinstance(wish, Clear) else wish for wish in row.wishes)
            olds = tuple(UNSET if isinstance(new, Unset) else None for new in news)
            nobody = _NOBODY._replace(values=self._nothing)
            shown = readable.shown(row, nobody) if self._pointing else None
            if self._money.by_place:
                shown = self._money.shown("", row.wishes, self._nothing, shown)
            writer.send(Sent(number, row.source_key, None, olds, news, row.rid, shown))

    def _there(self, rows: abc.Sequence[PlanInput]) -> dict[str, str]:
        """Give by key the records that are there already; nobody is asked twice where it is known."""
        if self._stream.missing is not None:
            return {}
        keys = tuple(dict.fromkeys(row.source_key for row in rows))
        found = read_records(
            self._reach, self._stream.object, by=self._stream.creates_by, keys=keys, fields=()
        )
        return {key: many[0].record_id for key, many in found.items() if many}

    def _laid(self, row: PlanInput) -> PlanInput:
        """Give a row with the options that are added to its lists: nothing stands there yet."""
        if not row.deltas:
            return row
        _, wishes = lay(row.deltas, row.olds, row.wishes, self._nothing)
        return row._replace(wishes=wishes)

    def _exists(self, key: str, record_id: str) -> Reason:
        return refusal(EXISTS, key, field=self._stream.creates_by, record=record_id)

    def _refusal(self, wishes: abc.Sequence[Wish | Unset]) -> tuple[str, Reason | None]:
        """Give the field that keeps a row back, and why."""
        found = self._required.refusal(wishes)
        if found is not None:
            return found
        beside = self._money.refusal("", wishes) or self._depending.refusal("", wishes, self._nothing)
        return ("", None) if beside is None else (self._paths[beside[0]], beside[1])

    def _readable(self, rows: abc.Sequence[PlanInput]) -> Readable:
        """Make sure that what people read of the records pointed at is known."""
        asks: dict[int, abc.Callable[[str], str]] = {}
        for place, aim in self._pointing:
            wished = chain(row.wishes[place] for row in rows if row.blocked is None)
            ids = {key for key in wished if isinstance(key, str) and key}
            asks[place] = self._references.show(aim, sorted(ids))
        return Readable(asks, frozenset())
