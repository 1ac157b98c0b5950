"""Keep what a person typed: as a draft, or on its way to the CRM at once.

Text that cannot be read is refused here, with the field's name, and never leaves the form. An edit that
is sent at once is a draft first: should the CRM be out of reach, nothing typed is lost.

Must not: judge against the CRM (`proposing` does), send.
"""

from collections import abc
from dataclasses import dataclass, field, replace
from typing import Final

from writeback.engine import adding
from writeback.engine.edited_models import EditedModels, EditFacts, read_models
from writeback.engine.gathering_drafts import Named, gather_drafts
from writeback.engine.proposing import propose
from writeback.engine.reaching import LastReachOf, ReachOf
from writeback.engine.terms import Terms
from writeback.engine.wishing import read_wish
from writeback.errors import ApprovalNeededError, GuardError
from writeback.model.canonical import Unset
from writeback.model.changes import Change, Origin, Reason
from writeback.model.deltas import Delta, MultiMode
from writeback.model.events import EventKind
from writeback.model.histories import HistoryKind
from writeback.model.jobs import JobKind
from writeback.model.reports import EditAnswer
from writeback.model.types import Clear, JobId, PlanId, RecordId
from writeback.planning.sorting import is_same
from writeback.store import (
    drafts,
    edit_acts,
    held_edits,
    journal,
    noting,
    plans,
    sources,
)
from writeback.store.drafts import Draft, note_of_draft
from writeback.store.held_edits import HeldEdit
from writeback.store.plan_rows import PlanRow, rows_of
from writeback.store.plans import PlannedJob
from writeback.store.workspace import Db, Workspace

DISCARDED: Final = HistoryKind.DISCARDED
DRAFT, SENDING, UNCHANGED, BLOCKED = "draft", "sending", "unchanged", "blocked"

HOLDING: Final = frozenset({Origin.SEGMENT})
"""Surfaces on which a text that cannot be read stays beside its value, so that it can be mended there."""

WAITING: Final = frozenset({Origin.CAMPAIGN, Origin.SUCCESS_PLAY})
"""Surfaces whose edits come many at once, however few are in one piece: they wait to be looked at."""

Submit = abc.Callable[[PlanId], abc.Sequence[JobId]]
"""Makes a plan real; gives a job for each job-to-be, which may be one that was there already."""
Along = abc.Callable[[Db, abc.Mapping[Named, EditAnswer], abc.Mapping[Named, Draft | None]], None]
"""Done in the transaction that keeps edits, with what became of each, and with the drafts there were."""


@dataclass(frozen=True, slots=True)
class Reaching:
    """How CRMs are asked, and how a plan becomes real."""

    reach_of: ReachOf
    submit: Submit
    last_reach_of: LastReachOf | None = None
    """Gives what was last read of a CRM that cannot be asked, while others can."""


