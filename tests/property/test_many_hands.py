"""Many hands on the same records: no silent overwrite, no lost or doubled write, in whatever order they come.

Edits, pulls, edits in the CRM (same field, other field, same value), sends by every route, lost answers,
deaths at every commit point, pause, cancel, undo, settled conflicts, and an automation that rewrites what is
written. At assurance A nothing is written over a value that nobody had seen; at B only inside the declared
window, the gap between compare and write. The oracle is the simulator's applied-log.
"""

import itertools
import tempfile
from collections import Counter, abc
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as with_seed
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.doubles import many_hands
from tests.doubles.four_crms import CRMS, CrmRoom, crm_room
from tests.doubles.many_hands import Hands, copy_workspace, stored
from writeback.engine import accounting, pushing, recovering
from writeback.engine.pacing import Pace
from writeback.model.canonical import UNSET
from writeback.model.changes import Origin
from writeback.model.integrations import ConflictRule
from writeback.model.jobs import Assurance, JobState, Route
from writeback.model.types import JobId
from writeback.planning.sorting import RowSorter
from writeback.runtime import sending
from writeback.runtime.facade import ConflictChoice, Edit, PlanSource, PlanView
from writeback.store.ledger import RowOutcome
from writeback.store.outbox import OPEN

FAST = partial(
    Pace,
    simulator_quiet_s=0.01,
    second_look_s=0.01,
    poll_first_s=0.01,
    again_s=0.01,
    wait_first_s=0.01,
    idle_s=0.05,
)
QUICK = {
    "salesforce": {"job_seconds": "0"},
    "hubspot": {},
    "dynamics": {},
    "zoho": {"job_seconds": "0", "bulk_automation": "on"},
}
WRITES = {
    "salesforce": (("PATCH", ""), ("POST", "/composite$"), ("PUT", "/batches")),
    "hubspot": (("PATCH", ""), ("POST", "/batch/update")),
    "dynamics": (("PATCH", ""), ("POST", "batch")),
    "zoho": (("PUT", ""), ("POST", "/bulk/v8/write")),
}
"""Requests that write: method and path. Losing another one's answer only repeats a read."""
POINTS = (
    *("1.claimed", "2.compared", "3.before_intent", "4.intent", "5.mid_request", "6.request_complete"),
    *("7.answer_read", "8.settled", "10.bulk_created", "11.bulk_remote_id", "12.bulk_mid_upload"),
    *("13.bulk_uploaded", "14.bulk_closed", "15.bulk_result_page"),
)
ROUTES = st.sampled_from((None, *Route))
PLACES = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=4, unique=True)
NIGHTLY_STEPS = 2_000
DISCARDS = range(40, 46)
FAULTS = ("", "", "", "cut_after", "cut_before", "concurrent_edit")


