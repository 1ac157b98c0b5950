"""Make one write of all rows of a plan that lead to one record over references.

What they wish together is written once, and each row gets its outcome. Where two rows wish different things
of one field all that wish something of it are blocked, and each names the others: nobody but the person knows
which one is meant.
"""

import json
from collections import abc
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from writeback.model.canonical import Json
from writeback.model.changes import Reason
from writeback.model.jobs import Column
from writeback.store import integrations, plan_rows, records, sources
from writeback.store.plans import NewJob
from writeback.store.sources import Merged, Shared
from writeback.store.workspace import Workspace

LINES_DIFFER: Final = "reference.lines_differ"
RECORDS_DIFFER: Final = "reference.records_differ"
_NAMED: Final = 10
_UNTOUCHED: Final[Json] = {}

Wishes = list[Json]
LineOf = abc.Callable[[int], int]
_Blocked = dict[int, tuple[Reason, str]]


def share_writes(workspace: Workspace, job: NewJob, *, line_of: LineOf | None = None) -> None:
    """Look through the written rows of a job-to-be for records that several rows lead to.

    Args:
        workspace: Where the rows are.
        job: The job-to-be.
        line_of: Gives the line of a row, where the source is a file.
    """
    blocked: dict[int, tuple[Reason, str]] = {}
    merged: list[Merged] = []
    for record_id, rows in sources.shared(workspace, job.id):
        wishes = {row.seq: _read(row.wish) for row in rows}
        clashing = _clashing(wishes.values())
        disputed = [row for row in rows if any(wishes[row.seq][place] != _UNTOUCHED for place in clashing)]
        if disputed:
            path = str(job.columns[min(clashing)].path)
            names = (
                _names(workspace, job, disputed)
                if line_of is None
                else {row.seq: str(line_of(row.seq)) for row in disputed}
            )
            code = RECORDS_DIFFER if line_of is None else LINES_DIFFER
            blocked |= _differ(disputed, names, record_id=record_id, path=path, code=code)
        one = _merged([row for row in rows if row not in disputed], wishes)
        if one is not None:
            merged.append(one)
    sources.merge(workspace, job.id, merged)
    plan_rows.block(workspace, job.id, blocked)


@dataclass(frozen=True, slots=True)
class Made:
    """A job-to-be whose rows are written."""

    job: NewJob
    line_of: LineOf | None


def hold_across(workspace: Workspace, made: abc.Sequence[Made]) -> set[str]:
    """Block rows of different jobs-to-be that wish different things of one field of one record.

    A record may be named by a row itself, and be reached from other rows over different references.

    Returns:
        The jobs that lost rows.
    """
    touched: set[str] = set()
    for first, second in combinations(made, 2):
        ours, theirs = first.job, second.job
        is_same = (ours.connection_id, ours.object) == (theirs.connection_id, theirs.object)
        pairs = _common(ours.columns, theirs.columns)
        if not is_same or not pairs or not (ours.root or theirs.root):
            continue
        blocked: tuple[_Blocked, _Blocked] = {}, {}
        for one in sources.meeting(workspace, ours.id, theirs.id):
            wishes = _read(one.first.wish), _read(one.second.wish)
            clash = next((pair for pair in pairs if _differs(wishes[0][pair[0]], wishes[1][pair[1]])), None)
            if clash is None:
                continue
            names = _name(workspace, first, one.first), _name(workspace, second, one.second)
            blocked[0][one.first.seq] = _clash(first, clash[0], one.record_id, names)
            blocked[1][one.second.seq] = _clash(second, clash[1], one.record_id, (names[1], names[0]))
        for job, reasons in zip((ours, theirs), blocked, strict=True):
            plan_rows.block(workspace, job.id, reasons)
            touched |= {job.id} if reasons else set()
    return touched


def _clash(made: Made, place: int, record_id: str, names: tuple[str, str]) -> tuple[Reason, str]:
    path = str(made.job.columns[place].path)
    code = RECORDS_DIFFER if made.line_of is None else LINES_DIFFER
    facts = ("field", path), ("record", record_id), ("source", names[0]), ("others", names[1])
    return Reason(code, facts), path