def save_edits(
    edits: abc.Sequence[EditFacts],
    *,
    workspace: Workspace,
    origin: Origin,
    author: str,
    send: bool,
    reaching: Reaching,
    act: str = "",
) -> tuple[EditAnswer, ...]:
    """Keep edits as drafts, and send those at once that are to be sent at once.

    Args:
        edits: What was typed.
        workspace: Where drafts are kept.
        origin: The surface it was typed on.
        author: Who typed it.
        send: Send now; otherwise only edits of a single record, where every connection that takes the value
            writes on save.
        reaching: How CRMs are asked, and how a plan becomes real.
        act: By which what becomes drafts can be undone; '' keeps nothing for that. What an act sent already
            (its answer was lost in a crash) is not sent by the same act again.

    Returns:
        What became of each edit, in their order.

    Raises:
        UnknownAttributeError: A record or attribute does not exist; nothing was kept.
        ConnectorError: No CRM could be asked; the edits are kept as drafts.
    """
    models = read_models(workspace, edits)
    desk = _Desk(workspace, origin, author, models, act)
    if _is_sent(workspace, act):
        return _told_again(edits, desk)
    kept = desk.keep(edits, send=send)
    saved = dict(kept.answers)
    if kept.going:
        try:
            saved |= _send(kept.going, kept.before, desk, reaching)
        except BaseException:
            _note_drafts(workspace, kept.going.values())  # nothing typed is lost: it waits as a draft
            raise
        left = [draft for name, draft in kept.going.items() if saved[name].state == DRAFT]
        _note_drafts(workspace, left)
    return tuple(saved[_name(edit)] for edit in edits)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who, or what, asks for edits that wait."""

    origin: Origin
    """One of `WAITING`."""
    author: str
    act: str
    """By which they can be undone."""
    reason: str
    """Why, for the history: the name of what asks."""


def keep_edits(
    edits: abc.Sequence[EditFacts], *, workspace: Workspace, asked: Asked, along: Along
) -> tuple[EditAnswer, ...]:
    """Keep edits as drafts, together with what hangs on that: both in one commit, or neither.

    Args:
        edits: What is wished.
        workspace: Where drafts are kept.
        asked: Who asks.
        along: Done in the transaction that keeps the edits; what it raises undoes them.

    Raises:
        UnknownAttributeError: A record or attribute does not exist; nothing was kept.
    """
    models = read_models(workspace, edits)
    desk = _Desk(workspace, asked.origin, asked.author, models, asked.act, asked.reason, along)
    answers = desk.keep(edits, send=False).answers
    return tuple(answers[_name(edit)] for edit in edits)


def wished_drafts(edits: abc.Sequence[EditFacts], *, workspace: Workspace, asked: Asked) -> tuple[Draft, ...]:
    """Give the drafts that some edits would become, in their order; nothing is kept.

    Raises:
        UnknownAttributeError: A record or attribute does not exist.
    """
    desk = _Desk(workspace, asked.origin, asked.author, read_models(workspace, edits), asked.act)
    judged = (desk.judge_whole(edit)[1] for edit in edits)
    return tuple(draft for draft in judged if draft is not None)


def judge_edits(edits: abc.Sequence[EditFacts], *, workspace: Workspace) -> tuple[EditAnswer, ...]:
    """Say what would become of edits as they are saved, and why one is refused; nothing is kept.

    Raises:
        UnknownAttributeError: A record or attribute does not exist.
    """
    desk = _Desk(workspace, Origin.PROFILE, "", read_models(workspace, edits))
    return tuple(map(desk.judge, edits))


def _note_drafts(workspace: Workspace, kept: abc.Iterable[Draft]) -> None:
    told = [note_of_draft(draft, HistoryKind.DRAFT) for draft in kept]
    if told:
        with workspace.writing() as db:
            noting.put(db, told, at=workspace.now())


_Judged = tuple[EditFacts, EditAnswer, Draft | None]
"""An edit, what becomes of it, and the draft that it is."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who edits, where, and what is known of it."""

    workspace: Workspace
    origin: Origin
    author: str
    models: EditedModels
    act: str = ""
    reason: str = ""
    along: Along | None = None

    def keep(self, edits: abc.Sequence[EditFacts], *, send: bool) -> "_Kept":
        """Keep what can be read, all in one commit."""
        kept = _Kept()
        judged = [(edit, *self.judge_whole(edit)) for edit in edits]
        with self.workspace.writing() as db:
            names = list(dict.fromkeys(_name(edit) for edit in edits))
            kept.before = dict.fromkeys(names) | drafts.get_many(db, names)
            images = edit_acts.images(db, names) if self.act else {}
            sent = drafts.on_their_way(db, tuple(self.models.records))
            for edit, answer, draft in self._judged_again(judged, sent.keys()):
                kept.take(edit, answer, draft, is_sent=_name(edit) in sent)
            self._write(db, kept, edits, sent=sent, send=send)
            if self.act:
                stay = {name: image for name, image in images.items() if name not in kept.going}
                now = self.workspace.now()
                edit_acts.note(db, self.act, edit_acts.EDIT, author=self.author, at=now, before=stay)
            if self.along is not None:
                self.along(db, kept.answers, kept.before)
        return kept

    def _judged_again(self, judged: abc.Iterable[_Judged], sent: abc.Set[Named]) -> abc.Iterator[_Judged]:
        """Give what was judged; anew where another process submitted the value meanwhile."""
        aware = replace(self, models=replace(self.models, on_their_way=frozenset(sent)))
        moved = sent - self.models.on_their_way
        for edit, answer, draft in judged:
            yield (edit, *aware.judge_whole(edit)) if _name(edit) in moved else (edit, answer, draft)

    def _write(
        self,
        db: Db,
        kept: "_Kept",
        edits: abc.Sequence[EditFacts],
        *,
        sent: abc.Mapping[Named, str],
        send: bool,
    ) -> None:
        now, told = self.workspace.now(), []
        # a block of many never goes by itself, nor does a piece of an import
        is_one = len({edit.record for edit in edits}) == 1 and self.origin not in WAITING
        drafts.put_many(db, kept.fresh.values())
        for name, draft in kept.fresh.items():
            if not _is_way_back(draft, sent) and (send or (is_one and self.models.goes_on_save(*name))):
                kept.going[name] = draft
            else:
                told.append(replace(note_of_draft(draft, HistoryKind.DRAFT), reason=self.reason))
        for name in kept.needless:
            drafts.remove(db, *name)
            if (earlier := kept.before[name]) is not None:
                told.append(replace(note_of_draft(earlier, DISCARDED), author=self.author))
        held_edits.remove(db, (*kept.fresh, *kept.needless))
        if self.origin in HOLDING:
            texts = {_name(edit): edit.text or "" for edit in edits}
            held_edits.put(db, (self._held(kept.answers[name], texts[name]) for name in kept.refused), at=now)
        touched = dict.fromkeys(edit.record for edit in edits)
        journal.note_many(db, at=now, kind=EventKind.EDIT_SAVED, subjects=touched)
        noting.put(db, told, at=now)

    def _held(self, answer: EditAnswer, text: str) -> HeldEdit:
        entity = self.models.records[answer.record].entity
        reason = answer.reason or Reason("value.not_text")
        return HeldEdit(answer.record, answer.attribute, entity, text, reason, self.author)

    def judge(self, edit: EditFacts) -> EditAnswer:
        """Say what would become of an edit; nothing is kept."""
        return self.judge_whole(edit)[0]

    def judge_whole(self, edit: EditFacts) -> tuple[EditAnswer, Draft | None]:
        """Say what would become of an edit, with the draft that it would be."""
        attribute = self.models.attribute(edit)
        new = read_wish(
            attribute, edit.text, is_role=self.models.is_role(attribute), persons=self.models.persons
        )
        intent: Delta | Reason | None = None
        if not isinstance(new, Reason | Clear) and edit.mode is not MultiMode.REPLACE:
            intent = adding.delta_of(attribute, edit.mode, new)
            new = intent if isinstance(intent, Reason) else new
        if isinstance(new, Reason):
            return EditAnswer(edit.record, edit.attribute, BLOCKED, reason=new), None
        old = self.models.records[edit.record].values.get(attribute.name)
        seen = self.models.seen(edit.record, attribute.name)
        at = self.workspace.now()
        if isinstance(intent, Delta):
            by = self.author, self.origin, at
            whole = adding.draft_of(edit.record, attribute, intent, old=old, seen=seen, by=by)
            return EditAnswer(edit.record, edit.attribute, DRAFT), whole
        value = None if isinstance(new, Clear) else new
        is_held = all(is_same(attribute.kind, value, held) for held in (old, *seen.values()))
        if is_held and _name(edit) not in self.models.on_their_way:
            return EditAnswer(edit.record, edit.attribute, UNCHANGED), None
        change = Change(edit.record, attribute.name, old, new)
        draft = Draft(change, attribute.entity, attribute.kind, self.author, self.origin, at, seen)
        return EditAnswer(edit.record, edit.attribute, DRAFT), draft


