"""What the rig plays: each scenario gives the problems it found; none means that the protocol held.

Run by name in a process of its own, so that a seeded mutant can be patched in before it plays:
`python -c "PATCH; from tests.faults.scenarios import main; main()" NAME FOLDER`.
"""

import dataclasses
import os
import sys
import threading
from collections import abc
from datetime import timedelta
from pathlib import Path

from tests.doubles.memory_crm import Fault, MemoryCrm, MemorySession, no_answer
from tests.doubles.sending_room import FAST, Room
from tests.faults.killing import Cell, Rig
from writeback.engine.checking import check_workspace
from writeback.model.jobs import Assurance, Route
from writeback.model.types import JobId
from writeback.store import moments

WRITE = 2
"""Of the requests that are no GET the compare read comes first, the write second."""
PATCH = "WRITEBACK_TEST_MUTANT"
"""The mutation, for worker processes that a scenario starts."""


def killed_after_the_request(folder: Path) -> list[str]:
    """The worker dies once the request is complete; the next one must read back, not send."""
    return _killed(folder, "6.request_complete", nth=WRITE)


def killed_before_the_intent(folder: Path) -> list[str]:
    """The worker dies just before it commits its intent: nothing may have left."""
    return _killed(folder, "3.before_intent")


def applied_late(folder: Path) -> list[str]:
    """The CRM loses the answer and applies the request 30 s later, well within the quiet period of 60 s.

    Time is the room's own and moves only when nothing more happens without it.
    """
    room = Room(folder, pace=dataclasses.replace(FAST, quiet_s=60.0))
    start = room.clock()
    late: list[bytes] = []

    def arrive_when_due(crm: MemoryCrm) -> None:
        if late and room.clock() - start >= timedelta(seconds=30):
            room.crm.faults.clear()
            MemorySession(crm).replay(late.pop())

    def keep_back(crm: MemoryCrm) -> None:
        late.append(crm.bodies[-1])

    room.crm.faults.append(Fault("write", call=keep_back, error=no_answer()))
    plan, job = room.plan({"R00001": {"Industry": "New"}}, assurance=Assurance.C)
    room.submit(plan)
    worker = threading.Thread(target=room.dispatcher().run_until_final, args=([job],))
    worker.start()
    while worker.is_alive() and not _waits(room):
        worker.join(0.02)
    room.ahead += timedelta(seconds=31)
    arrive_when_due(room.crm)
    room.ahead += timedelta(seconds=31)
    worker.join(20)
    return _problems_of(room, job)


def results_in_another_order(folder: Path) -> list[str]:
    """The CRM answers in an order of its own, and refuses one row."""
    room = Room(folder)
    room.crm.faults.append(Fault("write", after=True, results=lambda results: results[::-1]))
    wishes: dict[str, dict[str, object]] = {f"R{n:05d}": {"Industry": "New"} for n in (1, 2)}
    wishes["R00003"] = {"Industry": "Forbidden"}
    job = room.send(wishes, route=Route.BATCH, assurance=Assurance.B)
    return _problems_of(room, job)


def one_row_of_a_batch_is_refused(folder: Path) -> list[str]:
    """The request succeeds as a whole, one row in it does not."""
    room = Room(folder)
    wishes: dict[str, dict[str, object]] = {
        "R00001": {"Industry": "New"},
        "R00002": {"Industry": "Forbidden"},
    }
    job = room.send(wishes, route=Route.BATCH, assurance=Assurance.B)
    return _problems_of(room, job)


def an_owner_wakes_after_its_lease(folder: Path) -> list[str]:
    """One worker stands still inside its request, another takes over; then the first one wakes."""
    room = Room(folder, pace=dataclasses.replace(FAST, lease_s=0.4, renew_s=60.0, margin_s=0.1))
    wakes, stands = threading.Event(), threading.Event()

    def stand_still(crm: MemoryCrm) -> None:
        stands.set()
        wakes.wait(20)

    room.crm.faults.append(Fault("write", after=True, call=stand_still))
    plan, job = room.plan({"R00001": {"Industry": "New"}})
    room.submit(plan)
    first = room.dispatcher()
    sleeper = threading.Thread(target=first.run_until_final, args=([job],))
    sleeper.start()
    stands.wait(10)
    room.dispatcher().run_until_final([job])
    wakes.set()
    sleeper.join(20)
    return _problems_of(room, job)


SCENARIOS: abc.Mapping[str, abc.Callable[[Path], list[str]]] = {
    each.__name__: each
    for each in (
        killed_after_the_request,
        killed_before_the_intent,
        applied_late,
        results_in_another_order,
        one_row_of_a_batch_is_refused,
        an_owner_wakes_after_its_lease,
    )
}


def main() -> None:
    """Play one scenario; exit code 0: no problem, 1: problems, printed."""
    problems = SCENARIOS[sys.argv[1]](Path(sys.argv[2]))
    print("\n".join(problems))
    sys.exit(1 if problems else 0)


def _waits(room: Room) -> bool:
    """Say whether a batch waits for a moment that is still to come: without time nothing more happens."""
    now = moments.to_text(room.clock())
    with room.workspace.reading() as db:
        query = "select count(*) from batches where state = 'checking' and owner is null and not_before > ?"
        return int(db.exec_driver_sql(query, (now,)).scalar_one()) > 0


def _killed(folder: Path, failpoint: str, *, nth: int = 1) -> list[str]:
    rig = Rig.build(folder)
    try:
        cell = rig.cell(Route.SINGLE, rows=1)
        cell.die_at(failpoint, nth=nth, patch=os.environ.get(PATCH, ""))
        if nth == WRITE:
            cell.wait_until_arrived(cell.rows)
        return _problems_after(cell)
    finally:
        rig.close()


def _problems_after(cell: Cell) -> list[str]:
    try:
        view = cell.finish()
    except AssertionError as error:
        return [f"doctor: {error}"]
    lost, doubled = cell.lost_and_doubled()
    problems = [f"lost {name}" for name in lost] + [f"doubled {name}" for name in doubled]
    problems += [f"no intent for {digest}" for digest in cell.hashes_without_intent()]
    if view.counts.applied != cell.rows:
        problems.append(f"{view.counts} of {cell.rows} rows")
    return problems


def _problems_of(room: Room, job: JobId) -> list[str]:
    """Hold the ledger against the CRM's own log, row by row."""
    report = check_workspace(room.workspace)
    problems = [f"doctor {name}: {found}" for name, found in report.violations.items()]
    told = {f"R{seq:05d}": outcome for seq, (outcome, _) in room.outcomes(job).items()}
    times = room.crm.times_applied()
    for record_id, outcome in told.items():
        expected = 1 if outcome == "applied" else 0
        if times.get(record_id, 0) != expected:
            problems.append(f"{record_id}: {outcome}, applied {times.get(record_id, 0)} times")
    room.workspace.close()
    return problems
