"""R1s: the rig is not blind. Each seeded bug is patched into the program and must be caught.

Numbers are those of `RELIABILITY.md` §6. Mutant 8 (headers on the repeat after a 401) is the
connector's own; its wire test lives with the connector.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.scenarios import PATCH, SCENARIOS

pytestmark = [pytest.mark.faults, pytest.mark.timeout(90)]

MUTANTS = {
    "1_resend_in_flight": (
        "killed_after_the_request",
        """
from writeback.engine import recovering
from writeback.model.jobs import Outcome
from writeback.store import attempts
def resend(turn):
    with turn.workspace.writing() as db:
        for attempt in attempts.unended(db, turn.claim):
            attempts.end(db, attempt.id, attempts.Ending(Outcome.CANCELLED), now=turn.now(db))
    return False
recovering.note_unended = resend
""",
    ),
    "2_intent_after_sending": (
        "killed_before_the_intent",
        """
from writeback.engine import pushing
commit = pushing._commit_intent
def late(push, rows, prepared):
    session = push.turn.session
    answer = type(session).write(session, prepared)
    session.write = lambda _prepared: answer
    return commit(push, rows, prepared)
pushing._commit_intent = late
""",
    ),
    "3_drop_an_outcome_on_restart": (
        "killed_after_the_request",
        """
from writeback.engine import recovering
from writeback.store.ledger import RowOutcome
recovering.Judge.verdict = lambda self, row, held: RowOutcome(row.seq, "cancelled")
""",
    ),
    "4_join_results_by_position": (
        "results_in_another_order",
        """
from writeback.engine import settling
from writeback.store.ledger import RowOutcome
settling.rows_of_results = lambda rows, results, *, may_again: [
    RowOutcome(row.seq, result.outcome, result.code) for row, result in zip(rows, results)
]
""",
    ),
    "5_take_success_as_all_written": (
        "one_row_of_a_batch_is_refused",
        """
from writeback.engine import settling
from writeback.store.ledger import RowOutcome
settling.rows_of_results = lambda rows, results, *, may_again: [
    RowOutcome(row.seq, "applied") for row in rows
]
""",
    ),
    "6_settle_with_an_old_fence": (
        "an_owner_wakes_after_its_lease",
        """
from writeback.store import claims
own = claims._own
claims._own = lambda claim: own(claim)[:2]
""",
    ),
    "7_skip_the_quiet_period": (
        "applied_late",
        """
from writeback.engine import pacing
pacing.Pace.quiet = lambda self, manifest, *, is_simulator: 0.0
""",
    ),
}


def play(scenario: str, folder: Path, patch: str = "") -> "subprocess.CompletedProcess[str]":
    code = f"{patch}\nfrom tests.faults.scenarios import main\nmain()"
    environ = {**os.environ, PATCH: patch}
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", code, scenario, str(folder)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environ,
        cwd=root,
        start_new_session=True,
    ) as process:
        try:
            out, err = process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # with its simulator
            out, err = process.communicate()
            return subprocess.CompletedProcess(command, -9, out, err)
    return subprocess.CompletedProcess(command, process.returncode, out, err)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_protocol_as_it_is_survives(scenario: str, tmp_path: Path) -> None:
    played = play(scenario, tmp_path)
    assert played.returncode == 0, played.stdout + played.stderr[-2000:]


@pytest.mark.nightly  # the scenarios themselves run every time
@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_seeded_bug_is_caught(mutant: str, tmp_path: Path) -> None:
    scenario, patch = MUTANTS[mutant]
    played = play(scenario, tmp_path, patch)
    assert played.returncode == 1, played.stdout + played.stderr[-2000:]
    assert played.stdout.strip(), "caught by a crash, not by the rig: " + played.stderr[-2000:]