def _is_way_back(draft: Draft, sent: abc.Mapping[Named, str]) -> bool:
    """Say whether a CRM holds what is wished until somebody else's value, already sent, arrives there.

    Planned now it would be *already so*; it waits for that job instead. One's own is followed by its plan.
    """
    change = draft.change
    value = None if isinstance(change.new, Clear) else change.new
    author = sent.get((change.record, change.attribute), draft.author)
    return author != draft.author and is_same(draft.kind, value, change.old)


@dataclass(slots=True)
class _Kept:
    """What became of typed values before anything is sent."""

    before: dict[Named, Draft | None] = field(default_factory=dict)
    """The drafts there were."""
    answers: dict[Named, EditAnswer] = field(default_factory=dict)
    fresh: dict[Named, Draft] = field(default_factory=dict)
    needless: dict[Named, None] = field(default_factory=dict)
    """Values that stand as wished already: a draft of them goes."""
    refused: dict[Named, None] = field(default_factory=dict)
    going: dict[Named, Draft] = field(default_factory=dict)
    """Those that are to be sent at once."""

    def take(self, edit: EditFacts, answer: EditAnswer, draft: Draft | None, *, is_sent: bool) -> None:
        """Sort one edit; a later one of the same value takes its place."""
        name = _name(edit)
        if draft is not None and draft.delta is not None:
            draft = adding.over(self.fresh.get(name) or self.before[name], draft)
            if adding.is_needless(draft) and not is_sent:
                answer, draft = replace(answer, state=UNCHANGED), None
        self.answers[name] = answer
        for sorted_ in (self.needless, self.refused):
            sorted_.pop(name, None)
        if draft is not None:
            self.fresh[name] = draft
        elif answer.state == UNCHANGED:
            self.fresh.pop(name, None)
            self.needless[name] = None
        else:
            self.refused[name] = None