class Machine(RuleBasedStateMachine):
    """All the hands. `room` and `template` are shared by all examples of a test."""

    room: CrmRoom
    template: Path
    numbers: abc.Iterator[int]
    steps: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        folder = Path(tempfile.mkdtemp(prefix="hands-"))
        self.hands = Hands.begin(self.room, self.template, folder, self.numbers)
        self.held_back: list[JobId] = []
        self.began: dict[JobId, Counter[object]] = {}
        """What was written before a job began that waits behind another: some batches of it may have gone."""

    # people

    @rule(places=PLACES)
    def type_values(self, places: abc.Sequence[tuple[int, int]]) -> None:
        """Somebody types values; they stay drafts."""
        self.steps["edit"] += 1
        self.edit(places)

    def edit(self, places: abc.Iterable[tuple[int, int]]) -> None:
        """Type values, seeing what the workspace shows."""
        hands = self.hands
        seen_by = {rid: hands.view(rid) for rid in {hands.rids[record] for record, _ in places}}
        for record, place in places:
            rid, path = hands.rids[record], hands.fields[place]
            text, (confirmed, marks) = hands.token(path), seen_by[rid]
            seen, mark = {confirmed[path]}, marks.get(path.casefold())
            if mark is not None:
                asked = hands.place(rid, path), self._stored(path, mark.new)
                seen |= {mark.theirs, *hands.truth.allowed.get(asked, ())}
            seen |= self._on_its_way(rid, path)
            edits = (Edit(rid, path.casefold(), text),)
            (answer,) = hands.runtime.save_edits(
                edits, origin=Origin.PROFILE, author="ana", act=hands.runtime.new_id()
            )
            if answer.state == "draft":
                hands.allow(rid, path, text, seen)

    def _on_its_way(self, rid: str, path: str) -> set[str | None]:
        """What one's own jobs still write to a value, and over what: whoever edits it then follows that."""
        hands, found = self.hands, set[str | None]()
        for job in hands.open_jobs():
            for key, _, wished, old in hands.olds(job):
                if key == self.room.key(rid) and path in wished:
                    value = self._stored(path, wished[path])
                    asked = hands.place(rid, path), value
                    found |= {value, old[path], *hands.truth.allowed.get(asked, ())}
        return found

    @rule(record=st.integers(0, 2), place=st.integers(0, 2), sort=st.sampled_from(("other", "same")))
    def edit_in_the_crm(self, record: int, place: int, sort: str) -> None:
        """Somebody writes in the CRM: anything, or the very value that waits here."""
        self.steps["foreign"] += 1
        hands = self.hands
        rid, path = hands.rids[record], hands.fields[place]
        mark = hands.mark(rid, path)
        text = (
            mark.new if sort == "same" and mark is not None and mark.state == "draft" else hands.token(path)
        )
        self.room.edit(rid, **{path: text})
        hands.look()

    @rule(full=st.booleans())
    def pull(self, full: bool) -> None:
        self.steps["pull"] += 1
        self.hands.pull(full=full)

    @rule(keep=st.sampled_from((ConflictRule.OURS, ConflictRule.CRM)))
    def settle(self, keep: ConflictRule) -> None:
        """Somebody looks at the conflicts and decides."""
        hands = self.hands
        choices = []
        for rid in hands.rids:
            _, marks = hands.view(rid)
            for path in hands.fields:
                mark = marks.get(path.casefold())
                if mark is not None and mark.state == "conflict":
                    choices.append(ConflictChoice(rid, path.casefold(), keep))
                    if keep is ConflictRule.OURS:
                        hands.allow(rid, path, mark.new, {mark.theirs, *self._on_its_way(rid, path)})
        if not choices:
            return
        self.steps["settle"] += 1
        plan = hands.runtime.settle_conflicts(tuple(choices), author="ana", act=hands.runtime.new_id())
        if plan is not None:
            self._send(plan, "")

    @rule(dice=st.integers(0, 60))
    def discard(self, dice: int) -> None:
        """Now and then somebody thinks better of it."""
        if dice in DISCARDS:
            self.steps["discard"] += 1
            self.hands.runtime.discard_drafts((self.hands.rids[dice % 3],), act=self.hands.runtime.new_id())

    # sending

    @rule(places=PLACES, route=ROUTES, fault=st.sampled_from(FAULTS), nth=st.integers(0, 1))
    def send(self, places: abc.Sequence[tuple[int, int]], route: Route | None, fault: str, nth: int) -> None:
        self.edit(places)
        plan = self._plan(route)
        if plan is not None:
            self.steps[f"send {fault}".strip()] += 1
            self._send(plan, fault, nth=nth)

    @rule(places=PLACES, route=ROUTES, point=st.sampled_from(POINTS))
    def die(self, places: abc.Sequence[tuple[int, int]], route: Route | None, point: str) -> None:
        """The process dies at a commit point; another one goes on from what was committed."""
        self.edit(places)
        plan = self._plan(route)
        if plan is None:
            return
        hands = self.hands
        before = hands.truth.writes.copy()
        assurance = self._assurance(plan)
        jobs = hands.runtime.submit(plan.id, act=hands.runtime.new_id())
        if hands.die(point, jobs):
            self.steps["die"] += 1
            hands.doubtful.update(jobs)
        self._finish(jobs, before, assurance)
        self._follow()

    @rule(places=PLACES, route=ROUTES)
    def submit_only(self, places: abc.Sequence[tuple[int, int]], route: Route | None) -> None:
        """A job waits: nobody works now."""
        self.edit(places)
        plan = self._plan(route)
        if plan is None:
            return
        self.steps["pause"] += 1
        jobs = self.hands.runtime.submit(plan.id, act=self.hands.runtime.new_id())
        for job in jobs:
            if self.hands.runtime.told.job(job).state not in (JobState.DONE, JobState.CANCELLED):
                self.hands.runtime.pause(job, act=self.hands.runtime.new_id())
                self.held_back.append(job)

    @precondition(lambda self: self.held_back)
    @rule(cancels=st.booleans())
    def go_on(self, cancels: bool) -> None:
        """What waits goes on, or is given up."""
        hands, job = self.hands, self.held_back.pop(0)
        before = hands.truth.writes.copy()
        self.steps["cancel" if cancels else "resume"] += 1
        if job in hands.open_jobs():  # others that went may have drawn it along
            steer = hands.runtime.cancel if cancels else hands.runtime.resume
            steer(job, act=hands.runtime.new_id())
        self._finish((job,), before, hands.runtime.told.job(job).assurance)
        self._follow()

    @rule(which=st.integers(0, 5))
    def undo(self, which: int) -> None:
        """Somebody takes a job back that wrote something."""
        hands = self.hands
        done = [
            job for job in hands.runtime.told.jobs(limit=50) if job.counts.applied and not job.counts.open
        ]
        if not done:
            return
        job = done[which % len(done)]
        self._allow_undo(job.id)
        source = PlanSource("undo", origin=Origin.UNDO, author="ana", job_id=job.id)
        self.steps["undo"] += 1
        self._send(hands.runtime.propose(source, act=hands.runtime.new_id()), "")

    # what holds at all times

    @invariant()
    def what_was_written_was_seen(self) -> None:
        self.hands.look()

    def teardown(self) -> None:
        try:
            self._come_to_rest()
        finally:
            self.hands.close()
            self.room.running.crm.faults.disarm()

    def _come_to_rest(self) -> None:
        """In the end everything is settled, and the workspace says what the CRM holds."""
        hands = self.hands
        self.room.running.crm.faults.disarm()
        while self.held_back:
            job = self.held_back.pop(0)
            before = hands.truth.writes.copy()
            if job in hands.open_jobs():
                hands.runtime.resume(job, act=hands.runtime.new_id())
            self._finish((job,), before, hands.runtime.told.job(job).assurance)
            self._follow()
        assert not hands.open_jobs()
        hands.pull(full=True)
        for rid in hands.rids:
            for path, value in hands.confirmed(rid).items():
                assert value == hands.truth.held[hands.place(rid, path)], (rid, path)
        report = hands.runtime.doctor()
        assert report.ok, [one for one in report.invariants if not one.is_kept]

    def _plan(self, route: Route | None) -> PlanView | None:
        hands = self.hands
        if not hands.has_drafts():
            return None
        if route is not None and route not in self.room.facts.routes:
            route = Route.BATCH
        source = PlanSource("drafts", origin=Origin.PROFILE, author="ana", records=hands.rids, route=route)
        return hands.runtime.propose(source, act=hands.runtime.new_id())

    def _assurance(self, plan: PlanView) -> Assurance:
        return plan.groups[0].assurance if plan.groups else Assurance.A

    def _send(self, plan: PlanView, fault: str, *, nth: int = 0) -> None:
        hands, name = self.hands, self.room.facts.connector
        before = hands.truth.writes.copy()
        if fault == "concurrent_edit":
            self._arm_somebody(hands.rids[nth], hands.fields[nth])
        elif fault:
            method, path = WRITES[name][nth % len(WRITES[name])]
            self.room.arm(fault, method=method, path=path)
        jobs = hands.runtime.submit(plan.id, act=hands.runtime.new_id())
        if fault.startswith("cut"):
            hands.doubtful.update(jobs)
        hands.run(jobs)
        self.room.running.crm.faults.disarm()
        self._finish(jobs, before, self._assurance(plan))
        self._follow()
        if not fault:
            self._assert_refreshed(jobs)

    def _arm_somebody(self, rid: str, path: str) -> None:
        hands = self.hands
        text = hands.token(path)
        hands.truth.in_window.add(self._stored(path, text))
        self.room.arm(
            "concurrent_edit", object=self.room.facts.object, id=self.room.key(rid), fields={path: text}
        )

    def _follow(self) -> None:
        """What waited behind a job that is over now goes too."""
        hands = self.hands
        told = hands.runtime.told
        while free := sorted(filter(self._is_free, self.held_back), key=lambda one: told.job(one).number):
            job = free[0]  # it goes along with whatever is behind it
            self.held_back.remove(job)
            self._finish((job,), hands.truth.writes.copy(), hands.runtime.told.job(job).assurance)

    def _is_free(self, job: JobId) -> bool:
        view = self.hands.runtime.told.job(job)
        return view.state is JobState.QUEUED and not view.behind

    def _finish(self, jobs: abc.Sequence[JobId], before: Counter[object], assurance: Assurance) -> None:
        """See jobs through to their end; one that waits behind a paused one is held back with it."""
        hands = self.hands
        waiting = [job for job in jobs if hands.runtime.told.job(job).behind]
        self.held_back += waiting
        self.began = {**dict.fromkeys(waiting, before), **self.began}
        jobs = [job for job in jobs if job not in waiting]
        for _ in range(5):
            left = [job for job in jobs if hands.runtime.told.job(job).state.value not in many_hands.FINAL]
            for job in left:
                if hands.runtime.told.job(job).state is JobState.STOPPED:
                    hands.runtime.resume(job, act=hands.runtime.new_id())
            if not left:
                break
            hands.run(left)
        for job in jobs:
            view = hands.runtime.told.job(job)
            assert view.state.value in many_hands.FINAL, (view.state, view.stop)
        hands.look(assurance=assurance)
        for job in jobs:
            hands.audit(job, before, self.began.pop(job, None))

    def _assert_refreshed(self, jobs: abc.Iterable[JobId]) -> None:
        """All mapped fields of what was written stand here as they stand there, at once."""
        hands = self.hands
        written = {key for job in jobs for key, outcome, *_ in hands.ends(job) if outcome == "applied"}
        for rid in hands.rids:
            if self.room.key(rid) in written:
                for path, value in hands.confirmed(rid).items():
                    assert value == hands.truth.held[hands.place(rid, path)], (rid, path)

    def _allow_undo(self, job: JobId) -> None:
        """Undo restores what stood there before, over what the job wrote."""
        hands = self.hands
        for key, outcome, wished, old in hands.olds(job):
            rid = next(rid for rid in hands.rids if self.room.key(rid) == key)
            for path, text in wished.items():
                if outcome == "applied":
                    hands.allow(rid, path, old[path], {self._stored(path, text), text})
                    mark = hands.mark(rid, path)
                    if mark is not None and mark.state == "draft":  # an edit that lies here outlives it
                        hands.allow(rid, path, mark.new, {old[path]})

    def _stored(self, path: str, text: str | None) -> str | None:
        return stored(self.room.facts, path, text)


