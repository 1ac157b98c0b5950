"""The history of one record's values as one list: who, when, why, from where, old, new, and every answer.

Our writes come from the outbox, one entry for a value of an act however many CRMs took it; what else
changed a value was noted when it happened.

Must not: know SQL (`store.histories` does), build sentences.
"""

import json
from collections import abc
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from writeback.errors import Fact
from writeback.model.histories import CONFIRMING, HistoryKind
from writeback.model.integrations import Integration
from writeback.model.jobs import Column, JobKind
from writeback.model.types import AttributeType, Value
from writeback.runtime import decoding
from writeback.runtime.retelling import retold
from writeback.store import moments
from writeback.store.glances import Glances
from writeback.store.records import Link

MOST: Final = 200
APPLIED: Final = "applied"
_PLANNED: Final = JobKind.BULK_WRITE_BACK.value


@dataclass(frozen=True, slots=True)
class HistoryAnswer:
    """What one CRM said to a write, or why it was not asked."""

    connection: str
    """The connection's name."""
    outcome: str
    """An outcome, `blocked`, or `open`."""
    code: str
    message: str
    """The CRM's own words; '' for what we said ourselves."""
    facts: tuple[tuple[str, Fact], ...]
    """What the sentence of `code` is filled with."""
    job_id: str
    number: int
    at: datetime | None
    """When it was settled."""
    old: Value = None
    """What this CRM held before."""
    theirs: Value = None
    """What it held instead, for a conflict."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that happened to one value of a record."""

    at: datetime
    kind: HistoryKind
    attribute: str
    """Its name; the CRM's field path where no attribute is mapped."""
    old: Value
    new: Value
    origin: str
    """The surface; for what a CRM told, the kind."""
    author: str
    """Who did it here; for what a CRM told, who did it there, where it says so."""
    reason: str
    source: str
    """From where: the surface, the file, or the connection whose CRM told it."""
    job_id: str = ""
    """For what was read back: after whose write."""
    number: int = 0
    answers: tuple[HistoryAnswer, ...] = ()
    """One for each CRM that the value went to."""
    undo_of: str = ""

    @property
    def confirmed_at(self) -> datetime | None:
        """When the record came to hold `new`; None: it did not by this."""
        if self.kind in CONFIRMING:
            return self.at
        taken = [one.at for one in self.answers if one.outcome == APPLIED and one.at is not None]
        return max(taken, default=None)


@dataclass(frozen=True, slots=True)
class Whose:
    """The record whose history is asked for, and what is known of it."""

    rid: str
    integrations: abc.Sequence[Integration]
    """Those that feed its entity."""
    links: abc.Sequence[Link]
    """The CRM records behind it."""
    kinds: abc.Mapping[str, AttributeType]
    """Of the entity's attributes, by name."""
    connections: abc.Mapping[str, str]
    """Names, by id."""


def history_of(
    glances: Glances,
    whose: Whose,
    *,
    attribute: str = "",
    since: datetime | None = None,
    limit: int = MOST,
) -> tuple[HistoryEntry, ...]:
    """Give the history of a record's values, newest first.

    Args:
        glances: Where to look.
        whose: The record.
        attribute: Only of this one; a field path is understood too.
        since: Only what happened from then on.
        limit: At most so many entries.
    """
    moment = max(moments.to_text(since) if since is not None else "", glances.history_begins())
    by_id = {one.id: one for one in whose.integrations}
    parts: dict[tuple[str, str], list[HistoryEntry]] = {}
    of_drafts: set[str] = set()
    kept: dict[tuple[str, str], list[HistoryAnswer]] = {}
    for link in whose.links:
        integration = by_id[link.integration_id]
        names = {str(one.path): one.attribute for one in integration.mappings}
        for row in glances.sent_to(integration.connection_id, integration.object, link.key, since=moment):
            of_drafts.update(_plan_of_drafts(row))
            for entry in _written(row, names):
                parts.setdefault((row.change_set, entry.attribute), []).append(entry)
            for name, answer in _blocked(row, names):
                kept.setdefault((row.change_set, name), []).append(answer)
    for row in glances.sent_over(whose.rid, since=moment):
        of_drafts.update(_plan_of_drafts(row))
        for entry in _written(row, {}):
            parts.setdefault((row.change_set, entry.attribute), []).append(entry)
    notes = glances.noted(whose.rid, since=moment)
    acts = {act: _with_blocked(_one_act(entries), kept.get(act, ())) for act, entries in parts.items()}
    written = [_from_its_surface(entry, notes if act[0] in of_drafts else ()) for act, entry in acts.items()]
    known = {
        (entry.attribute, one.job_id): entry.new
        for entry in written
        for one in entry.answers
        if one.outcome == APPLIED
    }
    crms = {str(one.id): whose.connections.get(one.connection_id, "") for one in whose.integrations}
    noted = [_noted(row, whose.kinds, crms) for row in notes]
    told = [one for one in noted if not _says_the_same(one, known)]
    every = [entry for entry in (*told, *written) if _is_about(entry, attribute, whose.integrations)]
    return tuple(sorted(every, key=lambda one: (one.at, one.number), reverse=True)[:limit])


def _says_the_same(entry: HistoryEntry, known: abc.Mapping[tuple[str, str], Value]) -> bool:
    """Say whether a read-back only confirms what the write's own entry says."""
    name = entry.attribute, entry.job_id
    return entry.kind is HistoryKind.READ_BACK and name in known and known[name] == entry.new