Planned = tuple[PlannedJob, PlanRow]
"""A row of a plan with its job."""


def _send(
    going: abc.Mapping[Named, Draft],
    before: abc.Mapping[Named, Draft | None],
    desk: _Desk,
    reaching: Reaching,
) -> dict[Named, EditAnswer]:
    """Plan the edits and submit them at once; where all are blocked there is no job and nothing is kept."""
    workspace = desk.workspace
    if desk.act and not plans.free(workspace, desk.act):
        reaching.submit(PlanId(desk.act))  # it waits for another person's word still, and says so
    terms = Terms(desk.origin, author=desk.author, kind=JobKind.REAL_TIME, plan_id=desk.act)
    streams = gather_drafts(workspace, reaching.reach_of, only=going, last_reach_of=reaching.last_reach_of)
    plan = propose(
        streams,
        terms,
        workspace=workspace,
        reach_of=reaching.reach_of,
        last_reach_of=reaching.last_reach_of,
    )
    with workspace.reading() as db:
        planned = plans.jobs_of(db, plan.id)
    rows = _rows_by_record(workspace, planned)
    if all(row.verdict == BLOCKED for found in rows.values() for _, row in found):
        plans.discard(workspace, plan.id)
        _restore(workspace, going, before)
        return {name: _answer(name, rows.get(name[0], ()), {}) for name in going}
    try:
        made = reaching.submit(plan.id)
    except GuardError as error:
        if isinstance(error, ApprovalNeededError):  # the plan is kept, and so are the drafts
            raise
        plans.discard(workspace, plan.id)
        return {name: EditAnswer(*name, DRAFT, reason=_reason_of(error)) for name in going}
    became = dict(zip((job.id for job in planned), made, strict=True))
    return {name: _answer(name, rows.get(name[0], ()), became) for name in going}


