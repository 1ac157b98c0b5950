"""Judge the rows of one job-to-be against what the CRM holds now, and write the plan down.

Reads afresh in chunks, sorts row by row, keeps nothing: a million rows need no more memory than a
thousand. Every row of the source ends as one write or one finding.

Must not: decide a row (`planning.sorting` does), send, know where rows come from.
"""

from collections import abc
from dataclasses import dataclass, field
from itertools import chain, islice
from operator import itemgetter
from typing import Final

from writeback.engine.alike import Alike
from writeback.engine.dating import Dater, Dispute
from writeback.engine.depending import Dependencies
from writeback.engine.looking_up import LEFT, References
from writeback.engine.own_writes import Chain, Chains, OwnWrites
from writeback.engine.paying import Currencies
from writeback.engine.reaching import Reach, RefusesInBulk
from writeback.engine.readable import Readable, pointing
from writeback.engine.reading_records import Theirs, not_one, read_records
from writeback.engine.row_words import based_on, blocked_row, held_at, lefts, not_pointed
from writeback.model.canonical import UNSET, Unset
from writeback.model.changes import Reason, VerdictKind
from writeback.model.integrations import ConflictRule
from writeback.model.types import CLEAR, DECIMAL_TYPES, INTEGER_TYPES, AttributeType, Value, Wish
from writeback.planning.coercing import refusal
from writeback.planning.dating import Newest
from writeback.planning.inputs import PlanInput, PlanStream
from writeback.planning.laying import checks_of, first_refusal, lay
from writeback.planning.sorting import RowSorter, RowVerdict, is_same, without_clear
from writeback.planning.translating import as_held
from writeback.store.plan_rows import Finding, Line, PlanWriter, Sent, Shown, Source

CHUNK: Final = 2_000
"""Rows judged against one fresh read."""


_RECORD_ID: Final = PlanInput._fields.index("record_id")
_SOURCE_KEY: Final = PlanInput._fields.index("source_key")
_NO_TEXTS: Final = (
    DECIMAL_TYPES | INTEGER_TYPES | {AttributeType.BOOLEAN, AttributeType.DATE, AttributeType.DATETIME}
)


_Groups = dict[abc.Hashable, list[tuple[int, PlanInput, Theirs | None]]]
"""Rows that are alike by their key, each with its number and its record as it was read, if it was."""


@dataclass(slots=True)
class Judged:
    """What judging a stream found beside its rows."""

    rows: int = 0
    bulk_refused: dict[int, tuple[str, Reason]] = field(default_factory=dict)
    """By row: field and reason why an upload could not carry it; matters if the job goes by BULK."""