def _written(row: Any, names: abc.Mapping[str, str]) -> abc.Iterator[HistoryEntry]:  # noqa: ANN401  a raw row
    """Give an entry for each value that one row of a job touched, with this one CRM's answer."""
    columns = decoding.columns_of(row.columns)
    old, new = decoding.row_of(row.old), decoding.row_of(row.new)
    theirs = decoding.row_of(row.theirs or "[]")
    shown = json.loads(row.shown or "{}")
    for place, (column, wish) in enumerate(zip(columns, new, strict=False)):
        if wish == {}:
            continue
        before = _value(old or theirs, place, column)
        answer = HistoryAnswer(
            connection=row.connection,
            outcome=row.outcome,
            code=row.code,
            message=retold(row.message),
            facts=decoding.facts_of(row.facts),
            job_id=row.id,
            number=int(row.number),
            at=moments.from_optional(row.answered_at),
            old=before,
            theirs=_value(theirs, place, column) if row.outcome == "conflict" else None,
        )
        wanted = decoding.value_of(wish, column.kind)
        read = shown.get(str(place))
        source = json.loads(row.source)
        yield HistoryEntry(
            at=moments.from_text(row.submitted_at),
            kind=HistoryKind.WRITTEN,
            attribute=column.attribute or names.get(str(column.path), str(column.path)),
            old=before if read is None else read[0] or before,
            new=wanted if read is None else read[1] or wanted,
            origin=row.origin,
            author=row.author,
            reason=row.reason,
            source=str(source.get("file") or source.get("plan_file") or row.origin),
            job_id=row.id,
            number=int(row.number),
            answers=(answer,),
            undo_of=row.undo_of or "",
        )


def _blocked(
    row: Any,  # noqa: ANN401  a raw row
    names: abc.Mapping[str, str],
) -> abc.Iterator[tuple[str, HistoryAnswer]]:
    """Give this one CRM's answer for the value that a row was blocked by: it holds no wish, so no entry."""
    if row.outcome != "blocked":
        return
    columns = decoding.columns_of(row.columns)
    new = decoding.row_of(row.new)
    for place, column in enumerate(columns):
        is_told = place < len(new) and new[place] != {}
        if is_told or row.field not in ("", str(column.path), column.field):
            continue
        yield (
            column.attribute or names.get(str(column.path), str(column.path)),
            HistoryAnswer(
                connection=row.connection,
                outcome=row.outcome,
                code=row.code,
                message=row.message,
                facts=decoding.facts_of(row.facts),
                job_id=row.id,
                number=int(row.number),
                at=moments.from_optional(row.answered_at),
                old=None,
                theirs=None,
            ),
        )


def _with_blocked(entry: HistoryEntry, answers: abc.Sequence[HistoryAnswer]) -> HistoryEntry:
    """Tell with an act the CRMs that were kept from it: what was wished is known from the others."""
    known = {one.job_id for one in entry.answers}
    more = [one for one in answers if one.job_id not in known]
    return replace(entry, answers=tuple(sorted((*entry.answers, *more), key=lambda one: one.number)))


def _plan_of_drafts(row: Any) -> tuple[str, ...]:  # noqa: ANN401  a raw row
    """Give the act of a row, where edits that had waited were planned in it, of whatever surface."""
    return (row.change_set,) if row.kind == _PLANNED and row.source == "{}" else ()


def _from_its_surface(entry: HistoryEntry, notes: abc.Iterable[Any]) -> HistoryEntry:
    """Tell of a value of a plan of edits where it was typed: such a plan may hold those of many surfaces."""
    at = moments.to_text(entry.at)
    typed = [
        row
        for row in notes  # the newest first
        if row.kind == HistoryKind.DRAFT and row.attribute == entry.attribute and row.at <= at
    ]
    if not typed or not typed[0].origin:
        return entry
    origin = str(typed[0].origin)
    return replace(entry, origin=origin, source=origin)


def _one_act(entries: abc.Sequence[HistoryEntry]) -> HistoryEntry:
    """Tell the entries of one value in one act as one: the first CRM that took it says what was there."""
    ordered = sorted(entries, key=lambda one: one.answers[0].number)
    first = next((one for one in ordered if one.answers[0].outcome == APPLIED), ordered[0])
    return replace(first, answers=tuple(answer for one in ordered for answer in one.answers))


def _noted(
    row: Any,  # noqa: ANN401  a raw row
    kinds: abc.Mapping[str, AttributeType],
    crms: abc.Mapping[str, str],
) -> HistoryEntry:
    kind = HistoryKind(row.kind)
    of = kinds.get(row.attribute, AttributeType.TEXT)
    return HistoryEntry(
        at=moments.from_text(row.at),
        kind=kind,
        attribute=row.attribute,
        old=decoding.plain_of(row.old, of),
        new=decoding.plain_of(row.new, of),
        origin=row.origin or kind.value,
        author=row.author,
        reason=row.reason,
        source=crms.get(row.integration_id) or row.origin or kind.value,
        job_id=row.job_id,
        number=int(row.number or 0),
    )


def _value(row: abc.Sequence[object], place: int, column: Column) -> Value:
    if place >= len(row) or row[place] == {}:
        return None
    return decoding.value_of(row[place], column.kind)


def _is_about(entry: HistoryEntry, attribute: str, integrations: abc.Iterable[Integration]) -> bool:
    if not attribute or entry.attribute.casefold() == attribute.casefold():
        return True
    return any(
        mapping.attribute == entry.attribute and str(mapping.path).casefold() == attribute.casefold()
        for integration in integrations
        for mapping in integration.mappings
    )