def _rows_by_record(workspace: Workspace, planned: abc.Iterable[PlannedJob]) -> dict[RecordId, list[Planned]]:
    rows: dict[RecordId, list[Planned]] = {}
    for job in planned:
        for row in sources.each_source(
            workspace, job.id, rows_of(workspace, job.id, job.columns), job.columns
        ):
            if row.rid is not None:
                rows.setdefault(RecordId(row.rid), []).append((job, row))
    return rows


def _is_sent(workspace: Workspace, act: str) -> bool:
    """Say whether an act was done before as far as its jobs."""
    if not act:
        return False
    with workspace.reading() as db:
        return plans.is_submitted(db, act)


def _told_again(edits: abc.Sequence[EditFacts], desk: _Desk) -> tuple[EditAnswer, ...]:
    """Tell what an act that was done before sent, and of the rest how it stands."""
    with desk.workspace.reading() as db:
        planned, taken = plans.preparing(db, desk.act), plans.joined(db, desk.act)
    rows = _rows_by_record(desk.workspace, planned)
    for job, numbers in taken:
        for rid, found in _rows_by_record(desk.workspace, (job,)).items():
            rows.setdefault(rid, []).extend(one for one in found if one[1].seq in numbers)
    became = {job.id: job.id for job in (*planned, *(one for one, _ in taken))}

    def told(edit: EditFacts) -> EditAnswer:
        sent = _answer(_name(edit), rows.get(edit.record, ()), became)
        return sent if sent.job_id is not None else desk.judge(edit)

    return tuple(map(told, edits))


def _reason_of(error: GuardError) -> Reason:
    return Reason(error.code, tuple((name, str(fact)) for name, fact in error.facts.items()))


_RANKS = ("send", "conflict", BLOCKED, UNCHANGED)
"""What is said of an edit that goes to several CRMs: that it is on its way, before what hinders it."""


def _answer(name: Named, found: abc.Sequence[Planned], became: abc.Mapping[JobId, JobId]) -> EditAnswer:
    mine = sorted(_touching(found, name[1]), key=lambda one: _RANKS.index(one[1].verdict))
    if not mine:
        return EditAnswer(*name, DRAFT)
    job, row = mine[0]
    state = {"send": SENDING}.get(row.verdict, row.verdict)
    reason = Reason(row.code, tuple(row.facts.items())) if row.code else None
    if not became:
        return EditAnswer(*name, state, None, reason)
    each = tuple(dict.fromkeys(became[one.id] for one, _ in mine))
    return EditAnswer(*name, state, became[job.id], reason, each)


def _touching(found: abc.Sequence[Planned], attribute: str) -> list[Planned]:
    """Give the rows that are about an attribute; a blocked one may not have got so far as to name it."""
    naming = {job.integration_id for job, _ in found if attribute in _attributes(job)}
    return [
        (job, row)
        for job, row in found
        if (attribute in _attributes(job) and (row.verdict == BLOCKED or attribute in _touched(job, row)))
        or job.integration_id not in naming
    ]


def _attributes(job: PlannedJob) -> set[str]:
    return {column.attribute for column in job.columns}


def _touched(job: PlannedJob, row: PlanRow) -> set[str]:
    pairs = zip(job.columns, row.new, strict=False)
    return {column.attribute for column, new in pairs if not isinstance(new, Unset)}


def _restore(
    workspace: Workspace, going: abc.Collection[Named], before: abc.Mapping[Named, Draft | None]
) -> None:
    with workspace.writing() as db:
        for name in going:
            drafts.remove(db, *name)
            earlier = before[name]
            if earlier is not None:
                drafts.put(db, earlier)


def _name(edit: EditFacts) -> Named:
    return edit.record, edit.attribute