def _common(ours: abc.Sequence[Column], theirs: abc.Sequence[Column]) -> list[tuple[int, int]]:
    """Give the places of columns that both write."""
    places = {column.field.casefold(): place for place, column in enumerate(theirs)}
    return [
        (place, places[name])
        for place, column in enumerate(ours)
        if (name := column.field.casefold()) in places
    ]


def _differs(ours: Json, theirs: Json) -> bool:
    return _UNTOUCHED not in (ours, theirs) and ours != theirs


def _name(workspace: Workspace, made: Made, row: Shared) -> str:
    if made.line_of is not None:
        return str(made.line_of(row.seq))
    return _names(workspace, made.job, (row,))[row.seq]


def _read(text: str) -> Wishes:
    row: Wishes = json.loads(text)
    return row


def _clashing(wishes: abc.Iterable[Wishes]) -> list[int]:
    """Give the places of columns for which rows wish different things."""
    seen: dict[int, set[str]] = {}
    for row in wishes:
        for place, wish in enumerate(row):
            if wish != _UNTOUCHED:
                seen.setdefault(place, set()).add(json.dumps(wish))
    return sorted(place for place, found in seen.items() if len(found) > 1)


def _merged(rows: abc.Sequence[Shared], wishes: abc.Mapping[int, Wishes]) -> Merged | None:
    """Put rows that agree together, if one of them is to be sent."""
    sent = [row for row in rows if row.verdict == "send"]
    if not sent:
        return None
    held = [_untouched_of(column) for column in zip(*(_read(row.held) for row in sent), strict=True)]
    new = [_untouched_of(column) for column in zip(*(_read(row.sends) for row in sent), strict=True)]
    whole = [now if wish == _UNTOUCHED else wish for wish, now in zip(new, held, strict=True)]
    # a row that saw another value before and wishes what is sent anyway has its wish fulfilled
    agreeing = [row for row in rows if row.verdict == "conflict" and _is_within(wishes[row.seq], whole)]
    others = tuple(row.seq for row in (*sent[1:], *agreeing))
    return Merged(sent[0].seq, _text(new), _text(held), others) if others else None


def _untouched_of(column: abc.Iterable[Json]) -> Json:
    """Give what rows that agree say of one column."""
    untouched: Json = {}
    return next((value for value in column if value != untouched), untouched)


def _is_within(wishes: Wishes, whole: Wishes) -> bool:
    return all(wish in (_UNTOUCHED, now) for wish, now in zip(wishes, whole, strict=True))


def _text(row: Wishes) -> str:
    return json.dumps(row, separators=(",", ":"))


def _differ(
    rows: abc.Sequence[Shared], names: abc.Mapping[int, str], *, record_id: str, path: str, code: str
) -> dict[int, tuple[Reason, str]]:
    """Block rows that wish different things, each with the names of the others."""
    told: dict[int, tuple[Reason, str]] = {}
    for row in rows:
        others = [names[other.seq] for other in rows if other.seq != row.seq]
        named = ", ".join(others[:_NAMED]) + (", …" if len(others) > _NAMED else "")
        facts = ("field", path), ("record", record_id), ("source", names[row.seq]), ("others", named)
        told[row.seq] = Reason(code, facts), path
    return told


def _names(workspace: Workspace, job: NewJob, rows: abc.Sequence[Shared]) -> dict[int, str]:
    """Give what people call the records that rows come from; their key where they have no name."""
    rids = [row.rid for row in rows if row.rid is not None]
    titles: dict[str, str] = {}
    if rids and job.integration_id is not None:
        with workspace.reading() as db:
            entity = integrations.get(db, job.integration_id).entity
            titles = {str(one.id): one.title for one in records.get_many(db, entity, rids).values()}
    return {row.seq: titles.get(row.rid or "") or row.source_key or str(row.seq) for row in rows}