def run_machine(
    name: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    examples: int,
    steps: int,
    seed: int | None = None,
) -> Counter[str]:
    """Let the machine run against one CRM; gives what it did how often."""
    monkeypatch.setattr(sending, "Pace", FAST)
    with crm_room(folder, name, rows=6, options=QUICK[name]) as room:
        template = folder / "template.writeback"
        copy_workspace(room.runtime.workspace.path, template)
        made = type(
            "Own",
            (Machine,),
            {"room": room, "template": template, "numbers": many_hands.tokens(), "steps": Counter()},
        )
        chosen = settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=seed is None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate,),  # a step costs a third of a second: what failed is printed as it came
        )
        run_state_machine_as_test(made if seed is None else with_seed(seed)(made), settings=chosen)
        return made.steps  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=[] if one == "hubspot" else [pytest.mark.nightly]) for one in CRMS]
)
def test_many_hands(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = run_machine(name, tmp_path, monkeypatch, examples=2, steps=12)
    assert sum(done.values()) > 0


@pytest.mark.nightly
@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("name", CRMS)
def test_many_hands_through_the_night(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go on until 2,000 steps were made, each round from another seed."""
    done: Counter[str] = Counter()
    for seed in itertools.count(1):
        done += run_machine(name, tmp_path / str(seed), monkeypatch, examples=12, steps=40, seed=seed)
        if sum(done.values()) >= NIGHTLY_STEPS:
            break
    assert done.keys() >= {"send", "send cut_after", "send cut_before", "send concurrent_edit", "die", "undo"}


def _blind(patch: pytest.MonkeyPatch) -> None:
    """Nobody looks whether the CRM changed."""
    own = RowSorter.sort
    patch.setattr(
        RowSorter,
        "sort",
        lambda self, olds, wishes, theirs, **more: own(self, [UNSET] * len(olds), wishes, theirs, **more),
    )


def _repeats(patch: pytest.MonkeyPatch) -> None:
    """What was not answered is sent again."""
    patch.setattr(recovering.Judge, "verdict", lambda _self, row, *_held: RowOutcome(row.seq, OPEN))


def _forgets(patch: pytest.MonkeyPatch) -> None:
    """Nothing is read back."""
    for room in (pushing, recovering, accounting):
        patch.setattr(room.refreshing, "refresh", lambda _turn: None)


@pytest.mark.nightly
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize(
    ("fault", "name"), [(_blind, "salesforce"), (_repeats, "hubspot"), (_forgets, "zoho")]
)
def test_the_machine_sees_a_broken_program(
    fault: abc.Callable[[pytest.MonkeyPatch], None],
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """At A the CRM itself would refuse a repeated write: HubSpot shows it."""
    fault(monkeypatch)
    with pytest.raises(AssertionError):
        run_machine(name, tmp_path, monkeypatch, examples=20, steps=40, seed=5)