class Judge:
    """Judges the rows of one stream."""

    def __init__(
        self,
        stream: PlanStream,
        reach: Reach,
        references: References,
        *,
        compares: bool,
        may_upload: bool,
        own: OwnWrites | None = None,
    ) -> None:
        self._stream = stream
        self._reach = reach
        self._references = references
        self._own = own
        self._compares = compares or bool(stream.key_field) or stream.has_deltas
        columns = stream.columns
        rules = stream.rules or (ConflictRule.ASK,) * len(columns)
        self._dater = Dater(
            reach.session, reach.describe(stream.object), columns, reach.ahead() if reach.ahead else None
        )
        self._kinds = tuple(column.kind for column in columns)
        self._texts = tuple(place for place, kind in enumerate(self._kinds) if kind not in _NO_TEXTS)
        self._sorter = RowSorter(self._kinds, rules, same=reach.session.same_value, splits=stream.splits)
        self._split: list[Finding] = []
        self._paths = tuple(str(column.path) for column in columns)
        self._pointing = tuple(pointing(stream, reach, references))
        description = reach.describe(stream.object)
        self._money = Currencies.of(columns, description)
        self._checks = checks_of([description.field(column.field) for column in columns])
        self._depending = Dependencies.of(reach, description, columns)
        self._untouched: tuple[Value | Unset, ...] = (UNSET,) * len(columns)
        self._judged = Judged()
        session = reach.session
        self._refuses = session.bulk_refuses if may_upload and isinstance(session, RefusesInBulk) else None
        self._no_clears = tuple(self._refused_clears())
        self._alike = Alike(is_open=self._is_same_for_all())
        self._is_worded = bool(stream.shown_olds or stream.meanings)
        self._may_refuse = bool(self._checks or self._depending.ruled or self._money.by_place)

    def _is_same_for_all(self) -> bool:
        """Say whether nothing but a row's values and the CRM's decides what becomes of it."""
        stream = self._stream
        by_record = self._sorter.asks_newest or self._depending.ruled or self._money.by_place
        by_word = self._pointing or stream.shown_olds or stream.meanings
        return not (by_record or by_word or stream.splits or stream.root)

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
        if self._stream.root:
            for number, row in rows:
                writer.ask(Source(number, row.rid, row.source_key, without_clear(row.wishes)))
        if not self._compares:
            self._pass_all(rows, writer)
            return
        found = self._read([row for _, row in rows if self._is_looked_up(row)])
        self._look_beside(rows, found)
        readable = self._readable(rows, found)
        newest = self._date(rows, found, readable) if self._sorter.asks_newest else {}
        own = self._own.of([one.record_id for many in found.values() for one in many]) if self._own else {}
        self._compare(rows, found, newest, own=own, writer=writer, readable=readable)
        for number, finding in enumerate(self._split, self._judged.rows + 1):
            writer.keep(finding._replace(seq=number))
        self._judged.rows += len(self._split)
        self._split.clear()

    def _compare(
        self,
        rows: abc.Iterable[tuple[int, PlanInput]],
        found: abc.Mapping[str, list[Theirs]],
        newest: abc.Mapping[int, Newest],
        *,
        own: Chains,
        writer: PlanWriter,
        readable: Readable,
    ) -> None:
        is_by_key, alike, missing = bool(self._stream.key_field), self._alike, self._stream.missing
        groups: _Groups = {}

        def sort(
            number: int, row: PlanInput, held: Theirs | None, chains: abc.Mapping[int, Chain] | None = None
        ) -> Line:
            if held is None:
                return self._block(number, row, writer)
            told = newest.get(number)
            return self._sort(number, row, held, newest=told, writer=writer, readable=readable, chains=chains)

        for number, row in rows:
            held = None
            if missing is not None and self._is_looked_up(row) and not found.get(row.source_key):
                missing.add(number)  # another stream makes its record
                continue
            if row.blocked is None:
                theirs = found.get(row.source_key if is_by_key else row.record_id, _NOTHING)
                if len(theirs) != 1:
                    writer.keep(blocked_row(number, row, self._not_one(row, len(theirs))))
                    continue
                held = theirs[0]
            chains = own.get(held.record_id) if own and held is not None else None
            if row.case and alike.is_open and not chains:
                groups.setdefault(alike.key(row, held), []).append((number, row, held))
            else:
                sort(number, row, held, chains)
        self._sort_alike(groups, sort, writer)

    def _sort_alike(
        self, groups: _Groups, sort: abc.Callable[[int, PlanInput, Theirs | None], Line], writer: PlanWriter
    ) -> None:
        """Judge the first of rows that are alike; of the others the same is written down."""
        refused = self._judged.bulk_refused
        for key, rows in groups.items():
            line, others = self._alike.find(key), rows
            if line is None:
                line, others = sort(*rows[0]), rows[1:]
                self._alike.note(key, line)
            self._alike.count(len(others))
            writer.again(
                line,
                [
                    (number, row.record_id, row.rid, None, row.source_key)
                    if held is None
                    else (number, held.record_id, row.rid, held.version, row.source_key)
                    for number, row, held in others
                ],
            )
            if line.seq in refused:
                refused.update((number, refused[line.seq]) for number, _, _ in others)

    def _is_looked_up(self, row: PlanInput) -> bool:
        """Say whether the record of a row is read: of one that is blocked only where it may be missing."""
        return row.blocked is None or (
            self._stream.missing is not None
            and bool(row.source_key)
            and row.field.casefold() != self._stream.key_field.casefold()
        )

    def _look_beside(
        self, rows: abc.Iterable[tuple[int, PlanInput]], found: abc.Mapping[str, list[Theirs]]
    ) -> None:
        """Read the fields that decide about options, for the rows that name some."""
        if self._depending.ruled:
            pairs = ((found.get(self._key_of(row), _NOTHING), row) for _, row in rows if row.blocked is None)
            self._depending.look((many[0].record_id, row.wishes) for many, row in pairs if len(many) == 1)

    def _date(
        self,
        rows: abc.Sequence[tuple[int, PlanInput]],
        found: abc.Mapping[str, list[Theirs]],
        readable: Readable,
    ) -> abc.Mapping[int, Newest]:
        """Find out who wrote later, for the rows that hang on it."""
        disputes: list[Dispute] = []
        for number, row in rows:
            theirs = found.get(self._key_of(row), _NOTHING) if row.blocked is None else _NOTHING
            if len(theirs) != 1:
                continue
            held = theirs[0]
            olds, wishes = self._meant(row, held, readable)
            places = self._sorter.disputed(olds, wishes, held.values, is_dated=self._stream.is_dated)
            if places:
                disputes.append(
                    Dispute(number, held.record_id, places, row.edited, held.values, held.modified)
                )
        dated = self._dater.date(disputes)
        self._reach.spent.reads += self._dater.take_reads()
        return dated

    def _meant(
        self, row: PlanInput, theirs: Theirs, readable: Readable
    ) -> tuple[abc.Sequence[Value | Unset], abc.Sequence[Wish | Unset]]:
        """Give what was seen and what is wished, in the CRM's own values where they mean the same."""
        olds = readable.olds(row, theirs) if self._stream.shown_olds else row.olds
        wishes = row.wishes
        if row.deltas:
            olds, wishes = lay(row.deltas, olds, wishes, theirs.values)
        if not self._stream.meanings:
            return olds, wishes
        return as_held(self._stream.meanings, olds, wishes, theirs.values)

    def _block(self, number: int, row: PlanInput, writer: PlanWriter) -> Line:
        return writer.keep(blocked_row(number, row, row.blocked or _NEVER, row.field))

    def _sort(
        self,
        number: int,
        row: PlanInput,
        theirs: Theirs,
        *,
        newest: Newest | None,
        writer: PlanWriter,
        readable: Readable,
        chains: abc.Mapping[int, Chain] | None = None,
    ) -> Line:
        real, olds, wishes = theirs, row.olds, row.wishes
        if row.deltas or self._is_worded:
            olds, wishes = self._meant(row, theirs, readable)
        if chains:
            theirs, olds, wishes = self._after_own(row, theirs, olds, chains=chains, readable=readable)
        place, blocked = self._refusal(theirs, wishes) or _FREE if self._may_refuse else _FREE
        verdict = self._sorter.sort(
            olds,
            wishes,
            theirs.values,
            blocked=blocked,
            place=place,
            newest=newest,
            is_dated=self._stream.is_dated,
        )
        shown = readable.shown(row, theirs) if self._pointing else None
        if self._money.by_place:
            shown = self._money.shown(theirs.record_id, wishes, theirs.values, shown)
        held = held_at(row.wishes, wishes, real.values, theirs.values)
        if verdict.kind is VerdictKind.SEND:
            kept = lefts(verdict.kept, without_clear(wishes), theirs.values) if verdict.kept else None
            if row.left:
                kept = (kept or {}) | not_pointed(row.left, real.values)
            told = (held, verdict.news, row.rid, shown, row.edited, kept)
            line = writer.send(Sent(number, theirs.record_id, theirs.version, *told))
            if self._refuses is not None:
                self._note_refused(number, verdict.news)
            if verdict.places:
                self._split.append(self._left_out(row, theirs, places=verdict.places, olds=olds, shown=shown))
            return line
        return writer.keep(
            Finding(
                seq=number,
                verdict=verdict.kind,
                record_id=theirs.record_id,
                source_key=row.source_key,
                rid=row.rid,
                reason=self._reason(verdict) or self._left(row),
                field=self._paths[verdict.place if verdict.place >= 0 else min(row.left)]
                if verdict.place >= 0 or row.left
                else "",
                old=based_on(olds, held, row.wishes),
                theirs=held,
                new=verdict.news,
                shown=shown,
                places=verdict.places,
            )
        )

    def _after_own(
        self,
        row: PlanInput,
        theirs: Theirs,
        olds: abc.Sequence[Value | Unset],
        *,
        chains: abc.Mapping[int, Chain],
        readable: Readable,
    ) -> tuple[Theirs, abc.Sequence[Value | Unset], abc.Sequence[Wish | Unset]]:
        """Give what the CRM will hold once the person's own earlier jobs arrived; base and wish over that.

        Only where it holds what those found or wrote, and the person saw one of that. What they wish as it
        will stand anyway is sent all the same: the earlier write may fail.
        """
        same, mine, later = self._sorter.same, [], list(theirs.values)
        for place, one in chains.items():
            kind, old, now = self._kinds[place], olds[place], theirs.values[place]
            is_seen = isinstance(old, Unset) or one.has(old, kind, same)
            is_seen = is_seen and one.is_before(row.edited[place] if row.edited else None)
            if not isinstance(row.wishes[place], Unset) and is_seen and one.is_alone(now, kind, same):
                later[place] = one.last if one.is_to_come else now
                mine.append(place)
        based, wishes = self._meant(row, theirs._replace(values=later), readable)
        based, wanted = list(based), without_clear(wishes)
        for place in mine:
            wish, kind = wanted[place], self._kinds[place]
            if not isinstance(wish, Unset) and is_same(kind, wish, later[place]):
                later[place] = theirs.values[place]
            based[place] = later[place]
        return theirs._replace(values=later), based, wishes

    def _refusal(self, theirs: Theirs, wishes: abc.Sequence[Wish | Unset]) -> tuple[int, Reason] | None:
        """Give what can be said against a wish only when it is known what the CRM holds."""
        return (
            first_refusal(self._checks, wishes, theirs.values)
            or self._depending.refusal(theirs.record_id, wishes, theirs.values)
            or self._money.refusal(theirs.record_id, wishes)
        )

    def _left_out(
        self,
        row: PlanInput,
        theirs: Theirs,
        *,
        places: abc.Collection[int],
        olds: abc.Sequence[Value | Unset],
        shown: Shown | None,
    ) -> Finding:
        """Give the fields in conflict of a row that is sent without them; it gets its number later."""

        def only(values: abc.Iterable[Value | Unset]) -> list[Value | Unset]:
            return [value if place in places else UNSET for place, value in enumerate(values)]

        first = self._paths[min(places)]
        return Finding(
            seq=0,
            verdict=VerdictKind.CONFLICT,
            record_id=theirs.record_id,
            source_key=row.source_key,
            rid=row.rid,
            reason=Reason("plan.changed_in_crm", (("field", first),)),
            field=first,
            old=only(based_on(olds, theirs.values, row.wishes)),
            theirs=only(theirs.values),
            new=only(without_clear(row.wishes)),
            shown={at: words for at, words in shown.items() if at in places} if shown else None,
            places=tuple(places),
        )

    def _pass_all(self, rows: abc.Iterable[tuple[int, PlanInput]], writer: PlanWriter) -> None:
        groups: _Groups = {}
        for number, row in rows:
            if row.case and self._alike.is_open:
                groups.setdefault(self._alike.key(row, None), []).append((number, row, None))
            else:
                self._pass(number, row, writer)
        self._sort_alike(groups, lambda number, row, _: self._pass(number, row, writer), writer)

    def _pass(self, number: int, row: PlanInput, writer: PlanWriter) -> Line:
        """Judge a row nobody compares (assurance C): what it touches is sent."""
        if row.blocked is not None:
            return self._block(number, row, writer)
        news = without_clear(row.wishes)
        if news == self._untouched:
            finding = Finding(number, VerdictKind.UNCHANGED, row.record_id, row.source_key, row.rid, new=news)
            return writer.keep(finding)
        line = writer.send(Sent(number, row.record_id, None, row.olds, news, row.rid))
        self._note_refused(number, news)
        return line

    def _read(self, rows: abc.Sequence[PlanInput]) -> dict[str, list[Theirs]]:
        """Read the records of these rows afresh, by the key that `_key_of` gives for them."""
        self._money.forget()  # of an earlier chunk
        keys = dict.fromkeys(map(itemgetter(_SOURCE_KEY if self._stream.key_field else _RECORD_ID), rows))
        fields = tuple(column.field for column in self._stream.columns)
        asks_newest = self._sorter.asks_newest
        asked = self._dater.paths if asks_newest else fields
        found = read_records(
            self._reach,
            self._stream.object,
            by=self._stream.key_field,
            keys=tuple(keys),
            fields=(*asked, *self._money.paths),
        )
        if self._money.paths:
            found = {key: [self._paid(theirs, len(asked)) for theirs in many] for key, many in found.items()}
        if not asks_newest:
            return found
        return {key: [self._dated(theirs) for theirs in many] for key, many in found.items()}

    def _paid(self, theirs: Theirs, width: int) -> Theirs:
        """Part the record from its currency, and remember that."""
        values = tuple(theirs.values)
        self._money.note(theirs.record_id, values[width:])
        return theirs._replace(values=values[:width])

    def _dated(self, theirs: Theirs) -> Theirs:
        values, modified = self._dater.split(tuple(theirs.values))
        return theirs._replace(values=values, modified=modified)

    def _key_of(self, row: PlanInput) -> str:
        return row.source_key if self._stream.key_field else row.record_id

    def _not_one(self, row: PlanInput, found: int) -> Reason:
        key = row.source_key or row.record_id
        return not_one(self._reach, self._stream.object, by=self._stream.key_field, key=key, found=found)

    def _readable(
        self, rows: abc.Iterable[tuple[int, PlanInput]], found: abc.Mapping[str, list[Theirs]]
    ) -> Readable:
        asks: dict[int, abc.Callable[[str], str]] = {}
        for place, aim in self._pointing:
            held = (theirs.values[place] for many in found.values() for theirs in many)
            wished = (row.wishes[place] for _, row in rows if row.blocked is None)
            ids = {key for key in chain(held, wished) if isinstance(key, str) and key}
            asks[place] = self._references.show(aim, sorted(ids))
        return Readable(asks, self._stream.shown_olds)

    def _refused_clears(self) -> abc.Iterator[tuple[int, Reason]]:
        """Name the columns that an upload cannot empty: asked once, a clear depends on no value."""
        if self._refuses is None:
            return
        for place, kind in enumerate(self._kinds):
            reason = self._refuses(kind, CLEAR)
            if reason is not None:
                yield place, reason

    def _note_refused(self, number: int, news: abc.Sequence[Value | Unset]) -> None:
        if self._refuses is None:
            return
        for place, no_clear in self._no_clears:
            if news[place] is None:
                self._judged.bulk_refused[number] = (self._paths[place], no_clear)
                return
        for place in self._texts:
            new = news[place]
            if isinstance(new, str | tuple):
                reason = self._refuses(self._kinds[place], new)
                if reason is not None:
                    self._judged.bulk_refused[number] = (self._paths[place], reason)
                    return

    def _left(self, row: PlanInput) -> Reason | None:
        """Say of a row of which nothing is sent that a reference of it named no record."""
        for place, text in row.left.items():
            return refusal(LEFT, text, field=self._paths[place])
        return None

    def _reason(self, verdict: RowVerdict) -> Reason | None:
        if verdict.kind is VerdictKind.CONFLICT:
            return Reason("plan.changed_in_crm", (("field", self._paths[verdict.place]),))
        if verdict.kind is VerdictKind.BLOCKED:
            return verdict.reason
        if verdict.reason is not None:
            return Reason(verdict.reason.code, (("field", self._paths[verdict.place]),))
        return None


_NOTHING: Final[list[Theirs]] = []
_NEVER: Final = Reason("plan.record_not_found")
_FREE: Final[tuple[int, Reason | None]] = (-1, None)
